import Billing
import Testing

@Suite("Laws of exact arithmetic, on generated figures")
struct AmountLawTests {
  @Test("A product agrees with schoolbook arithmetic to the last digit", arguments: [1, 2, 3, 20_250_320] as [UInt64])
  func product(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    for turn in 0..<250 {
      let sizes = [4, 9, 18, 37]
      let factors = (0..<3).map { _ in Figure(&dice, digitsMax: sizes[dice.next(below: sizes.count)]) }
      var divisor = Figure(&dice, digitsMax: sizes[dice.next(below: sizes.count)])
      if divisor.mantissa.isZero { divisor = Figure(mantissa: Schoolbook("31"), scale: 0, isNegative: false) }
      let digits = dice.next(below: 7)
      let rounding = dice.next(below: 2) == 0 ? Rounding.truncated : .halfUp
      let story: Comment = """
        seed \(seed), turn \(turn): \(factors.map(\.text)) over \(divisor.text), \(digits) digits, \(rounding)
        """

      let expected = Figure.product(factors, over: divisor, digits: digits, rounding)
      let amounts = try factors.map { try Amount($0.text) }
      let over = try Amount(divisor.text)
      do {
        let actual = try Amount.product(amounts[0], amounts[1], amounts[2], over: over, digits: digits, rounding)
        #expect(actual == (try Amount(expected.text)), story)
      } catch ArithmeticError.overflow {
        // Refusing is right only where the result, with its guard digit, is about to leave 38 digits.
        #expect(expected.mantissa.digits.count >= 37, story)
      }
    }
  }

  @Test("Sums agree whatever the order", arguments: [7, 11] as [UInt64])
  func sums(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    for turn in 0..<50 {
      let amounts = try (0..<20).map { _ in try Amount(Figure(&dice, digitsMax: 18).text) }
      var forwards = Amount.zero
      var backwards = Amount.zero
      for amount in amounts { forwards = try forwards + amount }
      for amount in amounts.reversed() { backwards = try backwards + amount }
      #expect(forwards == backwards, "seed \(seed), turn \(turn): \(amounts)")
    }
  }

  @Test("Text, comparison and difference agree", arguments: [5, 8] as [UInt64])
  func comparison(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    for turn in 0..<500 {
      let left = try Amount(Figure(&dice, digitsMax: 17).text)
      let right = try Amount(Figure(&dice, digitsMax: 17).text)
      let story: Comment = "seed \(seed), turn \(turn): \(left) and \(right)"
      #expect(try (left < right) == (right - left).isPositive, story)
      #expect(try Amount(left.description) == left, story)
      #expect(try left + right - right == left, story)
    }
  }
}

/// A decimal in schoolbook digits.
private struct Figure {
  var mantissa: Schoolbook
  var scale: Int
  var isNegative: Bool

  init(mantissa: Schoolbook, scale: Int, isNegative: Bool) {
    self.mantissa = mantissa
    self.scale = scale
    self.isNegative = isNegative
  }

  init(_ dice: inout Dice, digitsMax: Int) {
    let count = 1 + dice.next(below: digitsMax)
    mantissa = Schoolbook((0..<count).map { _ in String(dice.next(below: 10)) }.joined())
    scale = dice.next(below: count + 1)
    isNegative = dice.next(below: 3) == 0
  }

  /// Plain text with a point, as a service prints it.
  var text: String {
    var digits = mantissa.description
    while digits.count <= scale { digits = "0" + digits }
    let whole = digits.dropLast(scale)
    return (isNegative ? "-" : "") + whole + (scale > 0 ? "." + digits.suffix(scale) : "")
  }

  static func product(_ factors: [Figure], over divisor: Figure, digits: Int, _ rounding: Rounding) -> Figure {
    var value = Schoolbook("1")
    for factor in factors { value = value * factor.mantissa }
    // The dividend gets as many places as it needs for whole places in the quotient.
    let scale = factors.reduce(0) { $0 + $1.scale }
    let dividend = value.shifted(by: digits + divisor.scale)
    let over = divisor.mantissa.shifted(by: scale)
    var (quotient, rest) = dividend.divided(by: over)
    if rounding == .halfUp, !(rest * Schoolbook("2") < over) { quotient.addOne() }
    let isNegative = (factors + [divisor]).count { $0.isNegative && !$0.mantissa.isZero } % 2 == 1
    return Figure(mantissa: quotient, scale: digits, isNegative: isNegative)
  }
}

/// SplitMix64: the same figures for the same seed on every machine.
private struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next(below limit: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }
}
