import Billing

extension CustomerRule {
  /// A customer whose orders cannot be read is not proved.
  ///
  /// The relationship may have ended, or the lines carry no customer at all. Nothing is concluded from orders that could
  /// not be read; the charges are shown as one open question.
  static let customerUnknown = CustomerRule(.customerUnknown) { bench in
    let name = bench.partition.customerName
    for index in bench.partition.charges.indices where !bench.isSurplus[index] {
      let charge = bench.partition.charges[index]
      let customer = bench.partition.customer
      bench.report(
        Mismatch(
          rule: .customerUnknown,
          cause: customer == nil
            ? "The lines do not say which customer they are for."
            : "The customer's orders, subscriptions and entitlements cannot be read, so its charges are not proved.",
          subject: Mismatch.Subject(customer: customer, invoice: charge.position.invoice),
          identity: Mismatch.Subject(customer: customer), customerName: name.isEmpty ? charge.customerName : name,
          expected: nil, actual: charge.subtotal, currency: charge.filedCurrency),
        on: [index])
    }
  }
}
