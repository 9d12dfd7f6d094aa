import Billing

/// How the printed amount of a line is explained by its own figures.
enum Proof: Hashable {
  /// One documented formula gives it to the last digit.
  case proved(formula: String)
  /// It differs by what the documentation grants one line; expected − printed.
  case near(formula: String, difference: Amount)
  /// The line does not print what the formula needs.
  case unprovable(reason: String)
  /// No documented formula gives it; the nearest one is named.
  case wrong(expected: Amount, formula: String)
  case overflow
}

/// A documented way to arrive at a line's amount.
private struct Candidate {
  let formula: String
  let amount: Amount

  init(_ formula: String, _ amount: Amount) {
    self.formula = formula
    self.amount = amount
  }
}

extension Charge {
  /// Derives the amount before tax again, by the published rounding (reconciliation rules §6).
  var proof: Proof {
    guard let subtotal else { return .unprovable(reason: "the line prints no amount before tax") }
    do throws(ArithmeticError) {
      switch family {
      case .newCommerce: return try newCommerceProof(of: subtotal)
      case .licence: return try licenceProof(of: subtotal)
      case .azure: return try legacyAzureProof(of: subtotal)
      }
    } catch {
      return .overflow
    }
  }

  /// Billing units per pricing unit; 1 where both currencies are one, `nil` where it is needed and not printed.
  ///
  /// The rate's date is the sentinel when currencies are equal (catalogue M16), so the rate itself is asked.
  var effectiveRate: Amount? {
    rate ?? (pricingCurrency == nil || pricingCurrency == currency ? .one : nil)
  }

  // MARK: New commerce, I2–I5

  private func newCommerceProof(of subtotal: Amount) throws(ArithmeticError) -> Proof {
    guard let price = effectiveUnitPrice else { return .unprovable(reason: "no effective unit price is printed") }
    guard let quantity = billableQuantity ?? quantity else { return .unprovable(reason: "no quantity is printed") }
    guard let rate = effectiveRate else { return .unprovable(reason: "no exchange rate is printed") }

    var candidates = try products(of: price, quantity, rate)
    if let found = candidates.first(where: { $0.amount == subtotal || isCredit(subtotal, reversing: $0.amount) }) {
      return .proved(formula: found.formula)
    }
    let byDays = try unitPriceByDays(of: price, quantity, rate)
    if let found = byDays.first(where: { $0.amount == subtotal }) { return .proved(formula: found.formula) }
    // A price tier is rounded half up in the documentation's example: 2.5415 × 32 = 81.33 (§6.2).
    if priceAdjustmentDescription.contains("Tier") {
      candidates.append(
        Candidate("half up", try Amount.product(price, quantity, rate, digits: digits, .halfUp)))
      if candidates.last?.amount == subtotal { return .proved(formula: "half up") }
    }

    if flow == .credit, subtotal.isNegative, candidates.allSatisfy({ $0.amount.isNegative != subtotal.isNegative }) {
      candidates = candidates.map { Candidate($0.formula, -$0.amount) }
    }
    let nearest = try nearest(to: subtotal, among: candidates)
    let difference = try nearest.amount - subtotal
    if difference.magnitude <= (try slack(price: price, quantity: quantity)) {
      return .near(formula: nearest.formula, difference: difference)
    }
    return .wrong(expected: nearest.amount, formula: nearest.formula)
  }

  /// The three documented orders of multiplying and truncating (§6.3). With rate 1 the first two are *product* and *unit*.
  private func products(
    of price: Amount, _ quantity: Amount, _ rate: Amount
  ) throws(ArithmeticError) -> [Candidate] {
    let product = try Amount.product(price, quantity, rate, digits: digits, .truncated)
    let unit = try Amount.product(price, rate, digits: digits, .truncated)
    let pricing = try Amount.product(price, quantity, digits: 2, .truncated)
    return [
      Candidate("product", product),
      Candidate("product, then rate", try Amount.product(pricing, rate, digits: digits, .truncated)),
      // Seats are whole; a fraction of a unit is cut once more, because an amount of money has no more digits.
      Candidate("unit price truncated", try Amount.product(unit, quantity, digits: digits, .truncated)),
    ]
  }

  /// Unit price × days × quantity ÷ cycle days, for seats whose effective price is printed with few digits.
  ///
  /// A cycle has as many days as the month it starts in (§4). The line does not say where its cycle started, only that the
  /// charge ends with it, so both months that can hold the start are tried. The printed effective price decides whether
  /// the way is open at all: a discount leaves it far below the list price by days, and then the list price proves nothing.
  private func unitPriceByDays(
    of price: Amount, _ quantity: Amount, _ rate: Amount
  ) throws(ArithmeticError) -> [Candidate] {
    guard category == .seats, let unitPrice, let start = chargeStart, let end = chargeEnd, start <= end else {
      return []
    }
    let list = price.isNegative ? -unitPrice.magnitude : unitPrice
    let days = Amount(end - start + 1)
    var candidates: [Candidate] = []
    for month in [start.month, start.month.advanced(by: -1)] {
      let cycle = Amount(month.dayCount)
      let daily = try Amount.product(list, days, over: cycle, digits: 15, .truncated)
      guard try (daily - price).magnitude < .cent else { continue }
      let whole = try Amount.product(
        list, days, try exact(quantity, rate), over: cycle, digits: digits, .truncated)
      let unit = try Amount.product(list, days, rate, over: cycle, digits: digits, .truncated)
      candidates.append(Candidate("unit price by \(days) of \(cycle) days", whole))
      candidates.append(Candidate("unit price by \(days) of \(cycle) days, truncated", try exact(unit, quantity)))
    }
    return candidates
  }

