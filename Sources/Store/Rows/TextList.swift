import Foundation

/// A list of texts in one column: a JSON array, so that `json_each` can open it.
enum TextList {
  static func json(_ texts: [String]) -> String {
    guard !texts.isEmpty else { return "[]" }
    return "[" + texts.map(quoted).joined(separator: ",") + "]"
  }

  static func texts(_ json: String) -> [String]? {
    guard json != "[]" else { return [] }
    guard !json.utf8.contains(UInt8(ascii: "\\")) else {
      return try? JSONDecoder().decode([String].self, from: Data(json.utf8))
    }
    // Without an escape every quotation mark opens or closes a text: the odd pieces between them are the texts.
    let pieces = json.split(separator: "\"", omittingEmptySubsequences: false)
    guard pieces.count >= 3, pieces.count % 2 == 1, pieces.first == "[", pieces.last == "]" else { return nil }
    return stride(from: 1, to: pieces.count, by: 2).map { String(pieces[$0]) }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
