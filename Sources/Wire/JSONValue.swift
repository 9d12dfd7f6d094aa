import CSimdjson

/// One value of a document: a place on its tape.
struct JSONValue {
  let tape: Tape
  let index: Int

  var token: JSONToken { tape.tokens[index] }
  var kind: JSONKind { token.kind }

  /// Which bytes of the body the value takes.
  var range: Range<Int> { Int(token.start)..<Int(token.end) }

  /// The member's name as printed; empty for the elements of a list.
  var key: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: token.key, count: Int(token.keyLength)) }

  /// A string's text without escapes, or a number as printed.
  var text: String {
    String(decoding: UnsafeBufferPointer(start: token.text, count: Int(token.textLength)), as: UTF8.self)
  }

  /// The member of an object by its name, without regard to case (contract §4).
  subscript(name: StaticString) -> JSONValue? {
    guard kind == .object else { return nil }
    let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    for member in elements where Folded.areEqual(member.key, wanted) && member.kind != .null { return member }
    return nil
  }

  /// The member's text, where it has one that is not empty: absent, null and "" are one state (contract §14).
  func text(_ name: StaticString) -> String? {
    guard let value = self[name], value.kind == .string || value.kind == .number, value.token.textLength > 0 else {
      return nil
    }
    return value.text
  }

  /// The elements of a list, or the members of an object.
  var elements: Elements { Elements(tape: tape, index: index + 1, end: Int(token.next)) }
  var count: Int { elements.reduce(0) { count, _ in count + 1 } }

  struct Elements: Sequence, IteratorProtocol {
    let tape: Tape
    var index: Int
    let end: Int

    mutating func next() -> JSONValue? {
      guard index < end else { return nil }
      defer { index = Int(tape.tokens[index].next) }
      return JSONValue(tape: tape, index: index)
    }
  }
}

extension JSONKind {
  /// How a sentence names the kind.
  var phrase: String {
    switch self {
    case .object: "an object"
    case .array: "a list"
    case .string: "a text"
    case .number: "a number"
    case .true, .false: "a truth value"
    case .null: "null"
    }
  }
}

/// Comparison of member names without regard to the case of ASCII letters.
enum Folded {
  static func byte(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }

  static func areEqual(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    for index in left.indices where byte(left[index]) != byte(right[index]) { return false }
    return true
  }
}
