public import Billing
import GRDB

/// The journal of purchases. Each call is one transaction; what it says is on the disk when it returns.
extension Ledger {
  /// Writes down that there is a cart. Saying it again changes nothing.
  public func journalCart(_ cart: CartID, customer: CustomerID, at begun: Instant) throws {
    try write { try Self.insert(cart, customer, begun, into: $0) }
  }

  /// Writes down what a cart holds, unless it was last seen with just that.
  public func journalCart(_ cart: Cart, customer: CustomerID, seenAt seen: Instant) throws {
    let lines = cart.purchaseLines
    try write { database in
      try Self.insert(cart.id, customer, seen, into: database)
      let last = try Self.lastSighting(of: cart.id, database)
      guard try last.map({ try Self.lines(of: cart.id, sighting: $0, database) }) != lines else { return }
      let number = last.map { $0 + 1 } ?? 0
      try database.execute(
        sql: "INSERT INTO purchase_sighting (cart_key, number, seen, status) VALUES (?, ?, ?, ?)",
        arguments: [cart.id.key, number, seen.description, cart.status])
      var insertion = try Insertion(
        database, into: "purchase_line", ["cart_key", "sighting", "ordinal"] + Purchase.Line.columns)
      for (ordinal, line) in lines.enumerated() {
        try insertion.run { row in
          row.putKey(cart.id)
          row.put(number)
          row.put(ordinal)
          line.put(into: &row)
        }
      }
    }
  }

  /// Writes down that a cart is about to be checked out. Only when this has returned may the request be sent.
  ///
  /// - Throws: `JournalError` where the cart was bought already or may have been: a check-out is never sent twice.
  public func journalCheckout(cart: CartID, requestID: String, at sent: Instant) throws {
    try write { database in
      if let last = try Self.attempts(cart, "state <> 'refused'", database).first {
        throw last.state.isOpen
          ? JournalError.checkoutOpen(
            cart: cart.printed, requestID: last.requestID, sent: last.sentAt.description)
          : JournalError.bought(cart: cart.printed, sent: last.sentAt.description)
      }
      guard let sighting = try Self.lastSighting(of: cart, database) else {
        throw JournalError.cartUnseen(cart: cart.printed)
      }
      try database.execute(
        sql: """
          INSERT INTO purchase_checkout (cart_key, number, sighting, request_id, sent, state, cause)
          VALUES (?1, (SELECT count(*) FROM purchase_checkout WHERE cart_key = ?1), ?2, ?3, ?4, 'sent', '')
          """, arguments: [cart.key, sighting, requestID, sent.description])
    }
  }

  /// Writes down what became of a check-out whose outcome was open.
  ///
  /// - Throws: `JournalError.nothingOpen` where there is none: an outcome is written down once.
  public func journalOutcome(
    cart: CartID, _ state: Purchase.State, orders: [Order] = [], errors: [CheckoutResult.OrderError] = [],
    cause: String = "", at ended: Instant
  ) throws {
    try write { database in
      let open = try database.values(
        """
        SELECT number, sighting FROM purchase_checkout WHERE cart_key = ? AND state IN ('sent', 'unclear')
        """, [cart.key]
      ) { row in
        (number: try row.number(), sighting: try row.number())
      }.first
      guard let open else { throw JournalError.nothingOpen(cart: cart.printed) }
      try database.execute(
        sql: "UPDATE purchase_checkout SET state = ?, cause = ?, ended = ? WHERE cart_key = ? AND number = ?",
        arguments: [
          state.rawValue, cause, state.isOpen ? nil : ended.description, cart.key, open.number,
        ])
      let lines = try Self.lines(of: cart, sighting: open.sighting, database)
      try Self.insert(
        Purchase.OrderMade.all(orders, from: lines), errors, of: cart, checkout: open.number, into: database)
    }
  }

  /// The check-out of a cart whose outcome is not known, or `nil`.
  public func openCheckout(cart: CartID) throws -> CheckoutAttempt? {
    try read { try Self.attempts(cart, "state IN ('sent', 'unclear')", $0).first }
  }

