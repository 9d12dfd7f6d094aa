import Billing

extension CustomerRule {
  /// Nothing was bought twice by accident (catalogue M57).
  ///
  /// A check-out whose answer was lost tempts to buy with a second cart. The same offer in the same quantity, ordered within
  /// half an hour from another cart, is asked about; it may have been meant. What was cancelled since is settled.
  static let purchaseTwice = CustomerRule(.purchaseTwice) { bench in
    let secondsMax: Int64 = 30 * 60
    let ordered = bench.purchases.places.sorted { ($0.key.purchase, $0.key.line) < ($1.key.purchase, $1.key.line) }
      .filter { !bench.partition.orders[$0.value.order].lines[$0.value.line].quantity.isZero }
    for (index, (bought, place)) in ordered.enumerated() {
      let purchase = bench.partition.purchases[bought.purchase]
      let line = bench.line(bought)
      let earlier = ordered[..<index].last { other, _ in
        let first = bench.partition.purchases[other.purchase]
        return first.cart != purchase.cart && bench.line(other).isLike(line)
          && purchase.checkedOutAt <= first.checkedOutAt.advanced(bySeconds: secondsMax)
      }
      guard let earlier else { continue }
      let first = bench.partition.purchases[earlier.key.purchase]
      let order = bench.partition.orders[place.order]
      bench.report(
        Mismatch(
          rule: .purchaseTwice, mCode: "M57",
          cause:
            "\(line.quantity) of \(line.title) were bought at \(purchase.checkedOutAt) with cart \(purchase.cart), and "
            + "the same at \(first.checkedOutAt) with cart \(first.cart).",
          subject: Mismatch.Subject(
            customer: purchase.customer, order: order.id, subscription: order.lines[place.line].subscription,
            item: line.catalogItem, detail: "\(first.cart) \(earlier.key.line)"),
          customerName: bench.partition.customerName, product: line.title, expected: .zero,
          actual: line.pricing?.extended ?? line.firstCharge, currency: line.currency ?? order.currency ?? .none),
        on: bench.firstCharges(of: place))
    }
  }
}

extension Purchase.Line {
  /// Whether somebody who bought both may have meant one of them.
  fileprivate func isLike(_ other: Purchase.Line) -> Bool {
    let isSameOffer = catalogItem.map { $0 == other.catalogItem } ?? (offer == other.offer)
    return isSameOffer && quantity == other.quantity && termDuration == other.termDuration
  }
}
