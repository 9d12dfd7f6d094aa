import Billing
import Testing

@Suite("The published rounding vectors (reconciliation rules §6.2)")
struct AmountRoundingTests {
  struct Vector: Sendable, CustomTestStringConvertible {
    var name: String
    var price: String
    /// What the price is multiplied by before it is divided: billing days, or a discount's rest.
    var days: String
    /// Charge-cycle days.
    var cycle: String
    var quantity: String
    /// Truncated per unit, then multiplied; "" where the table has none.
    var unit: String
    /// Multiplied, then truncated.
    var product: String
    /// Multiplied, then rounded half up.
    var halfUp: String

    var testDescription: String { "\(name): \(price) × \(days) ÷ \(cycle) × \(quantity)" }

    init(_ name: String, _ price: String, _ days: String, _ cycle: String, _ quantity: String, _ results: [String]) {
      self.name = name
      self.price = price
      self.days = days
      self.cycle = cycle
      self.quantity = quantity
      unit = results[0]
      product = results[1]
      halfUp = results[2]
    }
  }

  static let vectors: [Vector] = [
    Vector("add seats, refund", "10.08", "28", "30", "-10", ["-94.00", "-94.08", "-94.08"]),
    Vector("add seats, charge", "10.08", "28", "30", "12", ["112.80", "112.89", "112.90"]),
    Vector("remove seats", "10.08", "28", "30", "8", ["75.20", "75.26", "75.26"]),
    Vector("March table", "12", "29", "31", "-10", ["-112.20", "-112.25", "-112.26"]),
    Vector("March table", "12", "29", "31", "15", ["168.30", "168.38", "168.39"]),
    Vector("March table", "12", "26", "31", "-15", ["-150.90", "-150.96", "-150.97"]),
    Vector("March table", "12", "26", "31", "25", ["251.50", "251.61", "251.61"]),
    Vector("March table", "12", "24", "31", "-25", ["-232.25", "-232.25", "-232.26"]),
    Vector("March table", "12", "24", "31", "23", ["213.67", "213.67", "213.68"]),
    Vector("March table", "12", "22", "31", "-23", ["-195.73", "-195.87", "-195.87"]),
    Vector("March table", "12", "22", "31", "20", ["170.20", "170.32", "170.32"]),
    Vector("March table", "12", "11", "31", "-20", ["-85.00", "-85.16", "-85.16"]),
    Vector("March table", "12", "11", "31", "30", ["127.50", "127.74", "127.74"]),
    Vector("cancel after 2 days", "10.08", "29", "31", "-10", ["-94.20", "-94.29", "-94.30"]),
    Vector("full upgrade, refund", "10.08", "23", "30", "-300", ["-2316.00", "-2318.40", "-2318.40"]),
    Vector("full upgrade, charge", "6.43", "23", "30", "300", ["1476.00", "1478.90", "1478.90"]),
    Vector("price tier with 15 % PEC", "2.99", "0.85", "1", "32", ["81.28", "81.32", "81.33"]),
    Vector("Azure plan", "29", "0.868", "1", "0.85", ["", "21.39", "21.40"]),
    Vector("Azure plan", "210.950039", "0.868", "1", "0.85", ["", "155.63", "155.64"]),
    Vector("Azure plan", "555.950039", "0.868", "1", "0.85", ["", "410.17", "410.18"]),
    Vector("legacy Azure", "0.085", "1", "1", "745", ["", "63.32", "63.33"]),
    Vector("no proration", "120.96", "1", "1", "10", ["1209.60", "1209.60", "1209.60"]),
    Vector("monthly to annual plan", "229.16", "1", "1", "10", ["2291.60", "2291.60", "2291.60"]),
  ]

