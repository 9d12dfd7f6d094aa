extension World {
  /// Writes JSON as text, member by member; numbers arrive as literals, so that no digit is lost on the way.
  struct JSONText {
    private(set) var text = ""
    private var needsComma = false

    /// The text of one object whose members the closure writes.
    static func object(capacity: Int = 600, _ write: (inout JSONText) -> Void) -> String {
      var json = JSONText()
      json.text.reserveCapacity(capacity)
      json.braced("{", "}") { write(&$0) }
      return json.text
    }

    mutating func string(_ name: String, _ value: String) {
      begin(name)
      appendQuoted(value)
    }

    /// A number by its literal text.
    mutating func number(_ name: String, _ literal: String) {
      begin(name)
      text += literal
    }

    mutating func integer(_ name: String, _ value: Int) {
      number(name, String(value))
    }

    mutating func exact(_ name: String, _ value: Exact) {
      number(name, value.text)
    }

    mutating func flag(_ name: String, _ value: Bool) {
      number(name, value ? "true" : "false")
    }

    mutating func strings(_ name: String, _ values: [String]) {
      begin(name)
      text += World.array(values.map(World.quoted))
    }

    /// A member whose value is JSON already.
    mutating func raw(_ name: String, _ json: String) {
      number(name, json)
    }

    mutating func object(_ name: String, _ write: (inout JSONText) -> Void) {
      begin(name)
      braced("{", "}", write)
    }

    /// `{"uri":…,"method":"GET","headers":[]}`: contract §4.
    mutating func link(_ name: String, _ uri: String) {
      object(name) { json in
        json.string("uri", uri)
        json.string("method", "GET")
        json.raw("headers", "[]")
      }
    }

    mutating func attributes(_ objectType: String, etag: String? = nil) {
      object("attributes") { json in
        if let etag { json.string("etag", etag) }
        json.string("objectType", objectType)
      }
    }

    private mutating func begin(_ name: String) {
      if needsComma { text += "," }
      text += "\""
      text += name
      text += "\":"
      needsComma = true
    }

    private mutating func braced(_ open: String, _ close: String, _ write: (inout JSONText) -> Void) {
      text += open
      needsComma = false
      write(&self)
      text += close
      needsComma = true
    }

    private mutating func appendQuoted(_ value: String) {
      let needsEscape = value.utf8.contains { $0 == 0x22 || $0 == 0x5C || $0 < 0x20 }
      text += "\""
      text += needsEscape ? World.escaped(value) : value
      text += "\""
    }
  }

  static func array(_ items: [String]) -> String {
    "[" + items.joined(separator: ",") + "]"
  }

  static func quoted(_ value: String) -> String {
    "\"" + escaped(value) + "\""
  }

  static func escaped(_ value: String) -> String {
    var result = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
