public import Billing

/// What one page says about the consumption of one product under one subscription, in one currency.
public struct Consumption: Hashable, Sendable {
  /// Which figures are added up.
  public enum Kind: String, Hashable, Sendable {
    /// Daily usage.
    case daily
    /// The month's charges for consumption under an Azure plan.
    case monthly
    /// Credits: some of them are computed by the month and stand on no day (reconciliation rules §8).
    case credit
    /// Charges that daily usage may explain or leave out, such as those of third parties.
    case other
  }

  public var page: PageID
  public var kind: Kind
  public var customer: CustomerID?
  public var customerName: String
  public var productName: String
  public var subscription: SubscriptionID?
  public var product: ProductID?
  public var sku: SkuID?
  /// `Currency.none` where none is printed.
  public var currency: Currency
  public var count: Int
  /// Lines that print no amount.
  public var unknownCount: Int
  /// Σ before tax of the others.
  public var sum: Amount

  public init(
    page: PageID, kind: Kind, customer: CustomerID? = nil, customerName: String = "", productName: String = "",
    subscription: SubscriptionID?, product: ProductID?, sku: SkuID?, currency: Currency, count: Int,
    unknownCount: Int = 0, sum: Amount
  ) {
    self.page = page
    self.kind = kind
    self.customer = customer
    self.customerName = customerName
    self.productName = productName
    self.subscription = subscription
    self.product = product
    self.sku = sku
    self.currency = currency
    self.count = count
    self.unknownCount = unknownCount
    self.sum = sum
  }
}

extension UsageTotal {
  /// What is compared with each other: one product under one subscription, or more where a line does not say which.
  struct Key: Hashable, Comparable {
    var currency: Currency
    var subscription: SubscriptionID?
    var product: ProductID?
    var sku: SkuID?

    private var texts: [String] { [currency.code, subscription?.key ?? "", product?.key ?? "", sku?.key ?? ""] }

    static func < (left: Self, right: Self) -> Bool { left.texts.lexicographicallyPrecedes(right.texts) }
  }

  /// The figures of one key.
  struct Group {
    var daily = Tally()
    /// What of the daily usage stands on pages that repeat an earlier one.
    var repeated = Amount.zero
    var monthly = Tally()
    var credit = Tally()
    var otherCount = 0
    var customer: CustomerID?
    var customerName = ""
    var productName = ""

    struct Tally {
      var count = 0
      var unknownCount = 0
      var sum = Amount.zero

      mutating func add(_ other: Tally) throws(ArithmeticError) {
        count += other.count
        unknownCount += other.unknownCount
        sum = try sum + other.sum
      }
    }

    mutating func add(_ part: Consumption, repeats: Bool) throws(ArithmeticError) {
      let tally = Tally(count: part.count, unknownCount: part.unknownCount, sum: part.sum)
      switch part.kind {
      case .daily:
        try daily.add(tally)
        if repeats { repeated = try repeated + part.sum }
      case .monthly: try monthly.add(tally)
      case .credit: try credit.add(tally)
      case .other: otherCount += part.count
      }
      customer = customer ?? part.customer
      if customerName.isEmpty { customerName = part.customerName }
      if productName.isEmpty { productName = part.productName }
    }

    mutating func merge(_ other: Group) throws(ArithmeticError) {
      try daily.add(other.daily)
      repeated = try repeated + other.repeated
      try monthly.add(other.monthly)
      try credit.add(other.credit)
      otherCount += other.otherCount
      customer = customer ?? other.customer
      if customerName.isEmpty { customerName = other.customerName }
      if productName.isEmpty { productName = other.productName }
    }
  }
}
