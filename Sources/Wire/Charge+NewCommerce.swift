import Billing

/// `OneTimeInvoiceLineItem`: the one shape of all new-commerce products (contract §9.7).
enum OneTimeLineMember: Int, WireMember {
  case customerId, customerName, customerCompanyName, customerCountry, subscriptionId, subscriptionDescription
  case resellerMpnId, tier2MpnId
  case productId, skuId, availabilityId, productName, skuName, productQualifiers
  case publisherName, providerName, publisherId, providerId, meterDescription
  case chargeType, orderId, alternateId, quoteId, orderDate, referenceId, reservationOrderId
  case chargeStartDate, chargeEndDate, subscriptionStartDate, subscriptionEndDate
  case termAndBillingCycle, billingFrequency, creditReasonCode, promotionId, priceAdjustmentDescription
  case unitPrice, effectiveUnitPrice, unitType, quantity, billableQuantity
  case pricingCurrency, pcToBCExchangeRate, pcToBCExchangeRateDate
  case currency, subtotal, taxTotal, totalForCustomer, total
  case attributes

  static let resource = "OneTimeInvoiceLineItem"
  static let unread = """
    partnerId customerDomainName invoiceNumber mpnId providerSource discountDetails invoiceLineItemType billingProvider \
    attributes/objectType PartnerName UsageDate MeterType MeterCategory MeterId MeterSubCategory MeterName MeterRegion \
    UnitOfMeasure RateOfPartnerEarnedCredit IsPartnerEarnedCreditApplied HasPartnerEarnedCredit \
    PartnerEarnedCreditPercentage ProductCategory
    """
  static let index = MemberIndex(Self.self)
}

extension Charge {
  init(newCommerce line: Record<OneTimeLineMember>, _ position: LinePosition) throws(WireError) {
    self.init(position: position, family: .newCommerce)
    line.checkObjectType(.attributes)

    customer = line.id(.customerId)
    customerName = line.words(.customerName, or: .customerCompanyName)
    customerCountry = line.words(.customerCountry)
    subscription = line.id(.subscriptionId)
    subscriptionDescription = line.words(.subscriptionDescription)
    reseller = line.words(.resellerMpnId, or: .tier2MpnId)

    product = line.id(.productId)
    sku = line.id(.skuId)
    availability = line.id(.availabilityId)
    productName = line.words(.productName)
    skuName = line.words(.skuName)
    productQualifiers = line.texts(.productQualifiers)
    publisherName = line.words(.publisherName, or: .providerName)
    publisherID = line.words(.publisherId, or: .providerId)
    meterDescription = line.words(.meterDescription)

    chargeType = ChargeType(line.words(.chargeType))
    orders = line.text(.orderId).map { OrderID.all(in: $0) } ?? []
    alternateOrder = line.id(.alternateId, or: .quoteId)
    orderDate = line.instant(.orderDate)
    reference = line.id(.referenceId)
    reservationOrder = line.id(.reservationOrderId)
    chargeStart = line.day(.chargeStartDate)
    chargeEnd = line.day(.chargeEndDate)
    subscriptionStart = line.day(.subscriptionStartDate)
    subscriptionEnd = line.day(.subscriptionEndDate)
    termAndBillingCycle = line.words(.termAndBillingCycle)
    billingFrequency = line.words(.billingFrequency)
    creditReasonCode = line.words(.creditReasonCode)
    promotion = line.words(.promotionId)
    priceAdjustmentDescription = line.words(.priceAdjustmentDescription)

    unitPrice = try line.amount(.unitPrice)
    effectiveUnitPrice = try line.amount(.effectiveUnitPrice)
    unitType = line.words(.unitType)
    quantity = try line.amount(.quantity)
    billableQuantity = try line.amount(.billableQuantity)
    pricingCurrency = line.currency(.pricingCurrency)
    rate = try line.amount(.pcToBCExchangeRate)
    rateDate = line.instant(.pcToBCExchangeRateDate)

    currency = line.currency(.currency)
    subtotal = try line.money(.subtotal)
    tax = try line.money(.taxTotal)
    total = try line.money(.totalForCustomer, or: .total)
  }
}
