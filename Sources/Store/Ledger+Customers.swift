public import Billing
import GRDB

extension Ledger {
  /// The customer key of lines whose customer cannot be told.
  static let unassigned = "unassigned"

  /// Replaces all customers: those that are no longer served go, with their orders; their lines stay.
  public func ingestCustomers(_ customers: [Customer]) throws {
    var seen: Set<CustomerID> = []
    let customers = customers.filter { seen.insert($0.id).inserted }.sorted { $0.id < $1.id }
    try write { database in
      let before = try Self.customers(database)
      guard before != customers else { return }
      try database.forgetFindings()

      for gone in before where !seen.contains(gone.id) {
        try database.execute(sql: "DELETE FROM customer WHERE key = ?", arguments: [gone.id.key])
      }
      var insertion = try Insertion(database, upsertInto: "customer", key: "key", ["key", "id", "name", "domain"])
      for customer in customers {
        try insertion.run { row in
          row.putKey(customer.id)
          row.put(customer.id)
          row.put(customer.name)
          row.put(customer.domain)
        }
      }
      try database.resolveCustomers()
    }
  }

  /// All customers, ordered by their ids.
  public func customers() throws -> [Customer] { try read(Self.customers) }

  private static func customers(_ database: Database) throws -> [Customer] {
    try database.values("SELECT id, name, domain FROM customer ORDER BY key") { row in
      Customer(id: try row.id(), name: try row.text(), domain: try row.text())
    }
  }
}

extension Database {
  /// Tells lines without a customer by their subscriptions.
  ///
  /// A subscription that two customers show tells nothing: its lines stay unassigned rather than guessed.
  func resolveCustomers(where condition: String = "TRUE", _ arguments: StatementArguments = []) throws {
    try cachedStatement(
      sql: """
        UPDATE charge SET customer_key = coalesce(
          (SELECT CASE WHEN min(customer_key) = max(customer_key) THEN min(customer_key) END
           FROM subscription WHERE subscription.subscription_key = charge.subscription_key),
          'unassigned')
        WHERE customer_id IS NULL AND (\(condition))
        """
    ).execute(arguments: arguments)
  }
}
