import Billing
import Reconciliation
import Store
import Testing

@Suite("Ingestion")
struct IngestTests {
  private struct Broken: Error {}

  /// Two invoices with a credit note, customers, orders and balances.
  private func ingestMonth(_ ledger: Ledger) throws {
    try ledger.ingestCustomers([
      Customer(id: try id("c-2"), name: "Fabrikam", domain: "fabrikam.example"),
      Customer(id: try id("C-1"), name: "Contoso"),
    ])
    let usd = try some(Currency("USD"))
    let part = AccountSummary(currency: usd, balance: try amount("751094.39"))
    try ledger.ingestSummaries([
      AccountSummary(
        currency: usd, balance: try amount("751094.39"), accountingDate: try instant("2025-03-01"),
        details: [AccountSummary.Detail(invoiceType: InvoiceType("Recurring"), summary: part)])
    ])
    let creditNote = try invoice("G000024136", "4.00", details: [], type: "credit_note")
    try ledger.ingestDocuments([
      try invoice("G000024135", details: [onetime, onetime, dailyRated], amendments: [creditNote]),
      try invoice("D030001IVJ", "20.00", details: [office]), creditNote,
    ])
    try ledger.ingestLineSet(invoice: try id("G000024135"), set: onetime, bodies: ["b0", "b1"]) { page in
      LinePage(
        itemsDigest: "d\(page)",
        lines: .charges([try charge(0, page: page), try charge(1, page: page, subscription: "s-1")]),
        notes: [DecodingNote(kind: DecodingNote.unknownMember, subject: "OneTimeInvoiceLineItem.foo", count: 2)])
    }
    for customer in ["c-1", "c-2"] {
      let key: CustomerID = try id(customer)
      try ledger.ingestCommerce(customer: key, fingerprint: "f-\(customer)") {
        Commerce(
          orders: [
            Order(id: try id("o-1"), customer: key, billingCycle: "monthly", created: nil, status: "", lines: [])
          ],
          subscriptions: [Subscription(id: try id("s-\(customer)"), customer: key)])
      }
    }
    try ledger.ingestBodies([Ledger.Body(endpoint: "lineitems", invoice: "G000024135", sha256: "b0", byteCount: 9)])
  }

