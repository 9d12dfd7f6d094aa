import Billing
import Reconciliation
import Testing

@Suite("What was bought is billed")
struct PurchaseBillTests {
  @Test(
    "The first charge bills the price seen, by any documented rounding",
    arguments: [
      ("10.08", "10.08", "10", "100.80", nil), ("10.08", "11.08", "10", "110.80", "100.80"),
      ("10.08", "9.08", "10", "90.80", "100.80"),
      // 10.0855 × 3 = 30.2565: product 30.25, unit 10.08 × 3 = 30.24.
      ("10.0855", "10.0855", "3", "30.25", nil), ("10.0855", "10.08", "3", "30.24", nil),
      ("10.0855", "10.09", "3", "30.27", "30.25"),
      // The arithmetic of the line is another rule's matter.
      ("0", "0", "25", "0", nil),
    ] as [(String, String, String, String, String?)])
  func price(seen: String, charged: String, quantity: String, subtotal: String, expected: String?) throws {
    let result = try tie(
      [seats(price: charged, quantity, subtotal: subtotal)], bought: [purchase([boughtSeats(quantity, at: seen)])],
      orders: [seatsOrdered(quantity, at: seen)], subscriptions: [subscription(quantity: quantity)])
    guard let expected else {
      #expect(result.mismatches.isEmpty)
      #expect(result.outcomes == [.tied])
      return
    }
    let mismatch = try result.only(.purchasePrice)
    #expect(mismatch.expected == (try amount(expected)))
    #expect(mismatch.actual == (try amount(subtotal)))
    #expect(mismatch.cause == "A unit was bought at \(seen) EUR, and \(charged) is charged.")
    #expect(result.outcomes == [.mismatched])
  }

  @Test("A whole year that is paid at once: 120.96 × 10 = 1209.60")
  func prepaid() throws {
    func tied(_ price: String, _ subtotal: String) throws -> PartitionResult {
      var line = try boughtSeats(at: "120.96")
      line.billingCycle = "annual"
      let charge = try seats(price: price, "10", subtotal: subtotal) {
        $0.billingFrequency = "Annual"
        $0.chargeEnd = try day("2026-01-31")
      }
      return try tie([charge], bought: [purchase([line])], orders: [seatsOrdered(at: "120.96")])
    }
    #expect(try tied("120.96", "1209.60").mismatches.isEmpty)
    #expect(try tied("130.96", "1309.60").only(.purchasePrice).difference == amount("-100"))
  }

  @Test("A part of a cycle is noted: 10.08 ÷ 28 × 19 = 6.84 for 19 days of February")
  func prorated() throws {
    let charge = try seats(price: "6.84", "10", subtotal: "68.40") { $0.chargeStart = try day("2025-02-10") }
    let result = try tie([charge], bought: [purchase([boughtSeats()])], orders: [seatsOrdered()])
    #expect(result.mismatches.isEmpty)
    #expect(result.outcomes == [.noted])
    #expect(result.ties[0].notes == ["19 days of a cycle: not compared with the price when bought"])
  }

