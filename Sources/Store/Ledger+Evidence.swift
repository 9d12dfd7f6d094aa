public import Billing
import GRDB
public import Reconciliation

extension Ledger {
  /// A body of the archive and what it is about.
  public struct Body: Hashable, Sendable {
    /// `customers`, `invoices`, `lineitems`, `orders`, …
    public var endpoint: String
    public var customer: String
    public var invoice: String
    public var set: String
    public var page: Int
    public var detail: String
    public var sha256: String
    public var byteCount: Int

    public init(
      endpoint: String, customer: String = "", invoice: String = "", set: String = "", page: Int = 0,
      detail: String = "", sha256: String, byteCount: Int
    ) {
      self.endpoint = endpoint
      self.customer = customer
      self.invoice = invoice
      self.set = set
      self.page = page
      self.detail = detail
      self.sha256 = sha256
      self.byteCount = byteCount
    }
  }

  private static let bodyColumns = [
    "endpoint", "customer", "invoice", "line_set", "page", "detail", "sha256", "bytes",
  ]

  /// Replaces the list of bodies the rows are made from; another list ends what was found from the one before.
  ///
  /// The list is long, so neither side is gathered in memory.
  public func ingestBodies(_ bodies: some Collection<Body>) throws {
    try write { database in
      guard try !Self.holds(bodies, database) else { return }
      try database.forgetFindings()
      try database.execute(sql: "DELETE FROM body")
      var insertion = try Insertion(database, into: "body", Self.bodyColumns)
      for body in bodies {
        try insertion.run { row in
          row.put(body.endpoint)
          row.put(body.customer)
          row.put(body.invoice)
          row.put(body.set)
          row.put(body.page)
          row.put(body.detail)
          row.put(body.sha256)
          row.put(body.byteCount)
        }
      }
    }
  }

  private static func holds(_ bodies: some Collection<Body>, _ database: Database) throws -> Bool {
    guard try Int.fetchOne(database, sql: "SELECT count(*) FROM body") == bodies.count else { return false }
    let marks = bodyColumns.map { "\($0) = ?" }.joined(separator: " AND ")
    return try bodies.allSatisfy { body in
      try database.hasRow(
        "SELECT 1 FROM body WHERE \(marks)",
        [
          body.endpoint, body.customer, body.invoice, body.set, body.page, body.detail, body.sha256, body.byteCount,
        ])
    }
  }

  /// The bodies of an endpoint, or of all, about one customer or any, in the order of their keys.
  public func bodies(endpoint: String? = nil, customer: String? = nil) throws -> [Body] {
    try read { try Self.bodies($0, endpoint: endpoint, customer: customer) }
  }

  private static func bodies(
    _ database: Database, endpoint: String? = nil, customer: String? = nil
  ) throws -> [Body] {
    try database.values(
      """
      SELECT \(bodyColumns.joined(separator: ", ")) FROM body
      WHERE (?1 IS NULL OR endpoint = ?1) AND (?2 IS NULL OR customer = ?2 COLLATE NOCASE)
      ORDER BY endpoint, customer, invoice, line_set, page, detail
      """, [endpoint, customer]
    ) { row in
      Body(
        endpoint: try row.text(), customer: try row.text(), invoice: try row.text(), set: try row.text(),
        page: try row.number(), detail: try row.text(), sha256: try row.text(), byteCount: try row.number())
    }
  }

  /// SHA-256 of the body that a page of lines came in.
  public func body(of page: PageID) throws -> String? {
    try read { database in
      try database.values(
        "SELECT body FROM page WHERE invoice = ? AND line_set = ? AND page = ?",
        [page.invoice.printed, page.set.description, page.page]
      ) { try $0.text() }.first
    }
  }

  /// SHA-256 of the body that a line came in: item `position.index` of it.
  public func body(of position: LinePosition) throws -> String? {
    try body(of: PageID(invoice: position.invoice, set: position.set, page: position.page))
  }

  public func charge(at position: LinePosition) throws -> Charge? {
    try one("SELECT \(Charge.columnsRead) FROM charge", at: position) { try Charge(reading: &$0) }
  }

  public func usage(at position: LinePosition) throws -> UsageRecord? {
    try one("SELECT \(UsageRecord.columnsRead) FROM usage_record", at: position) { try UsageRecord(reading: &$0) }
  }

  /// What became of a charge.
  public func tie(at position: LinePosition) throws -> Tie? {
    try one("SELECT \(Tie.columns.joined(separator: ", ")) FROM tie", at: position) { try Tie(reading: &$0) }
  }

  /// A mismatch with the positions of its lines.
  public func mismatch(_ id: Mismatch.ID) throws -> Mismatch? {
    try read { database in
      let positions = try database.values(
        "SELECT invoice, line_set, page, item FROM mismatch_line WHERE mismatch = ? ORDER BY ordinal", [id]
      ) { try $0.position() }
      return try database.values(
        "SELECT \(Mismatch.columnsRead.joined(separator: ", ")) FROM mismatch WHERE id = ?", [id]
      ) { row in
        try Mismatch(reading: &row) { _ in positions }
      }.first
    }
  }

  /// The mismatches that hang beneath one, ordered by their ids.
  public func consequences(of id: Mismatch.ID) throws -> [Mismatch] {
    let ids = try read { database in
      try database.values("SELECT id FROM mismatch WHERE parent = ? ORDER BY id", [id]) { try $0.text() }
    }
    return try ids.compactMap { try mismatch($0) }
  }

  private func one<Value>(
    _ sql: String, at position: LinePosition, _ make: (inout RowReader) throws -> Value
  ) throws -> Value? {
    try read { database in
      try database.values(
        "\(sql) WHERE invoice = ? AND line_set = ? AND page = ? AND item = ?",
        [position.invoice.printed, position.set.description, position.page, position.index], make
      ).first
    }
  }
}
