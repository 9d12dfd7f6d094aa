/// A JSON text that can be taken apart without being read: what is inside keeps the spelling it was given.
///
/// The emulator looks for ids and nested documents only, so numbers never leave their text. The text is the world's
/// own and well formed.
struct RawJSON: Sendable {
  let text: Substring

  init(_ text: Substring) {
    self.text = text
  }

  init(_ text: String) {
    self.text = text[...]
  }

  /// The member of an object, its name compared without case; nil where there is none.
  subscript(name: String) -> RawJSON? {
    let wanted = name.lowercased()
    for part in parts {
      guard let colon = part.firstIndex(of: ":") else { continue }
      let key = part[..<colon].drop { $0.isWhitespace || $0 == "\"" }.prefix { $0 != "\"" }
      if key.lowercased() == wanted { return RawJSON(part[part.index(after: colon)...]) }
    }
    return nil
  }

  /// The same object with other values for the members it has, by name in lower case; everything else as it was.
  func replacing(_ values: [String: String]) -> String {
    let members = parts.map { part -> String in
      guard let colon = part.firstIndex(of: ":") else { return String(part) }
      let name = part[..<colon]
      let key = name.filter { !$0.isWhitespace && $0 != "\"" }.lowercased()
      return values[key].map { "\(name):\($0)" } ?? String(part)
    }
    return "{" + members.joined(separator: ",") + "}"
  }

  /// The elements of an array.
  var elements: [RawJSON] { parts.map { RawJSON($0) } }

  /// The text of a string; ids carry no escapes, so none are undone.
  var string: String? {
    let inside = text.drop { $0.isWhitespace }
    guard inside.first == "\"" else { return nil }
    return String(inside.dropFirst().prefix { $0 != "\"" })
  }

  /// The text of a number, as it is spelt.
  var literal: String { text.filter { !$0.isWhitespace } }
}

extension RawJSON {
  /// What stands between the outer brackets, cut at the commas that belong to them.
  private var parts: [Substring] {
    let utf8 = text.utf8
    guard let open = utf8.firstIndex(where: { Self.opens($0) }) else { return [] }
    var parts: [Substring] = []
    var depth = 0
    var isInString = false
    var isEscaped = false
    var start = utf8.index(after: open)
    var index = open
    while index < utf8.endIndex {
      let byte = utf8[index]
      if isEscaped {
        isEscaped = false
      } else if isInString {
        if byte == UInt8(ascii: "\\") { isEscaped = true } else if byte == UInt8(ascii: "\"") { isInString = false }
      } else if byte == UInt8(ascii: "\"") {
        isInString = true
      } else if Self.opens(byte) {
        depth += 1
      } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
        depth -= 1
      }
      let isClosed = depth == 0
      if isClosed || (depth == 1 && !isInString && byte == UInt8(ascii: ",")) {
        let part = text[start..<index]
        if !isClosed || part.contains(where: { !$0.isWhitespace }) { parts.append(part) }
        start = utf8.index(after: index)
      }
      if isClosed { break }
      index = utf8.index(after: index)
    }
    return parts
  }

  private static func opens(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") }
}

extension RawJSON {
  /// Text as a JSON string literal, quotes included.
  static func quoted(_ text: some StringProtocol) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        literal += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
