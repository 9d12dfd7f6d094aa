public import Billing

/// Compares the account balance with its parts and with the open documents: B1–B4 (reconciliation rules §7.3).
///
/// A disagreement is a mismatch of the balance and unties no invoice.
public struct BalanceProof: Sendable {
  public private(set) var verdicts: [BalanceVerdict] = []
  public private(set) var mismatches: [Mismatch] = []

  /// - Throws: `ArithmeticError` when sums need more than 38 digits.
  public init(summaries: [AccountSummary], documents: [Invoice]) throws(ArithmeticError) {
    let currencies = Set(summaries.map(\.currency)).union(documents.map(\.currency)).sorted()
    for currency in currencies {
      let open = try Self.open(documents.filter { $0.currency == currency })
      let summaries = summaries.filter { $0.currency == currency }
      var verdict = BalanceVerdict(
        currency: currency, balance: summaries.first?.balance, details: nil, openDocuments: open,
        accountingDate: summaries.first?.accountingDate, mismatches: [])
      if summaries.count != 1 {
        checkCount(summaries.count, open: open, into: &verdict)
      } else if let summary = summaries.first {
        try check(summary, open: open, into: &verdict)
      }
      verdicts.append(verdict)
    }
  }

  /// Σ over documents of what is still to pay. Payments are printed with either sign (catalogue M60).
  static func open(_ documents: [Invoice]) throws(ArithmeticError) -> Amount {
    var sum = Amount.zero
    for document in documents {
      let counted = document.countedTotal
      let paid = document.paidAmount?.magnitude ?? .zero
      sum = try sum + counted
      sum = counted.isNegative ? try sum + paid : try sum - paid
    }
    return sum
  }

  private mutating func check(
    _ summary: AccountSummary, open: Amount, into verdict: inout BalanceVerdict
  ) throws(ArithmeticError) {
    let foreign = summary.details.filter { $0.summary.currency != summary.currency }
    if let part = foreign.first {
      add(
        .balanceCurrencies, "The balance is in \(summary.currency), and a part of it in \(part.summary.currency).",
        expected: nil, actual: nil, into: &verdict)
    }
    // A balance that prints no parts has no sum of them; parts in another currency are never added.
    var details: Amount?
    for detail in summary.details where detail.summary.currency == summary.currency {
      details = try (details ?? .zero) + detail.summary.balance
    }
    verdict.details = details
    if let details, details != summary.balance, foreign.isEmpty {
      add(
        .balanceDetails, "The balance is not the sum of its parts by invoice type.", expected: details,
        actual: summary.balance, into: &verdict)
      // Where one of the two agrees with the documents, the other is the cause: one cause, one mismatch.
      if summary.balance == open { return checkDates(of: summary, into: &verdict) }
    }
    let compared = foreign.isEmpty ? details ?? summary.balance : summary.balance
    if compared != open {
      add(
        .balanceOpenInvoices, "The balance is not what the open invoices, less payments and credit notes, amount to.",
        expected: open, actual: compared, into: &verdict)
    }
    checkDates(of: summary, into: &verdict)
  }

  private mutating func checkDates(of summary: AccountSummary, into verdict: inout BalanceVerdict) {
    if let flaw = dateFlaw(of: summary) {
      add(.balanceDates, flaw, expected: nil, actual: nil, into: &verdict)
    }
  }

  /// B4: one summary for each currency.
  private mutating func checkCount(_ count: Int, open: Amount, into verdict: inout BalanceVerdict) {
    // A currency in which nothing is open may have no summary any more.
    if count == 0, open.isZero { return }
    add(
      .balanceCurrencies,
      count == 0
        ? "There are open invoices in \(verdict.currency), but no balance."
        : "There are \(count) balances in one currency.",
      expected: open, actual: nil, into: &verdict)
  }

  /// B2: the first invoice is the earliest of the parts, the latest and the accounting date the latest.
  private func dateFlaw(of summary: AccountSummary) -> String? {
    let parts = summary.details.map(\.summary)
    func differs(_ whole: Instant?, _ part: Instant?) -> Bool {
      guard let whole, let part else { return false }
      return whole != part
    }
    if differs(summary.firstInvoiceCreationDate, parts.compactMap(\.firstInvoiceCreationDate).min()) {
      return "The balance's first invoice date is not the earliest of its parts."
    }
    if differs(summary.latestInvoiceDate, parts.compactMap(\.latestInvoiceDate).max()) {
      return "The balance's latest invoice date is not the latest of its parts."
    }
    if differs(summary.accountingDate, parts.compactMap(\.accountingDate).max()) {
      return "The balance's accounting date is not the latest of its parts."
    }
    return nil
  }

  private mutating func add(
    _ rule: Rule, _ cause: String, expected: Amount?, actual: Amount?, into verdict: inout BalanceVerdict
  ) {
    let mismatch = Mismatch(
      rule: rule, cause: cause, subject: Mismatch.Subject(detail: verdict.currency.code), expected: expected,
      actual: actual, currency: verdict.currency)
    verdict.mismatches.append(mismatch.id)
    mismatches.append(mismatch)
  }
}
