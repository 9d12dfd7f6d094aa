import Billing
import Reconciliation
import Testing

@Suite("What was bought was ordered")
struct PurchaseOrderTests {
  @Test("Bought, ordered and billed alike: 10.08 × 10 = 100.80, and nothing is said")
  func agreed() throws {
    let result = try tie(
      [seats(price: "10.08", "10", subtotal: "100.80")], bought: [purchase([boughtSeats()])],
      orders: [seatsOrdered()])
    #expect(result.mismatches.isEmpty)
    #expect(result.outcomes == [.tied])
  }

  @Test(
    "An order that is not there is reported when it is 15 minutes old, with its first charge",
    arguments: [("2025-03-19T23:45:01Z", false), ("2025-03-19T23:45:00Z", true), ("2025-03-20T00:10:00Z", false)])
  func unordered(moment: String, isReported: Bool) throws {
    let result = try tie([], bought: [purchase([boughtSeats()], at: moment)], orders: [])
    guard isReported else {
      #expect(result.mismatches.isEmpty)
      return
    }
    let mismatch = try result.only(.purchaseUnordered)
    #expect(mismatch.expected == (try amount("100.80")))
    #expect(mismatch.actual == .zero)
    #expect(
      mismatch.cause
        == "10 of Seats were bought on 2025-03-19 with cart 2517c51b, but the customer has no order \(Known.order).")
  }

  @Test(
    "An order is found by its long or its short id, in any case",
    arguments: [(Known.shortOrder, nil), ("another", Known.shortOrder), (Known.order.uppercased(), nil)]
      as [(String, String?)])
  func ids(order: String, alternate: String?) throws {
    let bought = try purchase([boughtSeats()], order: order, alternate: alternate)
    #expect(
      try tie([seats(price: "10.08", "10", subtotal: "100.80")], bought: [bought], orders: [seatsOrdered()])
        .mismatches.isEmpty)
  }

  @Test("An order that is missing is missing for all its lines; a price that was not seen makes the sum unknown")
  func several() throws {
    let two = try tie([], bought: [purchase([boughtSeats(), boughtSeats("2")])], orders: [])
    #expect(try two.only(.purchaseUnordered).expected == amount("120.96"))
    #expect(try two.only(.purchaseUnordered).count == 2)
    let unknown = try tie([], bought: [purchase([boughtSeats(), boughtSeats("2", at: nil)])], orders: [])
    #expect(try unknown.only(.purchaseUnordered).expected == nil)
  }

  @Test("A line that the order does not have is named")
  func lineMissing() throws {
    let software = Purchase.Line(
      offer: "\(Known.software):DG7GMGF0DWTJ", name: "Software", quantity: .one, group: "0", currency: try euro(),
      pricing: CartPricing(price: try amount("250")))
    let result = try tie(
      [seats(price: "10.08", "10", subtotal: "100.80")], bought: [purchase([boughtSeats(), software])],
      orders: [seatsOrdered()])
    let mismatch = try result.only(.purchaseUnordered)
    #expect(mismatch.expected == (try amount("250")))
    #expect(mismatch.cause.hasSuffix("but order \(Known.order) has no line for them."))
  }

  @Test("What the check-out refused is no purchase (M58)")
  func partly() throws {
    let refused = try boughtSeats("5", failure: "800031: Purchase system not supported")
    let result = try tie(
      [seats(price: "10.08", "10", subtotal: "100.80")],
      bought: [purchase([boughtSeats(), refused], state: .partly)], orders: [seatsOrdered()])
    #expect(result.mismatches.isEmpty)
    #expect(try tie([], bought: [purchase([boughtSeats()], state: .refused, order: nil)], orders: []).causes.isEmpty)
  }

  @Test("A charge that names an order nobody has is the cause, and what was bought its consequence")
  func orderMissing() throws {
    let result = try tie(
      [seats(price: "10.08", "10", subtotal: "100.80")], bought: [purchase([boughtSeats()])], orders: [])
    _ = try result.cause(.orderMissing, with: [.purchaseUnordered])
  }

  @Test("Nothing is concluded about a customer whose orders could not be read")
  func unknown() throws {
    let result = try tie([], bought: [purchase([boughtSeats()])], orders: [], commerceIsKnown: false)
    #expect(result.mismatches.isEmpty)
  }

  @Test(
    "After a lost answer an order of that time with the same lines is the purchase's",
    arguments: [
      (Purchase.State.sent, "2025-02-01T10:02:00Z", "10", true), (.unclear, "2025-02-01T10:02:00Z", "10", true),
      (.resolved, "2025-02-01T10:02:00Z", "10", true), (.unclear, "2025-02-01T09:55:59Z", "10", false),
      (.unclear, "2025-02-01T11:01:01Z", "10", false), (.unclear, "2025-02-01T10:02:00Z", "9", false),
    ])
  func lostAnswer(state: Purchase.State, created: String, quantity: String, isFound: Bool) throws {
    let result = try tie(
      [], bought: [purchase([boughtSeats()], state: state, order: nil)],
      orders: [seatsOrdered(quantity, created: created)])
    // The order itself is due and not billed in any case.
    #expect(result.causes.filter { $0 != .orderUnbilled } == (isFound ? [] : [.purchaseUnordered]))
    guard !isFound else { return }
    let mismatch = try #require(result.mismatches.first { $0.rule == .purchaseUnordered })
    #expect(mismatch.expected == nil)
    #expect(mismatch.difference == nil)
    #expect(mismatch.cause.hasPrefix("Whether cart 2517c51b was bought on 2025-02-01 is not known"))
  }

  @Test("An order belongs to one purchase, first of all to the one that names it")
  func oneOrder() throws {
    let named = try purchase([boughtSeats()], cart: "k-1", at: "2025-02-01T10:01:30Z")
    let unclear = try purchase([boughtSeats()], cart: "k-2", state: .unclear, order: nil)
    let result = try tie(
      [seats(price: "10.08", "10", subtotal: "100.80")], bought: [unclear, named], orders: [seatsOrdered()])
    #expect(try result.only(.purchaseUnordered).subject.detail == "k-2")
  }

  @Test("Ordered and not billed yet is pending: the month's invoice decides")
  func pending() throws {
    func tied(_ month: String) throws -> PartitionResult {
      let bought = try purchase([boughtSeats()], at: "2025-\(month)-01T10:01:00Z")
      return try tie([], bought: [bought], orders: [seatsOrdered(created: "2025-\(month)-01T10:02:00Z")])
    }
    #expect(try tied("03").mismatches.isEmpty)
    #expect(try tied("02").only(.orderUnbilled).expected == amount("100.80"))
  }

  @Test(
    "An order of another quantity, term or price is a difference",
    arguments: [
      ("12", "10.08", "P1Y", "quantity", "100.80", "120.96"), ("10", "10.08", "P1M", "term", "100.80", "100.80"),
      ("10", "11.08", "P1Y", "price", "100.80", "110.80"),
    ])
  func differs(quantity: String, price: String, term: String, what: String, seen: String, ordered: String) throws {
    // Of a month without an invoice, so that no charge is due.
    let bought = try purchase([boughtSeats()], at: "2025-03-01T10:01:00Z")
    let order = try seatsOrdered(quantity, at: price, term: term, created: "2025-03-01T10:02:00Z")
    let mismatch = try tie([], bought: [bought], orders: [order]).only(.purchaseOrder)
    #expect(mismatch.expected == (try amount(seen)))
    #expect(mismatch.actual == (try amount(ordered)))
    #expect(mismatch.subject.detail == "0 \(what)")
  }

  @Test("Prices in two currencies, or one that was not shown, are not compared")
  func otherCurrency() throws {
    let lines = [try boughtSeats(currency: "USD"), try boughtSeats(currency: nil), try boughtSeats(at: nil)]
    for line in lines {
      let bought = try purchase([line], at: "2025-03-01T10:01:00Z")
      let order = try seatsOrdered(at: "11.08", created: "2025-03-01T10:02:00Z")
      #expect(try tie([], bought: [bought], orders: [order]).mismatches.isEmpty)
    }
  }

  @Test("A line that was cancelled since is said on its charge, and is no difference")
  func cancelled() throws {
    let charges = [
      try seats(price: "10.08", "10", subtotal: "100.80"),
      try seats("cancelImmediate", price: "-10.08", "10", subtotal: "-100.80"),
    ]
    let result = try tie(charges, bought: [purchase([boughtSeats()])], orders: [seatsOrdered("0")])
    #expect(result.mismatches.isEmpty)
    #expect(result.ties[0].notes == ["10 were bought; the order line was cancelled since"])
    #expect(result.outcomes == [.noted, .tied])
  }

  @Test("Seats that were changed since are said on the charge, and are no difference")
  func changed() throws {
    let charges = [
      try seats(price: "10.08", "10", subtotal: "100.80"),
      try seats("addQuantity", price: "-10.08", "10", subtotal: "-100.80"),
      try seats("addQuantity", price: "10.08", "12", subtotal: "120.96"),
    ]
    let result = try tie(
      charges, bought: [purchase([boughtSeats()])], orders: [seatsOrdered("12")],
      subscriptions: [subscription(quantity: "12")])
    #expect(result.mismatches.isEmpty)
    #expect(result.ties[0].notes == ["10 were bought; the order has 12 since seats changed"])
  }
}
