extension World.Ledger {
  /// A billing line as the service prints it: contract §9.7.
  func text(of line: World.Line, invoice: String) -> String {
    let dress = line.dress
    let customer = customers[line.customer]
    let id = dress.hasUpperCaseIDs ? customer.id.uppercased() : customer.id
    return World.JSONText.object(capacity: 2000) { json in
      json.string("partnerId", partner.tenant)
      json.string("customerId", dress.hasOrgPrefix ? "org:" + id : id)
      json.string("customerName", customer.name)
      json.string("customerDomainName", customer.domain)
      json.string("customerCountry", customer.country)
      json.string("invoiceNumber", invoice)
      json.string("mpnId", String(partner.mpnID))
      if dress.hasTextReseller {
        json.string("resellerMpnId", String(customer.reseller))
      } else {
        json.integer("resellerMpnId", customer.reseller)
      }
      json.string("orderId", line.order)
      json.string("orderDate", line.eventAt.text)
      writeProduct(line, &json)
      writeAmounts(line, &json)
      writeTerm(line, &json)
      writeEvent(line, &json)
      json.string("invoiceLineItemType", "billing_line_items")
      json.string("billingProvider", "one_time")
      json.string("promotionId", line.promotion)
      if let reason = line.creditReason { json.string("creditReasonCode", reason) }
      json.attributes("OneTimeInvoiceLineItem")
    }
  }

  private func writeProduct(_ line: World.Line, _ json: inout World.JSONText) {
    let sku = line.product.sku
    json.string("productId", line.product.id)
    json.string("skuId", line.dress.hasLostSKUZeros ? String(sku.drop { $0 == "0" }) : sku)
    json.string("availabilityId", line.availability)
    json.string("productName", line.product.name)
    json.string("skuName", line.skuName)
    json.strings("productQualifiers", line.isTrial ? ["Trial"] : [])
    let type = line.chargeType
    json.string("chargeType", line.dress.hasCapitalChargeType ? type.prefix(1).uppercased() + type.dropFirst() : type)
  }

  private func writeAmounts(_ line: World.Line, _ json: inout World.JSONText) {
    let isText = line.dress.hasTextAmounts
    let isBinary = line.dress.hasBinaryArtefacts

    func write(_ name: String, _ literal: String, _ json: inout World.JSONText) {
      if isText { json.string(name, literal) } else { json.number(name, literal) }
    }

    write("unitPrice", line.unitPrice.text, &json)
    write("effectiveUnitPrice", line.effectiveUnitPrice.text, &json)
    json.string("unitType", line.unit)
    write("quantity", String(line.quantity), &json)
    write("subtotal", isBinary ? line.subtotal.binaryArtefact ?? line.subtotal.text : line.subtotal.text, &json)
    write("taxTotal", line.tax.text, &json)
    write("totalForCustomer", isBinary ? line.total.binaryArtefact ?? line.total.text : line.total.text, &json)
    json.string("currency", line.currency)
    json.string("publisherName", "Microsoft Corporation")
    json.string("publisherId", "")
  }

  private func writeTerm(_ line: World.Line, _ json: inout World.JSONText) {
    let isAzurePlan = line.product.category == .azurePlan
    json.string("subscriptionDescription", isAzurePlan ? "Azure plan" : "")
    json.string("subscriptionId", line.dress.hasUpperCaseIDs ? line.subscription.uppercased() : line.subscription)
    json.string("subscriptionStartDate", line.subscriptionFrom.midnight)
    if let through = line.subscriptionThrough { json.string("subscriptionEndDate", through.midnight) }
    json.string("chargeStartDate", line.chargeFrom.midnight)
    if let through = line.chargeThrough { json.string("chargeEndDate", through.midnight) }
    json.string("termAndBillingCycle", line.term)
    json.string("billingFrequency", line.frequency)
  }

  private func writeEvent(_ line: World.Line, _ json: inout World.JSONText) {
    json.string("alternateId", line.alternateOrder)
    json.string("referenceId", line.reference)
    json.string(
      "priceAdjustmentDescription",
      line.adjustments.isEmpty ? "" : World.array(line.adjustments.map(World.quoted)))
    json.string("discountDetails", "")
    json.string("pricingCurrency", line.pricingCurrency)
    if line.dress.hasTextAmounts {
      json.string("pcToBCExchangeRate", line.rate.text)
    } else {
      json.exact("pcToBCExchangeRate", line.rate)
    }
    let rateDate = line.eventAt.day.firstOfMonth().midnightWithoutZone
    json.string("pcToBCExchangeRateDate", line.dress.hasSentinelRateDate ? "0001-01-01T00:00:00" : rateDate)
    if line.dress.hasTextAmounts {
      json.string("billableQuantity", line.billableQuantity.text)
    } else {
      json.exact("billableQuantity", line.billableQuantity)
    }
    json.string("meterDescription", line.meter)
    json.string("reservationOrderId", line.reservationOrder)
  }
}
