public import Billing
import GRDB

/// What one customer bought.
public struct Commerce: Hashable, Sendable {
  public var orders: [Order]
  public var subscriptions: [Subscription]
  /// With the quantities of their reservations, where their details were read.
  public var entitlements: [Entitlement]

  public init(orders: [Order] = [], subscriptions: [Subscription] = [], entitlements: [Entitlement] = []) {
    self.orders = orders
    self.subscriptions = subscriptions
    self.entitlements = entitlements
  }
}

extension Ledger {
  /// Replaces what one customer bought in one transaction, or leaves it alone when the fingerprint is the same.
  ///
  /// An order or a subscription that came twice, because two queries name it, is kept once: the first.
  ///
  /// - Parameters:
  ///   - fingerprint: of all bodies the answer is decoded from, those of reservation details included.
  ///   - commerce: decodes them; not called when nothing changed.
  /// - Returns: whether the customer was written anew.
  @discardableResult
  public func ingestCommerce(
    customer: CustomerID, fingerprint: String, commerce: () throws -> Commerce
  ) throws -> Bool {
    let fingerprint = "\(Self.decoding):\(fingerprint)"
    return try write { database in
      guard
        try !database.hasRow(
          "SELECT 1 FROM commerce WHERE customer_key = ? AND fingerprint = ?", [customer.key, fingerprint])
      else { return false }
      let commerce = try commerce()
      try Self.replaceCommerce(database, customer, fingerprint: fingerprint) {
        try Self.insert(commerce, of: customer, into: database)
      }
      return true
    }
  }

  /// Writes down that a customer's orders, subscriptions and entitlements could not be read.
  ///
  /// What was known before is dropped: nothing is concluded from it, and the archive still has it.
  public func markCommerceUnknown(customer: CustomerID) throws {
    try write { database in
      guard
        try !database.hasRow(
          "SELECT 1 FROM commerce WHERE customer_key = ? AND is_known = 0", [customer.key])
      else { return }
      try Self.replaceCommerce(database, customer, fingerprint: nil) {}
    }
  }

  private static func replaceCommerce(
    _ database: Database, _ customer: CustomerID, fingerprint: String?, insert: () throws -> Void
  ) throws {
    guard try database.hasRow("SELECT 1 FROM customer WHERE key = ?", [customer.key]) else {
      throw LedgerError.customerUnknown(customer: customer.printed)
    }
    try database.forgetFindings()
    let subscriptionsBefore = try Self.subscriptionKeys(database, customer)
    try database.execute(sql: "DELETE FROM commerce WHERE customer_key = ?", arguments: [customer.key])
    try database.execute(
      sql: "INSERT INTO commerce (customer_key, is_known, fingerprint) VALUES (?, ?, ?)",
      arguments: [customer.key, fingerprint == nil ? 0 : 1, fingerprint])
    try insert()
    // Only lines of subscriptions that came or went can belong to somebody else now.
    for key in try Self.subscriptionKeys(database, customer).symmetricDifference(subscriptionsBefore).sorted() {
      try database.resolveCustomers(where: "subscription_key = ?", [key])
    }
  }

  private static func subscriptionKeys(_ database: Database, _ customer: CustomerID) throws -> Set<String> {
    Set(
      try database.values(
        "SELECT subscription_key FROM subscription WHERE customer_key = ?", [customer.key]
      ) { try $0.text() })
  }

  private static func insert(_ commerce: Commerce, of owner: CustomerID, into database: Database) throws {
    var order = try Insertion(database, into: "customer_order", Order.columnsWritten)
    var orderLine = try Insertion(database, into: "order_line", Order.Line.columnsWritten)
    var orders: Set<OrderID> = []
    for (place, item) in commerce.orders.enumerated() where orders.insert(item.id).inserted {
      try order.run { item.put(into: &$0, owner: owner, ordinal: place) }
      for (ordinal, line) in item.lines.enumerated() {
        try orderLine.run { line.put(into: &$0, owner: owner, order: item.id, ordinal: ordinal) }
      }
    }

    var subscription = try Insertion(database, into: "subscription", Subscription.columnsWritten)
    var subscriptions: Set<SubscriptionID> = []
    for (place, item) in commerce.subscriptions.enumerated() where subscriptions.insert(item.id).inserted {
      try subscription.run { item.put(into: &$0, owner: owner, ordinal: place) }
    }

    var entitlement = try Insertion(database, into: "entitlement", Entitlement.columnsWritten)
    var reservation = try Insertion(database, into: "reservation", Entitlement.Reservation.columns)
    for (place, item) in commerce.entitlements.enumerated() {
      try entitlement.run { item.put(into: &$0, owner: owner, ordinal: place) }
      for (ordinal, part) in item.reservations.enumerated() {
        try reservation.run { part.put(into: &$0, owner: owner, entitlement: place, ordinal: ordinal) }
      }
    }
  }
}
