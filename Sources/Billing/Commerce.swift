/// A customer of the partner (contract §8.6).
public struct Customer: Hashable, Sendable {
  public var id: CustomerID
  public var name: String
  public var domain: String

  public init(id: CustomerID, name: String, domain: String = "") {
    self.id = id
    self.name = name
    self.domain = domain
  }
}

/// What was bought (contract §8.5).
public struct Order: Hashable, Sendable {
  public var id: OrderID
  /// The short id, the quote's; absent on old orders.
  public var alternateID: OrderID?
  public var customer: CustomerID
  /// Wire name without case and underscores: `monthly`, `annual`, `none` (trial), `onetime`, `triennial`.
  public var billingCycle: String
  public var currency: Currency?
  public var created: Instant?
  /// As printed; an open list.
  public var status: String
  public var lines: [Line]

  public struct Line: Hashable, Sendable {
    /// 0 … count − 1; an entitlement's reference order names it as text.
    public var number: Int
    /// `product:sku:availability`, a legacy offer's GUID, or `MS-AZR-0145P`.
    public var offer: String
    public var name: String
    public var subscription: SubscriptionID?
    /// 0 once the line is cancelled.
    public var quantity: Amount
    public var termDuration: String
    public var transactionType: String
    /// Price of one unit for one charge, before tax, in the order's currency.
    public var price: Amount?
    public var extendedPrice: Amount?

    public init(
      number: Int, offer: String, name: String = "", subscription: SubscriptionID? = nil, quantity: Amount,
      termDuration: String = "", transactionType: String = "", price: Amount? = nil, extendedPrice: Amount? = nil
    ) {
      self.number = number
      self.offer = offer
      self.name = name
      self.subscription = subscription
      self.quantity = quantity
      self.termDuration = termDuration
      self.transactionType = transactionType
      self.price = price
      self.extendedPrice = extendedPrice
    }

    /// Product and SKU of a new-commerce offer. Availability ids change over time, so they do not identify
    /// (reconciliation rules §2.1).
    public var catalogItem: CatalogItem? { CatalogItem(offer: offer) }
  }

  public init(
    id: OrderID, alternateID: OrderID? = nil, customer: CustomerID, billingCycle: String, currency: Currency? = nil,
    created: Instant?, status: String, lines: [Line]
  ) {
    self.id = id
    self.alternateID = alternateID
    self.customer = customer
    self.billingCycle = billingCycle.lowercased().filter { $0 != "_" }
    self.currency = currency
    self.created = created
    self.status = status
    self.lines = lines
  }
}

/// A product and one of its SKUs: what is bought, whatever the availability of the day.
public struct CatalogItem: Hashable, Sendable, CustomStringConvertible {
  public let product: ProductID
  public let sku: SkuID

  public init(product: ProductID, sku: SkuID) {
    self.product = product
    self.sku = sku
  }

  /// Reads `CFQ7TTC0LH18:0001:CFQ7TTC0K971`; `nil` for legacy offers.
  public init?(offer: String) {
    let parts = offer.split(separator: ":")
    guard parts.count >= 2, let product = ProductID(String(parts[0])), let sku = SkuID(String(parts[1])) else {
      return nil
    }
    self.init(product: product, sku: sku)
  }

  public var description: String { "\(product):\(sku)" }
}

extension Charge {
  public var catalogItem: CatalogItem? {
    guard let product, let sku else { return nil }
    return CatalogItem(product: product, sku: sku)
  }
}

/// A subscription (contract §8.7).
public struct Subscription: Hashable, Sendable {
  public var id: SubscriptionID
  public var customer: CustomerID
  public var order: OrderID?
  public var offer: String
  public var name: String
  /// Seats now.
  public var quantity: Amount?
  /// active, suspended, expired, disabled, deleted, …; an open list.
  public var status: String
  public var created: Instant?
  public var effectiveStart: Instant?
  /// Last day of the commitment, included.
  public var commitmentEnd: Instant?
  public var autoRenews: Bool?
  public var isTrial: Bool?
  public var billingType: String
  public var billingCycle: String
  public var termDuration: String
  /// The reservation or savings-plan order behind it.
  public var productOrder: ReservationOrderID?
  public var migratedFrom: SubscriptionID?

  public init(
    id: SubscriptionID, customer: CustomerID, order: OrderID? = nil, offer: String = "", name: String = "",
    quantity: Amount? = nil, status: String = "active", created: Instant? = nil, effectiveStart: Instant? = nil,
    commitmentEnd: Instant? = nil, autoRenews: Bool? = nil, isTrial: Bool? = nil, billingType: String = "",
    billingCycle: String = "", termDuration: String = "", productOrder: ReservationOrderID? = nil,
    migratedFrom: SubscriptionID? = nil
  ) {
    self.id = id
    self.customer = customer
    self.order = order
    self.offer = offer
    self.name = name
    self.quantity = quantity
    self.status = status
    self.created = created
    self.effectiveStart = effectiveStart
    self.commitmentEnd = commitmentEnd
    self.autoRenews = autoRenews
    self.isTrial = isTrial
    self.billingType = billingType
    self.billingCycle = billingCycle.lowercased().filter { $0 != "_" }
    self.termDuration = termDuration
    self.productOrder = productOrder
    self.migratedFrom = migratedFrom
  }
}

/// What a customer may use (contract §8.8).
///
/// Included entitlements of a bundle have no order line and no billing line of their own (reconciliation rules §2.2), so
/// only their count is kept.
public struct Entitlement: Hashable, Sendable {
  public var customer: CustomerID
  public var referenceOrder: OrderID?
  public var referenceAlternateOrder: OrderID?
  /// The order line's number; the wire prints it as text.
  public var orderLine: Int?
  public var product: ProductID?
  public var sku: SkuID?
  /// Leaves out what is unfulfilled or transferred.
  public var quantity: Amount?
  /// `software` or `reservedinstance`, as printed.
  public var type: String
  public var reservations: [Reservation]
  public var includedCount: Int
  /// Where it was asked for and there is one: on-premises software has none.
  public var expires: Instant?

  /// One reservation artifact and what following its link told.
  public struct Reservation: Hashable, Sendable {
    /// The artifact's `resourceId`.
    public var order: ReservationOrderID
    /// Σ quantity of its reservations; `nil` where the details were not read.
    public var quantity: Amount?
    /// The artifact's link, relative to `/v1`: its ids cannot be built, only followed.
    public var link: String

    public init(order: ReservationOrderID, quantity: Amount?, link: String = "") {
      self.order = order
      self.quantity = quantity
      self.link = link
    }
  }

  public init(
    customer: CustomerID, referenceOrder: OrderID?, referenceAlternateOrder: OrderID? = nil, orderLine: Int? = nil,
    product: ProductID? = nil, sku: SkuID? = nil, quantity: Amount? = nil, type: String = "software",
    reservations: [Reservation] = [], includedCount: Int = 0
  ) {
    self.customer = customer
    self.referenceOrder = referenceOrder
    self.referenceAlternateOrder = referenceAlternateOrder
    self.orderLine = orderLine
    self.product = product
    self.sku = sku
    self.quantity = quantity
    self.type = type
    self.reservations = reservations
    self.includedCount = includedCount
  }
}
