import Billing

extension Workbench {
  /// Every purchase on an invoice leads to an order, by its long or short id (reconciliation rules §7.4, O1).
  ///
  /// An order appears in lists up to 15 minutes after it was submitted (§11, catalogue M04): until then the charge is
  /// pending.
  mutating func reportOrderMissing(_ index: Int) {
    let charge = partition.charges[index]
    if let ordered = charge.orderDate, ordered <= facts.asOf,
      ordered.advanced(bySeconds: facts.orderDelaySeconds) > facts.asOf
    {
      ties[index].notes.append("the order is younger than 15 minutes and may not be listed yet")
      raise(index, to: .pending)
      return
    }
    let order = charge.orders.first ?? charge.alternateOrder
    // Nothing was charged: worth knowing, and no money is at stake.
    guard charge.subtotal?.isZero != true else {
      return note("no order \(order?.printed ?? "") is known for this line of 0", on: index)
    }
    report(
      Mismatch(
        rule: .orderMissing,
        cause: order.map { "The charge names order \($0), which the customer does not have." }
          ?? "The charge names no order, and its subscription is unknown.",
        subject: subject(of: charge, detail: order == nil ? charge.position.description : ""),
        // An order that is missing is missing for all its products.
        identity: Mismatch.Subject(
          customer: charge.customer ?? partition.customer, order: order,
          detail: order == nil ? charge.position.description : ""),
        customerName: customerName(of: charge), product: charge.productName, expected: .zero, actual: charge.subtotal,
        currency: charge.filedCurrency),
      on: [index])
  }

  /// The order named by a charge contains what is charged: the same product and SKU (§2.1).
  mutating func reportOrderLineMissing(_ index: Int, order: Int) {
    let charge = partition.charges[index]
    ties[index].order = partition.orders[order].id
    guard charge.subtotal?.isZero != true else {
      return note("the order has no line for the product of this line of 0", on: index)
    }
    report(
      Mismatch(
        rule: .orderLineMissing,
        cause:
          "Order \(partition.orders[order].id) has no line for \(charge.catalogItem?.description ?? "this product").",
        subject: subject(of: charge), identity: identity(of: charge), customerName: customerName(of: charge),
        product: charge.productName, expected: .zero, actual: charge.subtotal, currency: charge.filedCurrency),
      on: [index])
  }

  /// A recurring charge belongs to a subscription of the customer (§2.1; legacy §2.3, catalogue M43).
  mutating func reportSubscriptionMissing(_ index: Int, mCode: String = "") {
    let charge = partition.charges[index]
    let id = charge.subscription ?? charge.reservationOrder.flatMap { SubscriptionID($0.printed) }
    report(
      Mismatch(
        rule: .subscriptionMissing, mCode: mCode,
        cause: id.map { "The charge is for subscription \($0), which the customer does not have." }
          ?? "The charge names no subscription.",
        subject: subject(of: charge),
        identity: Mismatch.Subject(
          customer: charge.customer ?? partition.customer, subscription: id,
          detail: id == nil ? charge.position.description : ""),
        customerName: customerName(of: charge), product: charge.productName, expected: .zero, actual: charge.subtotal,
        currency: charge.filedCurrency),
      on: [index])
  }

  /// What was charged once was also delivered: software and reservations have an entitlement (§2.2).
  mutating func reportEntitlementMissing(_ index: Int) {
    let charge = partition.charges[index]
    let isReservation = charge.category == .reservation
    report(
      Mismatch(
        rule: .entitlementMissing,
        cause: isReservation
          ? "The reservation was charged, but the customer holds no reservation of that order."
          : "The product was charged, but the customer is not entitled to it.",
        subject: subject(of: charge), identity: identity(of: charge), customerName: customerName(of: charge),
        product: charge.productName, expected: .zero, actual: charge.subtotal, currency: charge.filedCurrency),
      on: [index])
  }

  /// What tells a missing order line or entitlement apart: not the invoice it showed on first.
  private func identity(of charge: Charge) -> Mismatch.Subject {
    subject(of: charge, invoice: false)
  }
}
