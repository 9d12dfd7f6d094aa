public import Billing

extension Wire {
  /// Reads a customer's subscriptions; the body does not say whose they are.
  public static func subscriptions(
    _ body: [UInt8], customer: CustomerID
  ) throws(WireError) -> Decoded<[Subscription]> {
    try Reading(body, as: .resource("Subscriptions of \(customer)")).items { (value, reading) throws(WireError) in
      try Subscription(Record(value, reading), customer)
    }
  }

  public static func subscription(_ body: [UInt8], customer: CustomerID) throws(WireError) -> Decoded<Subscription> {
    try Reading(body, as: .resource("Subscription of \(customer)")).one { (value, reading) throws(WireError) in
      try Subscription(Record(value, reading), customer)
    }
  }
}

/// `Subscription` (contract §8.7).
enum SubscriptionMember: Int, WireMember {
  case id, orderId, offerId, offerName, friendlyName, quantity, status, creationDate, effectiveStartDate
  case commitmentEndDate, autoRenewEnabled, isTrial, billingType, billingCycle, termDuration, productOrderId
  case migratedFromSubscriptionId

  static let resource = "Subscription"
  static let unread = """
    entitlementId parentSubscriptionId productType unitType commitmentEndDateTime billingCycleEndDate \
    billingCycleEndDateTime cancellationAllowedUntilDate renewalTermDuration hasPurchasableAddons isMicrosoftProduct \
    attentionNeeded actionTaken publisherName partnerId contractType consumptionType suspensionReasons actions \
    refundOptions refundableQuantity promotionId scheduledNextTermInstructions nextChargeInstructions lineItems links \
    attributes
    """
  static let index = MemberIndex(Self.self)
}

extension Subscription {
  init(_ record: Record<SubscriptionMember>, _ customer: CustomerID) throws(WireError) {
    guard let id: SubscriptionID = record.id(.id) else { throw record.missing(.id) }
    self.init(
      id: id, customer: customer, order: record.id(.orderId), offer: record.words(.offerId),
      name: record.words(.friendlyName, or: .offerName), quantity: try record.amount(.quantity),
      status: record.words(.status), created: record.instant(.creationDate),
      effectiveStart: record.instant(.effectiveStartDate), commitmentEnd: record.instant(.commitmentEndDate),
      autoRenews: record.flag(.autoRenewEnabled), isTrial: record.flag(.isTrial),
      billingType: record.words(.billingType), billingCycle: record.words(.billingCycle),
      termDuration: record.words(.termDuration), productOrder: record.id(.productOrderId),
      migratedFrom: record.id(.migratedFromSubscriptionId))
  }
}
