/// What the server hands out: JSON texts as the service would print them, already in the service's order.
///
/// A world (who bought what, what was billed, what was planted) is turned into this once; the server only wraps, pages
/// and authorises. Member spelling and paths are contract §7–§9.
public struct ServedWorld: Sendable {
  /// One set of line items of one invoice: contract §9.3.
  public struct LineSet: Hashable, Sendable {
    /// Bare invoice id, such as `G000024135`.
    public var invoice: String
    /// Query spelling: `onetime`, `office` or `azure`.
    public var provider: String
    /// Query spelling: `billinglineitems` or `usagelineitems`.
    public var lineItemType: String

    public init(invoice: String, provider: String, lineItemType: String) {
      self.invoice = invoice
      self.provider = provider
      self.lineItemType = lineItemType
    }
  }

  public struct Document: Sendable {
    public var id: String
    /// The invoice as JSON, amendments nested inside.
    public var json: String

    public init(id: String, json: String) {
      self.id = id
      self.json = json
    }
  }

  public struct Order: Sendable {
    public var id: String
    public var alternateID: String?
    /// Wire name: `monthly`, `annual`, `one_time`, `triennial`, `none`.
    public var billingCycle: String
    /// Seconds since 1970, UTC: collections show an order only 15 minutes later.
    public var createdAt: Int64
    public var json: String
    /// The same with `totalPrice` and each line's `pricing`, served for `include_price=true`.
    public var jsonWithPrice: String

    public init(
      id: String, alternateID: String?, billingCycle: String, createdAt: Int64, json: String, jsonWithPrice: String
    ) {
      self.id = id
      self.alternateID = alternateID
      self.billingCycle = billingCycle
      self.createdAt = createdAt
      self.json = json
      self.jsonWithPrice = jsonWithPrice
    }
  }

  public struct Entitlement: Sendable {
    /// `software` or `reservedinstance`.
    public var type: String
    public var json: String
    /// The same with `expiryDate`, served for `showExpiry=true`.
    public var jsonWithExpiry: String

    public init(type: String, json: String, jsonWithExpiry: String) {
      self.type = type
      self.json = json
      self.jsonWithExpiry = jsonWithExpiry
    }
  }

  /// The moment the service is frozen at, seconds since 1970, UTC.
  public var asOf: Int64
  public var partnerTenant: String
  /// The largest page the server serves, whatever `size` asks for (the service's own limit is 2000).
  public var pageSizeMaximum: Int
  public var customers: [String]
  /// `GET invoices/summary`.
  public var summary: String
  /// `GET invoices/summaries`, one per currency.
  public var summaries: [String]
  public var invoices: [Document]
  public var lines: [LineSet: [String]]
  /// Zero-based pages which the server serves twice in a row, the second time under a new token.
  public var pagesServedTwice: [LineSet: Set<Int>]
  /// By lower-case customer tenant id, as everything below.
  public var orders: [String: [Order]]
  public var subscriptions: [String: [String]]
  public var entitlements: [String: [Entitlement]]
  /// Reservation details by path, such as `/customers/{c}/artifacts/reservedinstance/groups/{g}/lineitems/{n}/resource/{r}`.
  public var artifacts: [String: String]
  /// Invoices, and documents that amend them, whose line items only the export serves: the month is closed in the
  /// synchronous interface (contract §1).
  public var exportOnly: Set<String>
  /// Pricing (USD) to billing currency by month (`202502`) and currency code, as decimal text.
  public var exchangeRates: [String: [String: String]]
  /// The market of each customer: ISO 3166 alpha-2, `US` for customers that are not named.
  public var countries: [String: String]

  public init(asOf: Int64, partnerTenant: String, pageSizeMaximum: Int) {
    self.asOf = asOf
    self.partnerTenant = partnerTenant
    self.pageSizeMaximum = pageSizeMaximum
    customers = []
    summary = "{}"
    summaries = []
    invoices = []
    lines = [:]
    pagesServedTwice = [:]
    orders = [:]
    subscriptions = [:]
    entitlements = [:]
    artifacts = [:]
    exportOnly = []
    exchangeRates = [:]
    countries = [:]
  }
}
