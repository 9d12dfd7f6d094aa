import Billing
import Reconciliation
import Testing

@Suite("A line's amount follows from its figures by a documented rounding")
struct LineAmountTests {
  /// A row of the table of §6.2 as the line that the service would print for it.
  struct Vector: Sendable, CustomTestStringConvertible {
    var name: String
    var price: String
    var quantity: String
    var subtotal: String
    var formula: String

    var testDescription: String { "\(name): \(price) × \(quantity) = \(subtotal)" }

    init(_ name: String, _ price: String, _ quantity: String, _ subtotal: String, _ formula: String) {
      self.name = name
      self.price = price
      self.quantity = quantity
      self.subtotal = subtotal
      self.formula = formula
    }
  }

  static let seatVectors: [Vector] = [
    Vector("add seats, refund", "-9.408", "10", "-94.08", "product"),
    Vector("add seats, charge", "9.408", "12", "112.89", "product"),
    Vector("add seats, the text", "9.408", "12", "112.8", "unit price truncated"),
    Vector("remove seats", "9.408", "8", "75.26", "product"),
    Vector("March, 29 days", "-11.225806451612903", "10", "-112.25", "product"),
    Vector("March, 29 days", "11.225806451612903", "15", "168.38", "product"),
    Vector("March, 26 days", "-10.064516129032258", "15", "-150.96", "product"),
    Vector("March, 26 days", "10.064516129032258", "25", "251.61", "product"),
    Vector("March, 24 days", "-9.290322580645161", "25", "-232.25", "product"),
    Vector("March, 24 days", "9.290322580645161", "23", "213.67", "product"),
    Vector("March, 22 days", "-8.516129032258065", "23", "-195.87", "product"),
    Vector("March, 22 days", "8.516129032258065", "20", "170.32", "product"),
    Vector("March, 11 days", "-4.258064516129032", "20", "-85.16", "product"),
    Vector("March, 11 days", "4.258064516129032", "30", "127.74", "product"),
    Vector("cancel after 2 days", "-9.429677419354839", "10", "-94.2", "unit price truncated"),
    Vector("full upgrade, refund", "-7.728", "300", "-2316", "unit price truncated"),
    Vector("full upgrade, charge", "4.929666666666667", "300", "1476", "unit price truncated"),
    Vector("no proration", "120.96", "10", "1209.6", "product"),
    Vector("monthly to annual plan", "229.16", "10", "2291.6", "product"),
  ]

  @Test("The seats of the table, and which rounding gives them", arguments: seatVectors)
  func seatVector(_ vector: Vector) throws {
    let charge = try seats("addQuantity", price: vector.price, vector.quantity, subtotal: vector.subtotal)
    let result = try tied(charge)
    #expect(result.ties[0].formula == vector.formula)
    #expect(result.ties[0].notes.isEmpty)
    #expect(result.mismatches.isEmpty)
  }

  @Test(
    "The consumption of the table, whose price is cost ÷ quantity",
    arguments: [
      Vector("Azure plan", "0.737586206896552", "29", "21.39", "product"),
      Vector("Azure plan", "0.737757626107858", "210.950039", "155.63", "product"),
      Vector("Azure plan", "0.737782122900436", "555.950039", "410.17", "product"),
    ])
  func consumptionVector(_ vector: Vector) throws {
    let charge = try consumption(price: vector.price, vector.quantity, subtotal: vector.subtotal)
    let result = try tied(charge)
    #expect(result.ties[0].formula == vector.formula)
    #expect(result.mismatches.isEmpty)
    // The quotient may have been cut below the cost: then a cent is granted and said.
    let credit = try consumption(
      "customerCredit", price: "-" + vector.price, vector.quantity, subtotal: "-" + vector.subtotal)
    #expect(try tied(credit).mismatches.isEmpty)
  }

  @Test("A price tier is rounded half up: 32 × 2.5415 = 81.33 (M27)")
  func tier() throws {
    let tier = try consumption(price: "2.5415", "32", subtotal: "81.33") {
      $0.priceAdjustmentDescription = #"["15.0% Partner earned credit for services managed", "0.0% Tier 2 Discount"]"#
    }
    let result = try tied(tier)
    #expect(result.ties[0].formula == "half up")
    #expect(result.outcomes == [.tied])
    let free = try consumption(price: "0", "5", subtotal: "0")
    #expect(try tied(free).outcomes == [.tied])
  }

