import Billing
import Reconciliation

/// The mismatch list: what an analyst works through, largest amount first.
struct MismatchTable {
  /// The first fifteen are the CSV's promise to spreadsheets.
  static let columns: [Column] =
    [
      "id", "rule", "m_code", "cause", "customer_id", "customer_name", "invoice_id", "order_id", "subscription_id",
      "product", "expected", "actual", "difference", "currency", "state",
    ].map { Column($0) } + [Column("count", isOnlyInXML: true), Column("lines", isOnlyInXML: true)]

  let forest: MismatchForest

  func table(of causes: [Mismatch], facts: [Table.Fact]) -> Table {
    Table(
      name: "mismatches", rowName: "mismatch", nestedName: "consequences", facts: facts, columns: Self.columns,
      rows: causes.map(row))
  }

  private func row(_ mismatch: Mismatch) -> Table.Row {
    let subject = mismatch.subject
    let currency = mismatch.currency
    return Table.Row(
      [
        .id(mismatch.id),
        .id(mismatch.rule.rawValue),
        Cell(text: mismatch.mCode),
        Cell(text: mismatch.cause),
        Cell(id: subject.customer?.printed),
        Cell(text: mismatch.customerName),
        Cell(id: subject.invoice?.printed),
        Cell(id: subject.order?.printed),
        Cell(id: subject.subscription?.printed),
        Cell(text: mismatch.product),
        Cell(amount: mismatch.expected, in: currency),
        Cell(amount: mismatch.actual, in: currency),
        Cell(amount: mismatch.difference, in: currency),
        .id(currency.code),
        .id(mismatch.state.rawValue),
        .count(mismatch.count),
        .count(mismatch.positions.count),
      ],
      nested: forest.consequences(of: mismatch).map(row))
  }
}
