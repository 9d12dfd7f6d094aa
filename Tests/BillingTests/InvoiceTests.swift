import Billing
import Testing

@Suite("Invoices")
struct InvoiceTests {
  /// A document with nothing special about it.
  static func invoice(
    _ id: String, date: String, type: String, total: String = "100.00", document: String = "invoice",
    from start: String? = nil, through end: String? = nil, amendments: [Invoice] = []
  ) throws -> Invoice {
    Invoice(
      id: try #require(InvoiceID(id)), date: Instant(try #require(Day(date))),
      periodStart: start.flatMap { Day($0) }, periodEnd: end.flatMap { Day($0) }, totalCharges: try Amount(total),
      currency: try #require(Currency("EUR")), documentType: DocumentType(document), invoiceType: InvoiceType(type),
      details: [], amendments: amendments)
  }

  @Test(
    "A new-commerce invoice covers the calendar month before its date",
    arguments: [
      ("2025-01-08", "2024-12", "2024-12-01", "2024-12-31"),
      ("2025-03-07", "2025-02", "2025-02-01", "2025-02-28"),
      ("2024-03-08", "2024-02", "2024-02-01", "2024-02-29"),
    ])
  func newCommerce(date: String, month: String, first: String, last: String) throws {
    let invoice = try Self.invoice("G000024135", date: date, type: "OneTime")
    #expect(invoice.month.description == month)
    #expect(invoice.span.first.description == first)
    #expect(invoice.span.last.description == last)
  }

  @Test(
    "A legacy invoice covers the month that ends at the anniversary two days before its date",
    arguments: [
      ("2025-02-10", "2025-01", "2025-01-08", "2025-02-07"),
      ("2025-01-10", "2024-12", "2024-12-08", "2025-01-07"),
      ("2025-03-03", "2025-02", "2025-02-01", "2025-02-28"),
      ("2025-04-02", "2025-02", "2025-02-28", "2025-03-30"),
    ])
  func legacy(date: String, month: String, first: String, last: String) throws {
    let invoice = try Self.invoice("D080006IPB", date: date, type: "Recurring")
    #expect(invoice.month.description == month)
    #expect(invoice.span.first.description == first)
    #expect(invoice.span.last.description == last)
  }

  @Test("A printed period wins over the date")
  func printedPeriod() throws {
    let modern = try Self.invoice(
      "G000024135", date: "2025-03-20", type: "one_time", from: "2025-01-01", through: "2025-01-31")
    #expect(modern.month.description == "2025-01")
    #expect(modern.span.last.description == "2025-01-31")
    let legacy = try Self.invoice(
      "D080006IPB", date: "2025-03-20", type: "recurring", from: "2025-01-22", through: "2025-02-21")
    #expect(legacy.month.description == "2025-01")
    #expect(legacy.span.first.description == "2025-01-22")
  }

  @Test(
    "A document counts by its kind (reconciliation rules §3)",
    arguments: [
      ("invoice", "2076.63", "2076.63"),
      ("", "2076.63", "2076.63"),
      ("invoice", "-12.50", "-12.50"),
      ("credit_note", "12.50", "-12.50"),
      ("Credit Note", "-12.50", "-12.50"),
      ("void_note", "586366", "0"),
      ("VoidNote", "586366", "0"),
      ("adjustment_note", "107661.12", "107661.12"),
      ("AdjustmentNote", "-5", "-5"),
      ("something new", "7", "7"),
    ])
  func countedTotal(document: String, total: String, expected: String) throws {
    let invoice = try Self.invoice("G000024131", date: "2025-02-07", type: "OneTime", total: total, document: document)
    #expect(invoice.countedTotal == (try Amount(expected)))
    #expect(invoice.documentType.description == document)
  }

  @Test("Amendments of amendments are flattened in the order they were printed")
  func flattened() throws {
    let third = try Self.invoice("G3", date: "2025-02-07", type: "OneTime")
    let second = try Self.invoice("G2", date: "2025-02-07", type: "OneTime", amendments: [third])
    let fourth = try Self.invoice("G4", date: "2025-02-07", type: "OneTime")
    let first = try Self.invoice("G1", date: "2025-02-07", type: "OneTime", amendments: [second, fourth])
    #expect(first.flattened.map(\.id.printed) == ["G1", "G2", "G3", "G4"])
  }

  @Test("The historical names of the types are read in every spelling")
  func types() {
    #expect(InvoiceType("OneTime") == InvoiceType("one_time"))
    #expect(InvoiceType("Recurring").meaning == .legacy)
    #expect(InvoiceType("Quarterly").meaning == .unknown)
    #expect(InvoiceType("Quarterly") != InvoiceType("Weekly"))
    #expect(InvoiceType("Quarterly").description == "Quarterly")
  }
}
