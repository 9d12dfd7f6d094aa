public import Billing
import CSimdjson

extension Wire {
  public static func cart(_ body: [UInt8]) throws(WireError) -> Decoded<Cart> {
    try Reading(body, as: .resource("Cart")).one { (value, reading) throws(WireError) in
      try Cart(Record(value, reading))
    }
  }
}

/// `Cart` (contract §8.4).
enum CartMember: Int, WireMember {
  case id, creationTimestamp, lastModifiedTimestamp, expirationTimestamp, lastModifiedUser, status, lineItems
  case partnerOnRecordAttestationAccepted

  static let resource = "Cart"
  static let unread = "links attributes"
  static let index = MemberIndex(Self.self)
}

/// `CartLineItem` (contract §8.4).
enum CartLineMember: Int, WireMember {
  case id, catalogItemId, catalogId, friendlyName, quantity, currencyCode, billingCycle, termDuration, customTermEndDate
  case promotionId, participants, provisioningContext, orderGroup, addonItems, renewsTo, attestationAccepted, pricing
  case purchaseCommitment, error

  static let resource = "CartLineItem"
  static let unread = "purchaseSystem links attributes"
  static let index = MemberIndex(Self.self)
}

extension Cart {
  init(_ record: Record<CartMember>) throws(WireError) {
    guard let id: CartID = record.id(.id) else { throw record.missing(.id) }
    var lines: [CartLine] = []
    for line in try record.nestedList(.lineItems, as: CartLineMember.self) { lines.append(try CartLine(line)) }
    self.init(
      id: id, created: record.instant(.creationTimestamp), lastModified: record.instant(.lastModifiedTimestamp),
      expires: record.instant(.expirationTimestamp), lastModifiedBy: record.words(.lastModifiedUser),
      status: record.words(.status), lines: lines, isResellerAttested: record.flag(.partnerOnRecordAttestationAccepted))
  }
}

extension CartLine {
  /// What is bought and how many of it decide what will be charged, so they are demanded.
  init(_ record: Record<CartLineMember>) throws(WireError) {
    guard let number = record.whole(.id) else { throw record.unusable(.id, "a line number") }
    guard let item = record.text(.catalogItemId) ?? record.text(.catalogId) else {
      throw record.missing(.catalogItemId)
    }
    guard let quantity = record.whole(.quantity) else { throw record.unusable(.quantity, "a whole number") }
    self.init(
      number: number, catalogItemID: item, quantity: quantity, billingCycle: record.words(.billingCycle),
      termDuration: record.words(.termDuration), provisioningContext: record.dictionary(.provisioningContext))
    name = record.words(.friendlyName)
    currency = record.currency(.currencyCode)
    customTermEnd = record.instant(.customTermEndDate)
    promotion = record.words(.promotionId)
    orderGroup = record.words(.orderGroup)
    isAttested = record.flag(.attestationAccepted)
    participants = try record.nestedList(.participants, as: ParticipantMember.self).map {
      Participant(role: $0.words(.key), partner: $0.words(.value))
    }
    // A list in the page, an object in the sample.
    let renewal =
      record.find(.renewsTo)?.kind == .array ? record.elements(.renewsTo).first : record.object(.renewsTo)
    renewsToTerm = renewal?.text("termDuration") ?? ""
    for line in try record.nestedList(.addonItems, as: CartLineMember.self) { addOns.append(try CartLine(line)) }
    if let inner = try record.nested(.purchaseCommitment, as: CommitmentMember.self) {
      commitment = try PurchaseCommitment(inner)
    }
    if let inner = try record.nested(.pricing, as: CartPricingMember.self) { pricing = try CartPricing(inner) }
    if let inner = try record.nested(.error, as: CartErrorMember.self) { error = CartLineError(inner) }
  }
}
