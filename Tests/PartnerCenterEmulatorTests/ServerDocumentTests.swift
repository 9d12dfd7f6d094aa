import Foundation
import PartnerCenterEmulator
import Testing

@Suite("Documents and estimates of the emulator")
struct ServerDocumentTests {
  private static let estimate =
    "/v1/invoices/unbilled/lineitems?provider=onetime&invoicelineitemtype=billinglineitems&currencycode=eur"

  @Test("A statement is a PDF whose header says JSON")
  func statement() async throws {
    try await ShopSample.with(asUser: true) { caller async throws in
      let invoice = try ShopSample.world.invoices.first.required.id
      let reply = try await caller.get("/v1/invoices/\(invoice)/documents/statement")
      #expect(reply.headers["content-type"] == "application/json")
      #expect(reply.headers["content-disposition"] == "attachment; filename=Invoice_\(invoice).pdf")
      #expect(reply.text.hasPrefix("%PDF-") && reply.text.hasSuffix("%%EOF\n"))
      // The last number names the byte at which the table of places stands.
      let place = try Int(reply.text.split(separator: "\n").suffix(2).first.required).required
      #expect(reply.text.utf8.dropFirst(place).starts(with: "xref\n".utf8))
      #expect(try await caller.get("/v1/invoices/none/documents/statement").code == "1000")
    }
  }

  @Test("A receipt is served where the invoice names it")
  func receipt() async throws {
    var world = ServerSample.world
    world.invoices = [
      .init(id: "G1", json: #"{"id":"G1","currencyCode":"TWD","taxReceipts":[{"id":"E-Tax-8602768"}]}"#)
    ]
    try await Emulator.withServer(world: world) { base in
      var caller = ServerCaller(base: base)
      caller.bearer = try await caller.signIn(ServerCaller.userForm).json["access_token"] as? String
      let path = "/v1/invoices/G1/receipts/E-Tax-8602768/documents/statement"
      let reply = try await caller.get(path)
      #expect(reply.headers["content-type"] == "application/pdf")
      #expect(reply.headers["content-disposition"]?.contains("E-Tax-8602768.pdf") == true)
      #expect(reply.text.hasPrefix("%PDF-"))
      #expect(try await caller.get(path.replacing("8602768", with: "1")).code == "1000")
    }
  }

  @Test("Estimate links lead to unbilled lines")
  func estimateLinks() async throws {
    try await ShopSample.with { caller async throws in
      let links = try await caller.get("/v1/invoices/estimates/links?currencycode=usd").list
      #expect(
        links.map { $0["type"] as? String } == [
          "daily_rated_usage", "daily_rated_usage", "non_consumption", "non_consumption",
        ])
      #expect(links.map { $0["period"] as? String } == ["Current", "Previous", "Current", "Previous"])
      for link in links {
        let uri = try ((link["link"] as? [String: Any])?["uri"] as? String).required
        let reply = try await caller.get("/v1" + uri)
        #expect(reply.status == 200)
        #expect(!reply.list.isEmpty, "\(uri)")
      }
      #expect(try await caller.get("/v1/invoices/estimates/links").status == 400)
    }
  }

  @Test("Unbilled charges have no invoice number and no total, page by page", arguments: ["current", "previous"])
  func unbilledCharges(period: String) async throws {
    try await ShopSample.with { caller async throws in
      let pages = try await caller.pages(Self.estimate + "&period=\(period)&size=50")
      let lines = try JSONSerialization.jsonObject(with: Data("[\(pages.joined(separator: ","))]".utf8))
      let items = try (lines as? [[String: Any]]).required
      #expect(!items.isEmpty)
      #expect(items.allSatisfy { $0["invoiceNumber"] as? String == "" && $0["totalForCustomer"] as? Int == 0 })
      #expect(items.allSatisfy { $0["currency"] as? String == "EUR" })
      let months = Set(items.compactMap { ($0["chargeStartDate"] as? String)?.prefix(7) })
      #expect(period == "previous" || months.allSatisfy { $0 >= "2025-03" })
    }
  }

  @Test("What a cart brought waits among the unbilled charges")
  func boughtCharges() async throws {
    try await ShopSample.with { caller async throws in
      let customer = try ShopSample.customer(in: "DE")
      let cart = try await caller.send("POST", customer + "/carts", body: ShopSample.cart(ShopSample.softwareLine))
      let bought = try await caller.send("POST", "\(customer)/carts/\(cart.id)/checkout", body: "")
      let order = try (bought.objects("orders").first?["id"] as? String).required
      let items = try await caller.pages(Self.estimate + "&period=current").joined()
      #expect(items.contains(#""orderId":"\#(order)""#) && items.contains(#""subtotal":1245.36"#))
      #expect(try await !caller.pages(Self.estimate + "&period=previous").joined().contains(order))
    }
  }

  @Test(
    "An estimate takes currency and period",
    arguments: [
      "provider=onetime&invoicelineitemtype=billinglineitems&period=current",
      "provider=onetime&invoicelineitemtype=billinglineitems&currencycode=eur",
      "provider=onetime&invoicelineitemtype=billinglineitems&currencycode=eur&period=last",
      "provider=office&invoicelineitemtype=billinglineitems&currencycode=eur&period=current",
      "provider=onetime&invoicelineitemtype=lines&currencycode=eur&period=current",
    ])
  func invalidEstimates(query: String) async throws {
    try await ShopSample.with { caller async throws in
      let reply = try await caller.get("/v1/invoices/unbilled/lineitems?" + query)
      #expect(reply.status == 400)
      #expect(reply.text == #"{"message":"The request is invalid."}"#)
    }
  }

  @Test("What belongs to the partner's account takes a user")
  func appOnly() async throws {
    try await ShopSample.with { caller async throws in
      let invoice = try ShopSample.world.invoices.first.required.id
      let customer = try ShopSample.customer(in: "US")
      for path in [
        "/v1/invoices/\(invoice)/documents/statement", "/v1/invoices/\(invoice)/receipts/1/documents/statement",
        customer + "/orders/1/provisioningstatus", customer + "/subscriptions/1/provisioningstatus",
        customer + "/entitlements",
      ] {
        let reply = try await caller.get(path)
        #expect(reply.status == 403, "\(path)")
        #expect(reply.code == "900329", "\(path)")
      }
    }
  }
}
