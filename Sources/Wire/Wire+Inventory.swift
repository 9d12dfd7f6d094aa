public import Billing
import CSimdjson

extension Wire {
  /// Reads the answer of an inventory check: a bare list (contract §8.3).
  public static func inventory(_ body: [UInt8]) throws(WireError) -> Decoded<[InventoryItem]> {
    let reading = try Reading(body, as: .resource("Inventory"))
    let root = reading.tape.root
    guard root.kind == .array else {
      throw reading.error(.wrongType(found: root.kind.phrase, expected: "a list"), at: root)
    }
    var items: [InventoryItem] = []
    for value in root.elements {
      reading.item = items.count
      items.append(try InventoryItem(Record(value, reading)))
    }
    return reading.decoded(items)
  }
}

/// `InventoryItem` (contract §8.3).
enum InventoryMember: Int, WireMember {
  case productId, skuId, isRestricted, restrictions

  static let resource = "InventoryItem"
  static let unread = "links attributes"
  static let index = MemberIndex(Self.self)
}

/// One of the `restrictions` of an inventory item (contract §8.3).
enum RestrictionMember: Int, WireMember {
  case reasonCode, description, properties

  static let resource = "InventoryRestriction"
  static let unread = ""
  static let index = MemberIndex(Self.self)
}

extension InventoryItem {
  /// Whether something can be had is the whole answer, so it is demanded.
  init(_ record: Record<InventoryMember>) throws(WireError) {
    guard let product: ProductID = record.id(.productId) else { throw record.missing(.productId) }
    guard let sku: SkuID = record.id(.skuId) else { throw record.missing(.skuId) }
    guard let isRestricted = record.flag(.isRestricted) else { throw record.unusable(.isRestricted, "true or false") }
    let restrictions = try record.nestedList(.restrictions, as: RestrictionMember.self).map {
      Restriction(
        reason: $0.words(.reasonCode), words: $0.words(.description), properties: $0.dictionary(.properties))
    }
    self.init(product: product, sku: sku, isRestricted: isRestricted, restrictions: restrictions)
  }
}
