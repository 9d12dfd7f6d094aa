import Billing

extension Workbench {
  /// Charges that were credited and billed again under one reference: the credit takes one of them away.
  ///
  /// A credit and its rebill are one event (reconciliation rules §2.1, `referenceId`). What is left after netting is what
  /// was charged, so neither a copy nor a quantity is seen in it.
  mutating func netReversals() {
    var events: [Event: (charges: [Int], refunds: [Int])] = [:]
    for index in partition.charges.indices where !isSurplus[index] {
      guard let event = Event(partition.charges[index]) else { continue }
      if partition.charges[index].isRefund {
        events[event, default: ([], [])].refunds.append(index)
      } else {
        events[event, default: ([], [])].charges.append(index)
      }
    }
    for event in events.values {
      let count = min(event.charges.count, event.refunds.count)
      for index in event.charges.suffix(count) + event.refunds.suffix(count) { isNetted[index] = true }
    }
  }

  private struct Event: Hashable {
    let reference: ReferenceID
    let subscription: SubscriptionID?
    let item: CatalogItem
    let currency: Currency?
    let amount: Amount

    /// `nil` for lines without a reference and for lines of 0.
    init?(_ charge: Charge) {
      guard let reference = charge.reference, let item = charge.catalogItem, let subtotal = charge.subtotal,
        !subtotal.isZero
      else { return nil }
      self.reference = reference
      subscription = charge.subscription
      self.item = item
      currency = charge.currency
      amount = subtotal.magnitude
    }
  }
}
