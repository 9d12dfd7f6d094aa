import Billing
import GRDB
import Reconciliation

/// Writes the pages of one set, and what the lines of each add up to.
struct LineSetWriter {
  private let id: LineSetID
  private var pages: Insertion
  private var sums: Insertion
  private var charges: Insertion
  private var records: Insertion
  private var pagesByDigest: [String: Int] = [:]
  private var noteCounts: [DecodingNote: Int] = [:]
  private(set) var itemCount = 0

  init(_ database: Database, _ id: LineSetID) throws {
    self.id = id
    pages = try Insertion(
      database, into: "page", ["invoice", "line_set", "page", "body", "items_digest", "item_count", "repeat_of"])
    sums = try Insertion(
      database, into: "page_sum", ["invoice", "line_set", "page", "currency"] + Tally.columns)
    charges = try Insertion(database, into: "charge", Charge.columnsWritten)
    records = try Insertion(database, into: "usage_record", UsageRecord.columnsWritten)
  }

  mutating func add(_ content: LinePage, page ordinal: Int, body: String) throws {
    let page = PageID(invoice: id.invoice, set: id.set, page: ordinal)
    let count = content.lines.count
    // Two empty pages are not the same lines twice.
    let original = count > 0 ? pagesByDigest[content.itemsDigest] : nil
    if original == nil { pagesByDigest[content.itemsDigest] = ordinal }
    try pages.run { row in
      row.put(page)
      row.put(body)
      row.put(content.itemsDigest)
      row.put(count)
      row.put(original)
    }
    let tallies =
      switch content.lines {
      case .charges(let lines): try add(lines, page: page)
      case .usage(let lines): try add(lines, page: page)
      }
    for (currency, tally) in tallies.sorted(by: { $0.key < $1.key }) {
      try sums.run { row in
        row.put(page)
        row.put(currency)
        tally.put(into: &row)
      }
    }
    itemCount += count
    for note in content.notes {
      noteCounts[DecodingNote(kind: note.kind, subject: note.subject, count: 0), default: 0] += note.count
    }
  }

  /// What decoding noticed on all pages.
  var notes: [DecodingNote] {
    noteCounts.map { DecodingNote(kind: $0.key.kind, subject: $0.key.subject, count: $0.value) }
  }

  private mutating func add(_ lines: [Charge], page: PageID) throws -> [Currency: Tally] {
    var tallies: [Currency: Tally] = [:]
    for charge in lines {
      try charges.run { row in
        row.put(page)
        row.put(charge.position.index)
        charge.put(into: &row)
      }
      try tallies[charge.filedCurrency, default: Tally()].add(charge)
    }
    return tallies
  }

  /// Usage has no tax: its total is what stands before tax.
  private mutating func add(_ lines: [UsageRecord], page: PageID) throws -> [Currency: Tally] {
    var tallies: [Currency: Tally] = [:]
    for record in lines {
      try records.run { row in
        row.put(page)
        row.put(record.position.index)
        record.put(into: &row)
      }
      try tallies[record.billingCurrency ?? Currency.none, default: Tally()].add(
        subtotal: record.billingTotal, tax: .zero, total: record.billingTotal)
    }
    return tallies
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
