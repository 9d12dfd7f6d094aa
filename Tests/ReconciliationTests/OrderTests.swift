import Billing
import Reconciliation
import Testing

@Suite("Every charge leads to an order, by the keys that lines carry (§2.1, O1)")
struct OrderTests {
  @Test(
    "Spellings of one order id are one order (M05, M06, M42)",
    arguments: [
      "0ET2qaZvJGfF9wgSKnWzR5JLmhp10lOc1", "94e858b6d855", "94E858B6D855",
      "0et2qazvjgff9wgsknwzr5jlmhp10loc1", "0ET2qaZvJGfF9wgSKnWzR5JLmhp10lOc1, 94e858b6d855",
      "94e858b6d855,0ET2qaZvJGfF9wgSKnWzR5JLmhp10lOc1", "6dc5c039750a, 94e858b6d855",
    ])
  func spellings(cell: String) throws {
    let result = try tied { $0.orders = OrderID.all(in: cell) }
    #expect(result.outcomes == [.tied])
    #expect(result.ties[0].order?.printed == Known.order)
    #expect(result.ties[0].orderLine == 0)
    #expect(result.ties[0].matchedBy == "order id and product:SKU")
  }

  @Test("The quote's id leads to the order where the order id leads nowhere")
  func alternate() throws {
    let result = try tied {
      $0.orders = []
      $0.alternateOrder = OrderID(Known.shortOrder)
    }
    #expect(result.outcomes == [.tied])
  }

  @Test("An order that prints one id twice is one order")
  func sameIDTwice() throws {
    let order = try order(
      Known.shortOrder, alternate: Known.shortOrder, lines: [line("\(Known.seats):CFQ7TTC0K971", "10")])
    let result = try tied(orders: [order]) { $0.orders = OrderID.all(in: Known.shortOrder) }
    #expect(result.outcomes == [.tied])
  }

  @Test(
    "Customer and SKU in other spellings, and another availability, change nothing (M41, M53, M54)",
    arguments: ["org:9060d13d-2bd5-4a6b-8a4c-0ed3a0d5e7a1", "9060D13D-2BD5-4A6B-8A4C-0ED3A0D5E7A1"])
  func oddities(customer: String) throws {
    let result = try tied {
      $0.customer = CustomerID(customer)
      $0.subscription = SubscriptionID(Known.subscription.uppercased())
      $0.sku = SkuID("1")
      $0.availability = AvailabilityID("CFQ7TTC0XXXX")
      $0.reservationOrder = ReservationOrderID(Known.reservationOrder)  // M39
      $0.reseller = "-1"  // M48
    }
    #expect(result.outcomes == [.tied])
    #expect(result.ties[0].entitlement.isEmpty)
  }

  @Test("An order that nobody knows is one mismatch, over all its lines and months")
  func missing() throws {
    func perpetual(_ item: String, _ invoice: String) throws -> Charge {
      try software("1", subtotal: "250", on: invoice) {
        $0.orders = OrderID.all(in: "ffffffffffff")
        $0.sku = SkuID(item)
      }
    }
    let result = try tie([perpetual("0005", Known.january), perpetual("0006", Known.february)])
    let mismatch = try result.only(.orderMissing)
    #expect(mismatch.count == 2)
    #expect(mismatch.difference == (try amount("-500")))
    #expect(mismatch.subject.invoice?.printed == Known.january)
    #expect(mismatch.cause == "The charge names order ffffffffffff, which the customer does not have.")
  }

  @Test("A line of 0 for an unknown order is a note: no money is at stake (M21)")
  func missingForNothing() throws {
    let result = try tie([software(price: "0", "1", subtotal: "0")])
    #expect(result.outcomes == [.noted])
    #expect(result.mismatches.isEmpty)
  }

  @Test(
    "An order may be missing from lists for 15 minutes (M04)",
    arguments: [
      ("2025-03-20T10:10:00Z", Tie.Outcome.pending), ("2025-03-20T10:16:59Z", .pending),
      ("2025-03-20T10:17:00Z", .mismatched), ("2025-03-20T10:01:00Z", .mismatched),
    ])
  func young(asOf: String, outcome: Tie.Outcome) throws {
    let charge = try software("1", subtotal: "250") { $0.orderDate = try instant("2025-03-20T10:02:00Z") }
    let result = try tie([charge], asOf: asOf)
    #expect(result.outcomes == [outcome])
    #expect(result.mismatches.isEmpty == (outcome == .pending))
  }

