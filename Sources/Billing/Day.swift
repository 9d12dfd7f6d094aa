/// A calendar day, UTC.
public struct Day: Hashable, Sendable, Comparable {
  /// Days since 1 January 1970.
  public let number: Int

  public init(number: Int) { self.number = number }

  /// Creates a day, or `nil` when the calendar has no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Day.count(ofMonth: month, year: year)
    else { return nil }
    // Days from civil, after Howard Hinnant: years start in March, eras have 400 of them.
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = era * 146_097 + dayOfEra - 719_468
  }

  /// Reads `2025-02-08`.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, let year = Int(digits: parts[0]), let month = Int(digits: parts[1]),
      let day = Int(digits: parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  public var components: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }

  public var month: Month {
    let (year, month, _) = components
    return Month(year: year, number: month)
  }

  public func advanced(by days: Int) -> Day { Day(number: number + days) }
  public static func - (left: Day, right: Day) -> Int { left.number - right.number }
  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

  static func count(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension Day: CustomStringConvertible {
  /// `2025-02-08`
  public var description: String {
    let (year, month, day) = components
    return "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))"
  }
}

/// A calendar month: the unit a controller closes.
public struct Month: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let year: Int
  public let number: Int

  init(year: Int, number: Int) {
    self.year = year
    self.number = number
  }

  /// Reads `2025-02`.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count == 4, parts[1].count == 2, let year = Int(digits: parts[0]),
      let number = Int(digits: parts[1]), (1...9998).contains(year), (1...12).contains(number)
    else { return nil }
    self.init(year: year, number: number)
  }

  public func advanced(by months: Int) -> Month {
    let index = year * 12 + number - 1 + months
    return Month(year: index / 12, number: index % 12 + 1)
  }

  public var dayCount: Int { Day.count(ofMonth: number, year: year) }

  /// First and last day.
  public var period: BillingPeriod {
    let first = Day(year: year, month: number, day: 1) ?? Day(number: 0)
    return BillingPeriod(first: first, last: first.advanced(by: dayCount - 1))
  }

  public var description: String { "\(year.padded(4))-\(number.padded(2))" }
  public static func < (left: Month, right: Month) -> Bool {
    (left.year, left.number) < (right.year, right.number)
  }
}

/// A stretch of days, first and last included.
public struct BillingPeriod: Hashable, Sendable {
  public let first: Day
  public let last: Day

  /// Creates a period, or `nil` when the days run backwards.
  public init?(from first: Day, through last: Day) {
    guard first <= last else { return nil }
    self.init(first: first, last: last)
  }

  init(first: Day, last: Day) {
    self.first = first
    self.last = last
  }

  public func contains(_ day: Day) -> Bool { first <= day && day <= last }
  public var dayCount: Int { last - first + 1 }
}

extension Int {
  /// Reads digits only: a sign is no part of a date.
  init?(digits text: Substring) {
    guard text.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else { return nil }
    self.init(text)
  }

  func padded(_ width: Int) -> String {
    let digits = String(self)
    return digits.utf8.count >= width ? digits : String(repeating: "0", count: width - digits.utf8.count) + digits
  }
}
