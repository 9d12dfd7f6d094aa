/// Comma-separated text as RFC 4180 has it: a heading row, then rows.
///
/// Line ends may be CRLF or LF, a byte-order mark is passed over, and quoted fields may hold commas, quotes and line ends.
struct CSVText {
  struct Row: Hashable {
    /// Counted from 1, as an editor does: quoted line ends count, too.
    var line: Int
    var fields: [String]
  }

  let subject: String
  let heading: Row
  /// Without blank lines.
  let rows: [Row]

  init(_ body: [UInt8], subject: String) throws(CSVError) {
    // A zip begins with the initials of its inventor; the service packs when asked for `deflate` (contract §10.3).
    guard !body.starts(with: "PK\u{3}\u{4}".utf8) else { throw CSVError(.zip, subject: subject) }
    var scanner = Scanner(body, subject: subject)
    var rows: [Row] = []
    while let row = try scanner.row() { rows.append(row) }
    guard let heading = rows.first else { throw CSVError(.empty, subject: subject) }
    self.subject = subject
    self.heading = heading
    self.rows = Array(rows.dropFirst())
    for row in self.rows where row.fields.count != heading.fields.count {
      throw CSVError(
        .fields(found: row.fields.count, expected: heading.fields.count), subject: subject, line: row.line)
    }
  }
}

extension CSVText {
  private struct Scanner {
    let body: [UInt8]
    let subject: String
    var index: Int
    var line = 1

    init(_ body: [UInt8], subject: String) {
      self.body = body
      self.subject = subject
      index = body.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The next row that is not blank; `nil` at the end.
    mutating func row() throws(CSVError) -> Row? {
      while index < body.count, body[index] == 0x0a || body[index] == 0x0d { skipLineEnd() }
      guard index < body.count else { return nil }
      var row = Row(line: line, fields: [])
      while true {
        row.fields.append(try field())
        guard index < body.count else { return row }
        guard body[index] == UInt8(ascii: ",") else {
          skipLineEnd()
          return row
        }
        index += 1
      }
    }

    private mutating func skipLineEnd() {
      if body[index] == 0x0d, index + 1 < body.count, body[index + 1] == 0x0a { index += 1 }
      index += 1
      line += 1
    }

    private mutating func field() throws(CSVError) -> String {
      guard index < body.count, body[index] == UInt8(ascii: "\"") else {
        let start = index
        while index < body.count, !Self.ends(body[index]) { index += 1 }
        return String(decoding: body[start..<index], as: UTF8.self)
      }
      let lineOpened = line
      var bytes: [UInt8] = []
      index += 1
      while index < body.count {
        let byte = body[index]
        index += 1
        if byte == 0x0a { line += 1 }
        guard byte == UInt8(ascii: "\"") else {
          bytes.append(byte)
          continue
        }
        guard index < body.count, body[index] == byte else {
          guard index == body.count || Self.ends(body[index]) else {
            throw CSVError(.behindQuote, subject: subject, line: line)
          }
          return String(decoding: bytes, as: UTF8.self)
        }
        bytes.append(byte)
        index += 1
      }
      throw CSVError(.openQuote, subject: subject, line: lineOpened)
    }

    private static func ends(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ",") || byte == 0x0a || byte == 0x0d }
  }
}

/// Why comma-separated text cannot be read: what is wrong, where, and what helps.
public struct CSVError: Error, Hashable, Sendable {
  enum Problem: Hashable, Sendable {
    case zip, empty, openQuote, behindQuote
    case fields(found: Int, expected: Int)
    case columnMissing(String)
    case unreadable(column: String, text: String, expected: String)
  }

  let problem: Problem
  /// `The price sheet`
  let subject: String
  /// Counted from 1.
  public let line: Int?

  init(_ problem: Problem, subject: String, line: Int? = nil) {
    self.problem = problem
    self.subject = subject
    self.line = line
  }
}

extension CSVError: CustomStringConvertible {
  public var description: String {
    let place = line.map { "\(subject), line \($0)" } ?? subject
    return switch problem {
    case .zip:
      "\(place) came as a zip file, which this program did not ask for. Unpack the archived body by hand, and look "
        + "whether a proxy changes the header Accept-Encoding."
    case .empty: "\(place) is empty where a heading row was expected. Ask the service again."
    case .openQuote:
      "\(place): a quote is opened here and never closed, so the text was cut off. Ask the service again."
    case .behindQuote: "\(place): something follows a closing quote. \(Self.changed)"
    case .fields(let found, let expected):
      "\(place): there are \(found) fields where the heading names \(expected). \(Self.changed)"
    case .columnMissing(let name): "\(place) has no column “\(name)”. \(Self.changed)"
    case .unreadable(let column, let text, let expected):
      "\(place): column “\(column)” says “\(text)”, which is not \(expected). \(Self.changed)"
    }
  }

  private static let changed =
    "The service may have changed its data: look at the archived body, and look for a newer version of this program."
}
