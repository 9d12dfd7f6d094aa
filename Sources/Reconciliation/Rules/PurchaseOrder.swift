import Billing

extension CustomerRule {
  /// What was ordered is what was bought: quantity, term and price.
  ///
  /// A line that was cancelled since has quantity 0 (reconciliation rules §7.4, O4), and seats may have been changed since
  /// (O5): both are said on the charge and are no difference.
  static let purchaseOrder = CustomerRule(.purchaseOrder) { bench in
    let changing = bench.partition.purchases.isEmpty ? [] : bench.subscriptionsWithEvents
    let pairs = bench.purchases.places.sorted {
      ($0.key.purchase, $0.key.line) < ($1.key.purchase, $1.key.line)
    }
    for (bought, place) in pairs {
      let line = bench.line(bought)
      let ordered = bench.partition.orders[place.order].lines[place.line]
      let charges = bench.firstCharges(of: place)
      guard !ordered.quantity.isZero || line.quantity.isZero else {
        for index in charges {
          bench.note("\(line.quantity) were bought; the order line was cancelled since", on: index)
        }
        continue
      }
      if line.quantity != ordered.quantity {
        if ordered.subscription.map(changing.contains) == true {
          for index in charges {
            bench.note("\(line.quantity) were bought; the order has \(ordered.quantity) since seats changed", on: index)
          }
        } else {
          bench.reportOrdered(
            .quantity, bought, place, charges, expected: line.firstCharge,
            actual: (ordered.price ?? line.priceSeen).times(ordered.quantity),
            words: ("\(line.quantity)", "\(ordered.quantity)"))
        }
      }
      if line.hasOtherTerm(than: ordered) {
        bench.reportOrdered(
          .term, bought, place, charges, expected: line.firstCharge, actual: ordered.price.times(ordered.quantity),
          words: (line.termDuration, ordered.termDuration))
      }
      let currency = bench.partition.orders[place.order].currency
      if let seen = line.priceSeen, let price = ordered.price, seen != price, line.currency == currency, currency != nil
      {
        bench.reportOrdered(
          .price, bought, place, charges, expected: line.firstCharge, actual: ordered.price.times(line.quantity),
          words: ("\(seen)", "\(price)"))
      }
    }
  }
}

/// In what an order line may differ from what was bought.
enum PurchaseDifference: String {
  case quantity, term, price
}

extension Workbench {
  fileprivate mutating func reportOrdered(
    _ difference: PurchaseDifference, _ bought: PurchaseIndex.Line, _ place: PurchaseIndex.Place, _ charges: [Int],
    expected: Amount?, actual: Amount?, words: (bought: String, ordered: String)
  ) {
    let purchase = partition.purchases[bought.purchase]
    let line = line(bought)
    let order = partition.orders[place.order]
    let what =
      switch difference {
      case .quantity: "\(words.bought) were bought with cart \(purchase.cart), \(words.ordered) were ordered"
      case .term: "A term of \(words.bought) was bought with cart \(purchase.cart), one of \(words.ordered) was ordered"
      case .price:
        "A price of \(words.bought) was seen when cart \(purchase.cart) was bought, the order has \(words.ordered)"
      }
    report(
      Mismatch(
        rule: .purchaseOrder, cause: "\(what) with order \(order.id).",
        subject: Mismatch.Subject(
          customer: purchase.customer, order: order.id, subscription: order.lines[place.line].subscription,
          item: line.catalogItem, detail: Self.detail(difference, place)),
        customerName: partition.customerName, product: line.title, expected: expected, actual: actual,
        currency: line.currency ?? order.currency ?? .none),
      on: charges)
  }

  /// The mismatch that says how an order differs from what was bought, for a charge that follows the order.
  func orderDifference(_ difference: PurchaseDifference, of bill: PurchaseBill) -> Mismatch.ID? {
    let details = bill.orderLines.map { Self.detail(difference, PurchaseIndex.Place(order: bill.order, line: $0)) }
    let order = partition.orders[bill.order].id
    return mismatches.first {
      $0.rule == .purchaseOrder && $0.subject.order == order && details.contains($0.subject.detail)
    }?.id
  }

  private static func detail(_ difference: PurchaseDifference, _ place: PurchaseIndex.Place) -> String {
    "\(place.line) \(difference.rawValue)"
  }
}

extension Amount? {
  /// Price × quantity, where the price is known.
  func times(_ quantity: Amount) -> Amount? {
    flatMap { try? Amount.product($0, quantity, digits: 2, .truncated) }
  }
}