  @Test("An order without the product is a mismatch of its own kind")
  func lineMissing() throws {
    let charge = try software("3", subtotal: "750") { $0.product = ProductID("DG7GMGF0XXXX") }
    let result = try tie(
      [software("10", subtotal: "2500"), charge], orders: [softwareOrder()], entitlements: [entitlement()])
    let mismatch = try result.only(.orderLineMissing)
    #expect(mismatch.difference == (try amount("-750")))
    #expect(result.outcomes == [.tied, .mismatched])
  }

  @Test("Of two orders under one id the one that has the product is meant")
  func twoOrders() throws {
    let other = try order(
      "1111AAAA", alternate: Known.shortOrder, created: nil, lines: [line("DG7GMGF0XXXX:0001:A", "10")])
    let result = try tied(orders: [other, seatOrder()]) { $0.orders = OrderID.all(in: Known.shortOrder) }
    #expect(result.outcomes == [.tied])
    #expect(result.ties[0].order?.printed == Known.order)
  }

  @Test(
    "Renewals and cycle charges may carry any order id: subscription and product decide",
    arguments: ["renew", "cycleCharge"])
  func renewals(type: String) throws {
    let result = try tied(type) { $0.orders = OrderID.all(in: "ffffffffffff") }
    #expect(result.outcomes == [.tied])
    #expect(result.ties[0].matchedBy == "subscription and product:SKU")
    #expect(result.ties[0].order?.printed == Known.order)
  }

  @Test("A cycle charge of an unknown order is not proved by a subscription of another product")
  func otherProduct() throws {
    let charge = try seats("cycleCharge", price: "10", "10", subtotal: "100") {
      $0.orders = OrderID.all(in: "ffffffffffff")
      $0.product = ProductID("CFQ7TTC0XXXX")
    }
    for offer in ["\(Known.seats):CFQ7TTC0K971", ""] {
      let result = try tie([charge], orders: [seatOrder()], subscriptions: [subscription(offer: offer)])
      // The order of February that no line charges is not hidden beneath it, but its subscription is charged.
      #expect(result.causes == [.orderMissing])
    }
  }

  @Test("After an upgrade the subscription has the product that its order does not have (M20)")
  func upgrade() throws {
    let charges = try [
      seats(price: "10.08", "300", subtotal: "3024"),
      seats("convert", price: "-7.728", "300", subtotal: "-2316"),
      seats("convert", price: "4.929666666666667", "300", subtotal: "1476") { $0.product = ProductID("CFQ7TTC0LF8Q") },
    ]
    let result = try tie(
      charges, orders: [seatOrder("300")],
      subscriptions: [subscription(offer: "CFQ7TTC0LF8Q:0001:CFQ7TTC0K18P", quantity: "300")])
    #expect(result.mismatches.isEmpty)
    #expect(result.ties[2].matchedBy == "order id; product by subscription")
  }

  @Test("Consumption needs its plan's order or its subscription; its product is no order line's")
  func consumptionOrder() throws {
    let charge = try consumption(price: "1", "10", subtotal: "10")
    #expect(try tie([charge], orders: [seatOrder()]).ties[0].matchedBy == "order id")
    #expect(try tie([charge], subscriptions: [subscription()]).ties[0].matchedBy == "subscription id")
    #expect(try tie([charge]).causes == [.orderMissing])
  }

  @Test("A credit belongs to a charge of its product; where there is none, that is said (M30, M31)")
  func credits() throws {
    let charge = try consumption(price: "1", "100", subtotal: "100")
    let credit = try consumption("customerCredit", price: "1", "100", subtotal: "-100") {
      $0.orders = []
      $0.subscription = nil
    }
    let both = try tie([charge, credit], subscriptions: [subscription()])
    #expect(both.outcomes == [.tied, .tied])
    #expect(both.ties[1].matchedBy == "product:SKU of a charge")
    let alone = try tie([credit])
    #expect(alone.outcomes == [.noted])
    #expect(alone.ties[0].notes == ["a credit for nothing that is charged in the window"])
  }

  @Test("Nothing is concluded from orders that could not be read: the charges are one open question")
  func unreadable() throws {
    let charges = try [
      seats(price: "10", "10", subtotal: "100", on: Known.january),
      seats("cycleCharge", price: "10", "10", subtotal: "100"),
    ]
    let mismatch = try tie(charges, commerceIsKnown: false).only(.customerUnknown)
    #expect(mismatch.count == 2)
    #expect(mismatch.actual == (try amount("200")))
    #expect(mismatch.difference == nil)
  }

  private func tied(
    _ type: String = "new", orders: [Order]? = nil, _ edit: (inout Charge) throws -> Void
  ) throws -> PartitionResult {
    try tie(
      [seats(type, price: "10", "10", subtotal: "100", edit)], orders: orders ?? [seatOrder()],
      subscriptions: [subscription()])
  }
}
