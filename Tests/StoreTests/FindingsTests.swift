import Billing
import Reconciliation
import Store
import Testing

@Suite("Findings")
struct FindingsTests {
  @Test("Findings come back as they were saved, and once more after a second tie")
  func roundTrip() throws {
    let place = try Place()
    let ledger = try place.ledger()
    #expect(try ledger.findings() == nil)
    _ = try tieSample(in: ledger)
    let findings = try tieSample(in: ledger)
    let read = try #require(try ledger.findings())
    #expect(read.runID == findings.runID)
    #expect(read.asOf == findings.asOf)
    #expect(read.period == findings.period)
    #expect(read.invoices == findings.invoices)
    #expect(read.balances == findings.balances)
    #expect(read.tallies == findings.tallies)
    #expect(read.mismatches == findings.mismatches)
    #expect(read.customerCount == findings.customerCount)
    #expect(try ledger.verify() == [])
  }

  @Test("A mismatch leads to its lines, their bodies and what became of them")
  func explains() throws {
    let place = try Place()
    let ledger = try place.ledger()
    let cause = try #require(try tieSample(in: ledger).listed.first)
    let mismatch = try #require(try ledger.mismatch(cause.id))
    #expect(mismatch == cause)
    let position = try #require(mismatch.positions.first)
    #expect(try ledger.charge(at: position)?.total == (try amount("1577.24")))
    #expect(try ledger.body(of: position) == "b0")
    #expect(try ledger.tie(at: position)?.notes == ["a “note”", "b"])
    #expect(try ledger.consequences(of: cause.id).map(\.rule) == [.invoiceTotal])
    #expect(try ledger.mismatch("T0") == nil)
  }

  @Test("When something is ingested, the findings are no more; when nothing changed, they stay")
  func forgets() throws {
    let place = try Place()
    let ledger = try place.ledger()
    _ = try tieSample(in: ledger)
    try ledger.ingestDocuments(try ledger.documents())
    try ledger.ingestCustomers(try ledger.customers())
    #expect(try ledger.findings() != nil)
    try ledger.ingestLineSet(invoice: try id("G000024135"), set: onetime, bodies: ["b1"]) { _ in
      LinePage([try charge(0)])
    }
    #expect(try ledger.findings() == nil)
    #expect(try ledger.count("tie") == 0)
  }

  @Test("The views answer an analyst's questions")
  func views() throws {
    let place = try Place()
    let ledger = try place.ledger()
    let cause = try #require(try tieSample(in: ledger).listed.first)
    #expect(
      try ledger.rows(
        "SELECT currency, balance, invoice, line_set, is_fetched, item_count, residual FROM invoice_chain")
        == [
          ["USD", "1", "G000024135", "onetime-billing", "1", "3", "-2066.63"],
          ["USD", "1", "G000024135", "onetime-usage", "0", nil, "-2066.63"],
        ])
    #expect(
      try ledger.rows(
        "SELECT id, m_code, difference, sku_id FROM mismatch_list JOIN mismatch USING (id, m_code, difference)")
        == [[cause.id, "M13", "-1577.24", "0001"]])
    #expect(
      try ledger.rows("SELECT item, total, outcome, matched_by, body FROM charge_outcome WHERE invoice = 'g000024135'")
        == [
          ["0", "470.67", "tied", "order id", "b0"], ["1", "28.72", "tied", "order id", "b0"],
          ["2", "1577.24", "mismatched", "order id", "b0"],
        ])
    try ledger.ingestNotes(
      [DecodingNote(kind: "unknown member", subject: "Order.foo.bar", count: 2)], source: "orders")
    #expect(
      try ledger.rows("SELECT resource, member, count, source FROM unknown_member")
        == [["Order", "foo.bar", "2", "orders"]])
  }

  @Test("A value that the program does not write is named with its column")
  func unreadable() throws {
    let place = try Place()
    let ledger = try place.ledger()
    try ledger.ingest([try charge(0)])
    _ = try ledger.rows("UPDATE charge SET unit_price = '12,3'")
    #expect(throws: LedgerError.unreadable(path: place.path, column: "unit_price", text: "12,3")) {
      try ledger.partition(of: try id("c-1"))
    }
  }
}
