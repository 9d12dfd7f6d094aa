extension Purchase {
  /// The first charge of each line as it waits for its invoice: contract §9.7.
  func unbilledLines(currency: String, customer: RawJSON, partner: String) -> [String] {
    lines.indices.compactMap { number in
      let line = lines[number]
      let money = World.Money.all[market.money(for: line.item)]
      guard money.code.lowercased() == currency, let charge = charge(line),
        let price = line.item.fixedPrice(line.term, in: market)
      else { return nil }
      return text(number, price: price, charge: charge, currency: money.code, customer, partner)
    }
  }

  private func text(
    _ number: Int, price: World.Exact, charge: World.Exact, currency: String, _ customer: RawJSON, _ partner: String
  ) -> String {
    let line = lines[number]
    let profile = customer["companyProfile"]
    return World.JSONText.object(capacity: 2000) { json in
      json.string("partnerId", partner)
      json.string("customerId", self.customer)
      json.raw("customerName", profile?["companyName"].map { String($0.text) } ?? #""""#)
      json.raw("customerDomainName", profile?["domain"].map { String($0.text) } ?? #""""#)
      json.string("customerCountry", market.country)
      json.string("invoiceNumber", "")
      json.string("orderId", id)
      json.string("orderDate", World.Instant(seconds: boughtAt).text)
      json.string("productId", line.item.id)
      json.string("skuId", line.item.sku)
      json.string("availabilityId", line.item.availability)
      json.string("productName", line.item.product.name)
      json.string("skuName", line.item.product.name)
      json.strings("productQualifiers", line.item.product.category == .trial ? ["Trial"] : [])
      json.string("chargeType", "new")
      json.exact("unitPrice", price)
      json.exact("effectiveUnitPrice", price)
      json.string("unitType", "")
      json.integer("quantity", line.quantity)
      json.integer("billableQuantity", line.quantity)
      json.exact("subtotal", charge)
      json.integer("taxTotal", 0)
      json.integer("totalForCustomer", 0)
      json.string("currency", currency)
      json.string("publisherName", line.item.publisher)
      json.string("publisherId", "")
      json.string("subscriptionDescription", "")
      json.string("subscriptionId", subscription(number) ?? Opaque.guid(of: "subscription/\(id)/\(number)"))
      json.string("chargeStartDate", day.midnight)
      if let end = end(number) { json.string("chargeEndDate", end.midnight) }
      json.string("termAndBillingCycle", line.term.description)
      json.string("alternateId", alternateID)
      json.string("priceAdjustmentDescription", "")
      json.string("discountDetails", "")
      json.string("pricingCurrency", currency)
      json.integer("pcToBCExchangeRate", 1)
      json.string("pcToBCExchangeRateDate", "0001-01-01T00:00:00")
      json.attributes("OneTimeInvoiceLineItem")
    }
  }
}
