import Billing
import GRDB
import Reconciliation

extension Ledger {
  /// What is wrong with the file, a sentence each; nothing when it is sound.
  ///
  /// Beyond SQLite's own checks the lines are added again, and must give what was written down when they were read and
  /// when they were tied.
  public func verify() throws -> [String] {
    do {
      return try read(Self.flaws)
    } catch let error as LedgerError {
      switch error {
      case .damaged, .unreadable: return [error.description]
      default: throw error
      }
    }
  }

  private static func flaws(_ database: Database) throws -> [String] {
    let broken = try database.values("PRAGMA integrity_check") { try $0.text() }.filter { $0 != "ok" }
    guard broken.isEmpty else {
      return broken.map { "The database file is damaged: \($0). \(LedgerError.remedy("it"))" }
    }
    let orphans = try database.values("PRAGMA foreign_key_check") { row in
      let table = try row.text()
      _ = row.numberIfAny()
      return "A row of \(table) belongs to a row of \(try row.text()) that is not there. "
        + LedgerError.remedy("the file")
    }
    var audit = Audit()
    try audit.addCharges(database)
    try audit.addUsage(database)
    return try Set(orphans).sorted() + audit.flaws(database)
  }
}

/// The lines, added again.
private struct Audit {
  private struct Page {
    var itemCount = 0
    var tallies: [Currency: Tally] = [:]
  }

  private var pages: [PageID: Page] = [:]
  private var outcomes: [Tallies.Key: [Tie.Outcome: Tally]] = [:]
  private var untied = 0
  private var flaws: [String] = []

  mutating func addCharges(_ database: Database) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT invoice, line_set, page, item, currency, subtotal, subtotal_millionths, tax, tax_millionths, total,
          total_millionths, tie.outcome
        FROM charge LEFT JOIN tie USING (invoice, line_set, page, item)
        """)
    while let row = try rows.next() {
      var reader = RowReader(row)
      let position = try reader.position()
      let currency = try reader.currencyIfAny() ?? Currency.none
      var amounts: [Amount?] = []
      for name in ["subtotal", "tax", "total"] {
        let amount = try reader.amountIfAny()
        if amount?.millionths.map(Int.init) != reader.numberIfAny() {
          flaws.append("Line \(position): the millionths of its \(name) are not those of its text. \(Self.remedy)")
        }
        amounts.append(amount)
      }
      let page = PageID(invoice: position.invoice, set: position.set, page: position.page)
      pages[page, default: Page()].itemCount += 1
      try pages[page, default: Page()].tallies[currency, default: Tally()].add(
        subtotal: amounts[0], tax: amounts[1], total: amounts[2])
      if let outcome = try reader.valueIfAny(Tie.Outcome.init(rawValue:)) {
        let key = Tallies.Key(invoice: position.invoice, currency: currency)
        try outcomes[key, default: [:]][outcome, default: Tally()].add(
          subtotal: amounts[0], tax: amounts[1], total: amounts[2])
      } else {
        untied += 1
      }
    }
  }

  mutating func addUsage(_ database: Database) throws {
    let rows = try Row.fetchCursor(
      database, sql: "SELECT invoice, line_set, page, billing_currency, billing_total FROM usage_record")
    while let row = try rows.next() {
      var reader = RowReader(row)
      let page = try reader.page()
      let currency = try reader.currencyIfAny() ?? Currency.none
      let total = try reader.amountIfAny()
      pages[page, default: Page()].itemCount += 1
      try pages[page, default: Page()].tallies[currency, default: Tally()].add(
        subtotal: total, tax: .zero, total: total)
    }
  }

  func flaws(_ database: Database) throws -> [String] {
    var flaws = flaws + (try pageFlaws(database))
    guard try database.hasRow("SELECT 1 FROM finding", []) else { return flaws }
    if untied > 0 {
      flaws.append("The tie is finished, and \(lines(untied)) came to no outcome. \(Self.remedy)")
    }
    return flaws + (try tallyFlaws(database)) + (try referenceFlaws(database))
  }

  private func pageFlaws(_ database: Database) throws -> [String] {
    var sums: [PageID: [Currency: Tally]] = [:]
    let stored = try database.values(
      """
      SELECT invoice, line_set, page, currency, \(Tally.columns.joined(separator: ", ")) FROM page_sum
      """
    ) { row in
      (page: try row.page(), currency: try row.currency(), tally: try Tally(reading: &row))
    }
    for sum in stored { sums[sum.page, default: [:]][sum.currency] = sum.tally }

    var flaws: [String] = []
    let counts = try database.values(
      """
      SELECT invoice, line_set, page, item_count FROM page
      ORDER BY invoice, line_set, page
      """
    ) { row in
      (page: try row.page(), itemCount: try row.number())
    }
    for (page, itemCount) in counts {
      let found = pages[page] ?? Page()
      let name = "Page \(page.page) of \(page.set) on \(page.invoice)"
      if found.itemCount != itemCount {
        flaws.append("\(name) came with \(lines(itemCount)), and \(found.itemCount) are there. \(Self.remedy)")
      }
      let recorded = sums[page] ?? [:]
      for currency in Set(recorded.keys).union(found.tallies.keys).sorted()
      where recorded[currency] != found.tallies[currency] {
        flaws.append(
          "\(name): its lines add up to \((found.tallies[currency] ?? Tally()).words(currency)), and "
            + "\((recorded[currency] ?? Tally()).words(currency)) was written down when they were read. \(Self.remedy)")
      }
    }
    return flaws
  }

  /// Conservation: by document and currency, the outcomes are what was written down.
  private func tallyFlaws(_ database: Database) throws -> [String] {
    var recorded: [Tallies.Key: [Tie.Outcome: Tally]] = [:]
    let stored = try database.values(
      """
      SELECT invoice, currency, name, \(Tally.columns.joined(separator: ", ")) FROM tally WHERE by = 'outcome'
      """
    ) { row in
      (
        key: Tallies.Key(invoice: try row.id(), currency: try row.currency()),
        outcome: try row.value(Tie.Outcome.init(rawValue:)), tally: try Tally(reading: &row)
      )
    }
    for row in stored { recorded[row.key, default: [:]][row.outcome] = row.tally }

    return Set(recorded.keys).union(outcomes.keys).sorted().flatMap { key in
      Tie.Outcome.allCases.compactMap { outcome in
        let found = outcomes[key]?[outcome] ?? Tally()
        let expected = recorded[key]?[outcome] ?? Tally()
        guard found != expected else { return nil }
        return "Document \(key.invoice): the \(outcome.rawValue) lines add up to \(found.words(key.currency)), and "
          + "\(expected.words(key.currency)) was written down when they were tied. \(Self.remedy)"
      }
    }
  }

  /// Ties name mismatches that partitions found before the mismatches were written.
  private func referenceFlaws(_ database: Database) throws -> [String] {
    try database.values(
      """
      SELECT DISTINCT named.value FROM tie, json_each(tie.mismatches) AS named
      WHERE tie.mismatches <> '[]' AND named.value NOT IN (SELECT id FROM mismatch) ORDER BY 1
      """
    ) { row in
      "A line names the mismatch \(try row.text()), which is not in the list. \(Self.remedy)"
    }
  }

  private static let remedy = LedgerError.remedy("the database")
}

extension Tally {
  /// `10.5 USD (2 lines, 10 before tax, 0.5 tax)`
  fileprivate func words(_ currency: Currency) -> String {
    "\(total) \(currency) (\(lines(count)), \(subtotal) before tax, \(tax) tax)"
  }
}

private func lines(_ count: Int) -> String { count == 1 ? "1 line" : "\(count) lines" }
