extension World.Ledger {
  /// A priced day of consumption as the service prints it: contract §9.8; the provider reads `marketplace`.
  func text(of usage: World.Usage, invoice: String) -> String {
    let customer = customers[usage.customer]
    let first = calendar.months[usage.month]
    let meter = usage.meter
    return World.JSONText.object(capacity: 2200) { json in
      json.string("partnerId", partner.tenant)
      json.string("partnerName", partner.name)
      json.string("customerId", customer.id)
      json.string("customerName", customer.name)
      json.string("customerDomainName", customer.domain)
      json.string("customerCountry", customer.country)
      json.string("invoiceNumber", invoice)
      json.string("productId", World.azurePlan.id)
      json.string("skuId", World.azurePlan.sku)
      json.string("availabilityId", World.azurePlan.availability)
      json.string("skuName", World.azurePlan.name)
      json.string("productName", World.azurePlan.name)
      json.string("publisherName", "Microsoft Corporation")
      json.string("publisherId", "")
      json.string("subscriptionId", usage.subscription)
      json.string("subscriptionDescription", "Azure plan")
      json.string("chargeStartDate", first.midnight)
      json.string("chargeEndDate", (first + (first.daysInMonth - 1)).midnight)
      json.string("usageDate", usage.day.midnight)
      json.string("meterType", meter.unit)
      json.string("meterCategory", meter.category)
      json.string("meterId", meter.id)
      json.string("meterSubCategory", meter.subcategory)
      json.string("meterName", meter.name)
      json.string("meterRegion", meter.region)
      json.string("unitOfMeasure", meter.unit)
      writeResource(usage, &json)
      json.string("mpnId", String(partner.mpnID))
      json.string("resellerMpnId", String(customer.reseller))
      json.string("chargeType", "new")
      writePrices(usage, &json)
      json.string("invoiceLineItemType", "usage_line_items")
      json.string("billingProvider", "marketplace")
      json.attributes("DailyRatedUsageLineItem")
    }
  }

  private func writeResource(_ usage: World.Usage, _ json: inout World.JSONText) {
    json.string("resourceLocation", usage.meter.region.uppercased().filter { $0 != " " })
    json.string("consumedService", usage.meter.service)
    json.string("resourceGroup", "production")
    json.string(
      "resourceUri",
      "/subscriptions/\(usage.subscription)/resourceGroups/production/providers/\(usage.meter.service)/main")
    json.string("tags", "")
    json.string("additionalInfo", "{  \"ImageType\": null,  \"ServiceType\": \"\(usage.meter.subcategory)\"}")
    json.string("serviceInfo1", "")
    json.string("serviceInfo2", "")
  }

  private func writePrices(_ usage: World.Usage, _ json: inout World.JSONText) {
    let isLocal = usage.rate == .one
    let credit = usage.hasEarnedCredit
    let factor = credit ? World.Exact(cents: 85) : World.Exact.one
    json.exact("unitPrice", usage.meter.price)
    json.exact("quantity", usage.quantity)
    json.string("unitType", usage.meter.unit)
    json.exact("billingPreTaxTotal", usage.billed)
    json.string("billingCurrency", World.Money.all[usage.money].code)
    json.exact("pricingPreTaxTotal", usage.cost)
    json.string("pricingCurrency", "USD")
    json.string("entitlementId", usage.subscription)
    json.string("entitlementDescription", "Production")
    json.exact("pcToBCExchangeRate", usage.rate)
    json.string(
      "pcToBCExchangeRateDate",
      isLocal ? "0001-01-01T00:00:00" : calendar.months[usage.month].midnightWithoutZone)
    json.exact("effectiveUnitPrice", usage.meter.price * factor)
    json.number("rateOfPartnerEarnedCredit", credit ? "0.15" : "0")
    json.number("rateOfCredit", credit ? "0.15" : "0")
    json.string("creditType", credit ? "Partner Earned Credit Applied" : "Credit Not Applied")
    json.string("benefitOrderId", "")
    json.string("benefitId", "")
    json.string("benefitType", "Charge")
  }
}
