/// Takes secrets out of bodies, URLs and headers before anything is hashed or written.
///
/// Two kinds occur: the signature of a blob URL (`sig=…`) and members that carry a token (contract §2.1, §11.3). It
/// works on bytes, leaves a text without secrets untouched, and keeps JSON valid, also where JSON is a text inside JSON
/// (contract §4) and where `&`, `=` or `/` come escaped. Doing it twice changes nothing.
package enum Redaction {
  package static let mark = "<redacted>"

  package static func redact(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBufferPointer { buffer in
      let scanner = SecretScanner(bytes: buffer)
      guard var secret = scanner.next(from: 0) else { return bytes }
      var clean: [UInt8] = []
      clean.reserveCapacity(bytes.count + 64)
      var copied = 0
      while true {
        clean.append(contentsOf: buffer[copied..<secret.range.lowerBound])
        clean.append(contentsOf: secret.substitute)
        copied = secret.range.upperBound
        guard let another = scanner.next(from: copied) else { break }
        secret = another
      }
      clean.append(contentsOf: buffer[copied...])
      return clean
    }
  }

  package static func redact(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let clean = redact(bytes)
    return clean == bytes ? text : String(decoding: clean, as: UTF8.self)
  }

  /// Settings whose name says secret, password or token, and signatures in the others.
  static func redact(settings: [String: String]) -> [String: String] {
    var clean = settings
    for (name, value) in settings {
      let folded = name.lowercased()
      let isSecret = folded.contains("secret") || folded.contains("password") || folded.hasSuffix("token")
      clean[name] = isSecret && !value.isEmpty ? mark : redact(value)
    }
    return clean
  }
}
