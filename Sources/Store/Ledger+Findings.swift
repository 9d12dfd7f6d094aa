import Billing
import GRDB
public import Reconciliation

extension Ledger {
  /// What the last tie found, or `nil` when there is none or something was ingested since.
  public func findings() throws -> Findings? {
    try read { database in
      let head = try database.values("SELECT run, as_of, period, customer_count FROM finding") { row in
        Findings(
          runID: try row.text(), asOf: try row.instant(), period: try row.month(), invoices: [], balances: [],
          tallies: Tallies(), mismatches: [], customerCount: try row.number())
      }.first
      guard var findings = head else { return nil }
      findings.invoices = try Self.invoiceVerdicts(database)
      findings.balances = try Self.balanceVerdicts(database)
      findings.tallies = try Self.tallies(database)
      findings.mismatches = try Self.mismatches(database)
      return findings
    }
  }

  private static func invoiceVerdicts(_ database: Database) throws -> [InvoiceVerdict] {
    let documents = Dictionary(try self.documents(database).map { ($0.id, $0) }) { first, _ in first }
    return try database.values(
      """
      SELECT invoice, \(Tally.columns.joined(separator: ", ")), tax_on_total, residual, explanation, mismatch
      FROM invoice_verdict ORDER BY ordinal
      """
    ) { row in
      let document = try row.value { text in InvoiceID(text).flatMap { documents[$0] } }
      return InvoiceVerdict(
        document: document, lines: try Tally(reading: &row), taxOnTotal: try row.amountIfAny(),
        residual: try row.amountIfAny(), explanation: try row.text(), mismatch: row.textIfAny())
    }
  }

  private static func balanceVerdicts(_ database: Database) throws -> [BalanceVerdict] {
    try database.values(
      """
      SELECT currency, balance, details, open_documents, accounting_date, mismatches
      FROM balance_verdict ORDER BY ordinal
      """
    ) { row in
      BalanceVerdict(
        currency: try row.currency(), balance: try row.amountIfAny(), details: try row.amountIfAny(),
        openDocuments: try row.amountIfAny(), accountingDate: try row.instantIfAny(), mismatches: try row.texts())
    }
  }

  private static func tallies(_ database: Database) throws -> Tallies {
    var tallies = Tallies()
    _ = try database.values(
      "SELECT invoice, currency, by, name, \(Tally.columns.joined(separator: ", ")) FROM tally"
    ) { row in
      let key = Tallies.Key(invoice: try row.id(), currency: try row.currency())
      if try row.text() == "outcome" {
        let outcome = try row.value(Tie.Outcome.init(rawValue:))
        try tallies.merge(Tally(reading: &row), outcome: outcome, of: key)
      } else {
        let flow = try row.value(ChargeFlow.init(rawValue:))
        try tallies.merge(Tally(reading: &row), flow: flow, of: key)
      }
    }
    return tallies
  }

  private static func mismatches(_ database: Database) throws -> [Mismatch] {
    let positions = try database.valuesByKey(
      "SELECT mismatch, invoice, line_set, page, item FROM mismatch_line ORDER BY mismatch, ordinal",
      key: { try $0.text() }, { try $0.position() })
    return try database.values(
      "SELECT \(Mismatch.columnsRead.joined(separator: ", ")) FROM mismatch ORDER BY ordinal"
    ) { row in
      try Mismatch(reading: &row) { positions[$0] ?? [] }
    }
  }
}
