public import Billing

extension Wire {
  /// Reads a page of daily usage: legacy Azure without prices, everything else daily rated (contract §9.6, §9.8).
  public static func usage(
    _ body: [UInt8], invoice: InvoiceID, set: LineSet, page: Int
  ) throws(WireError) -> Decoded<[UsageRecord]> {
    let reading = try Reading(body, as: .lines(invoice, set, page: page))
    return try reading.items { (value, reading) throws(WireError) in
      let position = LinePosition(invoice: invoice, set: set, page: page, index: reading.item ?? 0)
      return set.provider == "azure"
        ? try UsageRecord(daily: Record(value, reading), position)
        : try UsageRecord(rated: Record(value, reading), position)
    }
  }
}

/// `DailyUsageLineItem`: legacy Azure, day by day, without prices (contract §9.6).
enum DailyLineMember: Int, WireMember {
  case customerId, subscriptionId, resourceGuid, resourceName, project, usageDate, chargeType, unit, unitOfMeasure
  case consumedQuantity, attributes

  static let resource = "DailyUsageLineItem"
  static let unread = """
    partnerId partnerName partnerBillableAccountId customerCompanyName customerName domainName mpnId tier2MpnId \
    invoiceNumber billingCycleType subscriptionName subscriptionDescription orderId serviceName serviceType region \
    chargeStartDate chargeEndDate billingProvider customerBillableAccount meteredService meteredServiceType \
    meteredRegion serviceInfo invoiceLineItemType
    """
  static let index = MemberIndex(Self.self)
}

extension UsageRecord {
  init(daily line: Record<DailyLineMember>, _ position: LinePosition) throws(WireError) {
    self.init(position: position)
    line.checkObjectType(.attributes)
    customer = line.id(.customerId)
    subscription = line.id(.subscriptionId)
    meter = line.words(.resourceGuid)
    meterName = line.words(.resourceName)
    resource = line.words(.project)
    day = line.day(.usageDate)
    chargeType = line.words(.chargeType)
    unit = line.words(.unit, or: .unitOfMeasure)
    quantity = try line.amount(.consumedQuantity)
  }
}

/// `DailyRatedUsageLineItem`: new commerce, day by day, with prices (contract §9.8).
enum RatedLineMember: Int, WireMember {
  case customerId, subscriptionId, entitlementId, productId, skuId, meterId, meterName, resourceUri, usageDate
  case chargeType, unitOfMeasure, unit, quantity, unitPrice, effectiveUnitPrice
  case billingPreTaxTotal, billingCurrency, pricingPreTaxTotal, pricingCurrency, pcToBCExchangeRate
  case rateOfPartnerEarnedCredit, partnerEarnedCreditPercentage, unitType, creditType, benefitType, benefitOrderId,
    additionalInfo, attributes

  static let resource = "DailyRatedUsageLineItem"
  static let unread = """
    partnerId partnerName customerName customerCompanyName customerDomainName customerCountry mpnId resellerMpnId \
    tier2MpnId invoiceNumber availabilityId productName skuName publisherName publisherId providerName \
    subscriptionDescription chargeStartDate chargeEndDate meterType meterCategory meterSubCategory meterRegion \
    resourceLocation consumedService resourceGroup tags serviceInfo1 serviceInfo2 entitlementDescription \
    pcToBCExchangeRateDate hasPartnerEarnedCredit isPartnerEarnedCreditApplied rateOfCredit creditPercentage benefitId \
    invoiceLineItemType invoiceLineItemTypce billingProvider attributes/objectType
    """
  static let index = MemberIndex(Self.self)
}

extension UsageRecord {
  init(rated line: Record<RatedLineMember>, _ position: LinePosition) throws(WireError) {
    self.init(position: position)
    line.checkObjectType(.attributes)
    customer = line.id(.customerId)
    subscription = line.id(.subscriptionId)
    entitlement = line.words(.entitlementId)
    product = line.id(.productId)
    sku = line.id(.skuId)
    meter = line.words(.meterId)
    meterName = line.words(.meterName)
    resource = line.words(.resourceUri)
    day = line.day(.usageDate)
    chargeType = line.words(.chargeType)
    unit = line.words(.unitOfMeasure, or: .unit)
    // The short form of the export has a unit under this name only (contract §11.4).
    if unit.isEmpty { unit = line.words(.unitType) }
    quantity = try line.amount(.quantity)
    unitPrice = try line.amount(.unitPrice)
    effectiveUnitPrice = try line.amount(.effectiveUnitPrice)
    billingTotal = try line.amount(.billingPreTaxTotal)
    billingCurrency = line.currency(.billingCurrency)
    pricingTotal = try line.amount(.pricingPreTaxTotal)
    pricingCurrency = line.currency(.pricingCurrency)
    rate = try line.amount(.pcToBCExchangeRate)
    earnedCreditRate = try line.amount(.rateOfPartnerEarnedCredit)
    if earnedCreditRate == nil { earnedCreditRate = try line.percentage(.partnerEarnedCreditPercentage) }
    creditType = line.words(.creditType)
    benefitType = line.words(.benefitType)
    benefitOrder = line.id(.benefitOrderId) ?? Self.reservationOrder(in: line.words(.additionalInfo))
  }

  /// Usage that a reservation covers names it inside a JSON object printed as text (contract §9.8).
  private static func reservationOrder(in info: String) -> ReservationOrderID? {
    guard info.contains("eservationOrderId"), let tape = try? Tape.read(Array(info.utf8), as: .answer) else {
      return nil
    }
    return tape.root.text("ReservationOrderId").flatMap { ReservationOrderID($0) }
  }
}
