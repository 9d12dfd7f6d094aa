/// A currency by its ISO 4217 code.
public struct Currency: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Three capital letters.
  public let code: String

  /// The code ISO 4217 reserves for “no currency”: what a line without one is filed under, so that it is never added to
  /// another.
  public static let none = Currency(unchecked: "XXX")

  /// Creates a currency from its code in any case, or `nil` when it is not three letters.
  public init?(_ code: String) {
    let letters = code.utf8.map { $0 & ~0x20 }
    guard letters.count == 3, letters.allSatisfy({ $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }) else {
      return nil
    }
    self.code = String(decoding: letters, as: UTF8.self)
  }

  private init(unchecked code: String) { self.code = code }

  /// How many digits are customary after the point (ISO 4217), for printing only: data keep the digits they have.
  public var fractionDigits: Int {
    switch code {
    case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF",
      "XPF":
      0
    case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
    default: 2
    }
  }

  public var description: String { code }
  public static func < (left: Currency, right: Currency) -> Bool { left.code < right.code }
}
