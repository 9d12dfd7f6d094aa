import Billing
import Reconciliation
import Store
import Testing

@Suite("The journal of purchases")
struct PurchaseJournalTests {
  let morning = Instant(seconds: 1_741_860_000)

  private func cart(_ price: String? = "10.08", quantity: Int = 10, status: String = "Active") throws -> Cart {
    var seats = CartLine(
      number: 0, catalogItemID: "CFQ7TTC0LH18:0001:CFQ7TTC0K971", quantity: quantity, billingCycle: "monthly",
      termDuration: "P1Y")
    seats.orderGroup = "0"
    seats.currency = Currency("EUR")
    seats.promotion = "39NFJQT1PJQB:0001:39NFJQT1Q5KN"
    seats.pricing = try price.map { price in
      CartPricing(
        list: try amount("12"), discounted: try amount(price), prorated: try amount(price), price: try amount(price),
        extended: try amount("1209.6"))
    }
    var addOn = CartLine(number: 0, catalogItemID: "CFQ7TTC0XXXX:0001:A", quantity: 10, billingCycle: "monthly")
    addOn.name = "Add-on"
    seats.addOns = [addOn]
    var software = CartLine(
      number: 1, catalogItemID: "DG7GMGF0D5RK:0005:DG7GMGF0DWTJ", quantity: 1, billingCycle: "one_time")
    software.orderGroup = "1"
    return Cart(id: try id("2517C51B-58cd"), status: status, lines: [seats, software])
  }

  private func order(_ name: String, _ offers: [(String, String)]) throws -> Order {
    Order(
      id: try id(name), alternateID: try id("94e858b6d855"), customer: try id("c-1"), billingCycle: "monthly",
      created: morning, status: "completed",
      lines: try offers.enumerated().map {
        Order.Line(number: $0, offer: $1.0, quantity: try amount($1.1))
      })
  }

  private func seatOrder() throws -> Order {
    try order("o-1", [("CFQ7TTC0LH18:0001:CFQ7TTC0K971", "10"), ("CFQ7TTC0XXXX:0001:A", "10")])
  }

  private func softwareOrder() throws -> Order { try order("o-2", [("dg7gmgf0d5rk:0005:OTHER", "1")]) }

  /// A ledger in which the cart was seen and its check-out written down.
  private func sent(in place: Place) throws -> Ledger {
    let ledger = try place.ledger()
    try ledger.journalCart(try cart(), customer: try id("c-1"), seenAt: morning)
    try ledger.journalCheckout(cart: try id("2517c51b-58CD"), requestID: "r-1", at: morning)
    return ledger
  }

