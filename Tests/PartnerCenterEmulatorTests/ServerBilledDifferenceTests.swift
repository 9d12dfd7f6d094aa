import Foundation
import PartnerCenterEmulator
import Testing

@Suite("Purchases that are billed wrongly on purpose")
struct ServerBilledDifferenceTests {
  private typealias Sample = ServerBilledSample

  @Test(
    "A wrong line follows from its own figures, and the order stays as it was",
    arguments: [
      // 3 × 415.12 were ordered.
      (Emulator.PurchaseBilling.asBought, ["415.12 3 1245.36"], "1245.36"),
      (.dearer(by: "1.00"), ["416.12 3 1248.36"], "1248.36"),
      (.dearer(by: "-0.5"), ["414.62 3 1243.86"], "1243.86"),
      (.moreUnits(2), ["415.12 5 2075.6"], "2075.6"),
      (.never, [], "0"),
      (.twice, ["415.12 3 1245.36", "415.12 3 1245.36"], "2490.72"),
    ])
  func differences(billing: Emulator.PurchaseBilling, lines: [String], total: String) async throws {
    var configuration = Emulator.Configuration()
    configuration.billsPurchases = billing
    try await Sample.with(configuration) { sample async throws in
      let orders = try await sample.buy("DE", ShopSample.softwareLine)
      sample.wait(days: 19)
      let reply = try await sample.caller.get(Sample.path("G925030000"))
      let printed = reply.items.components(separatedBy: #"{"partnerId""#).dropFirst().map { line in
        ["effectiveUnitPrice", "billableQuantity", "subtotal"].map { name in
          let start = line.range(of: #""\#(name)":"#)?.upperBound ?? line.endIndex
          return String(line[start...].prefix { $0 != "," })
        }.joined(separator: " ")
      }
      #expect(printed == lines)
      #expect(Set(reply.list.texts("referenceId")).count == lines.count)
      let invoice = try await sample.caller.get("/v1/invoices/G925030000")
      #expect(invoice.text.contains(#""totalCharges":\#(total),"#))
      let balance = try await sample.caller.get("/v1/invoices/summaries").text
      #expect(balance.components(separatedBy: #"{"balanceAmount":\#(total),"currencyCode":"EUR""#).count == 3)
      let order = try await sample.caller.get(sample.customer("DE") + "/orders/\(orders[0])?include_price=true")
      #expect(order.text.contains(#""totalPrice":1245.36"#))
    }
  }

  @Test("What costs nothing is not made dearer")
  func free() async throws {
    var configuration = Emulator.Configuration()
    configuration.billsPurchases = .dearer(by: "1.00")
    try await Sample.with(configuration) { sample async throws in
      try await sample.buy("DE", ShopSample.line(Sample.trial, 25, cycle: "none", term: "P1M"))
      sample.wait(days: 19)
      #expect(try await sample.caller.get(Sample.path("G925030000")).items.contains(#""totalForCustomer":0,"#))
    }
  }

  @Test("The world's own invoice of the month stays as it is, and its balance grows by the purchase")
  func ownInvoices() async throws {
    func summary(_ balance: String, _ more: String = "") -> String {
      #"{"balanceAmount":\#(balance),"currencyCode":"EUR","accountingDate":"2025-03-16T00:00:00","#
        + #""firstInvoiceCreationDate":"2025-01-16T00:00:00Z","latestInvoiceDate":"2025-03-16T00:00:00"\#(more)}"#
    }
    let details =
      #","details":[{"invoiceType":"Recurring","summary":\#(summary("2.50"))},"#
      + #"{"invoiceType":"OneTime","summary":\#(summary("10.00"))}]"#
    var world = ServerSample.world
    world.countries = [ServerSample.customer: "DE"]
    world.summary = summary("12.50", details)
    world.summaries = [world.summary]
    let own = #"{"id":"G000000003","currencyCode":"EUR","totalCharges":10.00,"invoiceDate":"2025-04-08T01:22:47Z"}"#
    world.invoices.append(.init(id: "G000000003", json: own))
    world.lines[.init(invoice: "G000000003", provider: "onetime", lineItemType: "billinglineitems")] = ["8.88"]
    try await Sample.with(world: world) { sample async throws in
      #expect(try await sample.caller.get("/v1/invoices/summary").text == world.summary)
      try await sample.buy("DE", ShopSample.line(ShopSample.perpetual, cycle: "one_time"))
      sample.wait(days: 19)
      #expect(
        try await sample.caller.get("/v1/invoices").list.texts("id") == [
          "G000000001", "D000000001", "G000000003", "G925030000",
        ])
      #expect(try await sample.caller.get("/v1/invoices/G000000003").text == own)
      #expect(try await sample.caller.get(Sample.path("G000000003")).items == "8.88")
      // 12.50 and 10.00, each with 415.12 more.
      let grown = try await sample.caller.get("/v1/invoices/summary")
      #expect(grown.text.hasPrefix(#"{"balanceAmount":427.62,"#))
      #expect(grown.text.contains(#"{"invoiceType":"Recurring","summary":\#(summary("2.50"))}"#))
      #expect(grown.text.contains(#"{"invoiceType":"OneTime","summary":{"balanceAmount":425.12,"#))
      #expect(grown.json["accountingDate"] as? String == "2025-04-08T00:00:00")
      #expect(grown.json["firstInvoiceCreationDate"] as? String == "2025-01-16T00:00:00Z")
      #expect(try await sample.caller.get("/v1/invoices/summaries").items == grown.text)
    }
  }
}
