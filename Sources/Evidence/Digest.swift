import Crypto

/// SHA-256 in 64 small hexadecimal digits: the name of a body.
enum Digest {
  static func of(_ bytes: [UInt8]) -> String {
    var hasher = SHA256()
    bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    var text: [UInt8] = []
    for byte in hasher.finalize() {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  static func isWellFormed(_ text: String) -> Bool { text.utf8.count == 64 && isHexadecimal(text) }

  static func isHexadecimal(_ text: String) -> Bool { text.utf8.allSatisfy(digits.contains) }

  private static let digits = Array("0123456789abcdef".utf8)
}