  @Test(
    "A rate multiplies, by any of the three documented orders",
    arguments: [
      // 3.3333 × 7 = 23.3331, × 0.846202666 = 19.7445…
      ("3.3333", "7", "0.846202666", "19.74", "product"),
      // 1.019 × 10 = 10.19, × 3.6731 = 37.4288…; per unit trunc(3.7428…) = 3.74 × 10
      ("1.019", "10", "3.6731", "37.42", "product"),
      ("1.019", "10", "3.6731", "37.4", "unit price truncated"),
      // trunc(1.0199 × 3) = 3.05, × 3.6731 = 11.2029…; whole: 11.2385…
      ("1.0199", "3", "3.6731", "11.2", "product, then rate"),
    ])
  func rate(price: String, quantity: String, rate: String, subtotal: String, formula: String) throws {
    let charge = try seats("cycleCharge", price: price, quantity, subtotal: subtotal) {
      $0.rate = try amount(rate)
      $0.pricingCurrency = try .code("USD")
    }
    #expect(try tied(charge).ties[0].formula == formula)
    #expect(try tied(charge).mismatches.isEmpty)
  }

  @Test("An amount divided by the rate is M14: 100 USD are 367.31 AED, not 27.22")
  func inverseRate() throws {
    let right = try consumption(price: "100", "1", rate: "3.6731", subtotal: "367.31")
    #expect(try tied(right).mismatches.isEmpty)
    let wrong = try consumption(price: "100", "1", rate: "3.6731", subtotal: "27.22")
    let mismatch = try tied(wrong).only(.lineAmount)
    #expect(mismatch.mCode == "M14")
    #expect(mismatch.difference == (try amount("340.09")))
  }

  @Test("A price that the portal shortened is explained by the days: 12 ÷ 31 × 29 prints as 11.23")
  func byDays() throws {
    let charge = try seats("addQuantity", price: "11.23", "15", subtotal: "168.38") {
      $0.unitPrice = try amount("12")
      $0.chargeStart = try day("2025-03-03")
      $0.chargeEnd = try day("2025-03-31")
    }
    let result = try tied(charge)
    #expect(result.ties[0].formula == "unit price by 29 of 31 days")
    #expect(result.outcomes == [.tied])
  }

  @Test("A shortened price is granted half a cent for each seat and a cent, and that is said")
  func shortPrice() throws {
    let charge = try seats("addQuantity", price: "11.23", "10", subtotal: "112.25") { $0.unitPrice = nil }
    let result = try tied(charge)
    #expect(result.outcomes == [.noted])
    #expect(result.ties[0].notes.first?.hasPrefix("0.05 off") == true)
    let far = try seats("addQuantity", price: "11.23", "10", subtotal: "112.2") { $0.unitPrice = nil }
    // 11.22 × 10 would be 112.20: 0.10 off is more than 0.06.
    #expect(try tied(far).only(.lineAmount).difference == amount("0.1"))
  }

  @Test("A list price proves nothing where a discount is charged: 50 × 14.4 is 720, not 800")
  func listPrice() throws {
    func promotion(_ subtotal: String) throws -> PartitionResult {
      try tied(
        seats("cycleCharge", price: "14.4", "50", subtotal: subtotal) { $0.unitPrice = try amount("16") })
    }
    #expect(try promotion("720").outcomes == [.tied])
    #expect(try promotion("800").only(.lineAmount).difference == amount("-80"))
  }

  @Test("A newer list price disturbs nothing (M29)")
  func newerListPrice() throws {
    let charge = try seats("cycleCharge", price: "14.4", "50", subtotal: "720") { $0.unitPrice = try amount("99") }
    #expect(try tied(charge).outcomes == [.tied])
  }

  @Test("The sentinel date beside rate 1 is no rate missing (M16)")
  func sentinelDate() throws {
    let charge = try seats(price: "10", "10", subtotal: "100") {
      $0.rate = nil
      $0.rateDate = nil
    }
    #expect(try tied(charge).outcomes == [.tied])
    let foreign = try consumption(price: "10", "10", subtotal: "100") { $0.rate = nil }
    #expect(try tied(foreign).ties[0].notes == ["not recomputed: no exchange rate is printed"])
  }

  @Test("A cent is granted to consumption, not to seats")
  func cent() throws {
    #expect(try tied(consumption(price: "0.1234567", "100", subtotal: "12.35")).outcomes == [.noted])
    #expect(try tied(consumption(price: "0.1234567", "100", subtotal: "12.36")).causes == [.lineAmount])
    #expect(try tied(seats("cycleCharge", price: "1.23", "10", subtotal: "12.31")).causes == [.lineAmount])
  }

