import Foundation
import PartnerCenterEmulator
import Testing

@Suite("What was bought at the emulator is billed")
struct ServerBilledTests {
  private typealias Sample = ServerBilledSample

  /// Buys one thing of each kind for the customer who pays in euros.
  private func buyEverything(_ sample: Sample) async throws {
    try await sample.buy("DE", ShopSample.line(Sample.azurePlan, cycle: "monthly"))
    sample.wait(days: 0, seconds: 600)
    let plan = try await sample.caller.get(sample.customer("DE") + "/subscriptions").list.first.required
    let id = try (plan["id"] as? String).required
    try await sample.buy(
      "DE", ShopSample.line(ShopSample.perpetual, 3, cycle: "one_time"),
      ShopSample.line(ShopSample.seats, 10, cycle: "monthly", term: "P1Y"),
      ShopSample.line(Sample.calLicence, 7, cycle: "one_time", term: "P1Y"),
      ShopSample.line(Sample.trial, 25, cycle: "none", term: "P1M"),
      ShopSample.line(
        ShopSample.reservation, 2, cycle: "one_time", term: "P1Y",
        more: #","provisioningContext":{"subscriptionId":"\#(id)","scope":"shared"}"#),
      ShopSample.line(
        Sample.savingsPlan, cycle: "one_time", term: "P1Y",
        more: #","purchaseCommitment":{"amount":0.05,"currency":"usd","grain":"hourly"}"#))
  }

  @Test("Each kind of purchase has its line, with the amounts of the documented arithmetic")
  func kinds() async throws {
    try await Sample.with { sample async throws in
      try await buyEverything(sample)
      sample.wait(days: 19)
      let reply = try await sample.caller.get(Sample.path("G925030000"))
      let printed = Dictionary(
        reply.list.map { ($0["productId"] as? String ?? "", $0) }, uniquingKeysWith: { first, _ in first })
      #expect(reply.list.count == 6)
      #expect(reply.list.texts("chargeType") == Array(repeating: "new", count: 6))
      #expect(Set(reply.list.texts("currency")) == ["EUR"])
      #expect(Set(reply.list.texts("invoiceNumber")) == ["G925030000"])

      // 3 × 415.12, 10 × 5.60, 7 × 15.25; 2 × 569.40 USD = 1138.80 × 0.951474786 = 1083.5394…;
      // 0.05 × 8760 = 438 USD × 0.951474786 = 416.7459….
      for (product, subtotal) in [
        ("DG7GMGF0PN5Z", "1245.36"), ("CFQ7TTC0LH18", "56"), ("DG7GMGF0FM4T", "106.75"), ("CFQ7TTC0LDPB", "0"),
        ("DZH318Z0BQ4B", "1083.53"), ("DZH318Z09V67", "416.74"),
      ] {
        let amounts = #""subtotal":\#(subtotal),"taxTotal":0,"totalForCustomer":\#(subtotal),"#
        let line = try reply.items.components(separatedBy: #"{"partnerId""#).first {
          $0.contains(#""productId":"\#(product)""#)
        }.required
        #expect(line.contains(amounts), "\(product)")
      }

      let software = try printed["DG7GMGF0PN5Z"].required
      #expect(software["chargeEndDate"] == nil)
      #expect(software["termAndBillingCycle"] as? String == "")
      #expect(software["billingFrequency"] as? String == "")
      #expect((software["orderId"] as? String)?.utf8.count == 33)
      #expect(software["reservationOrderId"] as? String == "")
      let seats = try printed["CFQ7TTC0LH18"].required
      #expect(seats["orderId"] as? String == seats["alternateId"] as? String)
      #expect(seats["billingFrequency"] as? String == "Monthly")
      #expect(seats["chargeStartDate"] as? String == "2025-03-20T00:00:00Z")
      #expect(seats["chargeEndDate"] as? String == "2025-04-19T00:00:00Z")
      #expect(seats["subscriptionEndDate"] as? String == "2026-03-19T00:00:00Z")
      #expect(seats["pcToBCExchangeRate"] as? Int == 1)
      let licence = try printed["DG7GMGF0FM4T"].required
      #expect((licence["termAndBillingCycle"] as? String)?.contains("Subscription") == true)
      let trial = try printed["CFQ7TTC0LDPB"].required
      #expect(trial["productQualifiers"] as? [String] == ["Trial"])
      let reservation = try printed["DZH318Z0BQ4B"].required
      #expect((reservation["termAndBillingCycle"] as? String)?.contains("Reservation") == true)
      #expect(reservation["pricingCurrency"] as? String == "USD")
      #expect(reply.items.contains(#""pcToBCExchangeRate":0.951474786,"#))
      #expect(reservation["pcToBCExchangeRateDate"] as? String == "2025-03-01T00:00:00")
    }
  }

  @Test("A reservation and a savings plan are billed under the order that their artifact and subscription name")
  func reservationOrders() async throws {
    try await Sample.with { sample async throws in
      try await buyEverything(sample)
      sample.wait(days: 19)
      let customer = try sample.customer("DE")
      let lines = try await sample.lines("G925030000")
      let held = try await sample.caller.get(customer + "/entitlements?entitlementType=reservedInstance").list.first
      let artifact = (held?["entitledArtifacts"] as? [[String: Any]])?.first
      let reservation = try lines.first { $0["productId"] as? String == "DZH318Z0BQ4B" }.required
      #expect(try reservation["reservationOrderId"] as? String == (artifact?["resourceId"] as? String).required)
      let plan = try await sample.caller.get(customer + "/subscriptions").list
        .first { ($0["offerId"] as? String)?.hasPrefix("DZH318Z09V67") == true }
      let saved = try lines.first { $0["productId"] as? String == "DZH318Z09V67" }.required
      #expect(try saved["reservationOrderId"] as? String == (plan?["productOrderId"] as? String).required)
    }
  }

  @Test("The invoice comes when the seventh of the next month has passed")
  func day() async throws {
    try await Sample.with { sample async throws in
      try await buyEverything(sample)
      let inMarch = try await sample.unbilled("eur", "current")
      #expect(inMarch.count == 6)
      #expect(inMarch.allSatisfy { $0["totalForCustomer"] as? Int == 0 && $0["invoiceNumber"] as? String == "" })
      #expect(try await sample.unbilled("usd", "current").isEmpty)
      // 600 seconds have passed: the last second of 7 April.
      sample.wait(days: 19, seconds: -601)
      #expect(try await sample.caller.get("/v1/invoices").list.isEmpty)
      #expect(try await sample.caller.get("/v1/invoices/G925030000").status == 404)
      #expect(try await sample.lines("G925030000").isEmpty)
      #expect(try await sample.unbilled("eur", "current").isEmpty)
      #expect(try await sample.unbilled("eur", "previous").count == 6)

      sample.wait(days: 0, seconds: 1)
      let invoices = try await sample.caller.get("/v1/invoices")
      #expect(invoices.list.texts("id") == ["G925030000"])
      #expect(invoices.text.contains(#""totalCharges":2908.38,"#))
      #expect(try await sample.unbilled("eur", "previous").isEmpty)
      let invoice = try await sample.caller.get("/v1/invoices/G925030000")
      #expect(invoices.items == invoice.text)
      #expect(try await sample.caller.get("/v1/invoices/OneTime-G925030000").text == invoice.text)
      #expect(invoice.json["invoiceDate"] as? String == "2025-04-08T00:00:00Z")
      #expect(invoice.json["billingPeriodStartDate"] as? String == "2025-03-01T00:00:00Z")
      #expect(invoice.json["billingPeriodEndDate"] as? String == "2025-03-31T00:00:00Z")
      let details = invoice.objects("invoiceDetails")
      #expect(details.texts("billingProvider") == ["one_time"])
      #expect(details.texts("invoiceLineItemType") == ["billing_line_items"])
      let pdf = try await sample.caller.get("/v1/invoices/G925030000/documents/statement")
      #expect(pdf.text.hasPrefix("%PDF") && pdf.text.contains("Total charges: 2908.38 EUR"))
    }
  }

  @Test("The lines of a purchase are paged by token like all others")
  func pages() async throws {
    try await Sample.with { sample async throws in
      try await buyEverything(sample)
      sample.wait(days: 19)
      let whole = try await sample.caller.get(Sample.path("G925030000")).items
      let pages = try await sample.caller.pages(Sample.path("G925030000") + "&size=4")
      #expect(pages.count == 2)
      #expect(pages.joined(separator: ",") == whole)
    }
  }

  @Test("Each currency of a month has an invoice and a balance of its own")
  func currencies() async throws {
    try await Sample.with { sample async throws in
      try await sample.buy("DE", ShopSample.softwareLine)
      try await sample.buy("US", ShopSample.line(ShopSample.seats, 5, cycle: "annual", term: "P1Y"))
      try await sample.buy("AD", ShopSample.softwareLine)
      let before = try await sample.caller.get("/v1/invoices/summaries").text
      #expect(before.components(separatedBy: #""balanceAmount":0,"#).count == 3)
      sample.wait(days: 19)
      #expect(try await sample.caller.get("/v1/invoices").list.texts("id") == ["G925030000", "G925030002"])
      // 3 × 415.12 EUR; 5 × 12 × 6.00 and 3 × 451.20 USD.
      let summaries = try await sample.caller.get("/v1/invoices/summaries")
      let euros = #""currencyCode":"EUR","currencySymbol":"€","accountingDate":"2025-04-08T00:00:00""#
      #expect(summaries.text.components(separatedBy: #"{"balanceAmount":1245.36,"# + euros).count == 3)
      #expect(summaries.text.components(separatedBy: #"{"balanceAmount":1713.6,"currencyCode":"USD","#).count == 3)
      #expect(summaries.list.allSatisfy { $0["firstInvoiceCreationDate"] as? String == "2025-04-08T00:00:00Z" })
    }
  }

  @Test("A savings plan that commits to nothing is no line to check out")
  func noCommitment() async throws {
    try await Sample.with { sample async throws in
      for more in ["", #","purchaseCommitment":{"amount":0,"grain":"hourly"}"#] {
        let line = ShopSample.line(Sample.savingsPlan, cycle: "one_time", term: "P1Y", more: more)
        let cart = try await sample.caller.send(
          "POST", sample.customer("US") + "/carts", body: ShopSample.cart(line))
        #expect(cart.text.contains(#""errorCode":"invalid_input""#))
      }
    }
  }
}
