import Billing
import GRDB
public import Reconciliation

extension Ledger {
  /// Clears what an earlier tie found.
  public func beginTie() throws {
    try write { database in
      for table in ["finding", "tie", "mismatch_line", "invoice_verdict", "balance_verdict", "tally", "mismatch"] {
        try database.execute(sql: "DELETE FROM \(table)")
      }
    }
  }

  /// Writes down what became of one partition's charges.
  ///
  /// Its mismatches and tallies are merged with those of the others first, and come with the findings.
  public func save(result: PartitionResult) throws {
    try write { database in
      var insertion = try Insertion(database, into: "tie", Tie.columns)
      for tie in result.ties {
        try insertion.run { tie.put(into: &$0) }
      }
    }
  }

  /// Writes down all that a run found; the ties are saved before, partition by partition.
  public func save(findings: Findings) throws {
    try write { database in
      let ranks = Dictionary(
        uniqueKeysWithValues: findings.listed.enumerated().map { rank, mismatch in (mismatch.id, rank) })
      var mismatchRow = try Insertion(database, into: "mismatch", Mismatch.columnsWritten)
      var line = try Insertion(
        database, into: "mismatch_line", ["mismatch", "ordinal", "invoice", "line_set", "page", "item"])
      for (ordinal, mismatch) in findings.mismatches.enumerated() {
        try mismatchRow.run { mismatch.put(into: &$0, ordinal: ordinal, rank: ranks[mismatch.id]) }
        for (place, position) in mismatch.positions.enumerated() {
          try line.run { row in
            row.put(mismatch.id)
            row.put(place)
            row.put(position)
          }
        }
      }
      try Self.insert(findings.invoices, into: database)
      try Self.insert(findings.balances, into: database)
      try Self.insert(findings.tallies, into: database)

      var finding = try Insertion(database, into: "finding", ["run", "as_of", "period", "customer_count"])
      try finding.run { row in
        row.put(findings.runID)
        row.put(findings.asOf)
        row.put(findings.period.description)
        row.put(findings.customerCount)
      }
    }
  }

  private static func insert(_ verdicts: [InvoiceVerdict], into database: Database) throws {
    var insertion = try Insertion(
      database, into: "invoice_verdict",
      ["invoice"] + Tally.columns + [
        "ordinal", "tax_on_total", "residual", "residual_millionths", "explanation", "mismatch",
      ])
    for (ordinal, verdict) in verdicts.enumerated() {
      try insertion.run { row in
        row.put(verdict.document.id)
        verdict.lines.put(into: &row)
        row.put(ordinal)
        row.put(verdict.taxOnTotal)
        row.put(verdict.residual)
        row.putMillionths(verdict.residual)
        row.put(verdict.explanation)
        row.put(verdict.mismatch)
      }
    }
  }

  private static func insert(_ verdicts: [BalanceVerdict], into database: Database) throws {
    var insertion = try Insertion(
      database, into: "balance_verdict",
      ["currency", "balance", "details", "open_documents", "accounting_date", "mismatches", "ordinal"])
    for (ordinal, verdict) in verdicts.enumerated() {
      try insertion.run { row in
        row.put(verdict.currency)
        row.put(verdict.balance)
        row.put(verdict.details)
        row.put(verdict.openDocuments)
        row.put(verdict.accountingDate)
        row.put(verdict.mismatches)
        row.put(ordinal)
      }
    }
  }

  private static func insert(_ tallies: Tallies, into database: Database) throws {
    var insertion = try Insertion(
      database, into: "tally", ["invoice", "currency", "by", "name"] + Tally.columns)
    for (key, entry) in tallies.entries.sorted(by: { $0.key < $1.key }) {
      for (by, name, tally) in entry.rows {
        try insertion.run { row in
          row.put(key.invoice)
          row.put(key.currency)
          row.put(by)
          row.put(name)
          tally.put(into: &row)
        }
      }
    }
  }
}

extension Tallies.Entry {
  /// Outcomes and flows as rows of one table, in a steady order.
  fileprivate var rows: [(by: String, name: String, tally: Tally)] {
    outcomes.sorted { $0.key < $1.key }.map { (by: "outcome", name: $0.key.rawValue, tally: $0.value) }
      + flows.sorted { $0.key.rawValue < $1.key.rawValue }.map {
        (by: "flow", name: $0.key.rawValue, tally: $0.value)
      }
  }
}
