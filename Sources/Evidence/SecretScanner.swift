/// Finds the next secret in a text.
///
/// Every trigger word holds an `s` or an `_`, so most bytes are passed over with one comparison.
struct SecretScanner {
  struct Secret {
    let range: Range<Int>
    let substitute: [UInt8]
  }

  let bytes: UnsafeBufferPointer<UInt8>

  func next(from start: Int) -> Secret? {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte | 0x20 == UInt8(ascii: "s") || byte == UInt8(ascii: "_"), let secret = secret(at: index),
        secret.range.lowerBound >= start
      {
        return secret
      }
      index += 1
    }
    return nil
  }

  private func secret(at index: Int) -> Secret? {
    if bytes[index] == UInt8(ascii: "_") {
      for (before, after) in [("access", "token"), ("refresh", "token"), ("id", "token"), ("client", "secret")]
      where says(after, at: index + 1) && says(before, at: index - before.utf8.count) {
        return member(from: index - before.utf8.count, to: index + 1 + after.utf8.count)
      }
      return nil
    }
    if says("sig", at: index) { return signature(at: index) }
    if says("sastoken", at: index) { return member(from: index, to: index + 8) }
    if says("sas", at: index), says("rootfolder", at: index - 10) { return member(from: index - 10, to: index + 3) }
    return nil
  }

  /// Whether `word`, in small letters, stands at `index` in any case.
  func says(_ word: String, at index: Int) -> Bool {
    guard index >= 0 else { return false }
    var index = index
    for letter in word.utf8 {
      guard index < bytes.count, bytes[index] | 0x20 == letter else { return false }
      index += 1
    }
    return true
  }
}
