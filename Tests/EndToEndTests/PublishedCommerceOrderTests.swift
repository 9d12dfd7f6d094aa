import Billing
import PartnerCenter
import Testing
import Wire

/// The published samples of orders and estimates, each through the client's public call for it.
@Suite("Published samples of orders and estimates", .enabled(if: PublishedCommerce.isPresent))
struct PublishedCommerceOrderTests {
  let customer = CustomerID("28045616-f6b9-462f-9701-0d89b5e65c44")
  let path = "/v1/customers/28045616-f6b9-462f-9701-0d89b5e65c44"

  @Test("An order, its provisioning and the subscriptions behind it")
  func order() async throws {
    let customer = try #require(customer)
    let id = try #require(OrderID("YxH1q4KScfvfkJQjgRI8QY1DznnUWZTH1"))
    let service = PublishedCommerce([
      path + "/orders/\(id)?include_price=true": "get-order",
      path + "/orders/\(id)/provisioningstatus": "get-order-provisioning-status",
      path + "/subscriptions?order_id=\(id)": "list-subscriptions.by-order",
      path + "/subscriptions?mpn_id=4847383": "list-subscriptions.by-partner",
    ])
    let client = service.client
    #expect(try service.known(try await client.order(id, customer: customer)).id == id)
    let provisioning = try service.known(try await client.provisioning(of: id, customer: customer))
    #expect(provisioning == [.init(line: 0, status: "fulfilled", parts: [.init(quantity: .one, status: "fulfilled")])])
    let bought = try service.known(try await client.subscriptions(of: id, customer: customer))
    #expect(bought.map(\.id.printed) == ["83ef9d05-4169-4ef9-9657-0e86b1eab1de"])
    let resold = try service.known(try await client.subscriptions(ofPartner: "4847383", customer: customer))
    #expect(resold.map(\.id.printed) == ["42226ED6-070A-4E0F-B80C-4CDFB3E97AA7"])
    #expect(service.asked.map(\.credentials) == [.app, .appAndUser, .app, .app])
  }

  @Test("A subscription, its registration, its provisioning and what is inside it")
  func subscription() async throws {
    let customer = try #require(customer)
    let id = try #require(SubscriptionID("065eefc4-915b-453d-c558-152e39ec25b1"))
    let entitlement = try #require(AzureEntitlementID("5b76b8c3-dd85-4096-bb2e-9804b1d7b383"))
    let base = path + "/subscriptions/\(id)"
    let service = PublishedCommerce([
      base: "get-subscription.azure", base + "/registrationstatus": "get-subscription-registration-status",
      base + "/provisioningstatus": "get-subscription-provisioning-status",
      base + "/azureEntitlements": "list-azure-entitlements",
      base + "/azureEntitlements/\(entitlement)": "get-azure-entitlement",
    ])
    let client = service.client
    #expect(try service.known(try await client.subscription(id, customer: customer)).name == "Microsoft Azure")
    let registration = try service.known(try await client.registrationStatus(of: id, customer: customer))
    #expect(registration.status == .notRegistered)
    let provisioning = try service.known(try await client.provisioning(of: id, customer: customer))
    #expect(provisioning.status == "success")
    #expect(provisioning.quantity == Amount(5))
    #expect(provisioning.end?.description == "2018-05-10T00:00:00Z")
    let inside = try service.known(try await client.azureEntitlements(of: id, customer: customer))
    #expect(inside.map { "\($0.id) \($0.status)" } == ["899ae6f1-8a74-4d5e-b6c6-e6b5019bbff8 active"])
    let one = try service.known(try await client.azureEntitlement(entitlement, of: id, customer: customer))
    #expect(one.status == "inactive")
    #expect(one.subscription == id)
  }

  @Test("Estimate links say where the four estimates are")
  func estimateLinks() async throws {
    let service = PublishedCommerce("/v1/invoices/estimates/links?currencycode=usd", "get-invoice-estimate-links")
    let links = try service.known(try await service.client.estimateLinks(currency: try #require(Currency("USD"))))
    #expect(
      links.map { "\($0.type) \($0.period)" } == [
        "daily_rated_usage Current", "daily_rated_usage Previous", "non_consumption Current",
        "non_consumption Previous",
      ])
    #expect(links.allSatisfy { $0.link.hasPrefix("/invoices/unbilled/lineitems?provider=") })
  }

  @Test(
    "Unbilled lines are read to the last page",
    arguments: [
      (false, ["unbilled-recon", "unbilled-recon.page2"], ["820", "2598", "2598"]),
      (
        false, ["unbilled-recon.rev2023", "unbilled-recon.page2.rev2023"],
        ["0", "720", "820", "0", "720", "820", "16"]
      ),
      (false, ["unbilled-recon.usage"], ["2598"]),
      (true, ["unbilled-usage", "unbilled-usage.page2"], Array(repeating: "30.7197334080551", count: 3)),
      (true, ["unbilled-usage.rev2023", "unbilled-usage.page2"], Array(repeating: "30.7197334080551", count: 3)),
    ])
  func unbilled(isUsage: Bool, samples: [String], printed: [String]) async throws {
    let type = isUsage ? "usagelineitems" : "billinglineitems"
    let first =
      "/v1/invoices/unbilled/lineitems?provider=onetime&invoicelineitemtype=\(type)&currencycode=usd&period=previous"
      + "&size=2000"
    var targets = [first: "get-invoice-line-items.\(samples[0])"]
    if samples.count > 1 { targets[first + "&seekOperation=Next"] = "get-invoice-line-items.\(samples[1])" }
    let service = PublishedCommerce(targets)
    let invoice = try #require(InvoiceID("unbilled"))
    let dollars = try #require(Currency("USD"))
    var amounts: [String?] = []
    try await service.client.unbilledLineItems(currency: dollars, period: .previous, isUsage: isUsage) { body in
      let bytes = body.response.body
      if isUsage {
        let set = LineSet(provider: "onetime", isUsage: true)
        let page = try Wire.usage(bytes, invoice: invoice, set: set, page: body.key.page)
        amounts += page.value.map(\.billingTotal?.description)
      } else {
        amounts += try Wire.unbilledCharges(bytes, page: body.key.page).value.map(\.line.subtotal?.description)
      }
    }
    #expect(amounts == printed)
  }
}