  @Test("What was seen before the check-out is what was bought, add-ons and prices included")
  func purchase() throws {
    let place = try Place()
    let ledger = try sent(in: place)
    try ledger.journalOutcome(
      cart: try id("2517c51b-58cd"), .done, orders: [softwareOrder(), seatOrder()], at: morning)
    // A cart that is read after it was bought may show other prices.
    try ledger.journalCart(
      try cart("11.08", status: "Ordered"), customer: try id("c-1"), seenAt: morning.advanced(bySeconds: 60))

    let purchase = try #require(try ledger.journaledPurchases().first)
    #expect(purchase.customer.printed == "c-1")
    #expect(purchase.checkedOutAt == morning)
    #expect(purchase.state == .done)
    #expect(purchase.orders.map { "\($0.id) \($0.group ?? "nil")" } == ["o-2 1", "o-1 0"])
    #expect(
      purchase.lines.map { "\($0.quantity) \($0.offer) \($0.group)" } == [
        "10 CFQ7TTC0LH18:0001:CFQ7TTC0K971 0", "10 CFQ7TTC0XXXX:0001:A 0", "1 DG7GMGF0D5RK:0005:DG7GMGF0DWTJ 1",
      ])
    #expect(purchase.lines[0].priceSeen == (try amount("10.08")))
    #expect(purchase.lines[0].pricing?.extended == (try amount("1209.6")))
    #expect(purchase.lines[0].promotion == "39NFJQT1PJQB:0001:39NFJQT1Q5KN")
    #expect(purchase.lines[0].currency == Currency("EUR"))
    #expect(purchase.lines[1].name == "Add-on")
    #expect(purchase.lines[1].pricing == nil)
    #expect(purchase.lines[2].billingCycle == "onetime")
    #expect(purchase.lines.map(\.isBought) == [true, true, true])
    #expect(try ledger.verify() == [])
  }

  @Test("A check-out that was interrupted is found by the next program that opens the database")
  func interrupted() throws {
    let place = try Place()
    _ = try sent(in: place)
    let ledger = try Ledger(path: place.path, createsFile: false)
    let attempt = try #require(try ledger.openCheckout(cart: try id("2517c51b-58cd")))
    #expect(attempt.requestID == "r-1")
    #expect(attempt.state == .sent)
    #expect(attempt.sentAt == morning)
    #expect(attempt.customer.printed == "c-1")
    #expect(attempt.lines.count == 3)
    #expect(try ledger.journaledPurchases().map(\.state) == [.sent])
  }

  @Test("A check-out is never sent twice, unless the first bought nothing")
  func once() throws {
    let place = try Place()
    let ledger = try place.ledger()
    let name: CartID = try id("2517c51b-58cd")
    #expect(throws: JournalError.cartUnseen(cart: "2517c51b-58cd")) {
      try ledger.journalCheckout(cart: name, requestID: "r-0", at: morning)
    }
    try ledger.journalCart(name, customer: try id("c-1"), at: morning)
    #expect(throws: JournalError.cartUnseen(cart: "2517c51b-58cd")) {
      try ledger.journalCheckout(cart: name, requestID: "r-0", at: morning)
    }
    try ledger.journalCart(try cart(), customer: try id("c-1"), seenAt: morning)
    try ledger.journalCheckout(cart: name, requestID: "r-1", at: morning)
    let open = JournalError.checkoutOpen(cart: "2517c51b-58cd", requestID: "r-1", sent: "2025-03-13T10:00:00Z")
    #expect(throws: open) { try ledger.journalCheckout(cart: name, requestID: "r-2", at: morning) }
    try ledger.journalOutcome(cart: name, .unclear, cause: "no answer", at: morning)
    #expect(try ledger.openCheckout(cart: name)?.cause == "no answer")
    #expect(throws: open) { try ledger.journalCheckout(cart: name, requestID: "r-2", at: morning) }

    try ledger.journalOutcome(cart: name, .refused, cause: "The cart is untouched.", at: morning)
    #expect(try ledger.openCheckout(cart: name) == nil)
    #expect(try ledger.journaledPurchases() == [])
    #expect(throws: JournalError.nothingOpen(cart: "2517c51b-58cd")) {
      try ledger.journalOutcome(cart: name, .done, at: morning)
    }

    let noon = morning.advanced(bySeconds: 7_200)
    try ledger.journalCheckout(cart: name, requestID: "r-2", at: noon)
    try ledger.journalOutcome(cart: name, .resolved, orders: [seatOrder()], at: noon)
    #expect(try ledger.journaledPurchases().map(\.checkedOutAt) == [noon])
    #expect(throws: JournalError.bought(cart: "2517c51b-58cd", sent: "2025-03-13T12:00:00Z")) {
      try ledger.journalCheckout(cart: name, requestID: "r-3", at: noon)
    }
  }

  @Test("A cart that is seen again without a change is the same sighting")
  func sightings() throws {
    let place = try Place()
    let ledger = try place.ledger()
    for seconds in [0, 10, 20] as [Int64] {
      try ledger.journalCart(try cart(), customer: try id("c-1"), seenAt: morning.advanced(bySeconds: seconds))
    }
    #expect(try ledger.count("purchase_sighting") == 1)
    try ledger.journalCart(try cart("11.08"), customer: try id("c-1"), seenAt: morning)
    #expect(try ledger.count("purchase_sighting") == 2)
    try ledger.journalCheckout(cart: try id("2517c51b-58cd"), requestID: "r-1", at: morning)
    let bought = try #require(try ledger.journaledPurchases().first)
    #expect(bought.lines[0].priceSeen == (try amount("11.08")))
  }

  @Test(
    "A group that was refused is no purchase (M58), whether the error names it or not",
    arguments: ["1", "0815"])
  func partly(group: String) throws {
    let place = try Place()
    let ledger = try sent(in: place)
    try ledger.journalOutcome(
      cart: try id("2517c51b-58cd"), .partly, orders: [seatOrder()],
      errors: [CheckoutResult.OrderError(group: group, code: 800_031, words: "Purchase system not supported")],
      at: morning)
    let lines = try #require(try ledger.journaledPurchases().first).lines
    #expect(lines.map(\.failure) == ["", "", "800031: Purchase system not supported"])
  }

  @Test("What a run knows is replaced whole, and leaves the journal alone")
  func snapshot() throws {
    let place = try Place()
    let ledger = try sent(in: place)
    try ledger.journalOutcome(
      cart: try id("2517c51b-58cd"), .partly, orders: [seatOrder()],
      errors: [CheckoutResult.OrderError(group: "1", code: nil)], at: morning)
    let purchases = try ledger.journaledPurchases()
    #expect(purchases[0].lines[2].failure == "the service gave no reason")
    try ledger.ingestPurchases(purchases)
    #expect(try ledger.partition(of: try id("org:C-1")).purchases == purchases)
    #expect(try ledger.partitions().map { $0?.key } == ["c-1"])
    #expect(try ledger.verify() == [])

    let before = try ledger.contents()
    try ledger.ingestPurchases(purchases + purchases)
    #expect(try ledger.contents() == before)
    try ledger.ingestPurchases([])
    #expect(try ledger.partition(of: try id("c-1")).purchases == [])
    #expect(try ledger.journaledPurchases() == purchases)
  }

  @Test("Findings are forgotten when the purchases of a run change, and only then")
  func findings() throws {
    let place = try Place()
    let ledger = try sent(in: place)
    try tieSample(in: ledger)
    let purchases = try ledger.journaledPurchases()
    try ledger.ingestPurchases([])
    #expect(try ledger.findings() != nil)
    try ledger.journalOutcome(cart: try id("2517c51b-58cd"), .done, orders: [seatOrder()], at: morning)
    #expect(try ledger.findings() != nil)
    try ledger.ingestPurchases(purchases)
    #expect(try ledger.findings() == nil)
  }

  @Test(
    "Nonsense is refused by the tables themselves",
    arguments: [
      "UPDATE purchase_checkout SET state = 'perhaps'",
      "UPDATE purchase_checkout SET ended = '2025-03-13'",
      "UPDATE purchase_checkout SET sighting = 9",
      "UPDATE purchase_line SET price = 10.08, quantity = NULL",
      "UPDATE purchase_line SET currency = 'Euro'",
      "UPDATE purchase_cart SET customer_key = ''",
      "INSERT INTO purchase_checkout VALUES ('2517c51b-58cd', 1, 0, 'r-2', '2025', 'sent', '', NULL)",
      "INSERT INTO bought_order VALUES ('c-1', 'none', 0, 'o-1', NULL, NULL)",
    ])
  func refuses(sql: String) throws {
    let place = try Place()
    let ledger = try sent(in: place)
    let error = #expect(throws: LedgerError.self) { try ledger.rows(sql) }
    guard case .refused = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  private static let sentences: [(JournalError, String)] = [
    (
      .cartUnseen(cart: "k"),
      "What cart k holds is not in the journal, so nothing could be compared with the bill. Read the cart first."
    ),
    (
      .checkoutOpen(cart: "k", requestID: "r-1", sent: "2025-03-13T10:00:00Z"),
      """
      The check-out of cart k was sent at 2025-03-13T10:00:00Z (request r-1), and its outcome is not known. It is not \
      sent again: read the cart and the customer's orders.
      """
    ),
    (
      .bought(cart: "k", sent: "2025-03-13T10:00:00Z"),
      "Cart k was bought at 2025-03-13T10:00:00Z already. To buy more, or what was refused, make a new cart."
    ),
    (
      .nothingOpen(cart: "k"),
      "No check-out of cart k is waiting for its outcome. Note a check-out before it is sent."
    ),
  ]

  @Test("Every error says what happened and what helps", arguments: sentences)
  func sentence(error: JournalError, sentence: String) {
    #expect(error.description == sentence)
  }
}
