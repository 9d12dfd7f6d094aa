import Billing

extension UsageRecord {
  private static let members = [
    "customer_id", "subscription_id", "entitlement", "product_id", "sku_id", "meter", "meter_name", "resource", "day",
    "charge_type", "unit", "quantity", "unit_price", "effective_unit_price", "billing_total", "billing_currency",
    "pricing_total", "pricing_currency", "rate", "earned_credit_rate", "credit_type", "benefit_type",
    "benefit_order_id",
  ]

  static let columnsRead = (["invoice", "line_set", "page", "item"] + members).joined(separator: ", ")
  static let columnsWritten = ["invoice", "line_set", "page", "item"] + members + ["billing_total_millionths"]

  /// Puts the members; the position comes before.
  func put(into row: inout RowWriter) {
    row.put(customer)
    row.put(subscription)
    row.put(entitlement)
    row.put(product)
    row.put(sku)
    row.put(meter)
    row.put(meterName)
    row.put(resource)
    row.put(day)
    row.put(chargeType)
    row.put(unit)
    row.put(quantity)
    row.put(unitPrice)
    row.put(effectiveUnitPrice)
    row.put(billingTotal)
    row.put(billingCurrency)
    row.put(pricingTotal)
    row.put(pricingCurrency)
    row.put(rate)
    row.put(earnedCreditRate)
    row.put(creditType)
    row.put(benefitType)
    row.put(benefitOrder)
    row.putMillionths(billingTotal)
  }

  /// Reads `columnsRead`.
  init(reading row: inout RowReader) throws {
    self.init(position: try row.position())
    customer = try row.idIfAny()
    subscription = try row.idIfAny()
    entitlement = try row.text()
    product = try row.idIfAny()
    sku = try row.idIfAny()
    meter = try row.text()
    meterName = try row.text()
    resource = try row.text()
    day = try row.dayIfAny()
    chargeType = try row.text()
    unit = try row.text()
    quantity = try row.amountIfAny()
    unitPrice = try row.amountIfAny()
    effectiveUnitPrice = try row.amountIfAny()
    billingTotal = try row.amountIfAny()
    billingCurrency = try row.currencyIfAny()
    pricingTotal = try row.amountIfAny()
    pricingCurrency = try row.currencyIfAny()
    rate = try row.amountIfAny()
    earnedCreditRate = try row.amountIfAny()
    creditType = try row.text()
    benefitType = try row.text()
    benefitOrder = try row.idIfAny()
  }
}
