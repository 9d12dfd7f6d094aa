import Billing

extension CustomerRule {
  /// The first charges bill as many as were bought.
  ///
  /// Each part of an E5-like product bills the whole quantity (reconciliation rules §7.4, O7). Where the order differs from
  /// what was bought, or the charge from the order, that is the cause and this its consequence.
  static let purchaseQuantity = CustomerRule(.purchaseQuantity) { bench in
    for bill in bench.purchaseBills {
      guard let bought = bench.purchaseSum(bill.bought.map { bench.line($0).quantity }) else { continue }
      for part in bill.parts { bench.compareQuantity(of: part, bill, bought: bought) }
    }
  }
}

extension Workbench {
  fileprivate mutating func compareQuantity(of part: [Int], _ bill: PurchaseBill, bought: Amount) {
    let charges = part.map { partition.charges[$0] }
    guard let first = charges.first, charges.contains(where: { $0.subtotal?.isZero != true }),
      first.category != .savingsPlan, let billed = purchaseSum(charges.map(\.signedQuantity)), billed != bought
    else { return }
    // What was given back altogether is told by the refund.
    if charges.contains(where: \.isRefund), !billed.isPositive { return }
    var expected: Amount?
    if let price = first.effectiveUnitPrice, let rate = first.effectiveRate {
      expected = try? Amount.product(price, bought, rate, digits: 2, .truncated)
    }
    let carts = Set(bill.bought.map { partition.purchases[$0.purchase].cart.printed }).sorted()
    let mismatch = Mismatch(
      rule: .purchaseQuantity,
      cause: "\(bought) were bought with cart \(carts.joined(separator: ", ")), \(billed) are billed.",
      subject: subject(of: first, detail: first.skuName),
      identity: subject(of: first, invoice: false, detail: "\(first.skuName) \(bill.orderLines)"),
      customerName: customerName(of: first), product: first.productName, expected: expected,
      actual: purchaseSum(charges.map(\.subtotal)), currency: first.filedCurrency)
    report(mismatch, on: part)
    if let cause = orderDifference(.quantity, of: bill) ?? self.mismatch(.quantityOrdered, on: part) {
      hang(mismatch.id, beneath: cause)
    }
  }
}
