import Billing

extension CustomerRule {
  /// A purchase, a renewal and a cycle are charged once.
  ///
  /// Lines may be legally identical when seats are added twice on one day (reconciliation rules §2.4), so only first
  /// charges, renewals and cycle charges are compared: same order or subscription, same product, same part of it, same days,
  /// same amount. The two lines of an E5-like product differ in their part (§7.4, O7).
  static let chargedTwice = CustomerRule(.chargedTwice) { bench in
    var equals: [Key: [Int]] = [:]
    for index in bench.partition.charges.indices where !bench.isSurplus[index] && !bench.isNetted[index] {
      guard let key = Key(bench.partition.charges[index], in: bench) else { continue }
      equals[key, default: []].append(index)
    }
    var copies: [Int: [Int]] = [:]
    for (key, indices) in equals {
      // An order may have several lines of one product, and each is charged.
      let ordered = key.subscription == nil ? bench.orderedLineCount(of: bench.partition.charges[indices[0]]) : 1
      if indices.count > ordered { copies[indices[0]] = Array(indices.dropFirst(ordered)) }
    }
    for first in copies.keys.sorted() {
      for copy in copies[first] ?? [] {
        let original = bench.partition.charges[first]
        let charge = bench.partition.charges[copy]
        bench.isSurplus[copy] = true
        bench.report(
          Mismatch(
            rule: .chargedTwice,
            cause: "The same \(charge.chargeType) charge stands on invoice \(original.position.invoice) already.",
            subject: bench.subject(of: charge, detail: original.position.description),
            identity: Mismatch.Subject(
              customer: charge.customer ?? bench.partition.customer, detail: original.position.description),
            customerName: bench.customerName(of: charge), product: charge.productName, expected: .zero,
            actual: charge.subtotal, currency: charge.filedCurrency),
          on: [copy])
      }
    }
  }

  private struct Key: Hashable {
    let order: OrderID?
    let subscription: SubscriptionID?
    let item: CatalogItem?
    let part: String
    let type: ChargeType.Meaning
    let start: Day?
    let end: Day?
    let currency: Currency?
    let subtotal: Amount
    let quantity: Amount?

    init?(_ charge: Charge, in bench: Workbench) {
      switch charge.chargeType.meaning {
      case .new, .renew, .cycleCharge: break
      default: return nil
      }
      guard charge.flow == .oneTime || charge.flow == .recurring, let subtotal = charge.subtotal, subtotal.isPositive,
        charge.chargeStart != nil || charge.flow == .oneTime
      else { return nil }
      // One copy may print the order's long id and one its short id.
      let known = bench.commerce.order(for: charge).map { bench.partition.orders[$0].id }
      let order = known ?? charge.orders.first ?? charge.alternateOrder
      guard order != nil || charge.subscription != nil else { return nil }
      self.order = charge.subscription == nil ? order : nil
      subscription = charge.subscription
      item = charge.catalogItem
      part = charge.skuName + "\u{1f}" + charge.meterDescription
      type = charge.chargeType.meaning
      start = charge.chargeStart
      end = charge.chargeEnd
      currency = charge.currency
      self.subtotal = subtotal
      quantity = charge.billableQuantity ?? charge.quantity
    }
  }
}

extension Workbench {
  /// How many lines of its order a charge may stand for.
  fileprivate func orderedLineCount(of charge: Charge) -> Int {
    guard let order = commerce.order(for: charge) else { return 1 }
    return max(commerce.lines(of: order, for: charge).count, 1)
  }
}
