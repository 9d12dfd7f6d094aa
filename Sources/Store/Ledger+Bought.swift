public import Billing
import GRDB

extension Ledger {
  /// Replaces the purchases a run knows: those that are not given are gone.
  ///
  /// They are evidence like orders and lines. The journal they come from is left alone, so that a replay of an earlier run
  /// does not unlearn what was bought since.
  public func ingestPurchases(_ purchases: [Purchase]) throws {
    var seen: Set<CartID> = []
    let purchases = purchases.sorted().filter { seen.insert($0.cart).inserted }
    try write { database in
      guard try Self.boughtByAll(database) != purchases else { return }
      try database.forgetFindings()
      try database.execute(sql: "DELETE FROM bought")

      let keys = ["customer_key", "cart_key"]
      var purchase = try Insertion(
        database, into: "bought", keys + ["customer_id", "cart_id", "checked_out", "state"])
      var line = try Insertion(database, into: "bought_line", keys + ["ordinal", "failure"] + Purchase.Line.columns)
      var order = try Insertion(database, into: "bought_order", keys + ["ordinal"] + Purchase.OrderMade.columns)
      for item in purchases {
        try purchase.run { row in
          item.putKeys(into: &row)
          row.put(item.customer)
          row.put(item.cart)
          row.put(item.checkedOutAt)
          row.put(item.state.rawValue)
        }
        for (ordinal, part) in item.lines.enumerated() {
          try line.run { row in
            item.putKeys(into: &row)
            row.put(ordinal)
            row.put(part.failure)
            part.put(into: &row)
          }
        }
        for (ordinal, made) in item.orders.enumerated() {
          try order.run { row in
            item.putKeys(into: &row)
            row.put(ordinal)
            made.put(into: &row)
          }
        }
      }
    }
  }

  private static func boughtByAll(_ database: Database) throws -> [Purchase] {
    try database.values("SELECT DISTINCT customer_key FROM bought") { try $0.text() }
      .flatMap { try bought(database, $0) }.sorted()
  }

  /// What one customer's purchases are, the first first.
  static func bought(_ database: Database, _ customer: String) throws -> [Purchase] {
    let lines = try database.valuesByKey(
      """
      SELECT cart_key, failure, \(Purchase.Line.columns.joined(separator: ", ")) FROM bought_line
      WHERE customer_key = ? ORDER BY cart_key, ordinal
      """, [customer], key: { try $0.text() }
    ) { row in
      let failure = try row.text()
      var line = try Purchase.Line(reading: &row)
      line.failure = failure
      return line
    }
    let orders = try database.valuesByKey(
      """
      SELECT cart_key, \(Purchase.OrderMade.columns.joined(separator: ", ")) FROM bought_order
      WHERE customer_key = ? ORDER BY cart_key, ordinal
      """, [customer], key: { try $0.text() }
    ) { try Purchase.OrderMade(reading: &$0) }
    return try database.values(
      "SELECT customer_id, cart_id, checked_out, state FROM bought WHERE customer_key = ?", [customer]
    ) { row in
      var purchase = Purchase(
        customer: try row.id(), cart: try row.id(), checkedOutAt: try row.instant(),
        state: try row.value(Purchase.State.init(rawValue:)), lines: [])
      purchase.lines = lines[purchase.cart.key] ?? []
      purchase.orders = orders[purchase.cart.key] ?? []
      return purchase
    }
    .sorted()
  }
}

extension Purchase {
  fileprivate func putKeys(into row: inout RowWriter) {
    row.putKey(customer)
    row.putKey(cart)
  }
}
