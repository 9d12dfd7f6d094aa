public import Billing

/// What became of a check-out, as far as could be found out.
public enum CheckoutFinding: Hashable, Sendable {
  /// The service answered: orders, errors, or both.
  case answered(CheckoutResult)
  /// The answer was lost, and the cart reads “Ordered”: it was bought. Not every order need be listed yet.
  case bought([Order], isComplete: Bool)
  /// The answer was lost, and the cart is still open: nothing was bought.
  case notBought(cause: String)
}

extension CheckoutAttempt {
  /// How long an order may take to be listed (contract §8.5).
  static let listingSeconds: Int64 = 15 * 60
  /// How far the service's clock may be from this machine's.
  static let clockSeconds: Int64 = 5 * 60

  /// Of a customer's orders those that came of this check-out: made since it was sent, from the lines of one of the cart's
  /// groups, and not of another purchase.
  func orders(among orders: [Order], except known: [Purchase]) -> [Order] {
    let others = Set(known.filter { $0.cart != cart }.flatMap(\.orders).map(\.id))
    let since = sentAt.advanced(bySeconds: -Self.clockSeconds)
    let candidates = orders.filter { order in
      guard let created = order.created, created >= since else { return false }
      return !others.contains(order.id)
    }
    let made = Purchase.OrderMade.all(candidates, from: lines)
    return zip(candidates, made).filter { $1.group != nil }.map(\.0)
  }

  /// Whether so many orders are all there will be: one for each group, or nothing more is to be listed.
  func isComplete(_ orders: [Order], at now: Instant) -> Bool {
    orders.count >= Set(lines.map(\.group)).count || now >= sentAt.advanced(bySeconds: Self.listingSeconds)
  }
}
