import Billing

extension LineRule {
  /// The service's word for why a line exists is one we know.
  ///
  /// New words appear without notice (reconciliation rules §5.1). What an unknown one demands cannot be told, so the line
  /// is shown instead of being waved through.
  static let chargeTypeUnknown = LineRule(.chargeTypeUnknown) { bench, index in
    let charge = bench.partition.charges[index]
    guard charge.chargeType.meaning == .unknown else { return }
    let word = charge.chargeType.printed
    bench.report(
      Mismatch(
        rule: .chargeTypeUnknown,
        cause: word.isEmpty
          ? "The line does not say what kind of charge it is."
          : "The line is a charge of the unknown kind “\(word)”: look up what it means and whether it is due.",
        subject: bench.subject(of: charge, detail: charge.position.description),
        customerName: bench.customerName(of: charge), product: charge.productName, expected: nil,
        actual: charge.subtotal, currency: charge.filedCurrency),
      on: [index])
  }
}
