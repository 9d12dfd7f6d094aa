/// A column of a table and, under the same name, a member of its JSON.
struct Column<Row> {
  let name: String
  let kind: TextTable.Kind
  let cell: (Row) -> JSONText

  /// An id, a date or a code; `null` where there is none.
  static func id(_ name: String, _ cell: @escaping (Row) -> (some CustomStringConvertible)?) -> Column {
    Column(name: name, kind: .id) { .optional(cell($0)) }
  }

  static func words(_ name: String, _ cell: @escaping (Row) -> String) -> Column {
    Column(name: name, kind: .words) { .text(cell($0)) }
  }

  static func list(_ name: String, _ cell: @escaping (Row) -> [String]) -> Column {
    Column(name: name, kind: .words) { .list(cell($0).map { .text($0) }) }
  }

  /// An amount: text in JSON, so that no reader rounds it.
  static func figure(_ name: String, _ cell: @escaping (Row) -> (some CustomStringConvertible)?) -> Column {
    Column(name: name, kind: .figure) { .optional(cell($0)) }
  }

  /// A count of the program's own or of the service's: a whole number in JSON, too.
  static func count(_ name: String, _ cell: @escaping (Row) -> Int?) -> Column {
    Column(name: name, kind: .figure) { cell($0).map { .number($0) } ?? .null }
  }

  static func flag(_ name: String, _ cell: @escaping (Row) -> Bool?) -> Column {
    Column(name: name, kind: .id) { cell($0).map { .boolean($0) } ?? .null }
  }
}

extension Column {
  /// The same column of rows that hold these.
  func at<Outer>(_ way: @escaping (Outer) -> Row) -> Column<Outer> {
    Column<Outer>(name: name, kind: kind) { cell(way($0)) }
  }
}

/// Rows as a table has them, whatever they were made of.
struct Rows {
  let columns: [TextTable.Column]
  var cells: [[JSONText]]

  init<Row>(_ columns: [Column<Row>], _ rows: some Sequence<Row>) {
    self.columns = columns.map { TextTable.Column(name: $0.name, kind: $0.kind) }
    cells = rows.map { row in columns.map { $0.cell(row) } }
  }

  /// Each row as an object.
  var objects: [JSONText] {
    cells.map { row in .object(columns.indices.map { (columns[$0].name, row[$0]) }) }
  }

  /// Heading and rows.
  var lines: [String] {
    let table = TextTable(columns, fitting: cells)
    return [table.heading] + cells.map(table.line)
  }

  /// Each column on a line of its own, whole: for one thing that is looked at.
  var card: [String] {
    let width = columns.map(\.name.count).max() ?? 0
    return cells.flatMap { row in
      columns.indices.map { place in
        let name = columns[place].name
        return "\(name)\(String(repeating: " ", count: width - name.count))  \(row[place].plain.onOneLine)"
      }
    }
  }
}
