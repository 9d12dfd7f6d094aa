/// Rows below a heading, aligned: words to the left and cut where they are long, figures to the right and never cut.
struct TextTable {
  enum Kind: Hashable, Sendable {
    /// Ids, dates and codes: cut, they would be worth nothing.
    case id
    case words
    case figure
  }

  struct Column: Hashable, Sendable {
    var name: String
    var kind: Kind
  }

  /// Words longer than this end with “…”.
  static let wordsMax = 40

  let columns: [Column]
  private let widths: [Int]

  /// Settles the widths by the rows at hand; a longer cell further down moves its neighbours, but loses nothing.
  init(_ columns: [Column], fitting rows: [[JSONText]]) {
    self.columns = columns
    widths = columns.indices.map { place in
      rows.reduce(columns[place].name.count) { max($0, Self.text($1[place], columns[place].kind).count) }
    }
  }

  var heading: String { line(columns.map(\.name)) }

  func line(_ cells: [JSONText]) -> String {
    line(cells.indices.map { Self.text(cells[$0], columns[$0].kind) })
  }

  private func line(_ texts: [String]) -> String {
    var line = ""
    for (place, text) in texts.enumerated() {
      let padding = String(repeating: " ", count: max(0, widths[place] - text.count))
      line += (place == 0 ? "" : "  ") + (columns[place].kind == .figure ? padding + text : text + padding)
    }
    while line.hasSuffix(" ") { line.removeLast() }
    return line
  }

  /// One cell on one line.
  static func text(_ cell: JSONText, _ kind: Kind) -> String {
    let text = cell.plain.onOneLine
    guard kind == .words, text.count > wordsMax else { return text }
    return text.prefix(wordsMax - 1) + "…"
  }
}

extension JSONText {
  /// As a person reads it; what is not known is a dash, which is neither nothing nor zero.
  var plain: String {
    switch self {
    case .null: "–"
    case .boolean(let value): value ? "yes" : "no"
    case .number(let value): String(value)
    case .text(let value): value
    case .list(let values): values.map(\.plain).joined(separator: ", ")
    case .object(let members): members.map { "\($0.0) \($0.1.plain)" }.joined(separator: ", ")
    }
  }
}

extension String {
  /// Without what moves a terminal's cursor or turns its direction: blanks for tabs and line ends, “�” for the rest.
  var onOneLine: String {
    guard !unicodeScalars.allSatisfy({ !$0.movesCursor }) else { return self }
    var clean = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      let isBlank = scalar == "\t" || scalar == "\n" || scalar == "\r"
      clean.append(isBlank ? " " : scalar.movesCursor ? "\u{FFFD}" : scalar)
    }
    return String(clean)
  }
}

extension Unicode.Scalar {
  /// Control characters, line and paragraph separators, and marks that turn the direction of writing.
  fileprivate var movesCursor: Bool {
    switch value {
    case 0...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
