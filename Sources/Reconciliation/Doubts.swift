import Billing

/// What is joined and yet not proved: it is said on the charge, so that nothing is tied in silence.
extension Workbench {
  /// Only renewals and cycle charges may carry any order id; what else was bought has an order (§7.4, O1).
  mutating func noteUnknownOrder(of charge: Charge, at index: Int) {
    switch charge.chargeType.meaning {
    case .renew, .cycleCharge: return
    default: break
    }
    guard !charge.isRefund, let order = charge.orders.first else { return }
    note("order \(order) is not known; joined by the subscription", on: index)
  }

  /// The documented sign of a charge type (§5.1): against it nothing says what the money is for.
  mutating func noteSign(of charge: Charge, at index: Int) {
    guard let subtotal = charge.subtotal, !isNetted[index] else { return }
    switch charge.chargeType.meaning {
    case .new, .renew, .cycleCharge:
      if subtotal.isNegative { note("a charge of the kind “\(charge.chargeType)” that gives money back", on: index) }
    case .cancelImmediate, .refund, .customerCredit, .legacyCredit:
      if subtotal.isPositive { note("a charge of the kind “\(charge.chargeType)” that takes money", on: index) }
    default: break
    }
  }

  /// A subscription that runs no more has no cycle after its end.
  mutating func noteEnd(of subscription: Subscription, _ charge: Charge, at index: Int) {
    guard !charge.isRefund, charge.subtotal?.isZero != true, subscription.status.lowercased() != "active",
      let start = charge.chargeStart, let end = subscription.commitmentEnd?.day, start > end
    else { return }
    note("charged from \(start) on; the subscription is \(subscription.status) and ended on \(end)", on: index)
  }
}
