import MonthEnd

/// A list that is printed while it comes: a table, or the elements of one JSON object's list.
struct Listing<Row> {
  private let command: String
  private let member: String
  private let columns: [Column<Row>]
  /// Said in place of an empty table.
  private let nothing: String
  private let isJSON: Bool
  private let print: (String) -> Void

  /// Rows that wait until the widths can be settled.
  private var waiting: [Row] = []
  private var table: TextTable?
  private(set) var count = 0

  /// As many rows decide how wide a table's columns are.
  static var rowsFitted: Int { 500 }

  init(
    _ command: String, _ member: String, _ columns: [Column<Row>], isJSON: Bool, nothing: String,
    print: @escaping (String) -> Void = { Screen.shared.print($0) }
  ) {
    self.command = command
    self.member = member
    self.columns = columns
    self.isJSON = isJSON
    self.nothing = nothing
    self.print = print
  }

  mutating func add(_ rows: some Sequence<Row>) {
    for row in rows { add(row) }
  }

  private mutating func add(_ row: Row) {
    count += 1
    guard !isJSON else {
      let object = Rows(columns, [row]).objects.map(\.description).joined()
      return print((count == 1 ? beginning : ",") + object)
    }
    guard let table else {
      waiting.append(row)
      if waiting.count >= Self.rowsFitted { settle() }
      return
    }
    print(table.line(columns.map { $0.cell(row) }))
  }

  /// Ends the list; after a failure only what has begun is closed, with the ending in it.
  mutating func end(_ ending: Ending, hasFailed: Bool = false) {
    if isJSON {
      if count == 0, hasFailed { return }
      return print("\(count == 0 ? beginning : "")],\"exit_code\":\(ending.rawValue)}")
    }
    if table == nil { settle() }
    if count == 0, !hasFailed { print(nothing) }
  }

  private var beginning: String { "{\"command\":\(JSONText.text(command)),\(JSONText.text(member)):[" }

  private mutating func settle() {
    guard !waiting.isEmpty else { return }
    let rows = Rows(columns, waiting)
    for line in rows.lines { print(line) }
    table = TextTable(rows.columns, fitting: rows.cells)
    waiting = []
  }
}