  private func exact(_ a: Amount, _ b: Amount) throws(ArithmeticError) -> Amount {
    try Amount.product(a, b, digits: a.fractionDigits + b.fractionDigits, .truncated)
  }

  /// A credit repeats the charge's price and quantity with the amount reversed (§8).
  private func isCredit(_ subtotal: Amount, reversing amount: Amount) -> Bool {
    flow == .credit && subtotal.isNegative && subtotal == -amount
  }

  /// What the documentation grants one line.
  private func slack(price: Amount, quantity: Amount) throws(ArithmeticError) -> Amount {
    let cent = Amount.cent
    // The effective price of consumption is cost ÷ quantity, printed with about 15 digits (§6.3).
    if flow == .usage || (flow == .credit && category == .azurePlan) { return cent }
    // A prorated price printed with two or three digits was rounded half up for display (§6.3); zeros at its end are not
    // kept, so fewer may be left.
    let isShort = price.fractionDigits <= 3 && price.magnitude != unitPrice?.magnitude
    guard isShort, isProrated else { return .zero }
    return try exact(quantity.magnitude, .halfAMill) + cent
  }

  /// Whether the line covers only part of a cycle, so that its price was multiplied by days.
  private var isProrated: Bool {
    switch chargeType.meaning {
    case .addQuantity, .removeQuantity, .moveQuantity, .convert, .cancelImmediate, .refund: return true
    default:
      guard let start = chargeStart, let end = chargeEnd else { return false }
      return end - start + 1 < 28
    }
  }

  /// Two digits in every document and sample; another number only where the currency has it and the amount shows it,
  /// because the data decide and not the table of currencies (§10).
  private var digits: Int {
    Self.digits(of: subtotal, in: currency)
  }

  static func digits(of amount: Amount?, in currency: Currency?) -> Int {
    guard let amount, let currency else { return 2 }
    return switch currency.fractionDigits {
    case 0: amount.fractionDigits == 0 ? 0 : 2
    case 3: amount.fractionDigits == 3 ? 3 : 2
    default: 2
    }
  }

  // MARK: Legacy, I7 and I8

  private func licenceProof(of subtotal: Amount) throws(ArithmeticError) -> Proof {
    guard let price = unitPrice, let quantity else {
      return .unprovable(reason: "no unit price or quantity is printed")
    }
    let discount = licence?.discount ?? .zero
    let product = try exact(price, quantity)
    let rounded = product.rounded(digits: 2, .halfUp)
    var candidates = [
      Candidate("unit price × quantity − discount", try product - discount),
      Candidate("unit price × quantity, half up, − discount", try rounded - discount),
    ]
    // What is given back may print the price it was charged at.
    if givesBack { candidates.append(Candidate("refund of unit price × quantity", try -rounded - discount)) }
    if let found = candidates.first(where: { $0.amount == subtotal }) { return .proved(formula: found.formula) }
    if flow == .credit { return .unprovable(reason: "credits print no price of their own") }
    let nearest = try nearest(to: subtotal, among: candidates)
    let difference = try nearest.amount - subtotal
    // Prorated unit prices are rounded half up first: 4 ÷ 31 × 12 prints as 1.55, and 15.62 × 2 is billed as 31.25 (§9).
    let slack =
      chargeType.meaning == .legacyProration || chargeType.meaning == .legacyRefund
      ? try exact(quantity.magnitude, .halfAMill) + .halfAMill : .zero
    if difference.magnitude <= slack { return .near(formula: nearest.formula, difference: difference) }
    return .wrong(expected: nearest.amount, formula: nearest.formula)
  }

  private var givesBack: Bool {
    switch chargeType.meaning {
    case .legacyRefund, .legacyProration, .legacyCredit: true
    default: false
    }
  }

  private func legacyAzureProof(of subtotal: Amount) throws(ArithmeticError) -> Proof {
    guard let price = unitPrice, let overage = azure?.overage ?? billableQuantity else {
      return .unprovable(reason: "no list price or overage is printed")
    }
    let charge = try Amount.product(price, overage, digits: digits, .halfUp)
    if charge == subtotal { return .proved(formula: "list price × overage, half up") }
    if flow == .credit || chargeType.meaning == .legacyDiscount {
      return .unprovable(reason: "credits and discounts print no price of their own")
    }
    return .wrong(expected: charge, formula: "list price × overage, half up")
  }

  private func nearest(to amount: Amount, among candidates: [Candidate]) throws(ArithmeticError) -> Candidate {
    var best = candidates[0]
    var distance = try (best.amount - amount).magnitude
    for candidate in candidates.dropFirst() {
      let other = try (candidate.amount - amount).magnitude
      if other < distance { (best, distance) = (candidate, other) }
    }
    return best
  }

  /// Whether the amount is what the inverse of the printed rate gives (catalogue M14).
  func isBilledByInverseRate() -> Bool {
    guard let price = effectiveUnitPrice, let quantity = billableQuantity ?? quantity, let rate, let subtotal,
      rate != .one, !rate.isZero,
      let pricing = try? Amount.product(price, quantity, digits: 2, .truncated),
      let stepwise = try? Amount.product(pricing, .one, over: rate, digits: 2, .truncated),
      let whole = try? Amount.product(price, quantity, over: rate, digits: 2, .truncated)
    else { return false }
    return subtotal == stepwise || subtotal == whole
  }
}

extension Amount {
  static let cent = (try? Amount("0.01")) ?? .zero
  /// 0.005: what rounding to two digits can hide.
  static let halfAMill = (try? Amount("0.005")) ?? .zero
}