  @Test(
    "Priced in dollars and billed in euros: compared in dollars, never across",
    arguments: [
      // 400 × 4 × 0.92 = 1472; 410 × 4 × 0.92 = 1508.80
      ("USD", "400", "1472", [Tie.Outcome.tied], nil), ("USD", "410", "1508.80", [.mismatched], "1472"),
      ("EUR", "400", "1472", [.noted], nil), (nil, "400", "1472", [.noted], nil),
    ] as [(String?, String, String, [Tie.Outcome], String?)])
  func rate(seen: String?, price: String, subtotal: String, outcomes: [Tie.Outcome], expected: String?) throws {
    let line = Purchase.Line(
      offer: "\(Known.reservation):DZH318Z08B5V", quantity: try amount("4"), billingCycle: "one_time", group: "0",
      currency: seen.flatMap { Currency($0) }, pricing: CartPricing(price: try amount("400")))
    let charge = try reservation(price: price, "4", subtotal: subtotal) {
      $0.pricingCurrency = try .code("USD")
      $0.rate = try amount("0.92")
    }
    let artifact = Entitlement.Reservation(
      order: try #require(ReservationOrderID(Known.reservationOrder)), quantity: try amount("4"))
    let result = try tie(
      [charge], bought: [purchase([line])], orders: [reservationOrder()],
      entitlements: [
        entitlement(of: Known.reservation, quantity: "4", type: "reservedinstance", reservations: [artifact])
      ]
    )
    #expect(result.outcomes == outcomes)
    #expect(result.causes == (expected == nil ? [] : [.purchasePrice]))
    #expect(result.mismatches.first?.expected == (try printed(expected)))
  }

  @Test(
    "A product in two parts bills its price in two parts (O7): 7.08 + 3.00 = 10.08",
    arguments: [("3", "30", [Rule]()), ("4", "40", [.purchasePrice])])
  func parts(price: String, subtotal: String, causes: [Rule]) throws {
    let charges = [
      try seats(price: "7.08", "10", subtotal: "70.80") { $0.skuName = "Microsoft 365 E5" },
      try seats(price: price, "10", subtotal: subtotal) { $0.skuName = "Microsoft 365 E5 telecom" },
    ]
    let result = try tie(charges, bought: [purchase([boughtSeats()])], orders: [seatsOrdered()])
    #expect(result.causes == causes)
    #expect(result.mismatches.map(\.difference) == (causes.isEmpty ? [] : [try amount("-10")]))
  }

  @Test("An order of another price is the cause, and its charge follows it")
  func orderedDearer() throws {
    let result = try tie(
      [seats(price: "11.08", "10", subtotal: "110.80")], bought: [purchase([boughtSeats()])],
      orders: [seatsOrdered(at: "11.08")])
    #expect(try result.cause(.purchaseOrder, with: [.purchasePrice]).difference == amount("-10"))
  }

  @Test(
    "More or fewer billed than bought: where they part is the cause",
    arguments: [
      ("10", "10", "100.80", nil, nil), ("12", "12", "120.96", Rule.purchaseOrder, "-20.16"),
      ("10", "12", "120.96", .quantityOrdered, "-20.16"), ("10", "8", "80.64", .quantityOrdered, "20.16"),
    ] as [(String, String, String, Rule?, String?)])
  func quantity(ordered: String, billed: String, subtotal: String, cause: Rule?, difference: String?) throws {
    let result = try tie(
      [seats(price: "10.08", billed, subtotal: subtotal)], bought: [purchase([boughtSeats()])],
      orders: [seatsOrdered(ordered)], subscriptions: [subscription(quantity: billed)])
    guard let cause else {
      #expect(result.mismatches.isEmpty)
      return
    }
    let mismatch = try result.cause(cause, with: [.purchaseQuantity])
    #expect(mismatch.difference == (try printed(difference)))
    #expect(result.mismatches.first { $0.rule == .purchaseQuantity }?.difference == mismatch.difference)
  }

  @Test("Where seats changed since, the first charge still bills what was bought")
  func changedSince() throws {
    let charges = [
      try seats(price: "10.08", "12", subtotal: "120.96"),
      try seats("addQuantity", price: "-10.08", "12", subtotal: "-120.96"),
      try seats("addQuantity", price: "10.08", "13", subtotal: "131.04"),
    ]
    let result = try tie(
      charges, bought: [purchase([boughtSeats()])], orders: [seatsOrdered()],
      subscriptions: [subscription(quantity: "13")])
    #expect(try result.only(.purchaseQuantity).difference == amount("-20.16"))
  }

  @Test("A charge that was credited and billed again counts once")
  func rebilled() throws {
    let reference = ReferenceID("9f0a2f5c")
    let charges = try ["100.80", "-100.80", "100.80"].map { subtotal in
      try seats(price: subtotal.hasPrefix("-") ? "-10.08" : "10.08", "10", subtotal: subtotal) {
        $0.reference = reference
      }
    }
    let result = try tie(charges, bought: [purchase([boughtSeats()])], orders: [seatsOrdered()])
    #expect(!result.causes.contains(.purchaseQuantity))
    #expect(!result.causes.contains(.purchasePrice))
  }

  @Test("A renewal bills by the prices of its day")
  func renewal() throws {
    let charges = [
      try seats(price: "10.08", "10", subtotal: "100.80"), try seats("renew", price: "11.08", "10", subtotal: "110.80"),
    ]
    #expect(
      try tie(charges, bought: [purchase([boughtSeats()])], orders: [seatsOrdered()]).mismatches.isEmpty)
  }

  @Test("The order in which carts were bought changes nothing")
  func ingestionOrder() throws {
    let first = try purchase([boughtSeats()], cart: "k-1")
    let second = try purchase([boughtSeats()], cart: "k-2", at: "2025-02-01T10:05:00Z", order: "o-2")
    let orders = [try seatsOrdered(), try seatsOrdered(id: "o-2", alternate: nil, subscription: "s-2")]
    let charges = [try seats(price: "11.08", "10", subtotal: "110.80")]
    let forwards = try tie(charges, bought: [first, second], orders: orders)
    let backwards = try tie(charges, bought: [second, first], orders: orders.reversed())
    #expect(Set(forwards.mismatches) == Set(backwards.mismatches))
    #expect(forwards.ties == backwards.ties)
  }
}
