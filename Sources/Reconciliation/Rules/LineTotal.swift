import Billing

extension LineRule {
  /// A line prints its total.
  ///
  /// Without it the line cannot be added to its invoice, and unknown is never zero.
  static let amountMissing = LineRule(.amountMissing) { bench, index in
    let charge = bench.partition.charges[index]
    guard charge.total == nil else { return }
    bench.report(
      Mismatch(
        rule: .amountMissing, cause: "The line prints no total, so its invoice cannot be added up.",
        subject: bench.subject(of: charge, detail: charge.position.description),
        customerName: bench.customerName(of: charge), product: charge.productName, expected: nil,
        actual: nil, currency: charge.filedCurrency),
      on: [index])
  }

  /// A line's total is its amount before tax plus its tax: I1 (reconciliation rules §6.1).
  static let lineTotal = LineRule(.lineTotal) { bench, index in
    let charge = bench.partition.charges[index]
    guard let total = charge.total else { return }
    guard let subtotal = charge.subtotal else { return bench.note("no amount before tax is printed", on: index) }
    guard let tax = charge.tax else { return bench.note("no tax is printed", on: index) }
    let sum = try? subtotal + tax
    guard sum != total else { return }
    bench.report(
      Mismatch(
        rule: .lineTotal,
        cause: "The line's total is not its amount before tax plus its tax (\(subtotal) + \(tax)).",
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