  @Test(
    "Currencies without minor units, and with three, keep the digits that are printed",
    arguments: [
      ("JPY", "1234.5", "3", "3703"), ("JPY", "1234.5", "3", "3703.5"), ("KWD", "1.2345", "10", "12.345"),
      ("KWD", "1.2345", "1", "1.23"), ("VND", "40000000", "12", "480000000"),
    ])
  func digits(code: String, price: String, quantity: String, subtotal: String) throws {
    let charge = try seats("cycleCharge", price: price, quantity, subtotal: subtotal) {
      $0.currency = try .code(code)
      $0.pricingCurrency = $0.currency
    }
    let result = try tie(
      [charge], orders: [seatOrder(quantity)], subscriptions: [subscription(status: "expired")],
      documents: [document(Known.february, currency: code)])
    #expect(result.mismatches.isEmpty)
  }

  @Test("Figures that cannot be multiplied are that line's mismatch, and the others go on")
  func overflow() throws {
    let nines = String(repeating: "9", count: 37)
    let long = try seats("cycleCharge", price: nines, nines, subtotal: "1") { $0.rate = try amount(nines) }
    let result = try tie(
      [long, seats(price: "10", "10", subtotal: "100")], orders: [seatOrder()],
      subscriptions: [subscription(status: "expired")])
    let mismatch = try result.only(.lineAmount)
    #expect(mismatch.expected == nil)
    #expect(mismatch.cause == "The line's figures are too long to be multiplied exactly.")
    #expect(result.outcomes == [.mismatched, .tied])
  }

  @Test("An amount before tax that alone is wrong is one mismatch: the total that disagrees with it hangs beneath")
  func oneCause() throws {
    let charge = try seats("cycleCharge", price: "10", "10", subtotal: "90") {
      $0.tax = try amount("19")
      $0.total = try amount("119")
    }
    let result = try tied(charge)
    let mismatch = try result.only(.lineAmount)
    #expect(result.mismatches.filter { $0.parent == mismatch.id }.map(\.rule) == [.lineTotal])
  }

  // MARK: Legacy, §9

  @Test(
    "Legacy licences: unit price × quantity − discount",
    arguments: [
      ("Cycle fee", "16", "1", "0", "16", Tie.Outcome.tied),
      ("Cycle fee", "16", "10", "8", "152", .tied),
      ("Cancel fee", "-16", "1", "0", "-16", .tied),
      ("Cancel fee", "16", "1", "0", "-16", .tied),
      ("Cycle instance prorate", "1.55", "2", "0", "3.1", .tied),
      ("Cycle instance prorate", "15.62", "2", "0", "31.25", .noted),
      ("Cycle fee", "16", "1", "0", "-16", .mismatched),
      ("Cycle fee", "16", "10", "8", "160", .mismatched),
    ])
  func legacyLicence(
    type: String, price: String, quantity: String, discount: String, subtotal: String, outcome: Tie.Outcome
  ) throws {
    let charge = try licence(type, price: price, quantity, discount: discount, subtotal: subtotal)
    #expect(try tied(charge).outcomes == [outcome])
  }

  @Test("Legacy Azure: list price × overage, half up: 0.085 × 745 = 63.33")
  func legacyAzure() throws {
    func usage(_ subtotal: String) throws -> PartitionResult {
      let charge = try charge(
        "Assess usage fee for current cycle", of: "", price: nil, nil, subtotal: subtotal, on: Known.legacy,
        family: .azure
      ) {
        $0.unitPrice = try amount("0.085")
        $0.subscription = SubscriptionID(Known.subscription)
        $0.azure = Charge.Azure(
          resource: "Compute Hours", region: "EU West", consumed: try amount("750"), included: try amount("5"),
          overage: try amount("745"), detailLine: "1")
      }
      return try tied(charge)
    }
    #expect(try usage("63.33").ties[0].formula == "list price × overage, half up")
    #expect(try usage("63.33").outcomes == [.tied])
    #expect(try usage("63.32").only(.lineAmount).difference == amount("0.01"))
  }

  /// Ties one charge whose order, of a month without an invoice, and subscription are beyond doubt.
  private func tied(_ charge: Charge) throws -> PartitionResult {
    let quantity = charge.billableQuantity?.description ?? "0"
    let bought = try order(
      created: "2024-06-01", lines: [line("\(Known.seats):CFQ7TTC0K971", quantity, subscription: Known.subscription)])
    let running = try subscription(
      quantity: quantity, status: "expired", billingType: charge.category == .azurePlan ? "usage" : "license")
    return try tie([charge], orders: [bought], subscriptions: [running])
  }
}
