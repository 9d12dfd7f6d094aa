public import Billing
import GRDB

extension Ledger {
  /// Replaces the account's balances, one for each currency.
  public func ingestSummaries(_ summaries: [AccountSummary]) throws {
    try replaceSummaries(endpoint: "summaries", summaries)
  }

  /// Replaces the balance in the account's own currency.
  public func ingestSummary(_ summary: AccountSummary?) throws {
    try replaceSummaries(endpoint: "summary", summary.map { [$0] } ?? [])
  }

  public func summaries() throws -> [AccountSummary] {
    try read { try Self.summaries($0, endpoint: "summaries") }
  }

  public func summary() throws -> AccountSummary? {
    try read { try Self.summaries($0, endpoint: "summary").first }
  }

  private func replaceSummaries(endpoint: String, _ summaries: [AccountSummary]) throws {
    try write { database in
      guard try Self.summaries(database, endpoint: endpoint) != summaries else { return }
      try database.forgetFindings()
      try database.execute(sql: "DELETE FROM account_summary WHERE endpoint = ?", arguments: [endpoint])
      var whole = try Insertion(database, into: "account_summary", ["endpoint", "ordinal"] + AccountSummary.columns)
      var part = try Insertion(
        database, into: "account_summary_detail",
        ["endpoint", "summary", "ordinal", "invoice_type"] + AccountSummary.columns)
      for (place, summary) in summaries.enumerated() {
        try whole.run { row in
          row.put(endpoint)
          row.put(place)
          summary.put(into: &row)
        }
        for (ordinal, detail) in summary.details.enumerated() {
          try part.run { row in
            row.put(endpoint)
            row.put(place)
            row.put(ordinal)
            row.put(detail.invoiceType.printed)
            detail.summary.put(into: &row)
          }
        }
      }
    }
  }

  private static func summaries(_ database: Database, endpoint: String) throws -> [AccountSummary] {
    let columns = AccountSummary.columns.joined(separator: ", ")
    let details = try database.valuesByKey(
      """
      SELECT summary, invoice_type, \(columns) FROM account_summary_detail WHERE endpoint = ?
      ORDER BY summary, ordinal
      """, [endpoint], key: { try $0.number() }
    ) { row in
      AccountSummary.Detail(
        invoiceType: InvoiceType(try row.text()), summary: try AccountSummary(reading: &row))
    }
    return try database.values(
      "SELECT ordinal, \(columns) FROM account_summary WHERE endpoint = ? ORDER BY ordinal", [endpoint]
    ) { row in
      let place = try row.number()
      var summary = try AccountSummary(reading: &row)
      summary.details = details[place] ?? []
      return summary
    }
  }
}
