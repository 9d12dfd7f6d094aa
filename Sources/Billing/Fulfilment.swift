public enum AzureEntitlementKind: IdentifierKind {}
/// The id of an Azure subscription inside an Azure plan.
public typealias AzureEntitlementID = Identifier<AzureEntitlementKind>

/// Whether an Azure subscription may buy reservations (contract §8.1).
public struct SubscriptionRegistration: Hashable, Sendable {
  public var subscription: SubscriptionID
  public var status: Status

  public enum Status: Hashable, Sendable, CustomStringConvertible {
    case registered, registering, notRegistered
    /// One nobody has documented, as printed.
    case other(String)

    /// The table and the sample differ in case.
    public init(_ printed: String) {
      switch printed.lowercased().filter({ $0 != "_" && $0 != " " }) {
      case "registered": self = .registered
      case "registering": self = .registering
      case "notregistered": self = .notRegistered
      default: self = .other(printed)
      }
    }

    public var description: String {
      switch self {
      case .registered: "registered"
      case .registering: "registering"
      case .notRegistered: "not registered"
      case .other(let printed): printed
      }
    }
  }

  public init(subscription: SubscriptionID, status: Status) {
    self.subscription = subscription
    self.status = status
  }
}

/// How far one line of an order was provisioned (contract §8.5).
public struct OrderLineProvisioning: Hashable, Sendable {
  /// The order line's number.
  public var line: Int
  /// `fulfilled`, `unfulfilled`, `prefulfillmentpending`; an open list.
  public var status: String
  public var parts: [Part]

  public struct Part: Hashable, Sendable {
    public var quantity: Amount?
    public var status: String

    public init(quantity: Amount?, status: String) {
      self.quantity = quantity
      self.status = status
    }
  }

  public init(line: Int, status: String, parts: [Part] = []) {
    self.line = line
    self.status = status
    self.parts = parts
  }
}

/// How far a subscription was provisioned; refreshed about every 15 minutes (contract §8.7).
public struct SubscriptionProvisioning: Hashable, Sendable {
  /// A GUID, unlike the catalogue's SKU ids.
  public var sku: String
  /// `success`, `pending` or `failed`.
  public var status: String
  public var quantity: Amount?
  public var end: Instant?

  public init(sku: String, status: String, quantity: Amount? = nil, end: Instant? = nil) {
    self.sku = sku
    self.status = status
    self.quantity = quantity
    self.end = end
  }
}

/// An Azure subscription of an Azure plan (contract §8.7).
public struct AzureEntitlement: Hashable, Sendable {
  public var id: AzureEntitlementID
  public var name: String
  /// `active` or `inactive`.
  public var status: String
  /// The Azure plan.
  public var subscription: SubscriptionID?

  public init(id: AzureEntitlementID, name: String, status: String, subscription: SubscriptionID?) {
    self.id = id
    self.name = name
    self.status = status
    self.subscription = subscription
  }
}
