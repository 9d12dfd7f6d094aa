import Billing

extension LineRule {
  /// Software subscriptions are billed only where they are sold (contract §8.2).
  ///
  /// A customer in another market cannot have bought one there: either its country or the line is wrong.
  static let marketClosed = LineRule(.marketClosed) { bench, index in
    let charge = bench.partition.charges[index]
    let markets = Markets.withoutSoftwareSubscriptions
    guard charge.category == .softwareSubscription, charge.flow != .credit, !charge.isRefund,
      charge.subtotal?.isZero != true, let country = markets.name(of: charge.customerCountry)
    else { return }
    bench.report(
      Mismatch(
        rule: .marketClosed,
        cause:
          "The line charges a software subscription to a customer in \(country) (\(charge.customerCountry)), where "
          + "none are sold.",
        subject: bench.subject(of: charge),
        // One subscription in a closed market is one question, however many months it is billed.
        identity: bench.subject(of: charge, invoice: false), customerName: bench.customerName(of: charge),
        product: charge.productName, expected: .zero, actual: charge.subtotal, currency: charge.filedCurrency),
      on: [index])
  }
}
