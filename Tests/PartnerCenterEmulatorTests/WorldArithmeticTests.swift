import Testing

@testable import PartnerCenterEmulator

@Suite("The world's own arithmetic")
struct WorldArithmeticTests {
  /// Golden vectors of reconciliation.md §6.2: price ÷ cycle days × days × quantity, truncated once.
  @Test(
    "Seats are prorated before anything is cut off",
    arguments: [
      (1008, 28, 30, -10, "-94.08"),
      (1008, 28, 30, 12, "112.89"),
      (1200, 29, 31, -10, "-112.25"),
      (1200, 26, 31, 25, "251.61"),
      (1200, 11, 31, 30, "127.74"),
    ])
  func proration(cents: Int, days: Int, cycleDays: Int, quantity: Int, expected: String) {
    let whole = World.Exact(cents: cents) * World.Exact(days) * World.Exact(quantity)
    #expect(whole.dividedTruncating(by: World.Exact(cycleDays), digits: 2).text == expected)
  }

  @Test("Prices per unit carry 15 digits", arguments: [("21.39", 29, "0.737586206896552"), ("16", 1, "16")])
  func pricePerUnit(cost: String, quantity: Int, expected: String) {
    let exact = cost == "16" ? World.Exact(16) : World.Exact(cents: 2139)
    #expect(exact.dividedTo15Digits(by: World.Exact(quantity)).text == expected)
  }

  @Test(
    "Rounding half up and cutting off differ on both sides of zero",
    arguments: [
      (63_325, 3, "63.32", "63.33"), (-112_258, 3, "-112.25", "-112.26"), (5, 3, "0", "0.01"), (7, 0, "7", "7"),
    ])
  func rounding(mantissa: Int, scale: Int, truncated: String, halfUp: String) {
    let value = World.Exact(mantissa: Int128(mantissa), scale: scale)
    #expect(value.truncated(2).text == truncated)
    #expect(value.roundedHalfUp(2).text == halfUp)
  }

  @Test("A binary double shows in the seventeenth digit")
  func binaryArtefact() {
    #expect(World.Exact(cents: 1722).binaryArtefact == "17.219999999999999")
    #expect(World.Exact(cents: 1700).binaryArtefact == nil)
  }

  @Test("Tax is cut off on each line, or rounded on the total")
  func tax() {
    #expect(World.Money.all[World.Money.pound].taxOfLine(World.Exact(cents: 33)).text == "0.06")
    #expect(World.Money.all[World.Money.euro].taxOfLine(World.Exact(cents: -9999)).text == "-18.99")
    #expect(World.Money.all[World.Money.australianDollar].taxOfTotal(World.Exact(cents: 2005)).text == "2.01")
  }

  /// The month-end tables of reconciliation.md §4.
  @Test(
    "Cycles end as the month-end tables say",
    arguments: [
      (31, World.SeatPlan.Term.month, ["2025-01-31 2025-02-27", "2025-02-28 2025-03-27"]),
      (31, .year, ["2025-01-31 2025-02-27", "2025-02-28 2025-03-30"]),
      (30, .month, ["2025-01-30 2025-02-27", "2025-02-28 2025-03-27"]),
      (30, .year, ["2025-01-30 2025-02-26", "2025-02-27 2025-03-29"]),
      (15, .month, ["2025-01-15 2025-02-14", "2025-02-15 2025-03-14", "2025-03-15 2025-04-14"]),
    ])
  func cycles(day: Int, term: World.SeatPlan.Term, expected: [String]) {
    let plan = World.SeatPlan(
      customer: 0, product: World.seats[0], quantity: 1, bought: World.Day(2025, 1, day), term: term)
    let cycles = World.cycles(plan, until: World.Day(2025, 3, 20))
    #expect(cycles.map { "\($0.from.text) \($0.through.text)" } == expected)
  }

  @Test(
    "Days and dates agree",
    arguments: [
      (1970, 1, 1, 0), (2000, 2, 29, 11_016), (2024, 12, 31, 20_088), (2025, 3, 20, 20_167),
    ])
  func days(year: Int, month: Int, day: Int, number: Int) {
    let value = World.Day(year, month, day)
    #expect(value.number == number)
    #expect(value.civil == (year, month, day))
  }

  @Test("Text is escaped as JSON wants it")
  func escaping() {
    let text = World.JSONText.object { $0.string("a", "The \"Old\\Mill\"\n\u{1}ü") }
    #expect(text == "{\"a\":\"The \\\"Old\\\\Mill\\\"\\n\\u0001ü\"}")
  }
}
