import GRDB

extension Database {
  /// All rows of a query, each made into a value.
  func values<Value>(
    _ sql: String, _ arguments: StatementArguments = [], _ make: (inout RowReader) throws -> Value
  ) throws -> [Value] {
    let rows = try Row.fetchCursor(try cachedStatement(sql: sql), arguments: arguments)
    var values: [Value] = []
    while let row = try rows.next() {
      var reader = RowReader(row)
      values.append(try make(&reader))
    }
    return values
  }

  /// All rows of a query, filed by the first column.
  func valuesByKey<Key: Hashable, Value>(
    _ sql: String, _ arguments: StatementArguments = [], key: (inout RowReader) throws -> Key,
    _ make: (inout RowReader) throws -> Value
  ) throws -> [Key: [Value]] {
    let rows = try Row.fetchCursor(try cachedStatement(sql: sql), arguments: arguments)
    var values: [Key: [Value]] = [:]
    while let row = try rows.next() {
      var reader = RowReader(row)
      let key = try key(&reader)
      values[key, default: []].append(try make(&reader))
    }
    return values
  }

  /// Whether a query has a row at all.
  func hasRow(_ sql: String, _ arguments: StatementArguments) throws -> Bool {
    try Row.fetchOne(try cachedStatement(sql: sql), arguments: arguments) != nil
  }

  /// What was found belongs to what was ingested: when that changes, the findings are no more.
  func forgetFindings() throws { try execute(sql: "DELETE FROM finding") }
}
