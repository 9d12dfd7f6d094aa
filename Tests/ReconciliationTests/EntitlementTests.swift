import Billing
import Reconciliation
import Testing

@Suite("What was charged once was also delivered (§2.2)")
struct EntitlementTests {
  @Test("Software is found by its order's long or short id and the line's number, also where that is “0” (M38)")
  func software() throws {
    let charge = try ReconciliationTests.software("10", subtotal: "2500")
    for entitlement in try [
      entitlement(), entitlement(order: Known.order.lowercased()),
      entitlement(order: nil, alternate: Known.shortOrder), entitlement(order: Known.shortOrder),
      entitlement(line: nil),
    ] {
      let result = try tie([charge], orders: [softwareOrder()], entitlements: [entitlement])
      #expect(result.outcomes == [.tied])
      #expect(result.ties[0].entitlement == Known.order)
    }
  }

  @Test("Nothing delivered, or another line of the order, is a mismatch of the whole charge")
  func missing() throws {
    let charge = try ReconciliationTests.software("10", subtotal: "2500")
    for entitlements in try [[], [entitlement(line: 1)], [entitlement(line: nil, of: "DG7GMGF0XXXX:0005")]] {
      let mismatch = try tie([charge], orders: [softwareOrder()], entitlements: entitlements)
        .only(.entitlementMissing)
      #expect(mismatch.difference == (try amount("-2500")))
    }
  }

  @Test("The included entitlements of a bundle have no line of their own and need none (M37)")
  func bundle() throws {
    let charge = try ReconciliationTests.software("10", subtotal: "2500")
    let bundle = try entitlement(includedCount: 3)
    #expect(try tie([charge], orders: [softwareOrder()], entitlements: [bundle]).mismatches.isEmpty)
  }

  @Test(
    "A reservation is found by its order without the prefix of its place (M40)",
    arguments: [
      "RIOderId" + Known.reservationOrder, Known.reservationOrder.uppercased(), "PCTest" + Known.reservationOrder,
    ])
  func reservation(printed: String) throws {
    let charge = try ReconciliationTests.reservation("4", subtotal: "1600", order: printed)
    let artifact = Entitlement.Reservation(
      order: try #require(ReservationOrderID(Known.reservationOrder)), quantity: Amount(4))
    // The entitlement's own order is unknown: the artifact decides.
    let entitlement = try entitlement(
      order: nil, line: nil, of: Known.reservation, quantity: "4", type: "reservedinstance", reservations: [artifact])
    let result = try tie([charge], orders: [reservationOrder()], entitlements: [entitlement])
    #expect(result.outcomes == [.tied])
    #expect(result.ties[0].entitlement == printed)
  }

  @Test("A reservation without an artifact is found by its order's line, or not at all")
  func reservationByOrder() throws {
    let charge = try ReconciliationTests.reservation("4", subtotal: "1600", order: nil)
    let entitlement = try entitlement(of: Known.reservation, quantity: "4", type: "reservedinstance")
    #expect(
      try tie([charge], orders: [reservationOrder()], entitlements: [entitlement]).outcomes == [.tied])
    #expect(try tie([charge], orders: [reservationOrder()]).causes == [.entitlementMissing])
  }

  @Test("A prepaid savings plan is a subscription whose product order it names")
  func savingsPlan() throws {
    let charge = try charge("new", of: Known.savingsPlan, price: "438", "1", subtotal: "438") {
      $0.orders = OrderID.all(in: Known.order)
      $0.termAndBillingCycle = "1 Year Savings Plan"
      $0.reservationOrder = ReservationOrderID(Known.reservationOrder)
      $0.chargeStart = try day("2025-02-03")
      $0.chargeEnd = try day("2026-02-02")
    }
    let bought = try order(cycle: "one_time", lines: [line("\(Known.savingsPlan):DZH318Z0LRNH", "1", price: "438")])
    let plan = try subscription(
      offer: "\(Known.savingsPlan):DZH318Z0LRNH", productOrder: Known.reservationOrder.uppercased())
    let result = try tie([charge], orders: [bought], subscriptions: [plan])
    #expect(result.outcomes == [.tied])
    #expect(result.ties[0].subscription == plan.id)
    #expect(try tie([charge], orders: [bought]).causes == [.subscriptionMissing])
  }

  @Test("What was given back, and what is cancelled, needs no entitlement (M22)")
  func givenBack() throws {
    let charges = try [
      ReconciliationTests.software("10", subtotal: "2500"),
      ReconciliationTests.software("cancelImmediate", price: "-250", "10", subtotal: "-2500"),
    ]
    #expect(try tie(charges, orders: [softwareOrder("0")]).mismatches.isEmpty)
  }
}
