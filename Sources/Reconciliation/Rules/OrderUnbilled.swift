import Billing

extension CustomerRule {
  /// A completed order of an invoiced month is carried by a line.
  ///
  /// Due is what has a quantity and a price and is no trial. A line carries an order when it was joined to it, or when it
  /// charges the order line's subscription from the order's day on; what only gives money back carries nothing. Legacy
  /// orders have no rule: their lines name no order of the API (reconciliation rules §2.3).
  static let orderUnbilled = CustomerRule(.orderUnbilled) { bench in
    let carried = bench.carriedOrderLines
    let charged = bench.lastCharged
    let consumed = Set(
      bench.ties.indices.filter { bench.partition.charges[$0].flow == .usage }.compactMap { bench.ties[$0].order })
    for (index, order) in bench.partition.orders.enumerated() {
      guard order.status.lowercased() == "completed", order.billingCycle != "none", let created = order.created,
        let (invoice, currency) = bench.documents.billing(of: created.day.month, in: order.currency)
      else { continue }
      for (number, line) in order.lines.enumerated() {
        guard line.quantity.isPositive, line.price?.isZero != true, let item = line.catalogItem,
          !carried.contains(OrderLinePlace(order: index, line: number)),
          line.subscription.flatMap({ charged[$0] }).map({ $0 >= created.day }) != true, !bench.isUsageBased(line),
          line.price != nil || !consumed.contains(order.id)
        else { continue }
        let mismatch = Mismatch(
          rule: .orderUnbilled,
          cause: invoice == nil
            ? "Order \(order.id) of \(created.day) was completed in \(currency), in which there is no invoice."
            : "Order \(order.id) of \(created.day) was completed, but no line of the month charges it.",
          subject: Mismatch.Subject(
            customer: order.customer, invoice: invoice, order: order.id, subscription: line.subscription, item: item,
            detail: String(line.number)),
          customerName: bench.partition.customerName, product: line.name, expected: bench.price(of: line),
          actual: .zero, currency: currency)
        bench.report(mismatch, on: [])
        // A line that names the order for something else is the cause; what it should have charged is the consequence.
        if let cause = bench.wrongLine(naming: order, quantity: line.quantity) {
          bench.hang(mismatch.id, beneath: cause)
        }
      }
    }
  }
}

private struct OrderLinePlace: Hashable {
  let order: Int
  let line: Int
}

extension Workbench {
  fileprivate var carriedOrderLines: Set<OrderLinePlace> {
    var carried: Set<OrderLinePlace> = []
    for (index, join) in joins.enumerated() {
      guard let join, !partition.charges[index].isRefund else { continue }
      for line in join.lines { carried.insert(OrderLinePlace(order: join.order, line: line)) }
    }
    return carried
  }

  /// The day of each subscription's last charge; lines that print no time may be of any day.
  fileprivate var lastCharged: [SubscriptionID: Day] {
    var last: [SubscriptionID: Day] = [:]
    for charge in partition.charges where !charge.isRefund && charge.flow != .credit && charge.subtotal?.isZero != true
    {
      guard let id = charge.subscription else { continue }
      let day = charge.orderDate?.day ?? Instant.distantFuture.day
      last[id] = max(last[id] ?? day, day)
    }
    return last
  }

  /// Consumption is charged by meter: its order has no price of its own.
  fileprivate func isUsageBased(_ line: Order.Line) -> Bool {
    guard let id = line.subscription, let subscription = commerce.subscription(id) else { return false }
    return subscription.billingType.lowercased() == "usage"
  }

  fileprivate func chargedQuantity(at position: LinePosition) -> Amount? {
    partition.charges.first { $0.position == position }?.signedQuantity
  }

  fileprivate func price(of line: Order.Line) -> Amount? {
    if let extended = line.extendedPrice, !extended.isZero { return extended }
    return line.price.flatMap { try? Amount.product($0, line.quantity, digits: 2, .truncated) }
  }

  /// A line that names the order and charges as many of a product that the order does not have: the wrong product was
  /// charged. Another quantity is another matter, and its money must not disappear beneath this one.
  fileprivate func wrongLine(naming order: Order, quantity: Amount) -> Mismatch.ID? {
    let wrong = mismatches.filter { mismatch in
      guard mismatch.rule == .orderLineMissing, let named = mismatch.subject.order else { return false }
      return (named == order.id || named == order.alternateID)
        && !mismatches.contains { $0.parent == mismatch.id }
        && mismatch.positions.contains { chargedQuantity(at: $0) == quantity }
    }
    return wrong.map(\.id).min()
  }
}
