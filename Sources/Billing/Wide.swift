/// A non-negative whole number of 512 bits: room for the product of three 128-bit numbers and a power of ten.
///
/// Prorating before multiplying gives a wrong cent in one case of twenty, so a price is formed exactly in full width and
/// divided once, last. Nothing here allocates.
struct Wide {
  /// Least significant first.
  private var limbs: InlineArray<4, UInt128>

  init(_ value: UInt128) {
    limbs = [value, 0, 0, 0]
  }

  /// Multiplies, or returns `false` and leaves no promise about the value when 512 bits are not enough.
  mutating func multiply(by factor: UInt128) -> Bool {
    var carry: UInt128 = 0
    for index in limbs.indices {
      let product = limbs[index].multipliedFullWidth(by: factor)
      let (low, overflow) = product.low.addingReportingOverflow(carry)
      limbs[index] = low
      // The high half of a full product is at most 2¹²⁸ − 2, so one more never overflows.
      carry = product.high + (overflow ? 1 : 0)
    }
    return carry == 0
  }

  /// Divides and truncates. Truncations compose: dividing by `a` and then by `b` is dividing by `a·b`.
  mutating func divide(by divisor: UInt128) {
    var remainder: UInt128 = 0
    for index in limbs.indices.reversed() {
      // `dividingFullWidth` traps when its quotient does not fit; here the remainder is always below the divisor.
      let step = divisor.dividingFullWidth((high: remainder, low: limbs[index]))
      limbs[index] = step.quotient
      remainder = step.remainder
    }
  }

  /// The value, when it fits the mantissa of an amount.
  var mantissa: Int128? {
    guard limbs[1] == 0, limbs[2] == 0, limbs[3] == 0 else { return nil }
    return Int128(exactly: limbs[0])
  }
}

/// Powers of ten up to 10³⁸, the largest that 128 bits hold.
enum PowerOfTen {
  static let exponentMax = 38

  private static let table: [UInt128] = {
    var powers: [UInt128] = [1]
    for exponent in 1...exponentMax { powers.append(powers[exponent - 1] * 10) }
    return powers
  }()

  /// 10 to the power of an exponent between 0 and 38.
  static subscript(exponent: Int) -> UInt128 { table[exponent] }
}
