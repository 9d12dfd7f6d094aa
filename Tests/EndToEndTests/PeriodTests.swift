import Billing
import Testing

@testable import MonthEnd

@Suite("Which month is tied out")
struct PeriodTests {
  private func invoice(_ id: String, _ date: String) throws -> Invoice {
    Invoice(
      id: try #require(InvoiceID(id)), date: Instant(try #require(Day(date))), totalCharges: .one,
      currency: try #require(Currency("EUR")), invoiceType: InvoiceType(id.hasPrefix("D") ? "Recurring" : "OneTime"),
      details: [])
  }

  private func settings(asOf: String, period: String? = nil) throws -> Settings {
    Settings(
      database: "", archive: "", reports: "", asOf: Instant(try #require(Day(asOf))),
      period: period.flatMap { Month($0) })
  }

  /// The legacy anniversary is the first of the month, so D comes on the third and G on the eighth.
  private var documents: [Invoice] {
    get throws {
      [
        try invoice("D1", "2025-02-03"), try invoice("G1", "2025-02-08"), try invoice("D2", "2025-03-03"),
        try invoice("G2", "2025-03-08"),
      ]
    }
  }

  @Test(
    "The newest month is the newest one with its new-commerce invoice",
    arguments: [("2025-02-20", "2025-01"), ("2025-03-05", "2025-01"), ("2025-03-08", "2025-02")])
  func newest(asOf: String, month: String) throws {
    #expect(try settings(asOf: asOf).period(among: documents).description == month)
  }

  @Test("A month with only its legacy invoice is not ready")
  func half() throws {
    let error = #expect(throws: Stop.self) {
      try settings(asOf: "2025-03-05", period: "2025-02").period(among: documents)
    }
    #expect(error?.exitCode == .notReady)
    #expect(try settings(asOf: "2025-03-08", period: "2025-02").period(among: documents).description == "2025-02")
  }

  @Test("An account without new commerce goes by its legacy invoices")
  func legacy() throws {
    let documents = try documents.filter { $0.id.printed.hasPrefix("D") }
    #expect(try settings(asOf: "2025-03-05").period(among: documents).description == "2025-02")
    let error = #expect(throws: Stop.self) { try settings(asOf: "2025-01-05").period(among: documents) }
    #expect(error?.exitCode == .notReady)
  }
}
