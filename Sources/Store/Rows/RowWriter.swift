import Billing
import GRDB

/// Gathers the values of one row, in the order in which the statement names its columns.
struct RowWriter {
  private(set) var values: [DatabaseValue]

  init(capacity: Int) {
    values = []
    values.reserveCapacity(capacity)
  }

  mutating func removeAll() { values.removeAll(keepingCapacity: true) }

  mutating func put(_ text: String) { values.append(text.databaseValue) }
  mutating func put(_ text: String?) { values.append(text?.databaseValue ?? .null) }
  mutating func put(_ number: Int) { values.append(number.databaseValue) }
  mutating func put(_ number: Int?) { values.append(number?.databaseValue ?? .null) }
  mutating func put(_ fact: Bool?) { values.append(fact.map { ($0 ? 1 : 0).databaseValue } ?? .null) }
  mutating func put(_ amount: Amount?) { put(amount?.description) }
  mutating func put(_ currency: Currency?) { put(currency?.code) }
  mutating func put(_ day: Day?) { put(day?.description) }
  mutating func put(_ instant: Instant?) { put(instant?.description) }
  mutating func put<Kind>(_ id: Identifier<Kind>?) { put(id?.printed) }
  mutating func put(_ texts: [String]) { put(TextList.json(texts)) }

  mutating func putKey<Kind>(_ id: Identifier<Kind>?) { put(id?.key) }

  /// The amount for sorting: NULL where millionths are not exact.
  mutating func putMillionths(_ amount: Amount?) {
    values.append(amount?.millionths?.databaseValue ?? .null)
  }
}

/// A statement that is prepared once and run for row after row.
struct Insertion {
  private let statement: Statement
  private var row: RowWriter

  init(_ database: Database, into table: String, _ columns: [String], onConflict: String = "") throws {
    let marks = repeatElement("?", count: columns.count).joined(separator: ", ")
    statement = try database.cachedStatement(
      sql: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks)) \(onConflict)")
    row = RowWriter(capacity: columns.count)
  }

  /// Inserts a row, and updates the one that has the same key.
  init(_ database: Database, upsertInto table: String, key: String, _ columns: [String]) throws {
    let updates = columns.filter { $0 != key }.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
    try self.init(database, into: table, columns, onConflict: "ON CONFLICT (\(key)) DO UPDATE SET \(updates)")
  }

  /// Any other statement; its values come in the order of its marks.
  init(_ database: Database, sql: String) throws {
    statement = try database.cachedStatement(sql: sql)
    row = RowWriter(capacity: 8)
  }

  mutating func run(_ fill: (inout RowWriter) -> Void) throws {
    row.removeAll()
    fill(&row)
    // As many values as columns, always: the two lists stand beside each other. Checking each row again costs time.
    statement.setUncheckedArguments(StatementArguments(row.values))
    try statement.execute()
  }
}
