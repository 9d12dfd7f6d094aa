import Billing

extension CustomerRule {
  /// What was bought through Tieout was ordered.
  ///
  /// An order appears in lists up to 15 minutes after it was submitted (reconciliation rules §11, catalogue M04): a younger
  /// purchase is pending and not reported. Lines that the check-out itself refused are no purchase (M58).
  static let purchaseUnordered = CustomerRule(.purchaseUnordered) { bench in
    for (index, purchase) in bench.partition.purchases.enumerated() where purchase.state != .refused {
      guard purchase.checkedOutAt.advanced(bySeconds: bench.facts.orderDelaySeconds) <= bench.facts.asOf else {
        continue
      }
      if purchase.state.isOpen, bench.purchases.orders[index].isEmpty {
        bench.reportUnclear(purchase)
        continue
      }
      for (number, line) in purchase.lines.enumerated() where line.isBought {
        guard bench.purchases.places[PurchaseIndex.Line(purchase: index, line: number)] == nil else { continue }
        bench.reportUnordered(line, of: purchase, at: index)
      }
    }
  }
}

extension Workbench {
  /// Nobody knows whether anything was bought, so no amount is expected.
  fileprivate mutating func reportUnclear(_ purchase: Purchase) {
    let bought = purchase.lines.filter(\.isBought)
    report(
      Mismatch(
        rule: .purchaseUnordered,
        cause:
          "Whether cart \(purchase.cart) was bought on \(purchase.checkedOutAt.day) is not known: the answer to its "
          + "check-out was lost, and no order of that time has its lines. Read the cart to find out.",
        subject: Mismatch.Subject(
          customer: purchase.customer, item: bought.first?.catalogItem, detail: purchase.cart.printed),
        customerName: partition.customerName, product: bought.first?.title ?? "", expected: nil, actual: .zero,
        currency: bought.first?.currency ?? .none),
      on: [])
  }

  fileprivate mutating func reportUnordered(_ line: Purchase.Line, of purchase: Purchase, at index: Int) {
    let made = purchase.orders.first { $0.group == line.group } ?? purchase.orders.first
    let known = purchases.orders[index].first { $0.group == nil || $0.group == line.group }
    let bought =
      "\(line.quantity) of \(line.title) were bought on \(purchase.checkedOutAt.day) with cart \(purchase.cart)"
    let cause =
      if let known {
        "\(bought), but order \(partition.orders[known.order].id) has no line for them."
      } else if let made {
        "\(bought), but the customer has no order \(made.id)."
      } else {
        "\(bought), but no order was made of them."
      }
    let id = known.map { partition.orders[$0.order].id } ?? made?.id
    let mismatch = Mismatch(
      rule: .purchaseUnordered, cause: cause,
      subject: Mismatch.Subject(
        customer: purchase.customer, order: id, item: line.catalogItem, detail: purchase.cart.printed),
      // An order that is not there is missing for all its lines.
      identity: Mismatch.Subject(
        customer: purchase.customer, order: id, item: known == nil ? nil : line.catalogItem,
        detail: purchase.cart.printed),
      customerName: partition.customerName, product: line.title, expected: line.firstCharge, actual: .zero,
      currency: line.currency ?? .none)
    report(mismatch, on: [])
    // A charge that names the order says the same.
    let names = [made?.id, made?.alternateID].compactMap(\.self)
    let missing = mismatches.first { $0.rule == .orderMissing && $0.subject.order.map(names.contains) == true }
    if let missing { hang(mismatch.id, beneath: missing.id) }
  }
}

extension Purchase.Line {
  /// What a reader knows it by.
  var title: String { name.isEmpty ? offer : name }
}
