import Billing
import Testing

@testable import Store

@Suite("Schema")
struct SchemaTests {
  @Test(
    "Nonsense is refused by the tables themselves",
    arguments: [
      "UPDATE charge SET page = 'first'",  // STRICT
      "UPDATE charge SET family = 'gift'",
      "UPDATE charge SET customer_key = NULL",
      "UPDATE charge SET currency = 'Dollar'",
      "UPDATE charge SET order_ids = 'o-1'",
      "UPDATE charge SET invoice = 'G9'",
      "UPDATE charge SET subtotal = NULL",
      "UPDATE charge SET licence_amount = '1'",
      "UPDATE page SET repeat_of = 0",
      "UPDATE page_sum SET unknown_count = 99",
      "UPDATE document SET month = 'January'",
      "UPDATE document SET currency = ''",
      "INSERT INTO line_set VALUES ('G000024135', 'office', 1, 0, 0)",
      "INSERT INTO line_set VALUES ('G9', 'office-billing', 1, 0, 0)",
      "INSERT INTO document_set VALUES ('G9', 'office-billing', 0)",
      "INSERT INTO customer VALUES ('unassigned', 'unassigned', '', '')",
      "INSERT INTO commerce VALUES ('c-9', 0, NULL)",
      "INSERT INTO tie VALUES ('G000024135', 'onetime-billing', 0, 5, 'tied', NULL, NULL, NULL, '', '', '', '[]', '[]')",
      "INSERT INTO tie VALUES ('G000024135', 'onetime-billing', 0, 0, 'fine', NULL, NULL, NULL, '', '', '', '[]', '[]')",
      "INSERT INTO stage VALUES (1, 'r-9', 'tie', '')",
    ])
  func refuses(sql: String) throws {
    let place = try Place()
    let ledger = try place.ledger()
    try ledger.ingest([try charge(0)])
    let error = #expect(throws: LedgerError.self) { try ledger.rows(sql) }
    guard case .refused = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("Every table is STRICT")
  func strict() throws {
    let place = try Place()
    let lax = try place.ledger().rows(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict")
    #expect(lax == [["sqlite_schema"]])
  }

  @Test("No shipped SQL adds amounts, which SQLite would do in binary fractions")
  func addsNothing() {
    for script in Schema.scripts {
      for adder in ["sum(", "total(", "avg("] {
        #expect(!script.lowercased().contains(adder), "\(adder)…)")
      }
    }
  }

  @Test("Every foreign key finds its rows through an index when a parent goes")
  func foreignKeysAreIndexed() throws {
    let place = try Place()
    let ledger = try place.ledger()
    let keys = try ledger.rows(
      """
      SELECT child.name, group_concat(key."from", ',') FROM pragma_table_list AS child,
        pragma_foreign_key_list(child.name) AS key
      WHERE child.schema = 'main' AND child.type = 'table' GROUP BY child.name, key.id
      """)
    #expect(keys.count > 15)
    for key in keys {
      let table = try some(key.first ?? nil)
      let condition = try some(key.last ?? nil).split(separator: ",").map { "\($0) = 1" }.joined(separator: " AND ")
      let plan = try ledger.rows("EXPLAIN QUERY PLAN SELECT 1 FROM \(table) WHERE \(condition)")
      #expect(plan.allSatisfy { $0.last??.hasPrefix("SEARCH") == true }, "\(table): \(condition)")
    }
  }

  @Test(
    "A list of texts is JSON and comes back",
    arguments: [
      ([], "[]"), (["o-1"], #"["o-1"]"#), (["a", "b"], #"["a","b"]"#), ([""], #"[""]"#),
      (["say \"no\"", "c:\\d"], #"["say \"no\"","c:\\d"]"#), (["\u{1}ü"], #"["\u0001ü"]"#), ([","], #"[","]"#),
    ] as [([String], String)])
  func lists(texts: [String], json: String) {
    #expect(TextList.json(texts) == json)
    #expect(TextList.texts(json) == texts)
  }

  @Test("A broken list is not read", arguments: ["", "[", "a", "[\"a]", "{\"a\":1}"])
  func brokenLists(json: String) {
    #expect(TextList.texts(json) == nil)
  }
}
