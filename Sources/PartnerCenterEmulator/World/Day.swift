extension World {
  /// A calendar day in UTC, counted from 1970-01-01.
  struct Day: Comparable, Hashable {
    let number: Int

    init(number: Int) {
      self.number = number
    }

    /// The day of a civil date, by Howard Hinnant's `days_from_civil`.
    init(_ year: Int, _ month: Int, _ day: Int) {
      let shifted = month <= 2 ? year - 1 : year
      let era = shifted / 400
      let yearOfEra = shifted - era * 400
      let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
      let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
      number = era * 146_097 + dayOfEra - 719_468
    }

    var civil: (year: Int, month: Int, day: Int) {
      let shifted = number + 719_468
      let era = shifted / 146_097
      let dayOfEra = shifted - era * 146_097
      let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
      let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
      let shiftedMonth = (5 * dayOfYear + 2) / 153
      let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
      let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
      return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    var daysInMonth: Int {
      let (year, month, _) = civil
      let next = month == 12 ? Day(year + 1, 1, 1) : Day(year, month + 1, 1)
      return next.number - Day(year, month, 1).number
    }

    /// The first day of the month so many months later.
    func firstOfMonth(adding months: Int = 0) -> Day {
      let (year, month, _) = civil
      let count = year * 12 + month - 1 + months
      return Day(count / 12, count % 12 + 1, 1)
    }

    /// The same day of a later month, or that month's last day where it is shorter.
    func adding(months: Int) -> Day {
      let first = firstOfMonth(adding: months)
      return first + (min(civil.day, first.daysInMonth) - 1)
    }

    static func + (day: Day, days: Int) -> Day { Day(number: day.number + days) }
    static func - (left: Day, right: Day) -> Int { left.number - right.number }
    static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    /// `2025-01-31`.
    var text: String {
      let (year, month, day) = civil
      return "\(year)-\(twoDigits(month))-\(twoDigits(day))"
    }

    /// `2025-01-31T00:00:00Z`.
    var midnight: String { text + "T00:00:00Z" }

    /// `2025-01-31T00:00:00`, as the old billing system prints it.
    var midnightWithoutZone: String { text + "T00:00:00" }
  }

  /// A second in UTC, printed with the seven fractional digits the service likes.
  struct Instant: Hashable {
    let seconds: Int64

    init(seconds: Int64) {
      self.seconds = seconds
    }

    init(_ day: Day, second: Int) {
      seconds = Int64(day.number) * 86_400 + Int64(second)
    }

    var day: Day { Day(number: Int(seconds / 86_400)) }

    /// `2025-01-31T17:59:52.9460102Z`; the fraction is drawn from the second itself.
    var text: String {
      let second = Int(seconds % 86_400)
      let fraction = String(1_000_000 + (seconds &* 7919) % 8_999_999)
      return day.text + "T\(clock(second)).\(fraction)Z"
    }

    private func clock(_ second: Int) -> String {
      "\(twoDigits(second / 3600)):\(twoDigits(second / 60 % 60)):\(twoDigits(second % 60))"
    }
  }

  static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
