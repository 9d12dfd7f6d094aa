/// One day's consumption of one resource: daily rated (new commerce) or daily (legacy, without prices).
///
/// It explains consumption charges day by day and never adds to them (contract §9.6, §9.8).
public struct UsageRecord: Hashable, Sendable {
  public var position: LinePosition
  public var customer: CustomerID?
  public var subscription: SubscriptionID?
  /// The Azure subscription inside an Azure plan.
  public var entitlement: String
  public var product: ProductID?
  public var sku: SkuID?
  public var meter: String
  public var meterName: String
  public var resource: String
  public var day: Day?
  public var chargeType: String
  public var unit: String
  public var quantity: Amount?
  public var unitPrice: Amount?
  public var effectiveUnitPrice: Amount?
  /// Before tax, in the billing currency; absent on legacy lines, which cannot be added up in money.
  public var billingTotal: Amount?
  public var billingCurrency: Currency?
  public var pricingTotal: Amount?
  public var pricingCurrency: Currency?
  public var rate: Amount?
  /// A fraction: 0.15.
  public var earnedCreditRate: Amount?
  public var creditType: String
  public var benefitType: String
  public var benefitOrder: ReservationOrderID?

  public init(position: LinePosition) {
    self.position = position
    entitlement = ""
    meter = ""
    meterName = ""
    resource = ""
    chargeType = ""
    unit = ""
    creditType = ""
    benefitType = ""
  }
}

/// An estimate of a charge that is on no invoice yet: its tax and total are 0 by design (contract §9.7).
public struct UnbilledCharge: Hashable, Sendable {
  /// The line; its position names the unbilled set, not an invoice.
  public var line: Charge

  public init(line: Charge) { self.line = line }
}
