import CSimdjson

/// A whole JSON document: one token for every value, in the order of the text.
///
/// The C++ side owns the memory; it lives as long as the tape.
final class Tape {
  let tokens: UnsafeBufferPointer<JSONToken>
  let subject: Subject
  /// What had to be mended, by kind.
  let repairs: [String]
  private let handle: OpaquePointer

  private init(handle: OpaquePointer, subject: Subject, repairs: [String]) {
    self.handle = handle
    self.subject = subject
    self.repairs = repairs
    tokens = UnsafeBufferPointer(start: JSONTapeTokens(handle), count: JSONTapeCount(handle))
  }

  deinit { JSONTapeDestroy(handle) }

  var root: JSONValue { JSONValue(tape: self, index: 0) }

  /// The `items` of a collection (contract §5).
  func items() throws(WireError) -> JSONValue {
    guard root.kind == .object else {
      throw WireError(.wrongType(found: root.kind.phrase, expected: "a collection"), subject: subject, offset: 0)
    }
    guard let items = root["items"] else { throw WireError(.missing, subject: subject, member: "items") }
    guard items.kind == .array else {
      throw WireError(
        .wrongType(found: items.kind.phrase, expected: "a list"), subject: subject, member: "items",
        offset: items.range.lowerBound)
    }
    return items
  }
}

extension Tape {
  /// Reads a body. A byte-order mark is passed over, and half surrogate pairs are replaced, as every reader of text does.
  static func read(_ body: [UInt8], as subject: Subject) throws(WireError) -> Tape {
    var repairs = body.starts(with: [0xEF, 0xBB, 0xBF]) ? ["byte-order mark stripped"] : []
    var flaw = JSONFlaw()
    if let handle = JSONTapeCreate(body, body.count, &flaw) {
      return Tape(handle: handle, subject: subject, repairs: repairs)
    }
    // The replacement is as long as what it replaces, so that places in the body stay what they are.
    if flaw.kind == .escape, let mended = LoneSurrogates.replaced(in: body) {
      if let handle = JSONTapeCreate(mended.body, mended.body.count, &flaw) {
        repairs += Array(repeating: "lone surrogate replaced", count: mended.count)
        return Tape(handle: handle, subject: subject, repairs: repairs)
      }
    }
    throw WireError(.broken(WireError.Flaw(flaw.kind)), subject: subject, offset: flaw.offset)
  }
}

/// Escapes like `\ud83d` that lack their other half: what is left when a text was cut in the middle of a character.
private enum LoneSurrogates {
  /// The body with `\ufffd` in their place, or `nil` when there are none.
  static func replaced(in body: [UInt8]) -> (body: [UInt8], count: Int)? {
    var mended = body
    var count = 0
    var index = 0
    while index + 1 < body.count {
      guard body[index] == UInt8(ascii: "\\") else {
        index += 1
        continue
      }
      switch unit(in: body, at: index) {
      case .some(0xD800...0xDBFF):
        if let second = unit(in: body, at: index + 6), (0xDC00...0xDFFF).contains(second) {
          index += 12
          continue
        }
        fallthrough
      case .some(0xDC00...0xDFFF):
        mended.replaceSubrange(index..<index + 6, with: #"\ufffd"#.utf8)
        count += 1
        index += 6
      case .some: index += 6
      case nil: index += 2
      }
    }
    return count == 0 ? nil : (mended, count)
  }

  /// The code unit that `\uXXXX` at `index` stands for.
  private static func unit(in body: [UInt8], at index: Int) -> Int? {
    guard index + 6 <= body.count, body[index] == UInt8(ascii: "\\"), body[index + 1] == UInt8(ascii: "u") else {
      return nil
    }
    let digits = body[index + 2..<index + 6]
    // `Int(_:radix:)` would take a sign, too.
    guard digits.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else { return nil }
    return Int(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
