public import Billing
import GRDB
import Reconciliation

extension Ledger {
  /// Replaces one set of line items in one transaction, or leaves it alone when its bodies are the same as before.
  ///
  /// - Parameters:
  ///   - bodies: SHA-256 of the bodies in the order of their pages.
  ///   - parts: decodes one body by its ordinal and hands its lines on in as many parts as it likes, so that never more
  ///     than a part is in memory: the file of an export is large. What it throws undoes the whole set. It must not write
  ///     to the ledger.
  /// - Returns: whether the set was written anew.
  @discardableResult
  public func ingestLineSet(
    invoice: InvoiceID, set: LineSet, bodies: [String],
    parts: (_ body: Int, _ add: (LinePage) throws -> Void) throws -> Void
  ) throws -> Bool {
    try write { database in
      guard let document = try InvoiceID.stored(invoice, database) else {
        throw LedgerError.documentUnknown(invoice: invoice.printed)
      }
      guard try !Self.isStored(database, document, set, bodies) else { return false }
      try database.forgetFindings()
      try database.execute(
        sql: "DELETE FROM line_set WHERE invoice = ? AND line_set = ?",
        arguments: [document.printed, set.description])
      try database.execute(
        sql: "INSERT INTO line_set (invoice, line_set, decoding, page_count, item_count) VALUES (?, ?, ?, ?, 0)",
        arguments: [document.printed, set.description, Self.decoding, bodies.count])

      var writer = try LineSetWriter(database, LineSetID(invoice: document, set: set))
      for (ordinal, body) in bodies.enumerated() {
        try writer.beginPage(body: body)
        try parts(ordinal) { try writer.add($0) }
        try writer.endPage()
      }
      try database.execute(
        sql: "UPDATE line_set SET item_count = ? WHERE invoice = ? AND line_set = ?",
        arguments: [writer.itemCount, document.printed, set.description])
      try database.replaceNotes(writer.notes, source: "\(document)/\(set)")
      try database.resolveCustomers(
        where: "invoice = ? AND line_set = ?", [document.printed, set.description])
      return true
    }
  }

  /// Replaces one set of line items whose pages are decoded as a whole.
  @discardableResult
  public func ingestLineSet(
    invoice: InvoiceID, set: LineSet, bodies: [String], page: (Int) throws -> LinePage
  ) throws -> Bool {
    try ingestLineSet(invoice: invoice, set: set, bodies: bodies) { body, add in try add(try page(body)) }
  }

  /// Removes the sets that a run did not fetch.
  public func removeLineSets(except kept: Set<LineSetID>) throws {
    for set in try lineSets() where !kept.contains(set.id) {
      try write { database in
        try database.forgetFindings()
        try database.execute(
          sql: "DELETE FROM line_set WHERE invoice = ? AND line_set = ?",
          arguments: [set.id.invoice.printed, set.id.set.description])
        try database.replaceNotes([], source: "\(set.id.invoice)/\(set.id.set)")
      }
    }
  }

  private static func isStored(
    _ database: Database, _ invoice: InvoiceID, _ set: LineSet, _ bodies: [String]
  ) throws -> Bool {
    guard
      try database.hasRow(
        "SELECT 1 FROM line_set WHERE invoice = ? AND line_set = ? AND decoding = ?",
        [invoice.printed, set.description, decoding])
    else { return false }
    let stored = try database.values(
      "SELECT body FROM page WHERE invoice = ? AND line_set = ? ORDER BY page", [invoice.printed, set.description]
    ) { try $0.text() }
    return stored == bodies
  }
}

extension InvoiceID {
  /// The id as the document prints it: what its lines are filed under.
  fileprivate static func stored(_ id: InvoiceID, _ database: Database) throws -> InvoiceID? {
    try database.values("SELECT id FROM document WHERE id = ?", [id.printed]) { row -> InvoiceID in
      try row.id()
    }.first
  }
}
