/// What was bought through Tieout: a cart that was checked out, as it was seen before (contract §8.4).
///
/// It is the third party to a comparison: what was bought, what was ordered, what is billed.
public struct Purchase: Hashable, Sendable {
  public var customer: CustomerID
  public var cart: CartID
  /// When the check-out was sent.
  public var checkedOutAt: Instant
  public var state: State
  /// Empty while the outcome is open.
  public var orders: [OrderMade]
  /// Add-ons follow the line they belong to.
  public var lines: [Line]

  /// What is known of a check-out.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// Written down before the request went out; whether it arrived is not known.
    case sent
    case done
    /// Some order groups became orders, some did not (catalogue M58).
    case partly
    /// The answer was lost.
    case unclear
    /// The answer was lost, and reading showed that the purchase was made.
    case resolved
    /// Nothing was bought.
    case refused

    /// Whether somebody still has to find out what became of it.
    public var isOpen: Bool { self == .sent || self == .unclear }
  }

  /// An order that the check-out brought about.
  public struct OrderMade: Hashable, Sendable {
    public var id: OrderID
    public var alternateID: OrderID?
    /// The order group of the cart's lines; `nil` where it cannot be told.
    public var group: String?

    public init(id: OrderID, alternateID: OrderID? = nil, group: String? = nil) {
      self.id = id
      self.alternateID = alternateID
      self.group = group
    }
  }

  /// A line of the cart with the prices that were seen before it was checked out.
  public struct Line: Hashable, Sendable {
    /// `product:sku:availability`, a legacy offer's GUID, or `MS-AZR-0145P`.
    public var offer: String
    public var name: String
    public var quantity: Amount
    public var termDuration: String
    /// Wire name without case and underscores: `monthly`, `annual`, `none` (trial), `onetime`.
    public var billingCycle: String
    public var promotion: String
    public var group: String
    public var currency: Currency?
    /// `nil` where the service showed no prices: they are unknown, not 0.
    public var pricing: CartPricing?
    /// Why the line did not become part of an order; empty where it did.
    public var failure: String

    public init(
      offer: String, name: String = "", quantity: Amount, termDuration: String = "", billingCycle: String = "",
      promotion: String = "", group: String = "", currency: Currency? = nil, pricing: CartPricing? = nil,
      failure: String = ""
    ) {
      self.offer = offer
      self.name = name
      self.quantity = quantity
      self.termDuration = termDuration
      self.billingCycle = billingCycle.lowercased().filter { $0 != "_" }
      self.promotion = promotion
      self.group = group
      self.currency = currency
      self.pricing = pricing == CartPricing() ? nil : pricing
      self.failure = failure
    }

    public var isBought: Bool { failure.isEmpty }
    public var catalogItem: CatalogItem? { CatalogItem(offer: offer) }

    /// Price of one unit for one charge.
    public var priceSeen: Amount? { pricing?.price }

    /// What the first whole charge comes to, where its price was seen.
    public var firstCharge: Amount? {
      priceSeen.flatMap { try? Amount.product($0, quantity, digits: 2, .truncated) }
    }

    /// Whether an order's line is for the same product and SKU, or the same legacy offer.
    public func isOffered(by line: Order.Line) -> Bool {
      guard let catalogItem else { return offer.folded == line.offer.folded }
      return catalogItem == line.catalogItem
    }
  }

  public init(
    customer: CustomerID, cart: CartID, checkedOutAt: Instant, state: State, orders: [OrderMade] = [], lines: [Line]
  ) {
    self.customer = customer
    self.cart = cart
    self.checkedOutAt = checkedOutAt
    self.state = state
    self.orders = orders
    self.lines = lines
  }
}

extension Purchase: Comparable {
  /// By time; carts of one moment by their ids.
  public static func < (left: Purchase, right: Purchase) -> Bool {
    guard left.checkedOutAt == right.checkedOutAt else { return left.checkedOutAt < right.checkedOutAt }
    return left.customer != right.customer ? left.customer < right.customer : left.cart < right.cart
  }
}
