extension SecretScanner {
  /// The value of the member whose name fills `from..<to`; inside a text in JSON every quote has backslashes before it.
  func member(from: Int, to: Int) -> Secret? {
    guard from > 0, bytes[from - 1] == Self.quote else { return nil }
    var depth = 0
    while from - 2 - depth >= 0, bytes[from - 2 - depth] == Self.backslash { depth += 1 }
    guard delimiter(depth) == depth, let afterName = quote(at: to, depth: depth) else { return nil }
    let colon = afterBlanks(afterName)
    guard colon < bytes.count, bytes[colon] == UInt8(ascii: ":") else { return nil }
    let value = afterBlanks(colon + 1)
    if let text = quote(at: value, depth: depth) {
      let end = textEnd(from: text, depth: depth)
      guard text < end, !bytes[text..<end].elementsEqual(Redaction.mark.utf8) else { return nil }
      return Secret(range: text..<end, substitute: Array(Redaction.mark.utf8))
    }
    let end = valueEnd(from: value, depth: depth)
    guard value < end, !bytes[value..<end].elementsEqual("null".utf8) else { return nil }
    let delimiter = [UInt8](repeating: Self.backslash, count: depth) + [Self.quote]
    return Secret(range: value..<end, substitute: delimiter + Array(Redaction.mark.utf8) + delimiter)
  }

  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")

  /// The index behind a quote that has exactly `depth` backslashes.
  private func quote(at index: Int, depth: Int) -> Int? {
    guard index + depth < bytes.count, bytes[index + depth] == Self.quote,
      bytes[index..<index + depth].allSatisfy({ $0 == Self.backslash })
    else { return nil }
    return index + depth + 1
  }

  private func afterBlanks(_ index: Int) -> Int {
    var index = index
    while index < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[index]) { index += 1 }
    return index
  }

  /// Where the text ends: at a quote of its own level, or of a level around it.
  ///
  /// Each level doubles the backslashes and adds one, so the ones that end the number of backslashes in binary count
  /// the levels a quote is inside of.
  private func textEnd(from start: Int, depth: Int) -> Int {
    var backslashes = 0
    for index in start..<bytes.count {
      switch bytes[index] {
      case Self.backslash: backslashes += 1
      case Self.quote:
        if let own = delimiter(backslashes), own <= depth { return index - own }
        backslashes = 0
      default: backslashes = 0
      }
    }
    return bytes.count
  }

  /// How many of the backslashes before a quote belong to it, the others being text.
  private func delimiter(_ backslashes: Int) -> Int? {
    let levels = (~backslashes).trailingZeroBitCount
    return levels < 16 ? 1 << levels - 1 : nil
  }

  /// Where a value that is no text ends.
  private func valueEnd(from start: Int, depth: Int) -> Int {
    var index = start
    var open = 0
    var backslashes = 0
    while index < bytes.count {
      let byte = bytes[index]
      if open == 0, [UInt8(ascii: ","), 0x20, 0x09, 0x0a, 0x0d, Self.quote, Self.backslash].contains(byte) {
        return index
      }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["): open += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        open -= 1
        if open <= 0 { return open < 0 ? index : index + 1 }
      case Self.quote:
        guard let own = delimiter(backslashes), own <= depth else { break }
        // The text around ends before the value does: JSON inside JSON, cut off.
        guard own == depth else { return index - own }
        let end = textEnd(from: index + 1, depth: depth)
        guard let next = quote(at: end, depth: depth) else { return end }
        index = next - 1
      default: break
      }
      backslashes = byte == Self.backslash ? backslashes + 1 : 0
      index += 1
    }
    return bytes.count
  }
}
