import Billing
import Reconciliation
import Testing

@Suite("The quantity billed is the quantity ordered, and the quantity delivered (O2–O4, O7)")
struct QuantityTests {
  @Test(
    "One line of software",
    arguments: [
      ("10", "2500", "10", "10", nil, nil),
      ("12", "3000", "10", "10", Rule.quantityOrdered, "-500"),
      ("8", "2000", "10", "10", .quantityOrdered, "500"),
      ("10", "2500", "10", "8", .quantityEntitled, "-500"),
      ("12", "3000", "10", "8", .quantityOrdered, "-500"),
    ] as [(String, String, String, String, Rule?, String?)])
  func software(
    billed: String, subtotal: String, ordered: String, entitled: String, rule: Rule?, difference: String?
  ) throws {
    let result = try tie(
      [ReconciliationTests.software(billed, subtotal: subtotal)], orders: [softwareOrder(ordered)],
      entitlements: [entitlement(quantity: entitled)])
    guard let rule else {
      #expect(result.mismatches.isEmpty)
      return
    }
    #expect(try result.only(rule).difference == printed(difference))
  }

  @Test("A reservation counts what its artifacts hold; details that were not read prove nothing wrong")
  func reservations() throws {
    func tied(_ quantities: [Amount?]) throws -> PartitionResult {
      let id = try #require(ReservationOrderID(Known.reservationOrder))
      let artifacts = quantities.map { Entitlement.Reservation(order: id, quantity: $0) }
      return try tie(
        [reservation("4", subtotal: "1600")], orders: [reservationOrder()],
        entitlements: [
          entitlement(of: Known.reservation, quantity: "4", type: "reservedinstance", reservations: artifacts)
        ])
    }
    #expect(try tied([Amount(4)]).mismatches.isEmpty)
    #expect(try tied([Amount(3), Amount(1)]).mismatches.isEmpty)
    #expect(try tied([nil]).mismatches.isEmpty)
    #expect(try tied([Amount(3)]).only(.quantityEntitled).difference == amount("-400"))
  }

  @Test("Several lines of one product are told apart by availability, then by quantity, else summed")
  func severalLines() throws {
    func tied(_ charges: [Charge], offers: [(String, String)]) throws -> PartitionResult {
      let lines = try offers.map { try line("\(Known.software):\($0.0)", $0.1, price: "250") }
      let entitlements = try offers.indices.map { try entitlement(line: $0, quantity: offers[$0].1) }
      return try tie(charges, orders: [order(cycle: "one_time", lines: lines)], entitlements: entitlements)
    }
    func charge(_ quantity: String, _ subtotal: String, availability: String? = nil) throws -> Charge {
      try ReconciliationTests.software(quantity, subtotal: subtotal) {
        $0.availability = availability.flatMap { AvailabilityID($0) }
      }
    }
    let byAvailability = try tied(
      [charge("4", "1000", availability: "DG7B"), charge("6", "1500", availability: "dg7a")],
      offers: [("DG7A", "6"), ("DG7B", "4")])
    #expect(byAvailability.mismatches.isEmpty)
    #expect(byAvailability.ties.map(\.orderLine) == [1, 0])
    // The sums agree, the lines do not.
    let swapped = try tied(
      [charge("4", "1000", availability: "DG7A"), charge("6", "1500", availability: "DG7B")],
      offers: [("DG7A", "6"), ("DG7B", "4")])
    #expect(swapped.causes == [.quantityOrdered, .quantityOrdered])

    let byQuantity = try tied([charge("4", "1000"), charge("6", "1500")], offers: [("DG7A", "6"), ("DG7A", "4")])
    #expect(byQuantity.ties.map(\.orderLine) == [1, 0])
    #expect(byQuantity.mismatches.isEmpty)

    let bySum = try tied([charge("3", "750"), charge("7", "1750")], offers: [("DG7A", "6"), ("DG7A", "4")])
    #expect(bySum.ties.map(\.orderLine) == [nil, nil])
    #expect(bySum.mismatches.isEmpty)

    let tooMany = try tied([charge("6", "1500"), charge("7", "1750")], offers: [("DG7A", "6"), ("DG7A", "4")])
    let mismatch = try tooMany.only(.quantityOrdered)
    #expect(mismatch.difference == (try amount("-750")))
    #expect(mismatch.cause == "13 are billed, 10 were ordered with order \(Known.order).")
  }

