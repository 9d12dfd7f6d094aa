import Foundation
import PartnerCenterEmulator
import Testing

@Suite("Bought seats are charged month by month")
struct ServerBilledTermTests {
  private typealias Sample = ServerBilledSample

  private func buySeats(_ sample: Sample) async throws {
    try await sample.buy(
      "US", ShopSample.line("CFQ7TTC0LDPB:0001:CFQ7TTC0Q7ZX", 4, cycle: "monthly", term: "P1M"),
      ShopSample.line(ShopSample.seats, 3, cycle: "monthly", term: "P1Y"),
      ShopSample.line(ShopSample.seats, 5, cycle: "annual", term: "P1Y"))
  }

  /// Charge type, first and last day of each line.
  private func spans(_ lines: [[String: Any]]) -> [String] {
    lines.map { line in
      let days = ["chargeStartDate", "chargeEndDate"].map { (line[$0] as? String ?? "").prefix(10) }
      return "\(line["chargeType"] as? String ?? "") \(days[0]) \(days[1])"
    }.sorted()
  }

  @Test("A month renews, a year paid by the month goes on, a year paid at once waits for its end")
  func year() async throws {
    // 2023-06-20T00:00:00Z
    try await Sample.with(asOf: 1_687_219_200) { sample async throws in
      try await buySeats(sample)
      // 8 August: 49 days later.
      sample.wait(days: 49)
      let invoices = try await sample.caller.get("/v1/invoices")
      #expect(invoices.list.texts("id") == ["G923060002", "G923070002"])
      // 4 × 12.50 + 3 × 6.00 + 5 × 72.00, then 4 × 12.50 + 3 × 6.00.
      #expect(invoices.text.contains(#""totalCharges":428,"#) && invoices.text.contains(#""totalCharges":68,"#))
      #expect(
        try await spans(sample.lines("G923060002")) == [
          "new 2023-06-20 2023-07-19", "new 2023-06-20 2023-07-19", "new 2023-06-20 2024-06-19",
        ])
      let july = try await sample.lines("G923070002")
      #expect(spans(july) == ["cycleCharge 2023-07-20 2023-08-19", "renew 2023-07-20 2023-08-19"])
      #expect(july.allSatisfy { ($0["orderDate"] as? String)?.hasPrefix("2023-07-20") == true })

      // 8 July 2024: 384 days after the purchase.
      sample.wait(days: 335)
      #expect(
        try await spans(sample.lines("G924060002")) == [
          "renew 2024-06-20 2024-07-19", "renew 2024-06-20 2024-07-19", "renew 2024-06-20 2025-06-19",
        ])
      let ends = try await sample.caller.get(sample.customer("US") + "/subscriptions").list
        .filter { $0["billingType"] as? String == "license" }
      #expect(
        Set(ends.texts("commitmentEndDate")) == ["2024-07-19T00:00:00Z", "2025-06-19T00:00:00Z"])
      #expect(Set(ends.texts("status")) == ["active"])
    }
  }

  @Test("What was bought on the last of January follows the documented month ends")
  func monthEnds() async throws {
    // 2025-01-31T00:00:00Z
    try await Sample.with(asOf: 1_738_281_600) { sample async throws in
      try await buySeats(sample)
      // 8 March: 36 days later.
      sample.wait(days: 36)
      #expect(
        try await spans(sample.lines("G925010002")) == [
          "new 2025-01-31 2025-02-27", "new 2025-01-31 2025-02-27", "new 2025-01-31 2026-01-30",
        ])
      #expect(
        try await spans(sample.lines("G925020002")) == [
          "cycleCharge 2025-02-28 2025-03-30", "renew 2025-02-28 2025-03-27",
        ])
    }
  }

  @Test("From April 2025 on an invoice has its lines in the export alone")
  func closedMonths() async throws {
    try await Sample.with { sample async throws in
      try await buySeats(sample)
      // 8 May: 49 days later.
      sample.wait(days: 49)
      #expect(try await sample.lines("G925030002").count == 3)
      #expect(try await sample.lines("G925040002").isEmpty)
      #expect(try await sample.caller.get("/v1/invoices/G925040002").text.contains(#""totalCharges":68,"#))
    }
  }

  @Test("A trial and a licence for a year are charged once and expire")
  func ends() async throws {
    try await Sample.with { sample async throws in
      try await sample.buy(
        "US", ShopSample.line(Sample.trial, 25, cycle: "none", term: "P1M"),
        ShopSample.line(Sample.calLicence, 1, cycle: "one_time", term: "P1Y"))
      func statuses() async throws -> [String] {
        try await sample.caller.get(sample.customer("US") + "/subscriptions").list
          .filter { $0["billingType"] as? String == "license" }.texts("status")
      }
      sample.wait(days: 1)
      #expect(try await statuses() == ["active", "active"])
      sample.wait(days: 40)
      #expect(try await statuses() == ["expired", "active"])
      sample.wait(days: 400)
      #expect(try await statuses() == ["expired", "expired"])
      #expect(try await sample.caller.get("/v1/invoices").list.texts("id") == ["G925030002"])
    }
  }
}