  @Test("Each vector gives the table's three columns", arguments: vectors)
  func columns(vector: Vector) throws {
    let price = try Amount(vector.price)
    let days = try Amount(vector.days)
    let cycle = try Amount(vector.cycle)
    let quantity = try Amount(vector.quantity)

    #expect(
      try Amount.product(price, days, quantity, over: cycle, digits: 2, .truncated) == Amount(vector.product))
    #expect(try Amount.product(price, days, quantity, over: cycle, digits: 2, .halfUp) == Amount(vector.halfUp))
    if !vector.unit.isEmpty {
      let perUnit = try Amount.product(price, days, over: cycle, digits: 2, .truncated)
      #expect(try Amount.product(perUnit, quantity, digits: 2, .truncated) == Amount(vector.unit))
    }
  }

  @Test("Prorating is divided once and last: 10.08 × 28 × 10 ÷ 30 is 94.08, not ten times a rounded price")
  func dividedOnce() throws {
    let exact = try Amount.product(
      Amount("10.08"), Amount(28), Amount(10), over: Amount(30), digits: 4, .truncated)
    #expect(exact == (try Amount("94.08")))
    // 12 ÷ 31 does not end: where 168.38 is right, prorating first loses cents at 4 digits and pounds at 2.
    let daily = try Amount.product(Amount(12), .one, over: Amount(31), digits: 4, .truncated)
    #expect(try Amount.product(daily, Amount(29), Amount(15), digits: 2, .truncated) == Amount("168.34"))
    let dailyShort = try Amount.product(Amount(12), .one, over: Amount(31), digits: 2, .truncated)
    #expect(try Amount.product(dailyShort, Amount(29), Amount(15), digits: 2, .truncated) == Amount("165.30"))
  }

  @Test("A year's rest is priced by months: 250 ÷ 12 × 11, not by days")
  func planChange() throws {
    #expect(
      try Amount.product(Amount(250), Amount(11), over: Amount(12), digits: 2, .truncated) == Amount("229.16"))
    #expect(
      try Amount.product(Amount(250), Amount(335), over: Amount(365), digits: 2, .truncated) == Amount("229.45"))
  }

  @Test(
    "The printed effective unit price of an Azure plan is cost ÷ quantity at 15 digits",
    arguments: [
      ("21.39", "29", "0.737586206896552"),
      ("155.63", "210.950039", "0.737757626107858"),
      ("410.17", "555.950039", "0.737782122900436"),
    ])
  func effectiveUnitPrice(cost: String, quantity: String, printed: String) throws {
    let price = try Amount.product(Amount(cost), .one, over: Amount(quantity), digits: 15, .halfUp)
    #expect(price == (try Amount(printed)))
  }

  @Test("Tax by line and tax on the total differ by a cent: 0.98 + 1.03 against 2.00")
  func taxOnTotal() throws {
    let rate = try Amount("0.10")
    let first = try Amount.product(Amount("9.75"), rate, digits: 2, .halfUp)
    let second = try Amount.product(Amount("10.25"), rate, digits: 2, .halfUp)
    #expect(first == (try Amount("0.98")))
    #expect(second == (try Amount("1.03")))
    #expect(try first + second == Amount("2.01"))
    #expect(try Amount.product(Amount("9.75") + Amount("10.25"), rate, digits: 2, .halfUp) == Amount("2.00"))
  }

  @Test("The documented sums hold to the cent")
  func goldenSums() throws {
    #expect(try Amount("470.67") + Amount("28.72") + Amount("1577.24") == Amount("2076.63"))
    #expect(try Amount("202955.87") + Amount("548138.52") == Amount("751094.39"))
    // Seats at the period's end, rules §7.4 O2: refunds against charges of the March table.
    let charged = [10, 15, 25, 23, 20, 30].map { Amount($0) }
    let refunded = [10, 15, 25, 23, 20].map { Amount($0) }
    var seats = Amount.zero
    for quantity in charged { seats = try seats + quantity }
    for quantity in refunded { seats = try seats - quantity }
    #expect(seats == Amount(30))
  }

  @Test(
    "Truncating goes towards zero and half up away from it, on both sides of zero",
    arguments: [
      ("63.325", "63.32", "63.33"),
      ("-63.325", "-63.32", "-63.33"),
      ("-112.258", "-112.25", "-112.26"),
      ("0.004999", "0", "0"),
      ("-0.004999", "0", "0"),
      ("0.005", "0", "0.01"),
      ("-0.005", "0", "-0.01"),
      ("99.995", "99.99", "100"),
      ("-99.995", "-99.99", "-100"),
      ("16", "16", "16"),
      ("1329.7525", "1329.75", "1329.75"),
    ])
  func bothSides(text: String, truncated: String, halfUp: String) throws {
    let amount = try Amount(text)
    #expect(amount.rounded(digits: 2, .truncated) == (try Amount(truncated)))
    #expect(amount.rounded(digits: 2, .halfUp) == (try Amount(halfUp)))
  }
}
