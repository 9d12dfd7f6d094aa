public import Billing

/// Compares the lines of one set as two sources serve them: as multisets, over the members that both carry.
///
/// Neither source promises an order or gives a line an id, so a line is all it says (reconciliation rules §2.4). What is
/// kept of a line is its fingerprint, and equal lines of the two sides cancel out: only differences stay in memory.
public struct SourceComparison: Sendable {
  public enum Side: Hashable, Sendable {
    /// The source whose lines are tied.
    case counted
    case other
  }

  /// Two hashes with seeds of their own: by chance alone, two different lines among ten million look equal once in 10²⁴
  /// comparisons.
  fileprivate struct Fingerprint: Hashable {
    var first: Int
    var second: Int
  }

  /// How many more lines of one look the counted source has.
  private var surplus: [Fingerprint: Int] = [:]
  private var counts: [Side: Int] = [:]
  private var tallies: [Side: [Currency: Tally]] = [:]

  public init() {}

  public mutating func add(_ charge: Charge, _ side: Side) throws(ArithmeticError) {
    add(Fingerprint(charge), side)
    try tallies[side, default: [:]][charge.filedCurrency, default: Tally()].add(charge)
  }

  public mutating func add(_ record: UsageRecord, _ side: Side) throws(ArithmeticError) {
    add(Fingerprint(record), side)
    try tallies[side, default: [:]][record.billingCurrency ?? Currency.none, default: Tally()].add(
      subtotal: record.billingTotal, tax: .zero, total: record.billingTotal)
  }

  private mutating func add(_ fingerprint: Fingerprint, _ side: Side) {
    counts[side, default: 0] += 1
    let number = (surplus[fingerprint] ?? 0) + (side == .counted ? 1 : -1)
    surplus[fingerprint] = number == 0 ? nil : number
  }

  /// What differs; empty where the two sides are the same lines.
  ///
  /// - Parameter names: Of the two sources, as a sentence says them.
  public func differences(
    invoice: InvoiceID, set: LineSet, names: (counted: String, other: String)
  ) -> [SourceDifference] {
    guard !surplus.isEmpty else { return [] }
    let onlyCounted = surplus.values.reduce(0) { $0 + max(0, $1) }
    let onlyOther = surplus.values.reduce(0) { $0 + max(0, -$1) }
    let currencies = Set((tallies[.counted] ?? [:]).keys).union((tallies[.other] ?? [:]).keys).sorted()
    return currencies.map { currency in
      SourceDifference(
        invoice: invoice, set: set, currency: currency, countedSource: names.counted, otherSource: names.other,
        onlyCounted: onlyCounted, onlyOther: onlyOther,
        countedSum: sum(.counted, currency), otherSum: sum(.other, currency))
    }
  }

  /// Σ subtotal of a side; `nil` where a line prints none.
  private func sum(_ side: Side, _ currency: Currency) -> Amount? {
    guard let tally = tallies[side]?[currency] else { return .zero }
    return tally.unknownCount == 0 ? tally.subtotal : nil
  }
}

/// What two sources say differently about the lines of one set, in one currency.
public struct SourceDifference: Hashable, Sendable {
  public var invoice: InvoiceID
  public var set: LineSet
  public var currency: Currency
  public var countedSource: String
  public var otherSource: String
  /// Lines, in all currencies, that only one of the two has.
  public var onlyCounted: Int
  public var onlyOther: Int
  /// Σ subtotal of all lines of the currency; `nil` where a line prints none.
  public var countedSum: Amount?
  public var otherSum: Amount?

  public init(
    invoice: InvoiceID, set: LineSet, currency: Currency, countedSource: String, otherSource: String,
    onlyCounted: Int, onlyOther: Int, countedSum: Amount?, otherSum: Amount?
  ) {
    self.invoice = invoice
    self.set = set
    self.currency = currency
    self.countedSource = countedSource
    self.otherSource = otherSource
    self.onlyCounted = onlyCounted
    self.onlyOther = onlyOther
    self.countedSum = countedSum
    self.otherSum = otherSum
  }

  /// The mismatch that says so: expected is what the counted source says, actual the other one.
  public var mismatch: Mismatch {
    Mismatch(
      rule: .lineSources,
      cause:
        "The \(set) lines of \(countedSource) and of \(otherSource) are not the same: \(onlyCounted) are only in the first, "
        + "\(onlyOther) only in the second.",
      subject: Mismatch.Subject(invoice: invoice, detail: set.description), expected: countedSum, actual: otherSum,
      currency: currency)
  }
}

extension SourceComparison.Fingerprint {
  init(_ charge: Charge) {
    self.init { hasher in
      hasher.combine(charge.customer)
      hasher.combine(charge.subscription)
      for text in [
        charge.customerName, charge.customerCountry, charge.subscriptionDescription, charge.reseller,
        charge.productName,
        charge.skuName, charge.publisherName, charge.publisherID, charge.meterDescription, charge.termAndBillingCycle,
        charge.billingFrequency, charge.creditReasonCode, charge.promotion, charge.priceAdjustmentDescription,
        charge.unitType, charge.chargeType.printed.lowercased(),
      ] { hasher.combine(text) }
      hasher.combine(charge.productQualifiers)
      hasher.combine(charge.product)
      hasher.combine(charge.sku)
      hasher.combine(charge.availability)
      hasher.combine(charge.orders)
      hasher.combine(charge.alternateOrder)
      hasher.combine(charge.reference)
      hasher.combine(charge.reservationOrder)
      for moment in [charge.orderDate, charge.rateDate] { hasher.combine(moment) }
      for day in [charge.chargeStart, charge.chargeEnd, charge.subscriptionStart, charge.subscriptionEnd] {
        hasher.combine(day)
      }
      for amount in [
        charge.unitPrice, charge.effectiveUnitPrice, charge.quantity, charge.billableQuantity, charge.rate,
        charge.subtotal, charge.tax, charge.total,
      ] { hasher.combine(amount) }
      for currency in [charge.pricingCurrency, charge.currency] { hasher.combine(currency) }
    }
  }

  init(_ record: UsageRecord) {
    self.init { hasher in
      hasher.combine(record.customer)
      hasher.combine(record.subscription)
      hasher.combine(record.product)
      hasher.combine(record.sku)
      hasher.combine(record.benefitOrder)
      hasher.combine(record.day)
      for text in [
        record.entitlement, record.meter, record.meterName, record.resource, record.chargeType, record.unit,
        record.creditType, record.benefitType,
      ] { hasher.combine(text) }
      for amount in [
        record.quantity, record.unitPrice, record.effectiveUnitPrice, record.billingTotal, record.pricingTotal,
        record.rate, record.earnedCreditRate,
      ] { hasher.combine(amount) }
      for currency in [record.billingCurrency, record.pricingCurrency] { hasher.combine(currency) }
    }
  }

  private init(_ combine: (inout Hasher) -> Void) {
    var one = Hasher()
    one.combine(1 as UInt8)
    combine(&one)
    var two = Hasher()
    two.combine(2 as UInt8)
    combine(&two)
    first = one.finalize()
    second = two.finalize()
  }
}
