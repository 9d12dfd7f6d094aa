/// What an inventory check is asked about; without a SKU all of the product's (contract §8.3).
public struct InventoryTarget: Hashable, Sendable {
  public var product: ProductID
  public var sku: SkuID?

  public init(product: ProductID, sku: SkuID? = nil) {
    self.product = product
    self.sku = sku
  }
}

/// Whether a SKU can be had; one the catalogue does not know is left out of the answer (contract §8.3).
public struct InventoryItem: Hashable, Sendable {
  public var product: ProductID
  public var sku: SkuID
  public var isRestricted: Bool
  public var restrictions: [Restriction]

  public struct Restriction: Hashable, Sendable {
    /// `NotAvailableForSubscription`; an open list.
    public var reason: String
    public var words: String
    /// `type` → `Location`, `values` → `japanwest`.
    public var properties: [String: String]

    public init(reason: String, words: String = "", properties: [String: String] = [:]) {
      self.reason = reason
      self.words = words
      self.properties = properties
    }
  }

  public init(product: ProductID, sku: SkuID, isRestricted: Bool, restrictions: [Restriction] = []) {
    self.product = product
    self.sku = sku
    self.isRestricted = isRestricted
    self.restrictions = restrictions
  }

  public var catalogItem: CatalogItem { CatalogItem(product: product, sku: sku) }
}
