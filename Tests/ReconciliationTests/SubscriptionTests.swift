import Billing
import Reconciliation
import Testing

@Suite("A recurring charge belongs to a subscription of the customer")
struct SubscriptionTests {
  @Test("Seats of a subscription that nobody knows are one mismatch over all months")
  func seatsMissing() throws {
    let charges = try [
      seats(price: "10", "10", subtotal: "100", on: Known.january),
      seats("cycleCharge", price: "10", "10", subtotal: "100"),
    ]
    let mismatch = try tie(charges, orders: [seatOrder()]).only(.subscriptionMissing)
    #expect(mismatch.count == 2)
    #expect(mismatch.mCode.isEmpty)
    #expect(mismatch.difference == (try amount("-200")))
  }

  @Test("Without order and subscription one thing is missing, not two")
  func both() throws {
    let charge = try seats("cycleCharge", price: "10", "10", subtotal: "100")
    #expect(try tie([charge]).causes == [.subscriptionMissing])
  }

  @Test("Seats that print no subscription are found by order and product")
  func byOrder() throws {
    let charge = try seats(price: "10", "10", subtotal: "100") { $0.subscription = nil }
    let result = try tie([charge], orders: [seatOrder()], subscriptions: [subscription()])
    #expect(result.outcomes == [.tied])
    #expect(result.ties[0].subscription?.printed == Known.subscription)
  }

  @Test("A licence joins by its syndication partner subscription number, whatever order it prints")
  func licenceJoin() throws {
    let charge = try licence(price: "16", "1", subtotal: "16") {
      $0.subscription = SubscriptionID(Known.subscription.uppercased())
      $0.orders = OrderID.all(in: "567735000000000011")
    }
    let result = try tie([charge], subscriptions: [subscription(offer: "2F707C7C-2433-49A5-A437-9CA7CF40D3EB")])
    #expect(result.outcomes == [.tied])
    #expect(result.ties[0].matchedBy == "syndication partner subscription number")
  }

  @Test("The platform's id is no subscription of the customer: M43")
  func platformID() throws {
    let charge = try licence(price: "16", "1", subtotal: "16") {
      $0.subscription = SubscriptionID("4KIKawEAAAAAAAEA")
    }
    let mismatch = try tie([charge], subscriptions: [subscription()]).only(.subscriptionMissing)
    #expect(mismatch.mCode == "M43")
    #expect(mismatch.difference == (try amount("-16")))
  }

  @Test("Legacy Azure falls back to the customer's usage subscription, and says so")
  func legacyAzure() throws {
    let charge = try charge(
      "Assess usage fee for current cycle", of: "", price: nil, nil, subtotal: "10", on: Known.legacy, family: .azure
    ) { $0.subscription = SubscriptionID("C9201ED1-0000-0000-0000-000000000000") }
    let usage = try subscription(offer: "MS-AZR-0145P", billingType: "usage")
    let result = try tie([charge], subscriptions: [usage])
    #expect(result.outcomes == [.noted])
    #expect(result.ties[0].matchedBy == "customer")
    #expect(try tie([charge], subscriptions: [subscription()]).causes == [.subscriptionMissing])
  }
}
