import Billing
import GRDB
import Reconciliation

/// Writes the pages of one set, and what the lines of each add up to.
struct LineSetWriter {
  private let id: LineSetID
  private var pages: Insertion
  private var pageEnds: Insertion
  private var sums: Insertion
  private var charges: Insertion
  private var records: Insertion
  private var pagesByDigest: [String: Int] = [:]
  private var noteCounts: [DecodingNote: Int] = [:]
  private(set) var itemCount = 0
  private var pageCount = 0
  private var page: Page

  /// The page that is being written.
  private struct Page {
    var id: PageID
    var itemsDigest = ""
    var itemCount = 0
    var tallies: [Currency: Tally] = [:]
  }

  init(_ database: Database, _ id: LineSetID) throws {
    self.id = id
    page = Page(id: PageID(invoice: id.invoice, set: id.set, page: 0))
    pageEnds = try Insertion(
      database,
      sql: """
        UPDATE page SET items_digest = ?, item_count = ?, repeat_of = ?
        WHERE invoice = ? AND line_set = ? AND page = ?
        """)
    pages = try Insertion(
      database, into: "page", ["invoice", "line_set", "page", "body", "items_digest", "item_count", "repeat_of"])
    sums = try Insertion(
      database, into: "page_sum", ["invoice", "line_set", "page", "currency"] + Tally.columns)
    charges = try Insertion(database, into: "charge", Charge.columnsWritten)
    records = try Insertion(database, into: "usage_record", UsageRecord.columnsWritten)
  }

  /// Begins the page that a body is.
  mutating func beginPage(body: String) throws {
    page = Page(id: PageID(invoice: id.invoice, set: id.set, page: pageCount))
    pageCount += 1
    let place = page.id
    try pages.run { row in
      row.put(place)
      row.put(body)
      row.put("")
      row.put(0)
      row.put(nil as Int?)
    }
  }

  /// Adds lines to the page that was begun, behind those it has.
  mutating func add(_ part: LinePage) throws {
    switch part.lines {
    case .charges(let lines): try add(lines)
    case .usage(let lines): try add(lines)
    }
    page.itemCount += part.lines.count
    page.itemsDigest = part.itemsDigest
    for note in part.notes {
      noteCounts[DecodingNote(kind: note.kind, subject: note.subject, count: 0), default: 0] += note.count
    }
  }

  /// Ends the page: what it holds and what that adds up to.
  mutating func endPage() throws {
    let page = page
    // Two empty pages are not the same lines twice.
    let original = page.itemCount > 0 ? pagesByDigest[page.itemsDigest] : nil
    if original == nil { pagesByDigest[page.itemsDigest] = page.id.page }
    try pageEnds.run { row in
      row.put(page.itemsDigest)
      row.put(page.itemCount)
      row.put(original)
      row.put(page.id)
    }
    for (currency, tally) in page.tallies.sorted(by: { $0.key < $1.key }) {
      try sums.run { row in
        row.put(page.id)
        row.put(currency)
        tally.put(into: &row)
      }
    }
    itemCount += page.itemCount
  }

  /// What decoding noticed on all pages.
  var notes: [DecodingNote] {
    noteCounts.map { DecodingNote(kind: $0.key.kind, subject: $0.key.subject, count: $0.value) }
  }

  private mutating func add(_ lines: [Charge]) throws {
    let place = page.id
    for charge in lines {
      try charges.run { row in
        row.put(place)
        row.put(charge.position.index)
        charge.put(into: &row)
      }
      try page.tallies[charge.filedCurrency, default: Tally()].add(charge)
    }
  }

  /// Usage has no tax: its total is what stands before tax.
  private mutating func add(_ lines: [UsageRecord]) throws {
    let place = page.id
    for record in lines {
      try records.run { row in
        row.put(place)
        row.put(record.position.index)
        record.put(into: &row)
      }
      try page.tallies[record.billingCurrency ?? Currency.none, default: Tally()].add(
        subtotal: record.billingTotal, tax: .zero, total: record.billingTotal)
    }
  }
}

extension RowWriter {
  /// Puts `invoice, line_set, page`.
  fileprivate mutating func put(_ page: PageID) {
    put(page.invoice)
    put(page.set.description)
    put(page.page)
  }
}
