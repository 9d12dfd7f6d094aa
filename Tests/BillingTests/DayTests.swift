import Billing
import Testing

@Suite("Days and months")
struct DayTests {
  @Test("Every day from 1900 to 2100 has its number, its date and its month")
  func calendar() throws {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var number = try #require(Day(year: 1900, month: 1, day: 1)).number
    #expect(number == -25_567)
    var flaws: [String] = []
    for year in 1900...2100 {
      let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      for month in 1...12 {
        let length = month == 2 && isLeap ? 29 : lengths[month - 1]
        for dayOfMonth in 1...length {
          let day = Day(number: number)
          let same = Day(year: year, month: month, day: dayOfMonth)
          if same != day || day.components != (year, month, dayOfMonth) || Day(day.description) != day {
            flaws.append("\(year)-\(month)-\(dayOfMonth)")
          }
          number += 1
        }
        if Day(year: year, month: month, day: length + 1) != nil { flaws.append("\(year)-\(month)-\(length + 1)") }
        if Day(number: number - 1).month.dayCount != length { flaws.append("length of \(year)-\(month)") }
      }
    }
    #expect(flaws == [])
    #expect(number - 1 == 47_846)
  }

  @Test(
    "Leap days are there in leap years only",
    arguments: [(2024, true), (2000, true), (1900, false), (2100, false), (2025, false), (1600, true)])
  func leapYears(year: Int, isLeap: Bool) {
    #expect((Day(year: year, month: 2, day: 29) != nil) == isLeap)
  }

  @Test("The first day is 1 January 1970")
  func epoch() {
    #expect(Day(number: 0).description == "1970-01-01")
    #expect(Day(number: -1).description == "1969-12-31")
    #expect(Day("2025-03-20")?.number == 20_167)
  }

  @Test(
    "A text that is no day is none",
    arguments: [
      "", "2025", "2025-02", "2025-02-30", "2025-13-01", "2025-00-10", "2025-02-00", "2025-02-08T00:00:00",
      "08.02.2025",
      "2025/02/08", "-2025-02-08", "2025-02-", "0000-01-01", "10000-01-01", "2025-+2-08", "2025-02-+8",
    ])
  func noDay(text: String) {
    #expect(Day(text) == nil)
  }

  @Test(
    "A month is four digits and two",
    arguments: [
      ("2025-02", "2025-02"), ("2025-12", "2025-12"), ("2025-2", nil), ("2025-00", nil), ("2025-13", nil),
      ("25-02", nil), ("2025-02-01", nil), ("202502", nil), ("2025-+2", nil), ("+025-02", nil), ("", nil),
    ] as [(String, String?)])
  func month(text: String, expected: String?) {
    #expect(Month(text)?.description == expected)
  }

  @Test(
    "Months go on across the year's end",
    arguments: [
      ("2025-01", -1, "2024-12"), ("2024-12", 1, "2025-01"), ("2025-03", -14, "2024-01"), ("2025-02", 0, "2025-02"),
    ])
  func advanced(text: String, by months: Int, expected: String) throws {
    #expect(try #require(Month(text)).advanced(by: months).description == expected)
  }

  @Test("A month knows its first and last day")
  func period() throws {
    let february = try #require(Month("2024-02")).period
    #expect(february.first.description == "2024-02-01")
    #expect(february.last.description == "2024-02-29")
    #expect(february.dayCount == 29)
    #expect(february.contains(try #require(Day("2024-02-29"))))
    #expect(!february.contains(try #require(Day("2024-03-01"))))
  }

  @Test("A period does not run backwards, and one day is a period")
  func backwards() throws {
    let first = try #require(Day("2025-01-31"))
    let last = try #require(Day("2025-02-27"))
    #expect(BillingPeriod(from: last, through: first) == nil)
    #expect(BillingPeriod(from: first, through: last)?.dayCount == 28)
    #expect(BillingPeriod(from: first, through: first)?.dayCount == 1)
  }
}
