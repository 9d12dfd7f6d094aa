import Billing
import Reconciliation
import Testing

@Suite("Nothing was bought twice by accident (M57)")
struct PurchaseTwiceTests {
  /// The same seats from two carts, the second bought at another time, and as many of them.
  private func tied(
    at moment: String, _ quantity: String = "10", term: String = "P1Y", cart: String = "k-2", ordered: String? = nil
  ) throws -> PartitionResult {
    let first = try purchase([boughtSeats()], cart: "k-1", at: "2025-03-01T10:00:00Z")
    let second = try purchase([boughtSeats(quantity, term: term)], cart: cart, at: moment, order: "o-2")
    return try tie(
      [], bought: [first, second],
      orders: [
        seatsOrdered(created: "2025-03-01T10:02:00Z"),
        seatsOrdered(
          ordered ?? quantity, term: term, id: "o-2", alternate: nil, created: "2025-03-01T10:30:00Z",
          subscription: "s-2"),
      ])
  }

  @Test(
    "The same offer, quantity and term from another cart within half an hour",
    arguments: [
      ("2025-03-01T10:00:30Z", "10", "P1Y", nil, true), ("2025-03-01T10:30:00Z", "10", "P1Y", nil, true),
      ("2025-03-01T10:30:01Z", "10", "P1Y", nil, false), ("2025-03-01T10:20:00Z", "9", "P1Y", nil, false),
      ("2025-03-01T10:20:00Z", "10", "P1M", nil, false), ("2025-03-01T10:20:00Z", "10", "P1Y", "0", false),
    ] as [(String, String, String, String?, Bool)])
  func twice(moment: String, quantity: String, term: String, ordered: String?, isReported: Bool) throws {
    let result = try tied(at: moment, quantity, term: term, ordered: ordered)
    guard isReported else {
      #expect(result.mismatches.isEmpty)
      return
    }
    let mismatch = try result.only(.purchaseTwice)
    #expect(mismatch.mCode == "M57")
    #expect(mismatch.state == .open)
    #expect(mismatch.expected == .zero)
    #expect(mismatch.actual == (try amount("1209.60")))
    #expect(mismatch.subject.order?.printed == "o-2")
  }

  @Test("Two lines of one cart were meant")
  func oneCart() throws {
    let bought = try purchase([boughtSeats(), boughtSeats()], at: "2025-03-01T10:00:00Z")
    let seats = try line("\(Known.seats):CFQ7TTC0K971", "10", price: "10.08", subscription: Known.subscription)
    let order = try order(created: "2025-03-01T10:02:00Z", lines: [seats, seats])
    #expect(try tie([], bought: [bought], orders: [order]).mismatches.isEmpty)
  }

  @Test("What was not ordered was not bought twice")
  func unordered() throws {
    let first = try purchase([boughtSeats()], cart: "k-1", at: "2025-03-01T10:00:00Z")
    let second = try purchase([boughtSeats()], cart: "k-2", at: "2025-03-01T10:10:00Z", order: "o-2")
    let result = try tie([], bought: [first, second], orders: [seatsOrdered(created: "2025-03-01T10:02:00Z")])
    #expect(result.causes == [.purchaseUnordered])
  }

  @Test("A check-out whose answer was lost, and a second cart: the first order is found by its time")
  func lostAnswer() throws {
    let first = try purchase([boughtSeats()], cart: "k-1", at: "2025-02-01T10:00:00Z", state: .unclear, order: nil)
    let second = try purchase([boughtSeats()], cart: "k-2", at: "2025-02-01T10:10:00Z", order: "o-2")
    let result = try tie(
      [
        seats(price: "10.08", "10", subtotal: "100.80"),
        seats(price: "10.08", "10", subtotal: "100.80") {
          $0.orders = OrderID.all(in: "o-2")
          $0.subscription = SubscriptionID("s-2")
        },
      ], bought: [first, second],
      orders: [
        seatsOrdered(),
        seatsOrdered(id: "o-2", alternate: nil, created: "2025-02-01T10:11:00Z", subscription: "s-2"),
      ], subscriptions: [subscription(), subscription("s-2")])
    let mismatch = try result.only(.purchaseTwice)
    #expect(mismatch.positions.map(\.index) == [1])
    #expect(result.outcomes == [.tied, .mismatched])
  }
}
