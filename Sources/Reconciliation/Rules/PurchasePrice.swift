import Billing

extension CustomerRule {
  /// The first charge bills the price that was seen when it was bought.
  ///
  /// Compared are whole cycles and what is paid once, in the currency in which the price was seen; a charge for a part of a
  /// cycle or in another currency is noted instead. Every documented order of multiplying and truncating is tried
  /// (reconciliation rules §6.3).
  static let purchasePrice = CustomerRule(.purchasePrice) { bench in
    for bill in bench.purchaseBills {
      let lines = bill.bought.map(bench.line)
      guard let line = lines.first, let seen = line.priceSeen else { continue }
      guard lines.allSatisfy({ $0.priceSeen == seen && $0.currency == line.currency }) else {
        for index in bill.charges {
          bench.note("bought at several prices, which the charge does not tell apart", on: index)
        }
        continue
      }
      bench.comparePrice(of: bill, line, seen: seen)
    }
  }
}

extension Workbench {
  fileprivate mutating func comparePrice(of bill: PurchaseBill, _ line: Purchase.Line, seen: Amount) {
    let charges = bill.charges.filter { !partition.charges[$0].isRefund }
    for index in charges {
      guard let reason = partition.charges[index].reasonAgainstComparing(with: line) else { continue }
      for index in charges { note(reason, on: index) }
      return
    }
    guard bill.parts.count > 1 else {
      for index in charges { comparePrice(of: [index], bill, line, seen: seen) }
      return
    }
    // Each part bills some of the price for all of the quantity.
    comparePrice(of: charges, bill, line, seen: seen)
  }

  private mutating func comparePrice(
    of indices: [Int], _ bill: PurchaseBill, _ line: Purchase.Line, seen: Amount
  ) {
    guard let index = indices.first, let actual = purchaseSum(indices.map { partition.charges[$0].subtotal }) else {
      return
    }
    let charge = partition.charges[index]
    let quantity =
      bill.parts.count > 1
      ? purchaseSum(bill.parts[0].map { partition.charges[$0].signedQuantity })
      : charge.billableQuantity ?? charge.quantity
    guard let quantity, let candidates = charge.amounts(at: seen, quantity), let expected = candidates.first else {
      return
    }
    guard !candidates.contains(actual) else { return }
    // Its own figures are another rule's: the price charged is the price seen.
    if indices.count == 1, charge.effectiveUnitPrice == seen { return }
    if indices.count > 1, let distance = try? (actual - expected).magnitude,
      let slack = try? Amount.product(.cent, Amount(indices.count), digits: 2, .truncated), distance <= slack
    {
      for index in indices { note("\(distance) off the price seen, which is billed in several parts", on: index) }
      return
    }
    let charged = charge.effectiveUnitPrice.map { indices.count == 1 ? "\($0) is charged" : "more or less is charged" }
    let mismatch = Mismatch(
      rule: .purchasePrice,
      cause: "A unit was bought at \(seen) \(line.currency ?? .none), and \(charged ?? "another amount is charged").",
      subject: subject(of: charge, detail: charge.skuName),
      identity: subject(of: charge, invoice: false, detail: "\(charge.skuName) \(bill.orderLines)"),
      customerName: customerName(of: charge), product: charge.productName, expected: expected, actual: actual,
      currency: charge.filedCurrency)
    report(mismatch, on: indices)
    if let cause = orderDifference(.price, of: bill) ?? orderDifference(.term, of: bill) {
      hang(mismatch.id, beneath: cause)
    }
  }
}

extension Charge {
  /// Why the price seen does not tell what this charge should be; `nil` where it does.
  fileprivate func reasonAgainstComparing(with line: Purchase.Line) -> String? {
    let priced = pricingCurrency ?? currency
    guard let seen = line.currency, seen == priced else {
      let bought = line.currency.map { "in \($0)" } ?? "in a currency that was not shown"
      return "bought \(bought), priced in \(priced.map(\.code) ?? "none"): the prices are not compared"
    }
    guard effectiveRate != nil else { return "no exchange rate is printed: not compared with the price when bought" }
    guard flow == .recurring else { return nil }
    guard let start = chargeStart, let end = chargeEnd else {
      return "no days are printed: not compared with the price when bought"
    }
    guard !BillingCycle.isWhole(from: start, through: end, cycle: line.billingCycle) else { return nil }
    return "\(end - start + 1) days of a cycle: not compared with the price when bought"
  }

  /// What the documented orders of multiplying and truncating make of a price.
  fileprivate func amounts(at price: Amount, _ quantity: Amount) -> [Amount]? {
    guard let rate = effectiveRate else { return nil }
    let digits = Self.digits(of: subtotal, in: currency)
    do throws(ArithmeticError) {
      let unit = try Amount.product(price, rate, digits: digits, .truncated)
      let pricing = try Amount.product(price, quantity, digits: 2, .truncated)
      return [
        try Amount.product(price, quantity, rate, digits: digits, .truncated),
        try Amount.product(pricing, rate, digits: digits, .truncated),
        try Amount.product(unit, quantity, digits: digits, .truncated),
      ]
    } catch {
      return nil
    }
  }
}

/// The stretch one charge pays for (reconciliation rules §4).
enum BillingCycle {
  /// Whether the days are a whole cycle.
  ///
  /// Ends are read and never computed: a cycle that begins after the 28th ends with one of the last days before the month
  /// that follows is over, and the documented tables disagree about which (catalogue M63). Some lines print the next
  /// cycle's first day as their end.
  static func isWhole(from start: Day, through end: Day, cycle: String) -> Bool {
    let months: [Int] =
      switch cycle {
      case "monthly": [1]
      case "annual": [12]
      case "biennial": [24]
      case "triennial": [36]
      default: [1, 12, 24, 36]
      }
    return [end, end.advanced(by: 1)].contains { next in
      months.contains { count in
        guard next.month == start.month.advanced(by: count) else { return false }
        let (first, after) = (start.components.day, next.components.day)
        return first == after || (first > 28 && after >= 27 && after < first)
      }
    }
  }
}
