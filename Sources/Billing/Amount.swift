/// An exact decimal: an amount, a price, a quantity or a rate.
///
/// The mantissa is a 128-bit whole number and the scale counts the digits after the point. The documented samples carry
/// up to 22 of them; 37 fit. Equal values are equal whatever they looked like: trailing zeros are not kept, so `16.00`
/// and `16` are one amount (the text as it was sent is in the evidence).
public struct Amount: Hashable, Sendable {
  let mantissa: Int128
  let scale: Int

  public static let zero = Amount(mantissa: 0, scale: 0)
  public static let one = Amount(mantissa: 1, scale: 0)

  public init(_ whole: Int) {
    self.init(mantissa: Int128(whole), scale: 0)
  }

  /// Creates the amount `mantissa` × 10⁻ˢᶜᵃˡᵉ, without trailing zeros. The scale is between 0 and 38.
  init(mantissa: Int128, scale: Int) {
    var mantissa = mantissa
    var scale = scale
    while scale > 0 {
      let (quotient, remainder) = mantissa.quotientAndRemainder(dividingBy: 10)
      guard remainder == 0 else { break }
      mantissa = quotient
      scale -= 1
    }
    self.mantissa = mantissa
    self.scale = scale
  }

  public var isZero: Bool { mantissa == 0 }
  public var isNegative: Bool { mantissa < 0 }
  public var isPositive: Bool { mantissa > 0 }
  public var magnitude: Amount { isNegative ? -self : self }

  /// How many digits stand after the point when nothing is rounded.
  public var fractionDigits: Int { scale }

  public static prefix func - (amount: Amount) -> Amount {
    // The smallest mantissa never occurs (see `mantissaMax`), so this cannot overflow.
    Amount(mantissa: -amount.mantissa, scale: amount.scale)
  }
}

/// Why an amount cannot be formed. On one line this is that line's mismatch, never a wrong value.
public enum ArithmeticError: Error, Hashable, Sendable, CustomStringConvertible {
  case overflow
  case divisionByZero

  public var description: String {
    switch self {
    case .overflow: "The amount needs more than 38 digits. Look at the line's figures: no price is that long."
    case .divisionByZero: "The amount would be divided by zero. Look at the line's dates and quantity."
    }
  }
}

extension Amount {
  public static func + (left: Amount, right: Amount) throws(ArithmeticError) -> Amount {
    let scale = max(left.scale, right.scale)
    guard let first = left.mantissa(atScale: scale), let second = right.mantissa(atScale: scale) else {
      throw .overflow
    }
    let (sum, overflow) = first.addingReportingOverflow(second)
    guard !overflow, sum != .min else { throw .overflow }
    return Amount(mantissa: sum, scale: scale)
  }

  public static func - (left: Amount, right: Amount) throws(ArithmeticError) -> Amount {
    try left + -right
  }

  /// The same value written with more digits after the point, or `nil` when it does not fit.
  func mantissa(atScale wider: Int) -> Int128? {
    guard wider > scale else { return mantissa }
    guard wider - scale <= PowerOfTen.exponentMax, let factor = Int128(exactly: PowerOfTen[wider - scale]) else {
      return isZero ? 0 : nil
    }
    let (product, overflow) = mantissa.multipliedReportingOverflow(by: factor)
    return overflow || product == .min ? nil : product
  }

  /// The amount in millionths, for sorting in a database; `nil` where that would not be exact.
  public var millionths: Int64? {
    guard scale <= 6, let mantissa = mantissa(atScale: 6) else { return nil }
    return Int64(exactly: mantissa)
  }

  /// The amount as a whole number, or `nil` when it has a fraction.
  public var whole: Int? { scale == 0 ? Int(exactly: mantissa) : nil }
}

extension Amount: Comparable {
  public static func < (left: Amount, right: Amount) -> Bool {
    let scale = max(left.scale, right.scale)
    switch (left.mantissa(atScale: scale), right.mantissa(atScale: scale)) {
    case (let first?, let second?): return first < second
    // Only the side with the shorter fraction is widened; where it does not fit it is the larger one in magnitude.
    case (nil, _): return left.isNegative
    case (_, nil): return right.isPositive
    }
  }
}
