public import Billing

extension Wire {
  public static func orders(_ body: [UInt8]) throws(WireError) -> Decoded<[Order]> {
    try Reading(body, as: .resource("Orders")).items { (value, reading) throws(WireError) in
      try Order(Record(value, reading))
    }
  }

  public static func order(_ body: [UInt8]) throws(WireError) -> Decoded<Order> {
    try Reading(body, as: .resource("Order")).one { (value, reading) throws(WireError) in
      try Order(Record(value, reading))
    }
  }
}

/// `Order` (contract §8.5).
enum OrderMember: Int, WireMember {
  case id, alternateId, referenceCustomerId, billingCycle, currencyCode, creationDate, status, lineItems

  static let resource = "Order"
  static let unread = """
    currencySymbol transactionType totalPrice partnerOnRecordAttestationAccepted client links attributes
    """
  static let index = MemberIndex(Self.self)
}

/// `OrderLineItem` (contract §8.5).
enum OrderLineMember: Int, WireMember {
  case lineItemNumber, offerId, subscriptionId, termDuration, transactionType, friendlyName, quantity, pricing

  static let resource = "OrderLineItem"
  static let unread = """
    parentSubscriptionId customTermEndDate promotionId partnerIdOnRecord additionalPartnerIdsOnRecord \
    provisioningContext purchaseCommitment renewsTo attestationAccepted links attributes
    """
  static let index = MemberIndex(Self.self)
}

/// The `pricing` of an order line (contract §8.5).
enum PricingMember: Int, WireMember {
  case price, extendedPrice

  static let resource = "Pricing"
  static let unread = "listPrice discountedPrice proratedPrice attributes"
  static let index = MemberIndex(Self.self)
}

extension Order {
  init(_ record: Record<OrderMember>) throws(WireError) {
    guard let id: OrderID = record.id(.id) else { throw record.missing(.id) }
    guard let customer: CustomerID = record.id(.referenceCustomerId) else { throw record.missing(.referenceCustomerId) }
    var lines: [Line] = []
    for value in record.elements(.lineItems) {
      lines.append(try Line(Record(value, record.reading)))
    }
    self.init(
      id: id, alternateID: record.id(.alternateId), customer: customer, billingCycle: record.words(.billingCycle),
      currency: record.currency(.currencyCode), created: record.instant(.creationDate), status: record.words(.status),
      lines: lines)
  }
}

extension Order.Line {
  /// The number joins a line to its entitlement and the quantity is what was ordered: neither can be guessed.
  init(_ record: Record<OrderLineMember>) throws(WireError) {
    guard let number = record.whole(.lineItemNumber) else { throw record.unusable(.lineItemNumber, "a line number") }
    guard let quantity = try record.amount(.quantity) else { throw record.missing(.quantity) }
    let pricing: Record<PricingMember>? =
      if let value = record.object(.pricing) { try Record(value, record.reading) } else { nil }
    self.init(
      number: number, offer: record.words(.offerId), name: record.words(.friendlyName),
      subscription: record.id(.subscriptionId), quantity: quantity, termDuration: record.words(.termDuration),
      transactionType: record.words(.transactionType), price: try pricing?.money(.price),
      extendedPrice: try pricing?.money(.extendedPrice))
  }
}
