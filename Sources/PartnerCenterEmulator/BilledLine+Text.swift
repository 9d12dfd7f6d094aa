extension BilledLine {
  /// The line as the service prints it: contract §9.7.
  ///
  /// - Parameters:
  ///   - invoice: Nil while the line waits for its invoice; it has no number, no tax, and 0 as its total then.
  ///   - customer: The customer as the service prints it.
  func text(invoice: String?, customer: RawJSON, partner: String) -> String {
    let profile = customer["companyProfile"]
    return World.JSONText.object(capacity: 2000) { json in
      json.string("partnerId", partner)
      json.string("customerId", customer["id"]?.string ?? purchase.customer)
      json.raw("customerName", profile?["companyName"].map { String($0.text) } ?? #""""#)
      json.raw("customerDomainName", profile?["domain"].map { String($0.text) } ?? #""""#)
      json.string("customerCountry", purchase.market.country)
      json.string("invoiceNumber", invoice ?? "")
      if invoice != nil {
        json.string("mpnId", "5357564")
        json.integer("resellerMpnId", 0)
      }
      json.string("orderId", purchase.id)
      json.string("orderDate", charge.at.text)
      writeProduct(&json)
      writeAmounts(isBilled: invoice != nil, &json)
      writeTerm(isBilled: invoice != nil, &json)
      if invoice != nil {
        json.string("invoiceLineItemType", "billing_line_items")
        json.string("billingProvider", "one_time")
        json.string("promotionId", "")
      }
      json.attributes("OneTimeInvoiceLineItem")
    }
  }

  private func writeProduct(_ json: inout World.JSONText) {
    json.string("productId", item.id)
    json.string("skuId", item.sku)
    json.string("availabilityId", item.availability)
    json.string("productName", item.product.name)
    json.string("skuName", item.product.name)
    json.strings("productQualifiers", item.product.category == .trial ? ["Trial"] : [])
    json.string("chargeType", charge.type)
  }

  private func writeAmounts(isBilled: Bool, _ json: inout World.JSONText) {
    json.exact("unitPrice", price)
    json.exact("effectiveUnitPrice", price)
    json.string("unitType", "")
    json.integer("quantity", quantity)
    json.integer("billableQuantity", quantity)
    json.exact("subtotal", subtotal)
    json.integer("taxTotal", 0)
    json.exact("totalForCustomer", isBilled ? total : .zero)
    json.string("currency", World.Money.all[money].code)
    json.string("publisherName", item.publisher)
    json.string("publisherId", "")
  }

  private func writeTerm(isBilled: Bool, _ json: inout World.JSONText) {
    let seed = "\(purchase.id)/\(number)"
    json.string("subscriptionDescription", "")
    json.string("subscriptionId", purchase.subscription(number) ?? Opaque.guid(of: "subscription/" + seed))
    json.string("subscriptionStartDate", charge.termFrom.midnight)
    if let through = charge.termThrough { json.string("subscriptionEndDate", through.midnight) }
    json.string("chargeStartDate", charge.from.midnight)
    if let through = charge.through { json.string("chargeEndDate", through.midnight) }
    json.string("termAndBillingCycle", term)
    json.string("billingFrequency", isBilled ? frequency : "")
    json.string("alternateId", purchase.alternateID)
    json.string("referenceId", Opaque.guid(of: "reference/\(seed)/\(charge.from.number)/\(copy)"))
    json.string("priceAdjustmentDescription", "")
    json.string("discountDetails", "")
    json.string("pricingCurrency", World.Money.all[purchase.market.money(for: item)].code)
    json.exact("pcToBCExchangeRate", rate)
    json.string(
      "pcToBCExchangeRateDate",
      rate == .one ? "0001-01-01T00:00:00" : charge.at.day.firstOfMonth().midnightWithoutZone)
    json.string("meterDescription", "")
    let isCommitted = item.product.category == .reservation || item.product.category == .savingsPlan
    json.string("reservationOrderId", isCommitted ? purchase.resource(number) : "")
  }
}
