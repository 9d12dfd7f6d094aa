public import Billing
import GRDB
public import Reconciliation

extension Ledger {
  /// Replaces what two sources of a set say differently, unless the bodies of both are the same as before.
  ///
  /// - Parameter compare: reads both and tells their differences. It must not write to the ledger.
  public func ingestComparison(
    invoice: InvoiceID, set: LineSet, fingerprint: String, compare: () throws -> [SourceDifference]
  ) throws {
    let isKnown = try read { database in
      try database.hasRow(
        "SELECT 1 FROM source_comparison WHERE invoice = ? AND line_set = ? AND fingerprint = ?",
        [invoice.printed, set.description, fingerprint])
    }
    guard !isKnown else { return }
    let differences = try compare()
    try write { database in
      try database.forgetFindings()
      try database.execute(
        sql: "DELETE FROM source_comparison WHERE invoice = ? AND line_set = ?",
        arguments: [invoice.printed, set.description])
      try database.execute(
        sql: "INSERT INTO source_comparison (invoice, line_set, fingerprint) VALUES (?, ?, ?)",
        arguments: [invoice.printed, set.description, fingerprint])
      var insertion = try Insertion(
        database, into: "source_difference",
        [
          "invoice", "line_set", "currency", "counted_source", "other_source", "only_counted", "only_other",
          "counted_sum", "other_sum",
        ])
      for difference in differences {
        try insertion.run { row in
          row.put(invoice)
          row.put(set.description)
          row.put(difference.currency)
          row.put(difference.countedSource)
          row.put(difference.otherSource)
          row.put(difference.onlyCounted)
          row.put(difference.onlyOther)
          row.put(difference.countedSum)
          row.put(difference.otherSum)
        }
      }
    }
  }

  /// Forgets the comparisons of sets that a run read from one source only.
  public func removeComparisons(except kept: Set<LineSetID>) throws {
    let compared = try read { database in
      try database.values("SELECT invoice, line_set FROM source_comparison") { row in
        LineSetID(invoice: try row.id(), set: try row.lineSet())
      }
    }
    for id in compared where !kept.contains(id) {
      try write { database in
        try database.forgetFindings()
        try database.execute(
          sql: "DELETE FROM source_comparison WHERE invoice = ? AND line_set = ?",
          arguments: [id.invoice.printed, id.set.description])
      }
    }
  }

  /// Everything that two sources say differently, in the order of invoices.
  public func sourceDifferences() throws -> [SourceDifference] {
    try read { database in
      try database.values(
        """
        SELECT invoice, line_set, currency, counted_source, other_source, only_counted, only_other, counted_sum,
          other_sum
        FROM source_difference ORDER BY invoice, line_set, currency
        """
      ) { row in
        SourceDifference(
          invoice: try row.id(), set: try row.lineSet(), currency: try row.currency(), countedSource: try row.text(),
          otherSource: try row.text(), onlyCounted: try row.number(), onlyOther: try row.number(),
          countedSum: try row.amountIfAny(), otherSum: try row.amountIfAny())
      }
    }
  }
}
