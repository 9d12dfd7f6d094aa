extension World {
  /// An exact decimal: a whole number of units of 10^-scale.
  ///
  /// The emulator counts with a type of its own, so that its sums are a second opinion on anybody else's.
  struct Exact: Comparable {
    private let mantissa: Int128
    private let scale: Int

    static let zero = Exact(0)
    static let one = Exact(1)

    init(_ whole: Int) {
      self.init(mantissa: Int128(whole), scale: 0)
    }

    init(cents: Int) {
      self.init(mantissa: Int128(cents), scale: 2)
    }

    init(mantissa: Int128, scale: Int) {
      self.mantissa = mantissa
      self.scale = scale
    }

    var isZero: Bool { mantissa == 0 }
    var isNegative: Bool { mantissa < 0 }
    var magnitude: Exact { mantissa < 0 ? -self : self }

    static func + (left: Exact, right: Exact) -> Exact {
      let scale = max(left.scale, right.scale)
      return Exact(mantissa: left.units(scale) + right.units(scale), scale: scale)
    }

    static func - (left: Exact, right: Exact) -> Exact { left + -right }

    static prefix func - (value: Exact) -> Exact { Exact(mantissa: -value.mantissa, scale: value.scale) }

    static func * (left: Exact, right: Exact) -> Exact {
      Exact(mantissa: left.mantissa * right.mantissa, scale: left.scale + right.scale).reduced
    }

    static func += (left: inout Exact, right: Exact) { left = left + right }

    static func < (left: Exact, right: Exact) -> Bool { (left - right).mantissa < 0 }

    static func == (left: Exact, right: Exact) -> Bool { (left - right).mantissa == 0 }

    /// The value cut towards zero after so many digits: the ROUNDDOWN of reconciliation.md §6.
    func truncated(_ digits: Int) -> Exact {
      guard scale > digits else { return self }
      return Exact(mantissa: mantissa / Self.powerOfTen(scale - digits), scale: digits)
    }

    /// The value rounded to so many digits, halves away from zero.
    func roundedHalfUp(_ digits: Int) -> Exact {
      guard scale > digits else { return self }
      let unit = Self.powerOfTen(scale - digits)
      let half = mantissa < 0 ? -unit / 2 : unit / 2
      return Exact(mantissa: (mantissa + half) / unit, scale: digits)
    }

    /// The quotient with so many digits, the rest cut off.
    func dividedTruncating(by divisor: Exact, digits: Int) -> Exact {
      let scaled = mantissa * Self.powerOfTen(max(0, digits + divisor.scale - scale))
      let lowered = Self.powerOfTen(max(0, scale - divisor.scale - digits))
      return Exact(mantissa: scaled / (divisor.mantissa * lowered), scale: digits)
    }

    /// The quotient rounded half up to so many digits.
    func divided(by divisor: Exact, digits: Int) -> Exact {
      dividedTruncating(by: divisor, digits: digits + 2).roundedHalfUp(digits)
    }

    /// The quotient with 15 significant digits, as the service prints prices per unit.
    func dividedTo15Digits(by divisor: Exact) -> Exact {
      var digits = 14
      var bound = Exact.one
      let size = divided(by: divisor, digits: 12).magnitude
      while size >= bound * Exact(10), digits > 0 {
        bound = bound * Exact(10)
        digits -= 1
      }
      while size < bound, digits < 20 {
        bound = bound * Exact(mantissa: 1, scale: 1)
        digits += 1
      }
      return divided(by: divisor, digits: digits)
    }

    /// Plain decimal text without needless zeros, such as `-12.5`.
    var text: String {
      let value = reduced
      let digits = String(value.mantissa.magnitude)
      let sign = value.mantissa < 0 ? "-" : ""
      guard value.scale > 0 else { return sign + digits }
      let padded = String(repeating: "0", count: max(0, value.scale + 1 - digits.utf8.count)) + digits
      let point = padded.utf8.index(padded.startIndex, offsetBy: padded.utf8.count - value.scale)
      return "\(sign)\(padded[..<point]).\(padded[point...])"
    }

    /// The text of a value which went through a binary double on its way, such as `17.219999999999999` for 17.22; nil
    /// where a double would print cleanly.
    var binaryArtefact: String? {
      guard scale <= 2 else { return nil }
      let cents = units(2)
      guard cents > 100, cents < 100_000_000, cents % 100 != 0 else { return nil }
      let wholeDigits = String(cents / 100).utf8.count
      let unit = Exact(mantissa: 1, scale: 17 - wholeDigits)
      return (self - unit).text
    }

    /// The same value without trailing zeros behind the point.
    private var reduced: Exact {
      var (mantissa, scale) = (mantissa, scale)
      while scale > 0, mantissa % 10 == 0 {
        mantissa /= 10
        scale -= 1
      }
      return Exact(mantissa: mantissa, scale: scale)
    }

    private func units(_ newScale: Int) -> Int128 {
      newScale == scale ? mantissa : mantissa * Self.powerOfTen(newScale - scale)
    }

    private static func powerOfTen(_ exponent: Int) -> Int128 {
      powers[exponent]
    }

    private static let powers: [Int128] = (0...38).map { (0..<$0).reduce(Int128(1)) { power, _ in power * 10 } }
  }
}
