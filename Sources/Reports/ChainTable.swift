import Billing
import Reconciliation

/// The chain as a table: one row for each step.
enum ChainTable {
  static func table(of steps: [ChainStep], facts: [Table.Fact]) -> Table {
    Table(
      name: "chain", rowName: "step", facts: facts, columns: fields.map { Column($0.name) },
      rows: steps.map { step in Table.Row(fields.map { $0.cell(step) }) })
  }

  /// A column and how a step fills it.
  struct Field: Sendable {
    let name: String
    let cell: @Sendable (ChainStep) -> Cell

    init(_ name: String, _ cell: @escaping @Sendable (ChainStep) -> Cell) {
      self.name = name
      self.cell = cell
    }

    static func amount(_ name: String, _ amount: @escaping @Sendable (ChainStep) -> Amount?) -> Field {
      Field(name) { Cell(amount: amount($0), in: $0.currency) }
    }
  }

  static let fields: [Field] = documentFields + lineFields + outcomeFields + flowFields + balanceFields + verdictFields

  private static let documentFields: [Field] = [
    Field("step") { .id($0.kind.rawValue) },
    Field("currency") { .id($0.currency.code) },
    Field("document_id") { Cell(id: $0.documentID?.printed) },
    Field("amends") { Cell(id: $0.document?.amendsOf?.printed) },
    Field("document_type") { Cell(text: $0.document?.documentType.printed ?? "") },
    Field("commerce") { Cell(text: $0.document?.invoiceType.words ?? "") },
    Field("document_date") { $0.document.map { .day($0.date.day) } ?? .absent },
    Field("month") { $0.document.map { .month($0.month) } ?? .absent },
    Field("counted_as") { Cell(text: $0.countedAs) },
    .amount("printed_total") { $0.document?.totalCharges },
    .amount("counted_total") { $0.countedTotal },
  ]

  private static let lineFields: [Field] = [
    Field("lines") { Cell(count: $0.lines?.count) },
    Field("lines_without_total") { Cell(count: $0.lines?.unknownCount) },
    .amount("lines_subtotal") { $0.lines?.subtotal },
    .amount("lines_tax") { $0.lines?.tax },
    .amount("lines_total") { $0.lines?.total },
    .amount("tax_on_total") { $0.taxOnTotal },
    .amount("residual") { $0.residual },
  ]

  private static let outcomeFields: [Field] = Tie.Outcome.allCases.flatMap { outcome in
    tallyFields(outcome.rawValue) { $0.outcomes[outcome] ?? Tally() }
  }

  private static let flowFields: [Field] = ChargeFlow.allCases.flatMap { flow in
    tallyFields(flow.rawValue.replacing("-", with: "_")) { $0.flows[flow] ?? Tally() }
  }

  private static func tallyFields(
    _ name: String, _ tally: @escaping @Sendable (Tallies.Entry) -> Tally
  ) -> [Field] {
    [
      Field("\(name)_lines") { Cell(count: $0.parts.map { tally($0).count }) },
      .amount("\(name)_total") { $0.parts.map { tally($0).total } },
    ]
  }

  private static let balanceFields: [Field] = [
    .amount("balance") { $0.balance?.balance },
    .amount("balance_details") { $0.balance?.details },
    .amount("details_residual") { difference($0.balance?.balance, $0.balance?.details) },
    .amount("open_documents") { $0.balance?.openDocuments },
    .amount("open_documents_residual") { difference($0.balance?.balance, $0.balance?.openDocuments) },
    Field("accounting_date") { $0.balance?.accountingDate.map { .instant($0) } ?? .absent },
  ]

  private static let verdictFields: [Field] = [
    Field("verdict") { Cell(text: $0.verdict) },
    Field("mismatch_ids") { Cell(text: $0.mismatches.joined(separator: " ")) },
  ]

  private static func difference(_ left: Amount?, _ right: Amount?) -> Amount? {
    guard let left, let right else { return nil }
    return try? left - right
  }
}

extension InvoiceType {
  /// “OneTime” and “Recurring” are historical names that mislead (reconciliation rules §3).
  var words: String {
    switch meaning {
    case .newCommerce: "new commerce"
    case .legacy: "legacy"
    case .unknown: printed
    }
  }
}
