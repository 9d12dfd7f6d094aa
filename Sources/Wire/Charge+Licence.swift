import Billing

/// `LicenseBasedLineItem`: a legacy licence (contract §9.4).
enum LicenceLineMember: Int, WireMember {
  case customerId, customerName, customerCompanyName, tier2MpnId, resellerMpnId
  case subscriptionId, syndicationPartnerSubscriptionNumber, subscriptionName, subscriptionDescription
  case durableOfferId, offerName, billingCycleType
  case subscriptionStartDate, subscriptionEndDate, chargeStartDate, chargeEndDate, chargeType
  case unitPrice, quantity, amount, totalOtherDiscount, subtotal, tax, taxTotal, totalForCustomer, total, currency
  case attributes

  static let resource = "LicenseBasedLineItem"
  static let unread = "partnerId domainName mpnId orderId offerId invoiceLineItemType billingProvider"
  static let index = MemberIndex(Self.self)
}

extension Charge {
  /// The line's own `subscriptionId` and `offerId` are the billing platform's; its order number is for support only
  /// (reconciliation rules §2.3).
  init(licence line: Record<LicenceLineMember>, _ position: LinePosition) throws(WireError) {
    self.init(position: position, family: .licence)
    line.checkObjectType(.attributes)

    customer = line.id(.customerId)
    customerName = line.words(.customerName, or: .customerCompanyName)
    subscription = line.id(.syndicationPartnerSubscriptionNumber)
    subscriptionDescription = line.words(.subscriptionDescription)
    reseller = line.words(.tier2MpnId, or: .resellerMpnId)
    productName = line.words(.offerName)
    skuName = line.words(.subscriptionName)
    offer = line.id(.durableOfferId)

    chargeType = ChargeType(line.words(.chargeType))
    chargeStart = line.day(.chargeStartDate)
    chargeEnd = line.day(.chargeEndDate)
    subscriptionStart = line.day(.subscriptionStartDate)
    subscriptionEnd = line.day(.subscriptionEndDate)
    billingFrequency = line.words(.billingCycleType)

    unitPrice = try line.amount(.unitPrice)
    quantity = try line.amount(.quantity)
    currency = line.currency(.currency)
    subtotal = try line.money(.subtotal)
    tax = try line.money(.tax, or: .taxTotal)
    total = try line.money(.totalForCustomer, or: .total)
    licence = Licence(
      platformSubscription: line.words(.subscriptionId), amount: try line.money(.amount),
      discount: try line.money(.totalOtherDiscount))
  }
}
