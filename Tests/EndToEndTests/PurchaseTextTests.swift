import Billing
import MonthEnd
import Testing

/// Purchases as they are kept among a run's evidence, and the journal they come from.
@Suite("Purchases as evidence")
struct PurchaseTextTests {
  private static let text = #"""
    {"items":[{"cart":"2517c51b","checkedOutAt":"2025-02-01T10:01:00Z","customer":"9060D13D","lines":[{"billingCycle":"monthly","currency":"EUR","failure":"","group":"0","name":"Seats","offer":"CFQ7TTC0LH18:0001:CFQ7TTC0K971","pricing":{"discountedPrice":"10.08","extendedPrice":"1209.6","listPrice":"12","price":"10.08"},"promotion":"","quantity":"10","termDuration":"P1Y"},{"billingCycle":"onetime","failure":"800031: no \"such\" item","group":"1","name":"","offer":"DG7GMGF0D5RK:0005:A/B","promotion":"","quantity":"1","termDuration":""}],"orders":[{"alternateId":"94e858b6d855","group":"0","id":"o-1"}],"state":"partly"},{"cart":"k-2","checkedOutAt":"2025-02-01T10:02:00Z","customer":"c-2","lines":[],"orders":[{"id":"o-2"}],"state":"resolved"}],"totalCount":2,"version":1}
    """#

  private func purchases() throws -> [Purchase] {
    let prices = CartPricing(
      list: try Amount("12.00"), discounted: try Amount("10.08"), price: try Amount("10.080"),
      extended: try Amount("1209.60"))
    let seats = Purchase.Line(
      offer: "CFQ7TTC0LH18:0001:CFQ7TTC0K971", name: "Seats", quantity: Amount(10), termDuration: "P1Y",
      billingCycle: "Monthly", group: "0", currency: Currency("EUR"), pricing: prices)
    let software = Purchase.Line(
      offer: "DG7GMGF0D5RK:0005:A/B", quantity: .one, billingCycle: "one_time", group: "1", pricing: CartPricing(),
      failure: #"800031: no "such" item"#)
    let first = Purchase(
      customer: try #require(CustomerID("9060D13D")), cart: try #require(CartID("2517c51b")),
      checkedOutAt: Instant(seconds: 1_738_404_060), state: .partly,
      orders: [
        Purchase.OrderMade(
          id: try #require(OrderID("o-1")), alternateID: OrderID("94e858b6d855"), group: "0")
      ], lines: [seats, software])
    let second = Purchase(
      customer: try #require(CustomerID("c-2")), cart: try #require(CartID("k-2")),
      checkedOutAt: Instant(seconds: 1_738_404_120), state: .resolved,
      orders: [Purchase.OrderMade(id: try #require(OrderID("o-2")))], lines: [])
    return [first, second]
  }

  @Test("They have one text, whatever order they come in, and it is read back")
  func canonical() throws {
    let purchases = try purchases()
    #expect(String(decoding: try Purchase.encoded(purchases), as: UTF8.self) == Self.text)
    #expect(try Purchase.encoded(purchases.reversed()) == Purchase.encoded(purchases))
    #expect(try Purchase.decoded(Array(Self.text.utf8)) == purchases)
    #expect(try Purchase.decoded(Purchase.encoded([])) == [])
  }

  @Test(
    "What is not such a text stops the run with a sentence",
    arguments: [
      (#""version":1"#, #""version":2"#, "version 2; this build reads 1"),
      (#""items""#, #""things""#, "not in the form"),
      (#""price":"10.08""#, #""price":"10,08""#, "2517c51b holds a value"),
      (#""quantity":"10""#, #""quantity":"ten""#, "2517c51b holds a value"),
      (#""currency":"EUR""#, #""currency":"Euro""#, "2517c51b holds a value"),
      (#""state":"partly""#, #""state":"mostly""#, "2517c51b holds a value"),
      (#"2025-02-01T10:02:00Z"#, #"yesterday"#, "k-2 holds a value"),
      (#"{"id":"o-2"}"#, #"{"id":""}"#, "k-2 holds a value"),
    ])
  func refused(part: String, replacement: String, words: String) throws {
    let text = Self.text.replacing(part, with: replacement)
    #expect(text != Self.text)
    let error = #expect(throws: Stop.self) { try Purchase.decoded(Array(text.utf8)) }
    #expect(error.map { "\($0)".contains(words) } == true, "\(String(describing: error))")
  }

  @Test("The journal keeps a purchase from its cart to its orders")
  func journal() throws {
    let workplace = try Workplace()
    let journal = try PurchaseJournal(database: workplace.path("tieout.sqlite"))
    let customer = try #require(CustomerID("c-1"))
    var line = CartLine(
      number: 0, catalogItemID: "CFQ7TTC0LH18:0001:CFQ7TTC0K971", quantity: 10, billingCycle: "monthly",
      termDuration: "P1Y")
    line.orderGroup = "0"
    let cart = Cart(id: try #require(CartID("k-1")), lines: [line])
    let order = Order(
      id: try #require(OrderID("o-1")), customer: customer, billingCycle: "monthly", created: nil, status: "completed",
      lines: [Order.Line(number: 0, offer: line.catalogItemID, quantity: Amount(10))])
    let now = Instant(seconds: 1_738_404_060)

    try journal.begin(cart: cart.id, customer: customer, at: now)
    try journal.noteCart(cart, customer: customer, seenAt: now)
    try journal.noteCheckout(cart: cart.id, requestID: "r-1", at: now)
    // Another program, after this one was killed.
    let next = try PurchaseJournal(database: workplace.path("tieout.sqlite"))
    #expect(try next.unresolvedCheckout(cart: cart.id)?.requestID == "r-1")
    #expect(throws: (any Error).self) { try next.noteCheckout(cart: cart.id, requestID: "r-2", at: now) }
    try next.noteUnclear(cart: cart.id, cause: "no answer", at: now)
    try next.noteResolved(cart: cart.id, orders: [order], at: now)
    #expect(try next.unresolvedCheckout(cart: cart.id) == nil)
    let purchase = try #require(try journal.purchases().first)
    #expect(purchase.state == .resolved)
    #expect(purchase.orders.map(\.group) == ["0"])
    #expect(try Purchase.decoded(Purchase.encoded([purchase])) == [purchase])
  }

  @Test(
    "An answer is what its orders and errors make of it",
    arguments: [(1, 0, Purchase.State.done), (1, 1, .partly), (0, 1, .refused), (0, 0, .unclear)])
  func answers(orderCount: Int, errorCount: Int, state: Purchase.State) throws {
    let order = Order(
      id: try #require(OrderID("o-1")), customer: try #require(CustomerID("c-1")), billingCycle: "monthly",
      created: nil, status: "completed", lines: [])
    let result = CheckoutResult(
      orders: Array(repeating: order, count: orderCount),
      errors: Array(repeating: CheckoutResult.OrderError(group: "0", code: 1), count: errorCount))
    #expect(result.purchaseState == state)
  }
}
