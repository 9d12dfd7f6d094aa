/// How the digits behind the last one kept are treated.
public enum Rounding: Hashable, Sendable {
  /// Towards zero: `ROUNDDOWN` of the published rules; −112.258 becomes −112.25 (reconciliation rules §6.1).
  case truncated
  /// To the nearest, halves away from zero: 63.325 becomes 63.33 (legacy Azure, §6.1 I8).
  case halfUp
}

extension Amount {
  /// `a` · `b` · `c` ÷ `d`, formed exactly in full width, divided once and last, then cut to `digits` after the point.
  ///
  /// Digits are between 0 and 30.
  public static func product(
    _ a: Amount, _ b: Amount, _ c: Amount = .one, over d: Amount = .one, digits: Int, _ rounding: Rounding
  ) throws(ArithmeticError) -> Amount {
    guard !d.isZero else { throw .divisionByZero }
    var value = Wide(a.mantissa.magnitude)
    guard value.multiply(by: b.mantissa.magnitude), value.multiply(by: c.mantissa.magnitude) else { throw .overflow }

    // value ÷ d · 10^power is the mantissa wanted; half up needs one digit more and no other remainder.
    let kept = rounding == .halfUp ? digits + 1 : digits
    var power = kept - (a.scale + b.scale + c.scale) + d.scale
    while power > 0 {
      let step = min(power, PowerOfTen.exponentMax)
      guard value.multiply(by: PowerOfTen[step]) else { throw .overflow }
      power -= step
    }
    value.divide(by: d.mantissa.magnitude)
    while power < 0 {
      let step = min(-power, PowerOfTen.exponentMax)
      value.divide(by: PowerOfTen[step])
      power += step
    }
    guard var mantissa = value.mantissa else { throw .overflow }
    if rounding == .halfUp {
      let (quotient, remainder) = mantissa.quotientAndRemainder(dividingBy: 10)
      mantissa = quotient + (remainder >= 5 ? 1 : 0)
    }
    let isNegative = [a, b, c, d].count(where: \.isNegative) % 2 == 1
    return Amount(mantissa: isNegative ? -mantissa : mantissa, scale: digits)
  }

  /// The amount cut to so many digits after the point.
  public func rounded(digits: Int, _ rounding: Rounding) -> Amount {
    guard scale > digits else { return self }
    // Fewer digits always fit, so this cannot fail; if it did, the unrounded amount is still true.
    return (try? Amount.product(self, .one, digits: digits, rounding)) ?? self
  }

  /// The amount a service meant when its binary arithmetic printed 17.219999999999999 for 17.22 (catalogue M50).
  ///
  /// Only texts of 16 or more significant digits that lie within one part in 10¹⁵ of a short decimal are read so;
  /// everything else is taken as printed.
  public var withoutBinaryArtefact: Amount {
    guard scale > 6, String(mantissa.magnitude).utf8.count >= 16 else { return self }
    let short = rounded(digits: 4, .halfUp)
    guard let error = try? (self - short).magnitude,
      let bound = try? Amount.product(magnitude, Amount(mantissa: 1, scale: 15), digits: 30, .truncated),
      error <= bound
    else { return self }
    return short
  }
}
