import Billing

extension Charge {
  /// The members in the order of `init(position:reading:)` and `put(into:)`.
  private static let members = [
    "family", "customer_id", "customer_name", "customer_country", "subscription_id", "subscription_description",
    "reseller", "product_id", "sku_id", "availability_id", "product_name", "sku_name", "product_qualifiers",
    "publisher_name", "publisher_id", "offer_id", "meter_description", "charge_type", "order_ids",
    "alternate_order_id", "order_date", "reference_id", "reservation_order_id", "charge_start", "charge_end",
    "subscription_start", "subscription_end", "term_and_billing_cycle", "billing_frequency", "credit_reason_code",
    "promotion", "price_adjustment_description", "unit_price", "effective_unit_price", "unit_type", "quantity",
    "billable_quantity", "pricing_currency", "rate", "rate_date", "currency", "subtotal", "tax", "total",
    "platform_subscription", "licence_amount", "licence_discount", "azure_resource", "azure_region",
    "azure_consumed", "azure_included", "azure_overage", "azure_detail_line",
  ]

  static let columnsRead = (["invoice", "line_set", "page", "item"] + members).joined(separator: ", ")

  static let columnsWritten =
    ["invoice", "line_set", "page", "item"] + members + [
      "customer_key", "flow", "category", "subscription_key", "order_key", "subtotal_millionths", "tax_millionths",
      "total_millionths",
    ]

  /// Puts the members and what is derived from them; the position comes before.
  func put(into row: inout RowWriter) {
    row.put(family.rawValue)
    row.put(customer)
    row.put(customerName)
    row.put(customerCountry)
    row.put(subscription)
    row.put(subscriptionDescription)
    row.put(reseller)
    row.put(product)
    row.put(sku)
    row.put(availability)
    row.put(productName)
    row.put(skuName)
    row.put(productQualifiers)
    row.put(publisherName)
    row.put(publisherID)
    row.put(offer)
    row.put(meterDescription)
    row.put(chargeType.printed)
    row.put(orders.map(\.printed))
    row.put(alternateOrder)
    row.put(orderDate)
    row.put(reference)
    row.put(reservationOrder)
    row.put(chargeStart)
    row.put(chargeEnd)
    row.put(subscriptionStart)
    row.put(subscriptionEnd)
    row.put(termAndBillingCycle)
    row.put(billingFrequency)
    row.put(creditReasonCode)
    row.put(promotion)
    row.put(priceAdjustmentDescription)
    row.put(unitPrice)
    row.put(effectiveUnitPrice)
    row.put(unitType)
    row.put(quantity)
    row.put(billableQuantity)
    row.put(pricingCurrency)
    row.put(rate)
    row.put(rateDate)
    row.put(currency)
    row.put(subtotal)
    row.put(tax)
    row.put(total)
    row.put(licence?.platformSubscription)
    row.put(licence?.amount)
    row.put(licence?.discount)
    row.put(azure?.resource)
    row.put(azure?.region)
    row.put(azure?.consumed)
    row.put(azure?.included)
    row.put(azure?.overage)
    row.put(azure?.detailLine)

    row.put(customer?.key ?? Ledger.unassigned)
    row.put(flow.rawValue)
    row.put(category.rawValue)
    row.putKey(subscription)
    row.putKey(orders.first)
    row.putMillionths(subtotal)
    row.putMillionths(tax)
    row.putMillionths(total)
  }

  /// Reads `columnsRead`.
  init(reading row: inout RowReader) throws {
    let position = try row.position()
    self.init(position: position, family: try row.value(Family.init(rawValue:)))
    customer = try row.idIfAny()
    customerName = try row.text()
    customerCountry = try row.text()
    subscription = try row.idIfAny()
    subscriptionDescription = try row.text()
    reseller = try row.text()
    product = try row.idIfAny()
    sku = try row.idIfAny()
    availability = try row.idIfAny()
    productName = try row.text()
    skuName = try row.text()
    productQualifiers = try row.texts()
    publisherName = try row.text()
    publisherID = try row.text()
    offer = try row.idIfAny()
    meterDescription = try row.text()
    chargeType = ChargeType(try row.text())
    orders = try row.texts().compactMap { OrderID($0) }
    alternateOrder = try row.idIfAny()
    orderDate = try row.instantIfAny()
    reference = try row.idIfAny()
    reservationOrder = try row.idIfAny()
    chargeStart = try row.dayIfAny()
    chargeEnd = try row.dayIfAny()
    subscriptionStart = try row.dayIfAny()
    subscriptionEnd = try row.dayIfAny()
    termAndBillingCycle = try row.text()
    billingFrequency = try row.text()
    creditReasonCode = try row.text()
    promotion = try row.text()
    priceAdjustmentDescription = try row.text()
    unitPrice = try row.amountIfAny()
    effectiveUnitPrice = try row.amountIfAny()
    unitType = try row.text()
    quantity = try row.amountIfAny()
    billableQuantity = try row.amountIfAny()
    pricingCurrency = try row.currencyIfAny()
    rate = try row.amountIfAny()
    rateDate = try row.instantIfAny()
    currency = try row.currencyIfAny()
    subtotal = try row.amountIfAny()
    tax = try row.amountIfAny()
    total = try row.amountIfAny()
    licence = try Licence(reading: &row)
    azure = try Azure(reading: &row)
  }
}

extension Charge.Licence {
  fileprivate init?(reading row: inout RowReader) throws {
    let platformSubscription = row.textIfAny()
    let amount = try row.amountIfAny()
    let discount = try row.amountIfAny()
    guard let platformSubscription else { return nil }
    self.init(platformSubscription: platformSubscription, amount: amount, discount: discount)
  }
}

extension Charge.Azure {
  fileprivate init?(reading row: inout RowReader) throws {
    let resource = row.textIfAny()
    let region = row.textIfAny()
    let consumed = try row.amountIfAny()
    let included = try row.amountIfAny()
    let overage = try row.amountIfAny()
    let detailLine = row.textIfAny()
    guard let resource else { return nil }
    self.init(
      resource: resource, region: region ?? "", consumed: consumed, included: included, overage: overage,
      detailLine: detailLine ?? "")
  }
}