  /// All that was bought or may have been, the first first.
  public func journaledPurchases() throws -> [Purchase] {
    try read { database in
      let carts: [CartID] = try database.values(
        "SELECT cart_id FROM purchase_cart JOIN purchase_checkout USING (cart_key) WHERE state <> 'refused'"
      ) { try $0.id() }
      return try carts.compactMap { try Self.purchase($0, database) }.sorted()
    }
  }
}

extension Ledger {
  private static func insert(
    _ cart: CartID, _ customer: CustomerID, _ begun: Instant, into database: Database
  ) throws {
    var insertion = try Insertion(
      database, into: "purchase_cart", ["cart_key", "cart_id", "customer_key", "customer_id", "begun"],
      onConflict: "ON CONFLICT (cart_key) DO NOTHING")
    try insertion.run { row in
      row.putKey(cart)
      row.put(cart)
      row.putKey(customer)
      row.put(customer)
      row.put(begun)
    }
  }

  private static func insert(
    _ orders: [Purchase.OrderMade], _ errors: [CheckoutResult.OrderError], of cart: CartID, checkout: Int,
    into database: Database
  ) throws {
    let keys = ["cart_key", "checkout", "ordinal"]
    var order = try Insertion(database, into: "purchase_order", keys + Purchase.OrderMade.columns)
    for (ordinal, made) in orders.enumerated() {
      try order.run { row in
        row.putKey(cart)
        row.put(checkout)
        row.put(ordinal)
        made.put(into: &row)
      }
    }
    var error = try Insertion(database, into: "purchase_error", keys + ["order_group", "code", "words"])
    for (ordinal, failure) in errors.enumerated() {
      try error.run { row in
        row.putKey(cart)
        row.put(checkout)
        row.put(ordinal)
        row.put(failure.group)
        row.put(failure.code)
        row.put(failure.words)
      }
    }
  }

  private static func lastSighting(of cart: CartID, _ database: Database) throws -> Int? {
    try database.values(
      "SELECT number FROM purchase_sighting WHERE cart_key = ? ORDER BY number DESC LIMIT 1", [cart.key]
    ) { try $0.number() }.first
  }

  private static func lines(of cart: CartID, sighting: Int, _ database: Database) throws -> [Purchase.Line] {
    try database.values(
      """
      SELECT \(Purchase.Line.columns.joined(separator: ", ")) FROM purchase_line
      WHERE cart_key = ? AND sighting = ? ORDER BY ordinal
      """, [cart.key, sighting]
    ) { try Purchase.Line(reading: &$0) }
  }

  private static func attempts(
    _ cart: CartID, _ condition: String, _ database: Database
  ) throws -> [CheckoutAttempt] {
    try database.values(
      """
      SELECT cart_id, customer_id, request_id, sent, state, cause, sighting
      FROM purchase_checkout JOIN purchase_cart USING (cart_key)
      WHERE cart_key = ? AND \(condition) ORDER BY number
      """, [cart.key]
    ) { row in
      CheckoutAttempt(
        cart: try row.id(), customer: try row.id(), requestID: try row.text(), sentAt: try row.instant(),
        state: try row.value(Purchase.State.init(rawValue:)), cause: try row.text(),
        lines: try lines(of: cart, sighting: try row.number(), database))
    }
  }

  /// What was bought with a cart, or may have been.
  private static func purchase(_ cart: CartID, _ database: Database) throws -> Purchase? {
    guard let attempt = try attempts(cart, "state <> 'refused'", database).first else { return nil }
    let checkout = """
      JOIN purchase_checkout ON purchase_checkout.cart_key = part.cart_key AND purchase_checkout.number = part.checkout
      WHERE part.cart_key = ? AND state <> 'refused' ORDER BY part.ordinal
      """
    let orders = try database.values(
      "SELECT \(Purchase.OrderMade.columns.joined(separator: ", ")) FROM purchase_order AS part \(checkout)", [cart.key]
    ) { try Purchase.OrderMade(reading: &$0) }
    let errors = try database.values(
      "SELECT order_group, code, words FROM purchase_error AS part \(checkout)", [cart.key]
    ) { row in
      CheckoutResult.OrderError(group: try row.text(), code: row.numberIfAny(), words: try row.text())
    }
    return Purchase(
      customer: attempt.customer, cart: attempt.cart, checkedOutAt: attempt.sentAt, state: attempt.state,
      orders: orders,
      lines: attempt.lines.failing(by: errors, made: orders))
  }
}
