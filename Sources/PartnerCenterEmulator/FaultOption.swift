extension Fault {
  /// Reads a fault as it is written at a terminal: `KIND[:ARG][@PATH][#PASSES][xTIMES]`.
  ///
  /// It is read from its end, so a path that itself ends in `x2` needs its own `x1` behind.
  ///
  /// - Throws: A sentence that says what is wrong and what helps.
  public init(option text: String) throws {
    var rest = text[...]
    let times = try Self.number(behind: "x", of: &rest, text) ?? 1
    let passes = try Self.number(behind: "#", of: &rest, text) ?? 0
    let halves = rest.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let words = halves[0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let argument = words.count > 1 ? String(words[1]) : nil
    guard let kind = words.first, let row = Self.rows.first(where: { $0.name == kind }) else {
      throw OptionError.unknownKind(String(words.first ?? ""), Self.rows.map(\.name))
    }
    guard times > 0, let made = row.make(argument) else { throw OptionError.notUnderstood(text, row.usage) }
    self.init(
      pathContains: halves.count > 1 ? String(halves[1]) : "", passes: passes, times: times, credential: row.credential,
      kind: made)
  }

  /// What can be written, one line for each kind.
  public static var optionTable: String {
    let width = rows.map(\.usage.count).max() ?? 0
    return rows.map { row in
      "  \(row.usage)\(String(repeating: " ", count: width - row.usage.count))  \(row.meaning)"
    }
    .joined(separator: "\n")
  }

  /// Takes `#3` or `x3` off the end; nil where there is none.
  private static func number(behind mark: Character, of text: inout Substring, _ whole: String) throws -> Int? {
    let digits = text.reversed().prefix { $0.isASCII && $0.isNumber }.count
    let head = text.dropLast(digits)
    guard digits > 0, head.last == mark, head.count > 1 else { return nil }
    guard let number = Int(text.suffix(digits)) else { throw OptionError.tooLarge(String(text.suffix(digits)), whole) }
    text = head.dropLast()
    return number
  }

  /// What is wrong with a fault written at a terminal.
  enum OptionError: Error, CustomStringConvertible {
    case unknownKind(String, [String])
    case notUnderstood(String, String)
    case tooLarge(String, String)

    var description: String {
      switch self {
      case .unknownKind(let kind, let known):
        "There is no fault of the kind '\(kind)'. Name one of \(known.joined(separator: ", "))."
      case .notUnderstood(let text, let usage):
        "The fault '\(text)' is not understood. Write it as \(usage), and then @PATH, #PASSES and xTIMES as needed; "
          + "TIMES is at least 1."
      case .tooLarge(let number, let text):
        "The number \(number) in the fault '\(text)' is too large. Write at most \(Int.max)."
      }
    }
  }
}
