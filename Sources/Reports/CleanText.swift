/// Text from outside made fit for every report.
///
/// libxml2's writer lets control characters and broken UTF-8 through, and the file is then not XML; so each character
/// that XML 1.0 does not know becomes U+FFFD before it is written. CSV gets the same text.
package enum CleanText {
  /// Reads bytes as UTF-8; broken sequences and encoded surrogates become U+FFFD.
  package static func text(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self).cleaned
  }

  /// The `Char` production of XML 1.0.
  static func allows(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}

extension String {
  var cleaned: String {
    guard !unicodeScalars.allSatisfy(CleanText.allows) else { return self }
    var clean = String.UnicodeScalarView()
    for scalar in unicodeScalars { clean.append(CleanText.allows(scalar) ? scalar : "\u{FFFD}") }
    return String(clean)
  }
}