  @Test("Ingesting twice is ingesting once")
  func twiceIsOnce() throws {
    let place = try Place()
    let ledger = try place.ledger()
    try ingestMonth(ledger)
    let once = try ledger.contents()
    try ingestMonth(ledger)
    #expect(try ledger.contents() == once)
    #expect(
      try ledger.notes() == [
        DecodingNote(kind: "unknown member", subject: "OneTimeInvoiceLineItem.foo", count: 4)
      ])
  }

  @Test("A set whose bodies did not change is not decoded")
  func skipsUnchanged() throws {
    let place = try Place()
    let ledger = try place.ledger()
    try ingestMonth(ledger)
    let written = try ledger.ingestLineSet(
      invoice: try id("g000024135"), set: onetime, bodies: ["b0", "b1"]
    ) { _ in throw Broken() }
    #expect(!written)
    let changed = try ledger.ingestCommerce(customer: try id("org:C-1"), fingerprint: "f-c-1") { throw Broken() }
    #expect(!changed)
  }

  @Test("An error in the middle of a set undoes the whole set")
  func rollsBack() throws {
    let place = try Place()
    let ledger = try place.ledger()
    try ingestMonth(ledger)
    let before = try ledger.contents()
    #expect(throws: Broken.self) {
      try ledger.ingestLineSet(invoice: try id("G000024135"), set: onetime, bodies: ["c0", "c1"]) { page in
        guard page == 0 else { throw Broken() }
        return LinePage([try charge(0)])
      }
    }
    #expect(throws: Broken.self) {
      try ledger.ingestCommerce(customer: try id("c-1"), fingerprint: "new") { throw Broken() }
    }
    #expect(try ledger.contents() == before)
  }

  @Test("A full disk is told as one, and the database stays as it was")
  func fullDisk() throws {
    let place = try Place()
    let ledger = try place.ledger()
    try ingestMonth(ledger)
    let before = try ledger.contents()
    let pages = try some(Int(try some(try ledger.rows("PRAGMA page_count").first?.first ?? nil)))
    _ = try ledger.rows("PRAGMA max_page_count = \(pages + 4)")
    #expect(throws: LedgerError.diskFull(path: place.path)) {
      try ledger.ingestLineSet(invoice: try id("G000024135"), set: onetime, bodies: ["c0"]) { _ in
        LinePage(try (0..<500).map { try charge($0) })
      }
    }
    #expect(try ledger.contents() == before)
    #expect(try ledger.verify() == [])
  }

  @Test("A set that came anew replaces its pages and lines")
  func replaces() throws {
    let place = try Place()
    let ledger = try place.ledger()
    try ingestMonth(ledger)
    try ledger.ingestLineSet(invoice: try id("G000024135"), set: onetime, bodies: ["c0"]) { _ in
      LinePage([try charge(7)])
    }
    #expect(try ledger.rows("SELECT page, item FROM charge") == [["0", "7"]])
    #expect(try ledger.notes() == [])
    #expect(try ledger.body(of: try charge(7).position) == "c0")
  }

  @Test("What is no longer served goes with its lines")
  func forgets() throws {
    let place = try Place()
    let ledger = try place.ledger()
    try ingestMonth(ledger)
    try ledger.ingestDocuments([try invoice("D030001IVJ", "20.00", details: [office])])
    #expect(try ledger.count("charge") == 0)
    try ledger.ingestCustomers([Customer(id: try id("c-2"), name: "Fabrikam")])
    #expect(try ledger.rows("SELECT customer_key FROM customer_order") == [["c-2"]])
  }

  @Test("Sets that a run did not fetch are removed")
  func removesSets() throws {
    let place = try Place()
    let ledger = try place.ledger()
    try ingestMonth(ledger)
    let kept = LineSetID(invoice: try id("G000024135"), set: onetime)
    try ledger.removeLineSets(except: [kept])
    #expect(try ledger.lineSets().map(\.id) == [kept])
    try ledger.removeLineSets(except: [])
    #expect(try ledger.lineSets() == [])
    #expect(try ledger.count("page_sum") == 0)
  }

  @Test("Documents are counted once, by id, and know what they amend")
  func flattens() throws {
    let place = try Place()
    let ledger = try place.ledger()
    try ingestMonth(ledger)
    let documents = try ledger.documents()
    #expect(documents.map(\.id.printed) == ["G000024135", "G000024136", "D030001IVJ"])
    #expect(documents.map { $0.amendsOf?.printed } == [nil, "G000024135", nil])
    #expect(documents.first?.details == [onetime, dailyRated])
    #expect(documents.first?.paidAmount == (try amount("-3.5")))
    #expect(documents.first?.date.description == "2025-02-08T22:40:37.5897767Z")
    #expect(try ledger.rows("SELECT counted_total FROM document ORDER BY ordinal") == [["10"], ["-4"], ["20"]])
    #expect(try ledger.summaries().first?.details.first?.summary.balance == (try amount("751094.39")))
  }

  @Test("A page with the items of an earlier one is kept and noted, and its lines are summed page by page")
  func notesRepeats() throws {
    let place = try Place()
    let ledger = try place.ledger()
    try ledger.ingestDocuments([try invoice("G000024135")])
    let digests = ["x", "y", "x", "x", "-", "-"]
    try ledger.ingestLineSet(
      invoice: try id("G000024135"), set: onetime, bodies: digests.indices.map { "b\($0)" }
    ) { page in
      let lines =
        page < 4
        ? [
          try charge(0, page: page, total: "1329.7525"), try charge(1, page: page, total: nil, tax: nil),
          try charge(2, page: page, currency: nil),
        ] : []
      return LinePage(lines, digest: digests[page])
    }
    let sums = try ledger.pageSums()
    #expect(sums.map(\.repeatOf) == [nil, nil, 0, 0, nil, nil])
    #expect(sums.map(\.itemCount) == [3, 3, 3, 3, 0, 0])
    let first = try #require(try sums.first?.tallies[some(Currency("USD"))])
    #expect(first.count == 2)
    #expect(first.unknownCount == 1)
    #expect(first.taxedCount == 1)
    #expect(first.total == (try amount("1329.7525")))
    #expect(sums.first?.tallies[.none]?.count == 1)
  }

  @Test("Lines of a document nobody served are refused")
  func refusesUnknownDocument() throws {
    let place = try Place()
    let ledger = try place.ledger()
    #expect(throws: LedgerError.documentUnknown(invoice: "G9")) {
      try ledger.ingestLineSet(invoice: try id("G9"), set: onetime, bodies: []) { _ in LinePage([]) }
    }
    #expect(throws: LedgerError.customerUnknown(customer: "c-9")) {
      try ledger.ingestCommerce(customer: try id("c-9"), fingerprint: "") { Commerce() }
    }
  }
}
