/// One price of a price sheet (contract §10.3).
public struct PriceSheetRow: Hashable, Sendable {
  public var product: ProductID?
  public var productTitle: String
  /// Sheets that went through a spreadsheet lost its leading zeros; ids compare all the same.
  public var sku: SkuID?
  public var skuTitle: String
  public var skuDescription: String
  public var publisher: String
  /// Azure only: `1 Node/Month`.
  public var unit: String
  /// `P1M`, `P1Y`, `P3Y`, `OneTime`, or `payG-1` for consumption.
  public var term: String
  /// `Monthly`, `Annual` or blank; newer sheets only.
  public var billingPlan: String
  public var market: String
  /// Consumption is priced in dollars in every market.
  public var currency: Currency?
  public var segment: String

  /// Consumption: estimated retail, before partner earned credit.
  public var unitPrice: Amount?
  /// Estimated retail price (“ERP Price”); only some sheets have it.
  public var retailPrice: Amount?
  /// Where the price begins to hold; absent on prices without tiers.
  public var tierFirst: Amount?
  /// Where it ends to hold; absent where it is open.
  public var tierLast: Amount?
  public var effectiveFrom: Instant?
  /// `Instant.distantFuture` where there is no end.
  public var effectiveUntil: Instant?
  /// Preview sheets only.
  public var saleEnds: Instant?

  public var meterIDs: [String]
  public var meterType: String
  /// `Azure`, `Consumption`, `Reservation`, `License`, `Software;Perpetual` as two.
  public var tags: [String]

  public init() {
    productTitle = ""
    skuTitle = ""
    skuDescription = ""
    publisher = ""
    unit = ""
    term = ""
    billingPlan = ""
    market = ""
    segment = ""
    meterIDs = []
    meterType = ""
    tags = []
  }
}

/// Which of a market's price sheets (contract §10.3).
public enum PriceView: String, Hashable, Sendable, CaseIterable {
  case azureConsumption = "azure_consumption"
  case azureReservations = "azure_reservations"
  case updatedLicenseBased = "updatedlicensebased"
  case marketplace
  case software
}

/// Which of a sheet's versions: the future one exists only when prices are about to change.
public enum PriceTimeline: String, Hashable, Sendable, CaseIterable { case current, history, future }

/// What one unit of a currency is worth in dollars for a whole month (contract §10.3).
public struct ExchangeRate: Hashable, Sendable {
  public var currency: Currency
  public var dollarsPerUnit: Amount
  /// As printed: the documentation's sample says `2019` where a month was asked for.
  public var month: String

  public init(currency: Currency, dollarsPerUnit: Amount, month: String) {
    self.currency = currency
    self.dollarsPerUnit = dollarsPerUnit
    self.month = month
  }
}
