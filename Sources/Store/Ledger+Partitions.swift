public import Billing
import GRDB
public import Reconciliation

extension Ledger {
  /// The customers with a charge, an order, a subscription, an entitlement or a purchase, ordered by their ids; `nil`, for
  /// lines whose customer cannot be told, comes last.
  public func partitions() throws -> [CustomerID?] {
    try read { database in
      try database.values(
        """
        WITH key (key) AS (
          SELECT DISTINCT customer_key FROM charge
          UNION SELECT customer_key FROM customer_order
          UNION SELECT customer_key FROM subscription
          UNION SELECT customer_key FROM entitlement
          UNION SELECT customer_key FROM bought)
        SELECT key.key, coalesce(customer.id, key.key) FROM key LEFT JOIN customer ON customer.key = key.key
        ORDER BY key.key = '\(Self.unassigned)', key.key
        """
      ) { row in
        try row.text() == Self.unassigned ? nil : try row.id()
      }
    }
  }

  /// One customer with all months of the window, or the lines whose customer cannot be told.
  public func partition(of customer: CustomerID?) throws -> Partition {
    try read { database in
      let key = customer?.key ?? Self.unassigned
      let charges = try Self.charges(database, key)
      guard let customer else {
        return Partition(customer: nil, customerName: "", charges: charges, commerceIsKnown: false)
      }
      let name = try database.values("SELECT name FROM customer WHERE key = ?", [key]) { try $0.text() }.first
      return Partition(
        customer: customer,
        customerName: name ?? charges.first { !$0.customerName.isEmpty }?.customerName ?? "",
        charges: charges, orders: try Self.orders(database, key),
        subscriptions: try Self.subscriptions(database, key), entitlements: try Self.entitlements(database, key),
        commerceIsKnown: try database.hasRow(
          "SELECT 1 FROM commerce WHERE customer_key = ? AND is_known = 1", [key]),
        purchases: try Self.bought(database, key))
    }
  }

  private static func charges(_ database: Database, _ key: String) throws -> [Charge] {
    let charges = try database.values(
      """
      SELECT \(Charge.columnsRead) FROM charge WHERE customer_key = ? ORDER BY invoice, line_set, page, item
      """, [key]
    ) { try Charge(reading: &$0) }
    // SQLite orders ids byte by byte. Where Swift's order differs, which takes unusual ids, Swift's is the one meant.
    let isOrdered = zip(charges, charges.dropFirst()).allSatisfy { $0.position < $1.position }
    return isOrdered ? charges : charges.sorted { $0.position < $1.position }
  }

  private static func orders(_ database: Database, _ key: String) throws -> [Order] {
    let lines = try database.valuesByKey(
      """
      SELECT order_key, \(Order.Line.columnsRead.joined(separator: ", ")) FROM order_line
      WHERE customer_key = ? ORDER BY order_key, ordinal
      """, [key], key: { try $0.text() }
    ) { try Order.Line(reading: &$0) }
    return try database.values(
      """
      SELECT \(Order.columnsRead.joined(separator: ", ")) FROM customer_order WHERE customer_key = ? ORDER BY ordinal
      """, [key]
    ) { row in
      try Order(reading: &row) { lines[$0] ?? [] }
    }
  }

  private static func subscriptions(_ database: Database, _ key: String) throws -> [Subscription] {
    try database.values(
      """
      SELECT \(Subscription.columnsRead.joined(separator: ", ")) FROM subscription
      WHERE customer_key = ? ORDER BY ordinal
      """, [key]
    ) { try Subscription(reading: &$0) }
  }

  private static func entitlements(_ database: Database, _ key: String) throws -> [Entitlement] {
    let reservations = try database.valuesByKey(
      """
      SELECT entitlement, order_id, quantity, link FROM reservation
      WHERE customer_key = ? ORDER BY entitlement, ordinal
      """, [key], key: { try $0.number() }
    ) { try Entitlement.Reservation(reading: &$0) }
    return try database.values(
      """
      SELECT \(Entitlement.columnsRead.joined(separator: ", ")) FROM entitlement
      WHERE customer_key = ? ORDER BY ordinal
      """, [key]
    ) { row in
      try Entitlement(reading: &row) { reservations[$0] ?? [] }
    }
  }
}
