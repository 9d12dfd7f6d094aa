import Billing

/// `UsageBasedLineItem`: legacy Azure consumption with prices (contract §9.5).
enum AzureLineMember: Int, WireMember {
  case customerId, customerCompanyName, customerName, tier2MpnId, resellerMpnId
  case subscriptionId, subscriptionDescription, billingCycleType
  case serviceName, serviceType, resourceGuid, resourceName, region, sku, unit, unitOfMeasure
  case chargeStartDate, chargeEndDate, chargeType, detailLineItemId
  case consumedQuantity, includedQuantity, overageQuantity, listPrice, pretaxEffectiveRate
  case currency, pretaxCharges, taxAmount, postTaxTotal
  case attributes

  static let resource = "UsageBasedLineItem"
  static let unread = """
    partnerId partnerName partnerBillableAccountId domainName mpnId invoiceNumber subscriptionName orderId \
    billingProvider consumptionPrice consumptionDiscount postTaxEffectiveRate invoiceLineItemType
    """
  static let index = MemberIndex(Self.self)
}

extension Charge {
  init(azure line: Record<AzureLineMember>, _ position: LinePosition) throws(WireError) {
    self.init(position: position, family: .azure)
    line.checkObjectType(.attributes)

    customer = line.id(.customerId)
    customerName = line.words(.customerCompanyName, or: .customerName)
    subscription = line.id(.subscriptionId)
    subscriptionDescription = line.words(.subscriptionDescription)
    reseller = line.words(.tier2MpnId, or: .resellerMpnId)
    sku = line.id(.sku)
    productName = line.words(.serviceName)
    skuName = line.words(.serviceType)
    meterDescription = line.words(.resourceName)

    chargeType = ChargeType(line.words(.chargeType))
    chargeStart = line.day(.chargeStartDate)
    chargeEnd = line.day(.chargeEndDate)
    billingFrequency = line.words(.billingCycleType)

    unitPrice = try line.amount(.listPrice)
    effectiveUnitPrice = try line.amount(.pretaxEffectiveRate)
    unitType = line.words(.unit, or: .unitOfMeasure)
    billableQuantity = try line.amount(.overageQuantity)
    currency = line.currency(.currency)
    subtotal = try line.money(.pretaxCharges)
    tax = try line.money(.taxAmount)
    total = try line.money(.postTaxTotal)
    azure = Azure(
      resource: line.words(.resourceGuid), region: line.words(.region), consumed: try line.amount(.consumedQuantity),
      included: try line.amount(.includedQuantity), overage: billableQuantity, detailLine: line.words(.detailLineItemId)
    )
  }
}
