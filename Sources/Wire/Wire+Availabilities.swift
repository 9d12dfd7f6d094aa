public import Billing
import CSimdjson

extension Wire {
  /// Reads the availabilities of a SKU; a page of the documentation shows one of them bare (contract §5).
  public static func availabilities(_ body: [UInt8]) throws(WireError) -> Decoded<[Availability]> {
    let reading = try Reading(body, as: .resource("Availabilities"))
    if reading.tape.root["items"] == nil, reading.tape.root["catalogItemId"] != nil {
      reading.notes.repairs["bare availability read as a list of one", default: 0] += 1
      return reading.decoded([try Availability(Record(reading.tape.root, reading))])
    }
    return try reading.items { (value, reading) throws(WireError) in try Availability(Record(value, reading)) }
  }

  public static func availability(_ body: [UInt8]) throws(WireError) -> Decoded<Availability> {
    try Reading(body, as: .resource("Availability")).one { (value, reading) throws(WireError) in
      try Availability(Record(value, reading))
    }
  }
}

/// `Availability` (contract §8.2).
enum AvailabilityMember: Int, WireMember {
  case id, productId, skuId, catalogItemId, defaultCurrency, segment, country, isPurchasable, isRenewable, terms

  static let resource = "Availability"
  static let unread = "renewalInstructions includedQuantityOptions product sku links actions attributes"
  static let index = MemberIndex(Self.self)
}

/// One of the `terms` of an availability (contract §8.2).
enum TermMember: Int, WireMember {
  case id, duration, description, billingCycle, cancellationPolicies

  static let resource = "Term"
  static let unread = "renewalOptions"
  static let index = MemberIndex(Self.self)
}

/// One of the `cancellationPolicies` of a term (contract §8.2).
enum CancellationPolicyMember: Int, WireMember {
  case refundOptions

  static let resource = "CancellationPolicy"
  static let unread = ""
  static let index = MemberIndex(Self.self)
}

/// One of the `refundOptions` of a policy (contract §8.2).
enum RefundOptionMember: Int, WireMember {
  case type, expiresAfter

  static let resource = "RefundOption"
  static let unread = "sequenceId"
  static let index = MemberIndex(Self.self)
}

extension Availability {
  init(_ record: Record<AvailabilityMember>) throws(WireError) {
    guard let id: AvailabilityID = record.id(.id) else { throw record.missing(.id) }
    guard let product: ProductID = record.id(.productId) else { throw record.missing(.productId) }
    guard let sku: SkuID = record.id(.skuId) else { throw record.missing(.skuId) }
    guard let catalogItemID = record.text(.catalogItemId) else { throw record.missing(.catalogItemId) }
    self.init(id: id, product: product, sku: sku, catalogItemID: catalogItemID)
    currency = Self.currency(record)
    segment = record.words(.segment).lowercased()
    country = record.words(.country)
    isPurchasable = record.flag(.isPurchasable)
    isRenewable = record.flag(.isRenewable)
    for term in try record.nestedList(.terms, as: TermMember.self) { terms.append(try Term(term)) }
  }

  /// An object in the samples, a text in the property table.
  private static func currency(_ record: Record<AvailabilityMember>) -> Currency? {
    guard let value = record.find(.defaultCurrency) else { return nil }
    guard value.kind == .object else { return record.currency(.defaultCurrency) }
    guard let currency = value.text("code").flatMap({ Currency($0) }) else {
      record.noteWrongType(.defaultCurrency)
      return nil
    }
    return currency
  }
}

extension Availability.Term {
  init(_ record: Record<TermMember>) throws(WireError) {
    var refunds: [Availability.Refund] = []
    for policy in try record.nestedList(.cancellationPolicies, as: CancellationPolicyMember.self) {
      for option in try policy.nestedList(.refundOptions, as: RefundOptionMember.self) {
        refunds.append(.init(type: option.words(.type), expiresAfter: option.words(.expiresAfter)))
      }
    }
    self.init(
      id: record.words(.id), duration: record.words(.duration), words: record.words(.description),
      billingCycle: record.words(.billingCycle), refunds: refunds)
  }
}
