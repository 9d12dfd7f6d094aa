/// A JSON value to be printed: members keep their order, and amounts are texts, so that no reader rounds them.
indirect enum JSONText: CustomStringConvertible {
  case null
  case boolean(Bool)
  case number(Int)
  case text(String)
  case list([JSONText])
  case object([(String, JSONText)])

  /// A text, or `null` where there is none.
  static func optional(_ value: (some CustomStringConvertible)?) -> JSONText {
    value.map { .text($0.description) } ?? .null
  }

  var description: String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .number(let value): String(value)
    case .text(let value): Self.escaped(value)
    case .list(let values): "[" + values.map(\.description).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { "\(Self.escaped($0.0)):\($0.1.description)" }.joined(separator: ",") + "}"
    }
  }

  private static func escaped(_ value: String) -> String {
    var text = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          let digits = String(scalar.value, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        } else {
          text.unicodeScalars.append(scalar)
        }
      }
    }
    return text + "\""
  }
}
