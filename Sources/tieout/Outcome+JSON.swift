import Billing
import MonthEnd
import Reconciliation

extension Outcome {
  /// What a program wants to know of a run: identity, ending, invoices with their residuals, and the mismatch list.
  var json: JSONText {
    .object([
      ("run", .text(runID)),
      ("period", .text(period.description)),
      ("as_of", .text(asOf.description)),
      ("exit_code", .number(Int(exitCode.rawValue))),
      ("summary", .list(summary.map { .text($0) })),
      ("invoices", .list(findings.invoices.map(\.json))),
      ("balances", .list(findings.balances.map(\.json))),
      ("mismatches", .list(findings.listed.map(\.json))),
      ("reports", .list(reports.map { .text($0) })),
    ])
  }
}

extension InvoiceVerdict {
  fileprivate var json: JSONText {
    .object([
      ("invoice_id", .text(document.id.printed)),
      ("currency", .text(document.currency.code)),
      ("total", .text(document.totalCharges.description)),
      ("line_count", .number(lines.count)),
      ("lines_total", .text(lines.total.description)),
      ("tax_on_total", .optional(taxOnTotal)),
      ("residual", .optional(residual)),
      ("tied", .boolean(isTied)),
      ("explanation", .text(explanation)),
      ("mismatch_id", .optional(mismatch)),
    ])
  }
}

extension BalanceVerdict {
  fileprivate var json: JSONText {
    .object([
      ("currency", .text(currency.code)),
      ("balance", .optional(balance)),
      ("details", .optional(details)),
      ("open_documents", .optional(openDocuments)),
      ("tied", .boolean(isTied)),
      ("mismatch_ids", .list(mismatches.map { .text($0) })),
    ])
  }
}

extension Mismatch {
  /// The columns of the mismatch list, under the same names.
  fileprivate var json: JSONText {
    .object([
      ("id", .text(id)),
      ("rule", .text(rule.rawValue)),
      ("m_code", .text(mCode)),
      ("cause", .text(cause)),
      ("customer_id", .text(subject.customer?.printed ?? "")),
      ("customer_name", .text(customerName)),
      ("invoice_id", .text(subject.invoice?.printed ?? "")),
      ("order_id", .text(subject.order?.printed ?? "")),
      ("subscription_id", .text(subject.subscription?.printed ?? "")),
      ("product", .text(product)),
      ("expected", .optional(expected)),
      ("actual", .optional(actual)),
      ("difference", .optional(difference)),
      ("currency", .text(currency.code)),
      ("state", .text(state.rawValue)),
      ("count", .number(count)),
    ])
  }
}
