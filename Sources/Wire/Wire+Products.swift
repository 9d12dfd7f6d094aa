public import Billing

extension Wire {
  public static func products(_ body: [UInt8]) throws(WireError) -> Decoded<[Product]> {
    try Reading(body, as: .resource("Products")).items { (value, reading) throws(WireError) in
      try Product(Record(value, reading))
    }
  }

  public static func product(_ body: [UInt8]) throws(WireError) -> Decoded<Product> {
    try Reading(body, as: .resource("Product")).one { (value, reading) throws(WireError) in
      try Product(Record(value, reading))
    }
  }

  public static func skus(_ body: [UInt8]) throws(WireError) -> Decoded<[Sku]> {
    try Reading(body, as: .resource("SKUs")).items { (value, reading) throws(WireError) in
      try Sku(Record(value, reading))
    }
  }

  public static func sku(_ body: [UInt8]) throws(WireError) -> Decoded<Sku> {
    try Reading(body, as: .resource("SKU")).one { (value, reading) throws(WireError) in
      try Sku(Record(value, reading))
    }
  }
}

/// `Product` (contract §8.2).
enum ProductMember: Int, WireMember {
  case id, title, description, productType, isMicrosoftProduct, publisherName

  static let resource = "Product"
  static let unread = "links attributes"
  static let index = MemberIndex(Self.self)
}

/// `ItemType` (contract §8.2).
enum ItemTypeMember: Int, WireMember {
  case id, subType

  static let resource = "ItemType"
  static let unread = "displayName"
  static let index = MemberIndex(Self.self)
}

/// `Sku` (contract §8.2).
enum SkuMember: Int, WireMember {
  case id, productId, title, description, minimumQuantity, maximumQuantity, isTrial, supportedBillingCycles
  case purchasePrerequisites, inventoryVariables, provisioningVariables, dynamicAttributes

  static let resource = "Sku"
  static let unread = """
    actions attestationProperties consumptionType specializedOfferProperties minimumPurchaseCommitment links attributes
    """
  static let index = MemberIndex(Self.self)
}

extension Product {
  init(_ record: Record<ProductMember>) throws(WireError) {
    guard let id: ProductID = record.id(.id) else { throw record.missing(.id) }
    let type = try record.nested(.productType, as: ItemTypeMember.self)
    let subtype = try type?.nested(.subType, as: ItemTypeMember.self)
    self.init(
      id: id, title: record.words(.title), words: record.words(.description), type: type?.words(.id) ?? "",
      subtype: subtype?.words(.id) ?? "", publisher: record.words(.publisherName),
      isMicrosoft: record.flag(.isMicrosoftProduct))
  }
}

extension Sku {
  init(_ record: Record<SkuMember>) throws(WireError) {
    guard let id: SkuID = record.id(.id) else { throw record.missing(.id) }
    guard let product: ProductID = record.id(.productId) else { throw record.missing(.productId) }
    self.init(id: id, product: product, title: record.words(.title))
    words = record.words(.description)
    quantityMin = record.whole(.minimumQuantity)
    quantityMax = record.whole(.maximumQuantity)
    isTrial = record.flag(.isTrial)
    billingCycles = record.texts(.supportedBillingCycles)
    prerequisites = record.texts(.purchasePrerequisites)
    inventoryVariables = record.texts(.inventoryVariables)
    provisioningVariables = record.texts(.provisioningVariables)
    dynamicAttributes = record.dictionary(.dynamicAttributes)
  }
}
