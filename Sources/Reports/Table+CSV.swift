extension Table {
  /// The table after RFC 4180: UTF-8, a header, lines that end in CR LF, quotes where they are needed.
  package var csv: [UInt8] {
    let shown = columns.indices.filter { !columns[$0].isOnlyInXML }
    var text = CSV.record(shown.map { columns[$0].name })
    for row in rows { text += CSV.record(shown.map { CSV.field(row.cells[$0]) }) }
    return Array(text.utf8)
  }
}

/// How one field is written.
enum CSV {
  static func record(_ fields: [String]) -> String {
    fields.map(quoted).joined(separator: ",") + "\r\n"
  }

  /// A cell's text before quoting.
  ///
  /// A spreadsheet runs text that begins like a formula, and names and products come from outside: such text gets an
  /// apostrophe in front. Amounts are numbers of our own making and are never touched, so that credits stay negative
  /// numbers. XML carries the exact text.
  static func field(_ cell: Cell) -> String {
    guard let printed = cell.printed else { return "" }
    switch cell {
    case .text, .id: return isFormula(printed) ? "'" + printed : printed
    case .absent, .amount, .count, .day, .month, .instant: return printed
    }
  }

  /// The wide forms are operators, too, where East Asian input is expected.
  private static func isFormula(_ text: String) -> Bool {
    switch text.unicodeScalars.first {
    case "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠": true
    default: false
    }
  }

  private static func quoted(_ field: String) -> String {
    let isPlain = field.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n"): false
      default: true
      }
    }
    // Some readers trim what is not quoted.
    if isPlain, field.utf8.first != UInt8(ascii: " "), field.utf8.last != UInt8(ascii: " ") { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
