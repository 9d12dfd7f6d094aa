extension SecretScanner {
  /// The value behind `sig=` where `sig` is a word of its own.
  func signature(at index: Int) -> Secret? {
    guard isWordStart(index), let equals = character(at: index + 3), equals.code == UInt8(ascii: "=") else {
      return nil
    }
    let start = index + 3 + equals.length
    var end = start
    while let character = character(at: end), !Self.endsSignature(character.code) { end += character.length }
    return start < end ? Secret(range: start..<end, substitute: Array(Redaction.mark.utf8)) : nil
  }

  private func isWordStart(_ index: Int) -> Bool {
    guard index > 0, isLetterOrDigit(bytes[index - 1]) else { return true }
    // The `6` of `%26`, `%2526` or `\u0026` is the end of an `&`, not of a word.
    var digits = index - 2
    while says("25", at: digits - 2) { digits -= 2 }
    if digits >= 1, bytes[digits - 1] == UInt8(ascii: "%") { return true }
    // So is the `n` of `\n`.
    if index >= 2, bytes[index - 2] == Self.backslash, "nrtbf".utf8.contains(bytes[index - 1]) { return true }
    return index >= 6 && bytes[index - 6] == Self.backslash && bytes[index - 5] | 0x20 == UInt8(ascii: "u")
  }

  /// The character at `index`, with `%2F`, `%252F`, `\u002F` and `\/` read as the `/` they stand for.
  private func character(at index: Int) -> (code: UInt8, length: Int)? {
    guard index < bytes.count else { return nil }
    switch bytes[index] {
    case UInt8(ascii: "%"):
      var digits = index + 1
      while says("25", at: digits) { digits += 2 }
      guard let code = hexadecimal(at: digits, count: 2) else { return (bytes[index], 1) }
      return (UInt8(truncatingIfNeeded: code), digits + 2 - index)
    case Self.backslash:
      var escape = index
      while escape < bytes.count, bytes[escape] == Self.backslash { escape += 1 }
      guard escape < bytes.count else { return (Self.backslash, 1) }
      if bytes[escape] == UInt8(ascii: "/") { return (bytes[escape], escape + 1 - index) }
      guard bytes[escape] == UInt8(ascii: "u"), let code = hexadecimal(at: escape + 1, count: 4), code < 0x80 else {
        return (Self.backslash, 1)
      }
      return (UInt8(code), escape + 5 - index)
    default:
      return (bytes[index], 1)
    }
  }

  private static func endsSignature(_ code: UInt8) -> Bool {
    code <= 0x20 || #""'<>&#,;)}]|\"#.utf8.contains(code)
  }

  private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20)
  }

  private func hexadecimal(at index: Int, count: Int) -> Int? {
    guard index + count <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[index..<index + count] {
      switch byte {
      case 0x30...0x39: value = value << 4 | Int(byte - 0x30)
      case 0x41...0x46, 0x61...0x66: value = value << 4 | Int(byte | 0x20 - 0x57)
      default: return nil
      }
    }
    return value
  }
}
