import Billing

extension LineRule {
  /// A line's amount before tax follows from its own price, quantity, days and rate by a documented rounding.
  ///
  /// Every documented candidate is tried and the one that fits is recorded (reconciliation rules §6). A difference the
  /// documentation grants one line is a note; it never excuses an invoice.
  static let lineAmount = LineRule(.lineAmount) { bench, index in
    let charge = bench.partition.charges[index]
    switch charge.proof {
    case .proved(let formula):
      bench.ties[index].formula = formula
    case .near(let formula, let difference):
      bench.ties[index].formula = formula
      bench.note("\(difference) off the documented rounding, within what one line is granted", on: index)
    case .unprovable(let reason):
      if charge.subtotal != nil { bench.note("not recomputed: \(reason)", on: index) }
    case .overflow:
      bench.report(
        charge.amountMismatch(
          in: bench, expected: nil, cause: "The line's figures are too long to be multiplied exactly."), on: [index])
    case .wrong(let expected, let formula):
      let isInverse = charge.isBilledByInverseRate()
      let printed = expected.formatted(fractionDigitsMin: charge.filedCurrency.fractionDigits)
      let mismatch = charge.amountMismatch(
        in: bench, expected: expected, mCode: isInverse ? "M14" : "",
        cause: isInverse
          ? "The line's amount was divided by the exchange rate instead of multiplied with it."
          : charge.isBilledAtListPrice
            ? "The line's amount is its list price × its quantity; \(words(for: formula)) gives \(printed)."
            : "The line's amount does not follow from its figures: \(words(for: formula)) gives \(printed).")
      bench.report(mismatch, on: [index])
      // Where the total is right for the amount expected, only the amount before tax is wrong.
      if let total = charge.total, let tax = charge.tax, (try? expected + tax) == total {
        bench.hang(charge.lineTotalID(in: bench), beneath: mismatch.id)
      }
    }
  }
}

/// A formula's name in words that need no rounding rules at hand.
private func words(for formula: String) -> String {
  switch formula {
  case "product": "its price × quantity × exchange rate, cut to cents,"
  case "product, then rate": "its price × quantity, cut to cents, × exchange rate, cut again,"
  case "unit price truncated": "its price, cut to cents, × quantity"
  case "half up": "its price × quantity × exchange rate, rounded half up,"
  default: "its \(formula)"
  }
}

extension Charge {
  /// I6: what the documentation's own samples do. It explains a line and proves none, because the list price may be newer
  /// than the charge (reconciliation rules §6.3).
  fileprivate var isBilledAtListPrice: Bool {
    guard family == .newCommerce, let unitPrice, let quantity, let subtotal else { return false }
    return (try? Amount.product(unitPrice, quantity, digits: 2, .truncated)) == subtotal
  }

  fileprivate func amountMismatch(
    in bench: Workbench, expected: Amount?, mCode: String = "", cause: String
  ) -> Mismatch {
    Mismatch(
      rule: .lineAmount, mCode: mCode, cause: cause,
      subject: bench.subject(of: self, detail: position.description), customerName: bench.customerName(of: self),
      product: productName, expected: expected, actual: subtotal, currency: filedCurrency)
  }
}
