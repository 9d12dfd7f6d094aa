import Billing

extension LineRule {
  /// A line is in the currency of its invoice.
  ///
  /// An invoice has one currency (reconciliation rules §3, catalogue M13). A line in another one, or in none, is kept apart
  /// and never added to the rest.
  static let invoiceCurrency = LineRule(.invoiceCurrency) { bench, index in
    let charge = bench.partition.charges[index]
    let expected = bench.documents.currency(of: charge.position.invoice)
    guard charge.currency != expected || expected == nil else { return }
    let invoice = expected.map { "in \($0)" } ?? "not among the account's documents"
    bench.report(
      Mismatch(
        rule: .invoiceCurrency, mCode: "M13",
        cause: charge.currency.map { "The line is in \($0), its invoice \(invoice)." }
          ?? "The line prints no currency; its invoice is \(invoice).",
        subject: bench.subject(of: charge, detail: charge.position.description),
        customerName: bench.customerName(of: charge), product: charge.productName, expected: .zero,
        actual: charge.subtotal, currency: charge.filedCurrency),
      on: [index])
  }
}
