import Billing

/// One of the `participants` of a cart line (contract §8.4).
enum ParticipantMember: Int, WireMember {
  case key, value

  static let resource = "Participant"
  static let unread = ""
  static let index = MemberIndex(Self.self)
}

/// The `purchaseCommitment` of a savings plan (contract §8.4).
enum CommitmentMember: Int, WireMember {
  case amount, currency, grain

  static let resource = "PurchaseCommitment"
  static let unread = ""
  static let index = MemberIndex(Self.self)
}

/// The `pricing` of a cart line (contract §8.4).
enum CartPricingMember: Int, WireMember {
  case listPrice, discountedPrice, proratedPrice, price, extendedPrice

  static let resource = "Pricing"
  static let unread = "attributes"
  static let index = MemberIndex(Self.self)
}

/// The `error` of a cart line (contract §8.4).
enum CartErrorMember: Int, WireMember {
  case errorCode, errorDescription, additionalInformation

  static let resource = "CartLineItemError"
  static let unread = ""
  static let index = MemberIndex(Self.self)
}

extension PurchaseCommitment {
  init(_ record: Record<CommitmentMember>) throws(WireError) {
    guard let amount = try record.money(.amount) else { throw record.missing(.amount) }
    self.init(amount: amount, currency: record.currency(.currency), grain: record.words(.grain))
  }
}

extension CartPricing {
  init(_ record: Record<CartPricingMember>) throws(WireError) {
    self.init(
      list: try record.money(.listPrice), discounted: try record.money(.discountedPrice),
      prorated: try record.money(.proratedPrice), price: try record.money(.price),
      extended: try record.money(.extendedPrice))
  }
}

extension CartLineError {
  init(_ record: Record<CartErrorMember>) {
    let counts = record.object(.additionalInformation)
    self.init(
      code: CartErrorCode(record.words(.errorCode)), words: record.words(.errorDescription),
      quantityAvailable: counts?.text("availableQuantity").flatMap { Int($0) },
      quantityPurchased: counts?.text("purchasedQuantity").flatMap { Int($0) })
  }
}
