/// A whole number as a pupil writes it: decimal digits, the smallest place first.
///
/// Slow, and independent of the code under test on purpose.
struct Schoolbook: Equatable, CustomStringConvertible {
  private(set) var digits: [Int]

  /// Reads digits only.
  init(_ text: String) {
    digits = text.reversed().compactMap(\.wholeNumberValue)
    trim()
  }

  private init(digits: [Int]) {
    self.digits = digits
    trim()
  }

  var isZero: Bool { digits.isEmpty }
  var description: String { isZero ? "0" : digits.reversed().map(String.init).joined() }

  static func * (left: Schoolbook, right: Schoolbook) -> Schoolbook {
    var product = [Int](repeating: 0, count: left.digits.count + right.digits.count + 1)
    for (row, first) in left.digits.enumerated() {
      var carry = 0
      for (column, second) in right.digits.enumerated() {
        let sum = product[row + column] + first * second + carry
        product[row + column] = sum % 10
        carry = sum / 10
      }
      product[row + right.digits.count] += carry
    }
    return Schoolbook(digits: product)
  }

  /// Moves the digits up by so many places.
  func shifted(by places: Int) -> Schoolbook {
    isZero ? self : Schoolbook(digits: [Int](repeating: 0, count: places) + digits)
  }

  /// Long division: how often the divisor goes in, and what is left.
  func divided(by divisor: Schoolbook) -> (quotient: Schoolbook, rest: Schoolbook) {
    var quotient: [Int] = []
    var rest = Schoolbook(digits: [])
    for digit in digits.reversed() {
      rest = Schoolbook(digits: [digit] + rest.digits)
      var times = 0
      while !(rest < divisor) {
        rest.subtract(divisor)
        times += 1
      }
      quotient.append(times)
    }
    return (Schoolbook(digits: quotient.reversed()), rest)
  }

  static func < (left: Schoolbook, right: Schoolbook) -> Bool {
    guard left.digits.count == right.digits.count else { return left.digits.count < right.digits.count }
    for (first, second) in zip(left.digits.reversed(), right.digits.reversed()) where first != second {
      return first < second
    }
    return false
  }

  mutating func addOne() {
    var place = 0
    while place < digits.count, digits[place] == 9 {
      digits[place] = 0
      place += 1
    }
    if place == digits.count { digits.append(1) } else { digits[place] += 1 }
  }

  private mutating func subtract(_ other: Schoolbook) {
    var borrow = 0
    for place in digits.indices {
      var difference = digits[place] - borrow - (place < other.digits.count ? other.digits[place] : 0)
      borrow = difference < 0 ? 1 : 0
      if difference < 0 { difference += 10 }
      digits[place] = difference
    }
    trim()
  }

  private mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
  }
}
