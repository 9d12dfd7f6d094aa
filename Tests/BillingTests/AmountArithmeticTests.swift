import Billing
import Testing

@Suite("Exact arithmetic and its limits")
struct AmountArithmeticTests {
  static let largest = "170141183460469231731687303715884105727"

  @Test(
    "Amounts compare by value whatever their digits",
    arguments: [
      ("9.99", "10"),
      ("-10", "-9.99"),
      ("-0.01", "0"),
      ("0", "0.0000000000000000000000000000000000001"),
      ("0.1999968000511991808131", "0.2"),
      // Widening the left or the right side to the other's digits does not fit 128 bits.
      ("0.0000000000000000000000000000000000001", largest),
      ("-\(largest)", "0.0000000000000000000000000000000000001"),
      ("-\(largest)", "-0.0000000000000000000000000000000000001"),
      ("-0.0000000000000000000000000000000000001", largest),
      ("1.5", "99999999999999999999999999999999999999"),
    ])
  func order(small: String, large: String) throws {
    let small = try Amount(small)
    let large = try Amount(large)
    #expect(small < large)
    #expect(!(large < small))
    #expect(small != large)
    #expect(max(small, large) == large)
  }

  @Test("Trailing zeros make no difference, not even to a hash")
  func equality() throws {
    #expect(try Amount("16.00") == Amount("16"))
    #expect(try Set([Amount("16.00"), Amount("16"), Amount("1.6e1")]).count == 1)
    #expect(try Amount("-0") == Amount.zero)
    #expect(!Amount.zero.isNegative)
    #expect(!Amount.zero.isPositive)
    #expect(try Amount("-3.50").magnitude == Amount("3.5"))
    #expect(try Amount("-3.50").fractionDigits == 1)
  }

  @Test(
    "Sums and differences are exact",
    arguments: [
      ("0.1", "0.2", "0.3"),
      ("-112.89", "75.26", "-37.63"),
      ("1e20", "0.00000001", "100000000000000000000.00000001"),
      ("94.08", "-94.08", "0"),
      ("0", "-5", "-5"),
    ])
  func sum(left: String, right: String, expected: String) throws {
    #expect(try Amount(left) + Amount(right) == Amount(expected))
    #expect(try Amount(expected) - Amount(right) == Amount(left))
  }

  @Test(
    "A sum that does not fit is an error, never a wrong value",
    arguments: [
      (largest, "1"),
      ("-\(largest)", "-1"),
      ("-\(largest)", "-\(largest)"),
      (largest, "0.1"),
      (largest, "0.0000000000000000000000000000000000001"),
      ("99999999999999999999999999999999999999", "0.01"),
    ])
  func sumOverflow(left: String, right: String) throws {
    let left = try Amount(left)
    let right = try Amount(right)
    #expect(throws: ArithmeticError.overflow) { try left + right }
    #expect(throws: ArithmeticError.overflow) { try right + left }
    #expect(throws: ArithmeticError.overflow) { try left - -right }
  }

  struct Extreme: Sendable {
    var factors: [String]
    var divisor: String
    /// `nil` for overflow.
    var expected: String?
  }

  @Test(
    "A product of the largest amounts overflows or is right, and never traps",
    arguments: [
      Extreme(factors: [largest, largest, largest], divisor: "1", expected: nil),
      Extreme(factors: [largest, largest, "1"], divisor: largest, expected: nil),
      Extreme(factors: [largest, "1", "1"], divisor: largest, expected: "1"),
      Extreme(factors: ["-\(largest)", "1", "1"], divisor: largest, expected: "-1"),
      Extreme(factors: [largest, "1", "1"], divisor: "1", expected: nil),
      Extreme(factors: [largest, "1", "1"], divisor: "10000", expected: "17014118346046923173168730371588410.57"),
      Extreme(factors: ["1", "1", "1"], divisor: largest, expected: "0"),
      Extreme(factors: ["0", largest, largest], divisor: "1", expected: "0"),
      Extreme(factors: [largest, "1", "1"], divisor: "0.0000000000000000000000000000000000001", expected: nil),
      Extreme(factors: ["1", "1", "1"], divisor: "0.0000000000000000000000000000000000001", expected: nil),
      Extreme(
        factors: ["1", "1", "1"], divisor: "0.0000000000000000000000000000000001",
        expected: "10000000000000000000000000000000000"),
      Extreme(
        factors: [
          "0.0000000000000000000000000000000000001", "0.0000000000000000000000000000000000001",
          "0.0000000000000000000000000000000000001",
        ], divisor: largest, expected: "0"),
      Extreme(factors: ["0.1", "0.1", "0.1"], divisor: "0.001", expected: "1"),
    ])
  func extremes(extreme: Extreme) throws {
    let factors = try extreme.factors.map { try Amount($0) }
    let divisor = try Amount(extreme.divisor)
    for rounding in [Rounding.truncated, .halfUp] {
      if let expected = extreme.expected {
        #expect(
          try Amount.product(factors[0], factors[1], factors[2], over: divisor, digits: 2, rounding)
            == Amount(expected))
      } else {
        #expect(throws: ArithmeticError.overflow) {
          try Amount.product(factors[0], factors[1], factors[2], over: divisor, digits: 2, rounding)
        }
      }
    }
  }

  @Test("Dividing by zero is an error of its own")
  func division() {
    #expect(throws: ArithmeticError.divisionByZero) {
      try Amount.product(Amount(1), Amount(1), over: .zero, digits: 2, .truncated)
    }
  }

  @Test("Rounding the longest amounts gives fewer digits and the right ones")
  func roundingLongest() throws {
    let long = try Amount("1.7014118346046923173168730371588410572")
    #expect(long.rounded(digits: 2, .halfUp) == (try Amount("1.70")))
    #expect(long.rounded(digits: 36, .truncated) == (try Amount("1.701411834604692317316873037158841057")))
    #expect(try Amount("0.99999999999999999999999999999999999").rounded(digits: 0, .halfUp) == Amount(1))
  }

  @Test("The errors are sentences")
  func sentences() {
    #expect(
      ArithmeticError.overflow.description
        == "The amount needs more than 38 digits. Look at the line's figures: no price is that long.")
    #expect(
      ArithmeticError.divisionByZero.description
        == "The amount would be divided by zero. Look at the line's dates and quantity.")
  }
}
