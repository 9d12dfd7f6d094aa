/// Something that can be bought, in one of its SKUs (contract §8.2).
public struct Product: Hashable, Sendable {
  public var id: ProductID
  public var title: String
  public var words: String
  /// `Azure`, `OnlineServicesNCE`, `Software`, …; an open list.
  public var type: String
  /// `VirtualMachines`, `SavingsPlan`, …; empty where there is none.
  public var subtype: String
  public var publisher: String
  public var isMicrosoft: Bool?

  public init(
    id: ProductID, title: String, words: String = "", type: String = "", subtype: String = "", publisher: String = "",
    isMicrosoft: Bool? = nil
  ) {
    self.id = id
    self.title = title
    self.words = words
    self.type = type
    self.subtype = subtype
    self.publisher = publisher
    self.isMicrosoft = isMicrosoft
  }
}

/// One form of a product: what is counted in quantities (contract §8.2).
public struct Sku: Hashable, Sendable {
  /// Unique only inside its product.
  public var id: SkuID
  public var product: ProductID
  public var title: String
  public var words: String = ""
  public var quantityMin: Int?
  public var quantityMax: Int?
  public var isTrial: Bool?
  /// As printed: `one_time`, `monthly`, `annual`, …
  public var billingCycles: [String] = []
  /// `InventoryCheck`, `AzureSubscriptionRegistration`, …; an open list whose case varies.
  public var prerequisites: [String] = []
  /// What an inventory check has to be told.
  public var inventoryVariables: [String] = []
  /// What a cart's provisioning context has to say.
  public var provisioningVariables: [String] = []
  /// Keys change without notice; only those with a plain value are here.
  public var dynamicAttributes: [String: String] = [:]

  public init(id: SkuID, product: ProductID, title: String) {
    self.id = id
    self.product = product
    self.title = title
  }

  public var catalogItem: CatalogItem { CatalogItem(product: product, sku: id) }
  public var needsInventoryCheck: Bool { needs("inventorycheck") }
  public var needsRegistration: Bool { needs("azuresubscriptionregistration") }

  private func needs(_ name: String) -> Bool { prerequisites.contains { $0.lowercased() == name } }
}

/// A SKU on sale in one country and segment; its id changes over time (contract §8.2).
public struct Availability: Hashable, Sendable {
  public var id: AvailabilityID
  public var product: ProductID
  public var sku: SkuID
  /// `product:sku:availability`: what a cart's line names, and later the order's as `offerId`.
  public var catalogItemID: String
  public var currency: Currency?
  /// `commercial`, `education`, `government` or `nonprofit`, in small letters.
  public var segment: String = ""
  public var country: String = ""
  public var isPurchasable: Bool?
  public var isRenewable: Bool?
  public var terms: [Term] = []

  /// How long a purchase binds, and how it is billed.
  public struct Term: Hashable, Sendable {
    public var id: String
    /// `P1M`, `P1Y`, `P3Y`.
    public var duration: String
    public var words: String
    /// As printed; empty for reservations.
    public var billingCycle: String
    public var refunds: [Refund]

    public init(
      id: String = "", duration: String, words: String = "", billingCycle: String = "", refunds: [Refund] = []
    ) {
      self.id = id
      self.duration = duration
      self.words = words
      self.billingCycle = billingCycle
      self.refunds = refunds
    }
  }

  /// What comes back on cancelling, and until when.
  public struct Refund: Hashable, Sendable {
    /// `Full` or `Partial`.
    public var type: String
    /// `P1D`, counted from the purchase; empty where it never ends.
    public var expiresAfter: String

    public init(type: String, expiresAfter: String = "") {
      self.type = type
      self.expiresAfter = expiresAfter
    }
  }

  public init(id: AvailabilityID, product: ProductID, sku: SkuID, catalogItemID: String) {
    self.id = id
    self.product = product
    self.sku = sku
    self.catalogItemID = catalogItemID
  }
}
