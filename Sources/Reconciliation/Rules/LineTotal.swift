import Billing

extension LineRule {
  /// A line prints its total and its amount before tax.
  ///
  /// Without the one it cannot be added to its invoice, without the other it is missing in every sum before tax; and
  /// unknown is never zero.
  static let amountMissing = LineRule(.amountMissing) { bench, index in
    let charge = bench.partition.charges[index]
    guard charge.total == nil || charge.subtotal == nil else { return }
    bench.report(
      Mismatch(
        rule: .amountMissing,
        cause: charge.total == nil
          ? "The line prints no total, so its invoice cannot be added up."
          : "The line prints no amount before tax, so it is missing in the sums before tax.",
        subject: bench.subject(of: charge, detail: charge.position.description),
        customerName: bench.customerName(of: charge), product: charge.productName, expected: nil,
        actual: nil, currency: charge.filedCurrency),
      on: [index])
  }

  /// A line's total is its amount before tax plus its tax: I1 (reconciliation rules §6.1).
  static let lineTotal = LineRule(.lineTotal) { bench, index in
    let charge = bench.partition.charges[index]
    guard let total = charge.total else { return }
    guard let subtotal = charge.subtotal else { return }
    let sum = charge.tax.flatMap { try? subtotal + $0 }
    if charge.tax == nil, total == subtotal { return bench.note("no tax is printed", on: index) }
    guard sum != total else { return }
    bench.report(
      Mismatch(
        rule: .lineTotal,
        cause: charge.tax.map { "The line's total is not its amount before tax plus its tax (\(subtotal) + \($0))." }
          ?? "The line prints no tax, and its total is not its amount before tax (\(subtotal)).",
        subject: bench.subject(of: charge, detail: charge.position.description),
        customerName: bench.customerName(of: charge), product: charge.productName, expected: sum, actual: total,
        currency: charge.filedCurrency),
      on: [index])
  }
}

extension Charge {
  /// The id of the mismatch that `lineTotal` reports on this charge.
  func lineTotalID(in bench: Workbench) -> Mismatch.ID {
    Mismatch.id(
      rule: .lineTotal, identity: bench.subject(of: self, detail: position.description), currency: filedCurrency)
  }
}
