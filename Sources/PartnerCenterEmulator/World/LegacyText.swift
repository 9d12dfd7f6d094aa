extension World.Ledger {
  /// A licence line as the service prints it: contract §9.4. It carries no invoice number.
  func text(of line: World.LicenceLine) -> String {
    let customer = customers[line.customer]
    return World.JSONText.object(capacity: 1300) { json in
      json.string("partnerId", partner.tenant)
      json.string("customerId", customer.id.uppercased())
      json.string("customerName", customer.name)
      json.integer("mpnId", partner.mpnID)
      json.integer("tier2MpnId", customer.reseller)
      json.string("orderId", line.orderNumber)
      json.string("subscriptionId", line.platformID)
      json.string("syndicationPartnerSubscriptionNumber", line.subscription.uppercased())
      json.string("offerId", line.offer.offer)
      json.string("durableOfferId", line.offer.durableOffer)
      json.string("offerName", line.offer.name)
      json.string("domainName", customer.domain)
      json.string("billingCycleType", "MONTHLY")
      json.string("subscriptionName", line.offer.name)
      json.string("subscriptionDescription", line.offer.name)
      json.string("subscriptionStartDate", line.subscriptionFrom.midnightWithoutZone)
      json.string("subscriptionEndDate", line.subscriptionThrough.midnightWithoutZone)
      json.string("chargeStartDate", line.chargeFrom.midnightWithoutZone)
      json.string("chargeEndDate", line.chargeThrough.midnightWithoutZone)
      json.string("chargeType", line.chargeType)
      json.exact("unitPrice", line.unitPrice)
      json.integer("quantity", line.quantity)
      json.exact("amount", line.amount)
      json.exact("totalOtherDiscount", line.discount)
      json.exact("subtotal", line.subtotal)
      json.exact("tax", line.tax)
      json.exact("totalForCustomer", line.total)
      json.string("currency", World.Money.all[line.money].code)
      json.string("invoiceLineItemType", "billing_line_items")
      json.string("billingProvider", "office")
      json.attributes("LicenseBasedLineItem")
    }
  }

  /// A priced legacy consumption: contract §9.5.
  func text(of line: World.ResourceLine, invoice: String) -> String {
    World.JSONText.object(capacity: 1600) { json in
      json.integer("detailLineItemId", line.tier)
      json.string("sku", "7UD-00001")
      json.integer("includedQuantity", 0)
      json.exact("overageQuantity", line.quantity)
      json.exact("listPrice", line.price)
      json.string("currency", World.Money.all[line.money].code)
      json.exact("pretaxCharges", line.pretax)
      json.exact("taxAmount", line.tax)
      json.exact("postTaxTotal", line.total)
      json.exact("pretaxEffectiveRate", line.pretax.divided(by: line.quantity, digits: 8))
      json.exact("postTaxEffectiveRate", line.total.divided(by: line.quantity, digits: 8))
      json.string("chargeType", "Assess usage fee for current cycle")
      json.string("invoiceLineItemType", "billing_line_items")
      writeCommon(line, invoice: invoice, consumed: line.quantity, &json)
      json.attributes("UsageBasedLineItem")
    }
  }

  /// One day of a legacy consumption, without a price: contract §9.6.
  func text(of line: World.ResourceLine, day: World.Day, quantity: World.Exact, invoice: String) -> String {
    World.JSONText.object(capacity: 1600) { json in
      json.string("customerBillableAccount", "1439508127")
      json.string("usageDate", day.midnightWithoutZone)
      json.string("invoiceLineItemType", "usage_line_items")
      writeCommon(line, invoice: invoice, consumed: quantity, &json)
      json.string("meteredService", line.resource.service)
      json.string("meteredServiceType", "")
      json.string("meteredRegion", "")
      json.string("project", "")
      json.string("serviceInfo", "")
      json.attributes("DailyUsageLineItem")
    }
  }

  private func writeCommon(
    _ line: World.ResourceLine, invoice: String, consumed: World.Exact, _ json: inout World.JSONText
  ) {
    let customer = customers[line.customer]
    json.string("partnerId", partner.tenant.uppercased())
    json.string("partnerName", partner.name)
    json.string("partnerBillableAccountId", partner.billableAccount)
    json.string("customerId", customer.id)
    json.string("domainName", customer.domain)
    json.string("customerCompanyName", customer.name)
    json.integer("mpnId", partner.mpnID)
    json.integer("tier2MpnId", customer.reseller)
    json.string("invoiceNumber", invoice)
    json.string("subscriptionId", line.subscription)
    json.string("subscriptionName", "Microsoft Azure")
    json.string("subscriptionDescription", "Microsoft Azure")
    json.string("billingCycleType", "Monthly")
    json.string("orderId", line.orderNumber)
    json.string("serviceName", line.resource.service)
    json.string("serviceType", line.resource.type)
    json.string("resourceGuid", line.resource.guid)
    json.string("resourceName", line.resource.name)
    json.string("region", "")
    json.exact("consumedQuantity", consumed)
    json.string("chargeStartDate", line.chargeFrom.midnightWithoutZone)
    json.string("chargeEndDate", line.chargeThrough.midnightWithoutZone)
    json.string("unit", line.resource.unit)
    json.string("billingProvider", "azure")
  }
}
