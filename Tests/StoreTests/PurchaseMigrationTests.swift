import Billing
import Foundation
import GRDB
import Reconciliation
import Testing

@testable import Store

@Suite("A database of schema 1")
struct PurchaseMigrationTests {
  /// Makes the file as the first version of the schema did.
  private func makeFirst(at path: String) throws {
    try DatabaseQueue(path: path).write { database in
      try database.execute(sql: try some(Schema.scripts.first))
      try database.execute(
        sql: """
          PRAGMA application_id = \(Schema.applicationID);
          PRAGMA user_version = 1;
          INSERT INTO customer VALUES ('c-1', 'C-1', 'Contoso', 'contoso.com');
          INSERT INTO commerce VALUES ('c-1', 1, '1:f');
          INSERT INTO customer_order VALUES
            ('c-1', 'o-1', 0, 'C-1', 'O-1', NULL, NULL, 'monthly', 'EUR', NULL, 'completed');
          """)
    }
  }

  @Test("It is opened, keeps what it holds, and takes purchases")
  func migrates() throws {
    let place = try Place()
    try makeFirst(at: place.path)
    let ledger = try place.ledger()
    #expect(try ledger.rows("PRAGMA user_version") == [["2"]])
    #expect(try ledger.customers().map(\.name) == ["Contoso"])
    #expect(try ledger.partition(of: try id("c-1")).orders.map(\.id.printed) == ["O-1"])
    #expect(try ledger.journaledPurchases() == [])

    let cart = Cart(
      id: try id("k-1"), lines: [CartLine(number: 0, catalogItemID: "a:b:c", quantity: 1, billingCycle: "monthly")])
    try ledger.journalCart(cart, customer: try id("c-1"), seenAt: Instant(seconds: 0))
    try ledger.journalCheckout(cart: cart.id, requestID: "r-1", at: Instant(seconds: 0))
    #expect(try ledger.journaledPurchases().count == 1)
    #expect(try ledger.verify() == [])
  }

  @Test("It has the same tables as a new one")
  func sameTables() throws {
    let old = try Place()
    try makeFirst(at: old.path)
    let new = try Place()
    let question = "SELECT type, name, sql FROM sqlite_schema ORDER BY name"
    let found = try (old: old.ledger().rows(question), new: new.ledger().rows(question))
    #expect(found.old == found.new)
  }
}
