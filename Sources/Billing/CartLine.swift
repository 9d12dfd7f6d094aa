/// One line of a cart: what was asked for and, in an answer, what the service says to it (contract §8.4).
public struct CartLine: Hashable, Sendable {
  /// Zero-based.
  public var number: Int
  /// `product:sku:availability`, a legacy offer's GUID, or `MS-AZR-0145P`.
  public var catalogItemID: String
  public var name: String = ""
  /// Licences or instances.
  public var quantity: Int
  /// As the service spells it: `one_time`, `monthly`, `annual`, `none`, `triennial`.
  public var billingCycle: String
  /// `P1M`, `P1Y`, `P3Y`; empty for perpetual software.
  public var termDuration: String = ""
  public var customTermEnd: Instant?
  public var promotion: String = ""
  public var participants: [Participant] = []
  /// `scope`, `subscriptionId`, `entitlementId`, `duration`.
  public var provisioningContext: [String: String] = [:]
  /// The term that follows: what a trial becomes.
  public var renewsToTerm: String = ""
  public var isAttested: Bool?
  public var commitment: PurchaseCommitment?
  public var addOns: [CartLine] = []

  // What only the service says.
  public var currency: Currency?
  /// Lines with the same group become one order.
  public var orderGroup: String = ""
  public var pricing: CartPricing?
  public var error: CartLineError?

  public init(
    number: Int, catalogItemID: String, quantity: Int, billingCycle: String, termDuration: String = "",
    provisioningContext: [String: String] = [:]
  ) {
    self.number = number
    self.catalogItemID = catalogItemID
    self.quantity = quantity
    self.billingCycle = billingCycle
    self.termDuration = termDuration
    self.provisioningContext = provisioningContext
  }

  public var catalogItem: CatalogItem? { CatalogItem(offer: catalogItemID) }
}

/// A partner with a part in a purchase.
public struct Participant: Hashable, Sendable {
  /// `transaction_reseller`, `additional_transaction_reseller`, `consumption_reseller`.
  public var role: String
  public var partner: String

  public init(role: String, partner: String) {
    self.role = role
    self.partner = partner
  }
}

/// What a savings plan commits to spend.
public struct PurchaseCommitment: Hashable, Sendable {
  public var amount: Amount
  public var currency: Currency?
  /// `hourly`
  public var grain: String

  public init(amount: Amount, currency: Currency?, grain: String) {
    self.amount = amount
    self.currency = currency
    self.grain = grain
  }
}

/// The price of a cart's line at the time it was put there.
public struct CartPricing: Hashable, Sendable {
  public var list: Amount?
  public var discounted: Amount?
  public var prorated: Amount?
  /// Of one unit for one charge.
  public var price: Amount?
  /// Of the whole quantity for the **whole term**, not for one charge.
  public var extended: Amount?

  public init(
    list: Amount? = nil, discounted: Amount? = nil, prorated: Amount? = nil, price: Amount? = nil,
    extended: Amount? = nil
  ) {
    self.list = list
    self.discounted = discounted
    self.prorated = prorated
    self.price = price
    self.extended = extended
  }
}
