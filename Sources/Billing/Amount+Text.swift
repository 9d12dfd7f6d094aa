extension Amount {
  /// Why a text is not read as an amount.
  public enum Unreadable: Error, Hashable, Sendable, CustomStringConvertible {
    case notANumber(String)
    case tooManyDigits(String)

    public var description: String {
      switch self {
      case .notANumber(let text): "“\(text)” is not a number."
      case .tooManyDigits(let text): "“\(text)” has more digits than an exact amount can hold (38)."
      }
    }
  }

  /// Reads a number as JSON prints it: digits, at most one point, at most one exponent.
  public init(_ text: String) throws(Unreadable) {
    var text = text
    let parsed = text.withUTF8 { Self.parse($0.span) }
    switch parsed {
    case .success(let amount): self = amount
    case .failure(.notANumber): throw .notANumber(String(text.prefix(60)))
    case .failure(.tooManyDigits): throw .tooManyDigits(String(text.prefix(60)))
    }
  }

  private enum Flaw: Error { case notANumber, tooManyDigits }

  private static func parse(_ bytes: Span<UInt8>) -> Result<Amount, Flaw> {
    var index = 0
    var isNegative = false
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }

    var mantissa: Int128 = 0
    var digits = 0
    var fraction = 0
    var zerosHeld = 0  // Zeros not yet multiplied in: they count only when another digit follows.
    var isInFraction = false
    scan: while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        if isInFraction { fraction += 1 }
        if byte == UInt8(ascii: "0") {
          zerosHeld += 1
        } else {
          guard let shifted = mantissa.shiftedLeft(decimalDigits: zerosHeld + 1, adding: byte &- UInt8(ascii: "0"))
          else { return .failure(.tooManyDigits) }
          mantissa = shifted
          zerosHeld = 0
        }
        index += 1
      case UInt8(ascii: ".") where !isInFraction && digits > 0:
        isInFraction = true
        index += 1
      default:
        break scan
      }
    }
    guard digits > 0, !isInFraction || fraction > 0 else { return .failure(.notANumber) }

    var exponent = 0
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      guard let read = parseExponent(bytes, from: index + 1) else { return .failure(.notANumber) }
      exponent = read
      index = bytes.count
    }
    guard index == bytes.count else { return .failure(.notANumber) }
    guard mantissa != 0 else { return .success(.zero) }

    // mantissa × 10^(zerosHeld − fraction + exponent)
    let power = zerosHeld - fraction + exponent
    if power >= 0 {
      guard let whole = mantissa.shiftedLeft(decimalDigits: power, adding: 0) else { return .failure(.tooManyDigits) }
      return .success(Amount(mantissa: isNegative ? -whole : whole, scale: 0))
    }
    guard -power < PowerOfTen.exponentMax else { return .failure(.tooManyDigits) }
    return .success(Amount(mantissa: isNegative ? -mantissa : mantissa, scale: -power))
  }

  private static func parseExponent(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    var isNegative = false
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    guard index < bytes.count else { return nil }
    var exponent = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      // Beyond a thousand the digits no longer matter: the number cannot be held.
      exponent = min(exponent * 10 + Int(byte - UInt8(ascii: "0")), 1_000)
      index += 1
    }
    return isNegative ? -exponent : exponent
  }
}

extension Int128 {
  /// `self` × 10ⁿ + `digit`, or `nil` when 128 bits do not hold it.
  fileprivate func shiftedLeft(decimalDigits: Int, adding digit: UInt8) -> Int128? {
    guard self != 0 else { return Int128(digit) }
    guard decimalDigits <= PowerOfTen.exponentMax, let factor = Int128(exactly: PowerOfTen[decimalDigits]) else {
      return nil
    }
    let (product, overflow) = multipliedReportingOverflow(by: factor)
    guard !overflow else { return nil }
    let (sum, overflowed) = product.addingReportingOverflow(Int128(digit))
    return overflowed ? nil : sum
  }
}

extension Amount: CustomStringConvertible {
  /// Canonical text: no exponent, no trailing zeros, a point as the decimal mark. `Amount(_:)` reads it back.
  public var description: String { formatted(fractionDigitsMin: 0) }

  /// Plain decimal text with at least so many digits after the point, and all that the value has.
  public func formatted(fractionDigitsMin: Int) -> String {
    var digits = String(mantissa.magnitude)
    if digits.utf8.count <= scale {
      digits = String(repeating: "0", count: scale + 1 - digits.utf8.count) + digits
    }
    var text = isNegative ? "-" : ""
    let whole = digits.utf8.count - scale
    text += digits.prefix(whole)
    let padding = max(0, fractionDigitsMin - scale)
    if scale + padding > 0 {
      text += "."
      text += digits.dropFirst(whole)
      text += String(repeating: "0", count: padding)
    }
    return text
  }
}
