import Evidence
import Foundation

/// Looks for secrets in what a program leaves behind, packed, encoded or escaped as it may be.
struct SecretsSearch {
  private static let width = 8

  /// By their first eight bytes.
  private var needles: [UInt64: [(secret: String, bytes: [UInt8])]] = [:]
  private(set) var count = 0

  /// Secrets as they are and as a form or a query spells them; all have eight characters at least.
  init(_ secrets: some Sequence<String>) {
    for secret in Set(secrets) {
      guard let encoded = secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) else { continue }
      for form in Set([secret, encoded]) where form.utf8.count >= Self.width {
        let bytes = Array(form.utf8)
        needles[Self.head(bytes[...]), default: []].append((secret, bytes))
      }
      count += 1
    }
  }

  /// The secrets in a text or a file; what is packed is unpacked, as often as it was packed.
  func found(in bytes: [UInt8]) -> Set<String> {
    var found: Set<String> = []
    var layer = bytes
    while true {
      let decoded = Self.percentDecoded(layer)
      for form in Set([layer, decoded, Self.percentDecoded(decoded), Self.unescaped(layer)]) {
        found.formUnion(plain(in: form))
      }
      guard layer.starts(with: [0x1f, 0x8b]) else { return found }
      // What a fault cut off does not unpack; as it is it was looked through.
      guard let text = try? Gzip.inflate(layer) else { return found }
      layer = text
    }
  }

  private func plain(in bytes: [UInt8]) -> Set<String> {
    var found: Set<String> = []
    var window: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      window = window << 8 | UInt64(byte)
      guard index >= Self.width - 1, let candidates = needles[window] else { continue }
      let start = index - (Self.width - 1)
      for candidate in candidates where bytes[start...].starts(with: candidate.bytes) { found.insert(candidate.secret) }
    }
    return found
  }

  private static func head(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.prefix(width).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// `%2B` is `+`.
  private static func percentDecoded(_ bytes: [UInt8]) -> [UInt8] {
    replacing(bytes, UInt8(ascii: "%"), digits: 2, drops: 1)
  }

  /// `\u002b` is `+`, and `\/` is `/`.
  private static func unescaped(_ bytes: [UInt8]) -> [UInt8] {
    let text = replacing(bytes, UInt8(ascii: "\\"), digits: 4, drops: 2)
    guard text.contains(UInt8(ascii: "\\")) else { return text }
    var result: [UInt8] = []
    for (index, byte) in text.enumerated() {
      let isEscape = byte == UInt8(ascii: "\\") && index + 1 < text.count && text[index + 1] == UInt8(ascii: "/")
      if !isEscape { result.append(byte) }
    }
    return result
  }

  private static func replacing(_ bytes: [UInt8], _ mark: UInt8, digits: Int, drops: Int) -> [UInt8] {
    guard bytes.contains(mark) else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let end = index + drops + digits
      if bytes[index] == mark, end <= bytes.count, drops == 1 || bytes[index + 1] == UInt8(ascii: "u"),
        let value = UInt8(String(decoding: bytes[(index + drops)..<end], as: UTF8.self), radix: 16)
      {
        result.append(value)
        index = end
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }
}
