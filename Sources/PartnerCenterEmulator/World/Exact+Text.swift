extension World.Exact {
  /// Reads plain decimal text such as `-12.50`; nil for anything else.
  init?(text: some StringProtocol) {
    let isNegative = text.hasPrefix("-")
    let parts = text.dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(Self.isDigit) }),
      let mantissa = Int128(parts.joined())
    else { return nil }
    let scale = parts.count == 2 ? parts[1].utf8.count : 0
    guard scale <= 20 else { return nil }
    self.init(mantissa: isNegative ? -mantissa : mantissa, scale: scale)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
}
