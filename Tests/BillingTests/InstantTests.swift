import Billing
import Testing

@Suite("Instants")
struct InstantTests {
  @Test(
    "Every spelling of a time that was seen is understood (contract §4)",
    arguments: [
      ("2025-02-08T22:40:37.5897767Z", "2025-02-08T22:40:37.5897767Z"),
      ("2025-02-08T22:40:37Z", "2025-02-08T22:40:37Z"),
      ("2025-02-08T22:40:37", "2025-02-08T22:40:37Z"),
      ("2025-02-08T22:40:37+00:00", "2025-02-08T22:40:37Z"),
      ("2025-02-08T22:40:37-08:00", "2025-02-09T06:40:37Z"),
      ("2025-02-08T02:40:37+05:30", "2025-02-07T21:10:37Z"),
      ("2025-02-08T22:40:37.5Z", "2025-02-08T22:40:37.5Z"),
      ("2025-02-08T22:40:37.0000000Z", "2025-02-08T22:40:37Z"),
      ("2025-02-08T22:40:37.123456789Z", "2025-02-08T22:40:37.1234567Z"),
      ("2025-02-08", "2025-02-08T00:00:00Z"),
      ("2025-02-08T22:40Z", "2025-02-08T22:40:00Z"),
      ("2022-06-1T10-01-03.4Z", "2022-06-01T10:01:03.4Z"),
      ("2019-02-04TT18:59:52Z", "2019-02-04T18:59:52Z"),
      ("2019-02-04T18: 59: 52.1932Z", "2019-02-04T18:59:52.1932Z"),
      ("2019-02-04T18 :59:52Z", "2019-02-04T18:59:52Z"),
      ("2024-02-29T23:59:59.9999999Z", "2024-02-29T23:59:59.9999999Z"),
      ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z"),
    ])
  func understood(text: String, expected: String) throws {
    guard case .instant(let instant) = Instant.reading(text) else {
      Issue.record("\(text) was not understood")
      return
    }
    #expect(instant.description == expected)
    #expect(Instant.reading(instant.description) == .instant(instant))
  }

  @Test(
    "The sentinel and an empty text mean: not set",
    arguments: [
      "", "0001-01-01T00:00:00", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+00:00", "0001-01-01T00:00:00-08:00",
      "0001-01-01T00:00:00+08:00", "0001-01-01",
    ])
  func absent(text: String) {
    #expect(Instant.reading(text) == .absent)
  }

  @Test(
    "Years from 9999 on mean: no end",
    arguments: [
      "9999-12-10T00:00:00Z", "9999-12-31T23:59:59.9999999", "9999-01-01", "9999-12-10T23:59:59.0000000-08:00",
    ])
  func noEnd(text: String) {
    #expect(Instant.reading(text) == .instant(.distantFuture))
    #expect(Instant.distantFuture.description == "9999-01-01T00:00:00Z")
  }

  @Test(
    "What is no time is kept as it is",
    arguments: [
      "tomorrow", "2025-02-30T00:00:00Z", "2025-02-08T24:00:00Z", "2025-02-08T22:60:00Z", "2025-02-08T22:40:61Z",
      "2025-02-08T22:40:37.Z", "2025-02-08T22:40:37ZZ", "2025-02-08T22:40:37+8", "08/02/2025", "20250208",
      "2025-02-08T",
      "25-02-08", "2025-02-08X22:40:37Z", "2025-02-08T22:40:37+00:00 UTC", "null",
    ])
  func unreadable(text: String) {
    #expect(Instant.reading(text) == .unreadable(text))
  }

  @Test("An instant knows its day, before 1970, too")
  func day() throws {
    guard case .instant(let instant) = Instant.reading("1969-12-31T00:00:00Z") else {
      Issue.record("not understood")
      return
    }
    #expect(instant.seconds == -86_400)
    #expect(instant.day.description == "1969-12-31")
    #expect(instant.advanced(bySeconds: -1).day.description == "1969-12-30")
    #expect(Instant(try #require(Day("2025-03-20"))).seconds == 1_742_428_800)
  }
}
