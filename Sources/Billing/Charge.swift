/// A billing line of an issued invoice: new commerce, licence or legacy Azure.
///
/// One shape for all three; what only one of them has is absent on the others. Unbilled lines and daily usage are not
/// charges: they explain the same money (contract §9.3).
public struct Charge: Hashable, Sendable {
  public var position: LinePosition
  public var family: Family

  // Who
  public var customer: CustomerID?
  public var customerName: String
  public var customerCountry: String
  public var subscription: SubscriptionID?
  public var subscriptionDescription: String
  /// Reseller of record as printed: `0` sold directly, `-1` unknown.
  public var reseller: String

  // What
  public var product: ProductID?
  public var sku: SkuID?
  public var availability: AvailabilityID?
  public var productName: String
  public var skuName: String
  public var productQualifiers: [String]
  public var publisherName: String
  public var publisherID: String
  /// Legacy licences: the price list's offer (`durableOfferId`), not the line's own `offerId`.
  public var offer: OfferID?
  /// Consumption: what was metered.
  public var meterDescription: String

  // Why and when
  public var chargeType: ChargeType
  /// All ids in the line's order cell: long, short, or both.
  public var orders: [OrderID]
  /// The quote id; equals an order's `alternateId`.
  public var alternateOrder: OrderID?
  /// Time of the billing event behind the line, not of the first purchase.
  public var orderDate: Instant?
  public var reference: ReferenceID?
  public var reservationOrder: ReservationOrderID?
  public var chargeStart: Day?
  public var chargeEnd: Day?
  public var subscriptionStart: Day?
  public var subscriptionEnd: Day?
  /// Free text; decides the product category (reconciliation rules §13).
  public var termAndBillingCycle: String
  /// `Monthly`, `Annual`, or "" for one-time charges.
  public var billingFrequency: String
  public var creditReasonCode: String
  public var promotion: String
  public var priceAdjustmentDescription: String

  // How much, in the pricing currency
  public var unitPrice: Amount?
  /// Price after discount, proration and earned credit: the one that is charged.
  public var effectiveUnitPrice: Amount?
  public var unitType: String
  public var quantity: Amount?
  /// What is multiplied: seats or metered units. Positive on refunds, whose price is negative.
  public var billableQuantity: Amount?
  public var pricingCurrency: Currency?
  /// Billing units for one pricing unit.
  public var rate: Amount?
  public var rateDate: Instant?

  // How much, in the invoice's currency
  public var currency: Currency?
  /// Before tax.
  public var subtotal: Amount?
  public var tax: Amount?
  public var total: Amount?

  public var licence: Licence?
  public var azure: Azure?

  /// Which of the three kinds of line it came as: contract §9.4, §9.5, §9.7.
  public enum Family: String, Hashable, Sendable, CaseIterable {
    case newCommerce = "new commerce"
    case licence = "licence"
    case azure = "azure"
  }

  /// What only a legacy licence line has (contract §9.4).
  public struct Licence: Hashable, Sendable {
    /// The billing platform's id; joins to nothing in the API.
    public var platformSubscription: String
    /// Unit price × quantity.
    public var amount: Amount?
    /// Discount for the whole line, not per unit.
    public var discount: Amount?

    public init(platformSubscription: String, amount: Amount?, discount: Amount?) {
      self.platformSubscription = platformSubscription
      self.amount = amount
      self.discount = discount
    }
  }

  /// What only a legacy Azure line has (contract §9.5).
  public struct Azure: Hashable, Sendable {
    public var resource: String
    public var region: String
    public var consumed: Amount?
    public var included: Amount?
    /// Consumed − included: what is priced.
    public var overage: Amount?
    /// 1, 2, … where one consumption is split over price tiers.
    public var detailLine: String

    public init(
      resource: String, region: String, consumed: Amount?, included: Amount?, overage: Amount?, detailLine: String
    ) {
      self.resource = resource
      self.region = region
      self.consumed = consumed
      self.included = included
      self.overage = overage
      self.detailLine = detailLine
    }
  }

  /// Creates a line that says nothing yet.
  public init(position: LinePosition, family: Family) {
    self.position = position
    self.family = family
    customerName = ""
    customerCountry = ""
    subscriptionDescription = ""
    reseller = ""
    productName = ""
    skuName = ""
    productQualifiers = []
    publisherName = ""
    publisherID = ""
    meterDescription = ""
    chargeType = ChargeType("")
    orders = []
    termAndBillingCycle = ""
    billingFrequency = ""
    creditReasonCode = ""
    promotion = ""
    priceAdjustmentDescription = ""
    unitType = ""
  }
}

/// One of the sets of line items an invoice names in its details: contract §9.2, §9.3.
public struct LineSet: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Folded provider: `onetime`, `office`, `azure`, or whatever the service invents next.
  public let provider: String
  public let isUsage: Bool

  /// Creates a set from the body's or the query's spelling: `one_time` and `OneTime` are one provider.
  ///
  /// `marketplace` is the legacy name of what `onetime` serves (contract §1): an invoice that names both has one set, not
  /// the same lines twice.
  public init(provider: String, isUsage: Bool) {
    let folded = provider.lowercased().filter { $0 != "_" }
    self.provider = folded == "marketplace" ? "onetime" : folded
    self.isUsage = isUsage
  }

  /// `onetime-billing`
  public var description: String { "\(provider)-\(isUsage ? "usage" : "billing")" }
  public static func < (left: LineSet, right: LineSet) -> Bool { left.description < right.description }
}

/// Where a line stands: its only identity, because no source gives lines an id (reconciliation rules §2.4).
public struct LinePosition: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let invoice: InvoiceID
  public let set: LineSet
  /// Zero-based page in the order of asking.
  public let page: Int
  /// Zero-based item on its page.
  public let index: Int

  public init(invoice: InvoiceID, set: LineSet, page: Int, index: Int) {
    self.invoice = invoice
    self.set = set
    self.page = page
    self.index = index
  }

  /// `G000024135/onetime-billing/0/17`
  public var description: String { "\(invoice)/\(set)/\(page)/\(index)" }

  public static func < (left: LinePosition, right: LinePosition) -> Bool {
    if left.invoice != right.invoice { return left.invoice < right.invoice }
    if left.set != right.set { return left.set < right.set }
    return (left.page, left.index) < (right.page, right.index)
  }
}