  @Test("Seats that were wiped and recreated are not two purchases (M17, M18)")
  func wiped() throws {
    let charges = try [
      seats(price: "10.08", "10", subtotal: "100.8"),
      seats("addQuantity", price: "-9.408", "10", subtotal: "-94.08"),
      seats("addQuantity", price: "9.408", "12", subtotal: "112.89"),
    ]
    let result = try tie(charges, orders: [seatOrder()], subscriptions: [subscription(quantity: "12")])
    #expect(result.mismatches.isEmpty)
    #expect(result.outcomes == [.tied, .tied, .tied])
  }

  @Test("Seats without events are as many as ordered")
  func seatsOrdered() throws {
    let result = try tie(
      [seats(price: "10", "12", subtotal: "120")], orders: [seatOrder()], subscriptions: [subscription()])
    #expect(try result.only(.quantityOrdered).difference == amount("-20"))
  }

  @Test("A cancelled order line has quantity 0 and keeps its charge and its refund (M22–M24)")
  func cancelled() throws {
    let bought = try seats(price: "10.08", "10", subtotal: "100.8", on: Known.january)
    let refund = try seats("cancelImmediate", price: "-9.429677419354839", "10", subtotal: "-94.2")
    let gone = try subscription(status: "deleted")
    for charges in [[bought, refund], [bought], [refund]] {
      #expect(try tie(charges, orders: [seatOrder("0")], subscriptions: [gone]).mismatches.isEmpty)
    }
  }

  @Test("Software that was given back in part is compared net")
  func netQuantity() throws {
    let charges = try [
      ReconciliationTests.software("10", subtotal: "2500"),
      ReconciliationTests.software("cancelImmediate", price: "-250", "3", subtotal: "-750"),
    ]
    let entitled = try entitlement(quantity: "7")
    #expect(try tie(charges, orders: [softwareOrder("7")], entitlements: [entitled]).mismatches.isEmpty)
    #expect(
      try tie(charges, orders: [softwareOrder("6")], entitlements: [entitled]).causes == [.quantityOrdered])
  }

  @Test(
    "The two parts of an E5-like product are as many as its one order line each (M26, O7)",
    arguments: ["0001", "0002"])
  func parts(sku: String) throws {
    let voice = try seats(price: "1", "10", subtotal: "10") {
      $0.sku = SkuID(sku)
      $0.meterDescription = "Audio Conferencing"
    }
    let whole = try seats(price: "9", "10", subtotal: "90")
    let result = try tie([whole, voice], orders: [seatOrder()], subscriptions: [subscription()])
    #expect(result.mismatches.isEmpty)
  }

  @Test("Another SKU alone is no second part")
  func otherSKU() throws {
    let charge = try seats(price: "10", "10", subtotal: "100") { $0.sku = SkuID("0002") }
    #expect(
      try tie([charge], orders: [seatOrder()], subscriptions: [subscription()]).causes.contains(.orderLineMissing))
  }

  @Test("A free line beside a paid one counts, whichever comes first")
  func freeLine() throws {
    let charges = try [
      ReconciliationTests.software(price: "0", "2", subtotal: "0"), ReconciliationTests.software("8", subtotal: "2000"),
    ]
    for ordered in [charges, charges.reversed()] {
      #expect(
        try tie(ordered, orders: [softwareOrder("10")], entitlements: [entitlement()]).mismatches.isEmpty)
      #expect(
        try tie(ordered, orders: [softwareOrder("9")], entitlements: [entitlement()]).causes == [.quantityOrdered])
    }
  }
}
