import Billing

extension CustomerRule {
  /// A running subscription is charged for the next cycle.
  ///
  /// Due is a subscription whose last charge ended on the day before a day of an invoiced month. The end is read from the
  /// lines, never computed: the documented tables disagree about month ends (reconciliation rules §4). Consumption ends with
  /// every month, and legacy licences are billed in advance by spans of their own: neither is asked.
  static let subscriptionUnbilled = CustomerRule(.subscriptionUnbilled) { bench in
    var histories: [SubscriptionID: [Charge]] = [:]
    for charge in bench.partition.charges where charge.isForCycle {
      if let id = charge.subscription { histories[id, default: []].append(charge) }
    }
    for (id, charges) in histories.sorted(by: { $0.key < $1.key }) {
      guard let subscription = bench.commerce.subscription(id), subscription.status.lowercased() == "active",
        subscription.isTrial != true, let last = charges.lastRunningCycle, let end = last.chargeEnd,
        let currency = last.currency
      else { continue }
      let due = end.advanced(by: 1)
      if subscription.autoRenews == false, let over = subscription.commitmentEnd, due > over.day { continue }
      guard let invoice = bench.documents.newCommerceInvoice(of: due.month, in: currency) else { continue }
      bench.report(
        Mismatch(
          rule: .subscriptionUnbilled,
          cause: "The subscription is active and was charged until \(end), but not from \(due) on.",
          subject: Mismatch.Subject(
            customer: subscription.customer, invoice: invoice, order: subscription.order ?? last.orders.first,
            subscription: id, item: last.catalogItem, detail: due.description),
          customerName: bench.customerName(of: last), product: last.productName,
          expected: last.priceOfNextCycle(seats: subscription.quantity), actual: .zero, currency: currency),
        on: [])
    }
  }
}

extension [Charge] {
  /// The last full charge of the cycle that ended last, or `nil` when nothing was left running in it.
  ///
  /// A line whose end is not printed may be the charge that seems to be missing, so nothing is concluded beside it.
  fileprivate var lastRunningCycle: Charge? {
    guard allSatisfy({ $0.chargeEnd != nil || $0.isRefund }) else { return nil }
    guard let end = compactMap(\.chargeEnd).max() else { return nil }
    // A trial's lines of 0 are no seats, and what was free goes on without a charge.
    let cycle = filter { $0.chargeEnd == end && $0.subtotal?.isZero != true }
    var seats = Amount.zero
    for charge in cycle {
      guard let quantity = charge.signedQuantity, let sum = try? seats + quantity else { return nil }
      seats = sum
    }
    guard seats.isPositive, !cycle.contains(where: { $0.chargeType.meaning == .cancelImmediate }) else { return nil }
    return cycle.last {
      switch $0.chargeType.meaning {
      case .new, .renew, .cycleCharge: !$0.isRefund
      default: false
      }
    } ?? cycle.last { !$0.isRefund }
  }
}

extension Charge {
  /// Whether the line pays for a stretch of time after which the next one is due.
  fileprivate var isForCycle: Bool {
    switch category {
    case .seats, .softwareSubscription, .reservation, .savingsPlan: flow != .credit
    case .thirdParty: flow == .recurring
    case .perpetualSoftware, .azurePlan, .legacyLicence, .legacyAzure: false
    }
  }

  fileprivate func priceOfNextCycle(seats: Amount?) -> Amount? {
    let isWhole =
      switch chargeType.meaning {
      case .new, .renew, .cycleCharge: true
      default: false
      }
    guard let price = isWhole ? effectiveUnitPrice : unitPrice, let seats = seats ?? signedQuantity,
      let rate = effectiveRate
    else { return nil }
    return try? Amount.product(price, seats, rate, digits: 2, .truncated)
  }
}
