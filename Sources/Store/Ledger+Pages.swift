public import Billing
import GRDB
public import Reconciliation

/// A set of line items of one document.
public struct LineSetID: Hashable, Sendable, Comparable {
  public var invoice: InvoiceID
  public var set: LineSet

  public init(invoice: InvoiceID, set: LineSet) {
    self.invoice = invoice
    self.set = set
  }

  public static func < (left: LineSetID, right: LineSetID) -> Bool {
    left.invoice != right.invoice ? left.invoice < right.invoice : left.set < right.set
  }
}

extension Ledger {
  /// A set that was fetched, whole.
  public struct FetchedSet: Hashable, Sendable {
    public var id: LineSetID
    public var pageCount: Int
    public var itemCount: Int
  }

  /// A page and what its lines add up to.
  public struct PageSum: Hashable, Sendable {
    public var id: PageID
    /// SHA-256 of its body in the archive.
    public var body: String
    public var itemsDigest: String
    public var itemCount: Int
    /// The earlier page of the set with equal items.
    public var repeatOf: Int?
    /// Lines without a currency stand under `Currency.none`.
    public var tallies: [Currency: Tally]
  }

  /// The sets that are here, in the order of their ids.
  public func lineSets() throws -> [FetchedSet] {
    try read { database in
      try database.values(
        "SELECT invoice, line_set, page_count, item_count FROM line_set ORDER BY invoice, line_set"
      ) { row in
        FetchedSet(
          id: LineSetID(invoice: try row.id(), set: try row.lineSet()), pageCount: try row.number(),
          itemCount: try row.number())
      }
    }
  }

  /// The pages of all billing sets, in the order of their ids.
  public func pageSums() throws -> [PageSum] { try pageSums(suffix: "-billing") }

  /// The pages of all usage sets: evidence with totals of its own, never added to the lines.
  public func usagePageSums() throws -> [PageSum] { try pageSums(suffix: "-usage") }

  private func pageSums(suffix: String) throws -> [PageSum] {
    try read { database in
      let tallies: [PageID: [(Currency, Tally)]] = try database.valuesByKey(
        """
        SELECT invoice, line_set, page, currency, \(Tally.columns.joined(separator: ", ")) FROM page_sum
        WHERE line_set LIKE ?
        """, ["%\(suffix)"], key: { try $0.page() }
      ) { row in
        (try row.currency(), try Tally(reading: &row))
      }
      return try database.values(
        """
        SELECT invoice, line_set, page, body, items_digest, item_count, repeat_of FROM page
        WHERE line_set LIKE ? ORDER BY invoice, line_set, page
        """, ["%\(suffix)"]
      ) { row in
        let id = try row.page()
        return PageSum(
          id: id, body: try row.text(), itemsDigest: try row.text(), itemCount: try row.number(),
          repeatOf: row.numberIfAny(), tallies: Dictionary(tallies[id] ?? []) { first, _ in first })
      }
    }
  }
}
