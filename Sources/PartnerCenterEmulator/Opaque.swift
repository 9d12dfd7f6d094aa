/// Texts that look like the service's ids and tokens and are the same on every machine and in every run.
enum Opaque {
  /// FNV-1a.
  static func fingerprint(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }

  /// A fingerprint dressed as a GUID.
  static func guid(of text: String) -> String {
    let digits = Array((Self.digits(of: text) + Self.digits(of: text + "~")).utf8)
    let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
    return groups.map { String(decoding: digits[$0], as: UTF8.self) }.joined(separator: "-")
  }

  /// A fingerprint in 16 hexadecimal digits.
  static func digits(of text: String) -> String {
    let digits = String(fingerprint(text), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
