extension World {
  /// A month by the calendar, such as the newest one a world has invoiced.
  public struct Month: Hashable, Sendable, ExpressibleByStringLiteral {
    public let year: Int
    /// 1 to 12.
    public let month: Int

    /// Creates a month from text such as `2025-04`, or `nil` when it is anything else.
    public init?(_ text: String) {
      let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2, let year = Int(parts[0]),
        let month = Int(parts[1]), year >= 1970, (1...12).contains(month)
      else { return nil }
      self.year = year
      self.month = month
    }

    public init(stringLiteral text: String) {
      guard let month = Month(text) else { preconditionFailure("\(text) is no month such as 2025-04.") }
      self = month
    }

    init(_ day: Day) {
      (year, month, _) = day.civil
    }

    var firstDay: Day { Day(year, month, 1) }

    /// `202504`, as exports and exchange rates name it.
    var digits: String { "\(year)\(twoDigits(month))" }
  }

  /// The months of a world: three that are invoiced, and the moment in the fourth at which it stands still.
  ///
  /// A world is written down as that of December 2024 to February 2025; other worlds are that one, moved by whole
  /// months.
  struct Calendar {
    /// Months after February 2025.
    private let ahead: Int
    /// The first days of the three months.
    let months: [Day]

    init(newest: Month) {
      ahead = newest.year * 12 + newest.month - (2025 * 12 + 2)
      months = (-2...0).map { newest.firstDay.adding(months: $0) }
    }

    /// The same day so many months later, or that month's last day where it is shorter.
    func day(_ year: Int, _ month: Int, _ day: Int) -> Day { Day(year, month, day).adding(months: ahead) }

    var firstDay: Day { day(2024, 12, 1) }
    var lastDay: Day { day(2025, 3, 1) + -1 }

    /// The 20th of the month after the newest, at midnight: 2025-03-20T00:00:00Z.
    var asOf: Instant { Instant(day(2025, 3, 20), second: 0) }

    /// The month of a billing event, or nil outside the window.
    func month(of day: Day) -> Int? {
      guard firstDay <= day, day <= lastDay else { return nil }
      return months.lastIndex { $0 <= day }
    }

    // MARK: Legacy invoices

    /// The billing anniversary, the 14th.
    func anniversary(_ slot: LegacySlot) -> Day { day(2024, 12, 14).adding(months: slot.month) }
    func invoiceDay(_ slot: LegacySlot) -> Day { anniversary(slot) + 2 }
    /// Licences are charged in advance.
    func licenceThrough(_ slot: LegacySlot) -> Day { anniversary(slot).adding(months: 1) + -1 }
    /// Azure is charged in arrears.
    func usageFrom(_ slot: LegacySlot) -> Day { anniversary(slot).adding(months: -1) }
    func usageThrough(_ slot: LegacySlot) -> Day { anniversary(slot) + -1 }
  }
}
