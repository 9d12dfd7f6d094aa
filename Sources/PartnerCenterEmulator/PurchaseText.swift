extension Purchase {
  /// The order as the service prints it: contract §8.5.
  func order(at now: Int64) -> ServedWorld.Order {
    .init(
      id: id, alternateID: alternateID, billingCycle: cycle, createdAt: boughtAt,
      json: text(at: now, withPrice: false), jsonWithPrice: text(at: now, withPrice: true))
  }

  private func text(at now: Int64, withPrice: Bool) -> String {
    let path = "/customers/\(customer)/orders/\(id)"
    let money = World.Money.all[lines.first.map { market.money(for: $0.item) } ?? market.money]
    return World.JSONText.object(capacity: 1500) { json in
      json.string("id", id)
      json.string("alternateId", alternateID)
      json.string("referenceCustomerId", customer)
      json.string("billingCycle", cycle)
      json.string("currencyCode", money.code)
      json.string("currencySymbol", money.symbol)
      let items = lines.indices.map { text(ofLine: $0, isProvisioned: isProvisioned(at: now), withPrice: withPrice) }
      json.raw("lineItems", World.array(items))
      json.string("creationDate", World.Instant(seconds: boughtAt).text)
      json.string("status", isProvisioned(at: now) ? "completed" : "pending")
      json.string("transactionType", "UserPurchase")
      json.object("links") { json in
        json.link("self", path)
        json.link("provisioningStatus", path + "/provisioningstatus")
      }
      if withPrice { json.exact("totalPrice", lines.compactMap(charge).reduce(World.Exact.zero, +)) }
      json.raw("client", "{}")
      json.attributes("Order")
    }
  }

  private func text(ofLine number: Int, isProvisioned: Bool, withPrice: Bool) -> String {
    let line = lines[number]
    let item = line.item
    return World.JSONText.object { json in
      json.integer("lineItemNumber", number)
      json.string("offerId", item.catalogItemID)
      if isProvisioned, let id = subscription(number) { json.string("subscriptionId", id) }
      if !line.term.duration.isEmpty { json.string("termDuration", line.term.duration) }
      json.string("transactionType", "New")
      json.string("friendlyName", item.product.name)
      json.integer("quantity", line.quantity)
      for extra in line.extras
      where ["customTermEndDate", "promotionId", "provisioningContext", "purchaseCommitment"].contains(extra.name) {
        json.raw(extra.name, extra.json)
      }
      if withPrice, let price = price(line), let charge = charge(line) {
        json.raw("pricing", CartLine.pricing(price, extended: charge))
      }
      json.object("links") { json in
        json.link("product", market.link(item.id))
        json.link("sku", market.link("\(item.id)/skus/\(item.sku)"))
        json.link("availability", market.link("\(item.id)/skus/\(item.sku)/availabilities/\(item.availability)"))
      }
    }
  }

  /// The subscriptions of the order as the service prints them: contract §8.7.
  func subscriptions(at now: Int64) -> [String] {
    lines.indices.compactMap { number in subscription(number).map { text(ofSubscription: $0, number, at: now) } }
  }

  private func text(ofSubscription subscription: String, _ number: Int, at now: Int64) -> String {
    let line = lines[number]
    let end = termEnd(number, at: now)
    let isOver = end.map { $0 < World.Instant(seconds: now).day } ?? false
    let isUsage = line.item.product.category == .azurePlan
    return World.JSONText.object(capacity: 1200) { json in
      json.string("id", subscription)
      json.string("offerId", line.item.catalogItemID)
      json.string("offerName", line.item.product.name)
      json.string("friendlyName", line.item.product.name)
      json.raw("productType", RawJSON(line.item.productText(in: market))["productType"].map { String($0.text) } ?? "{}")
      json.integer("quantity", line.quantity)
      json.string("unitType", isUsage ? "Usage-based" : "Licenses")
      json.flag("hasPurchasableAddons", false)
      json.string("creationDate", World.Instant(seconds: boughtAt).text)
      json.string("effectiveStartDate", day.midnight)
      json.string("commitmentEndDate", end?.midnight ?? "9999-12-10T00:00:00Z")
      json.string("status", isOver ? "expired" : "active")
      json.flag("autoRenewEnabled", line.item.type.id == "OnlineServicesNCE")
      json.flag("isTrial", line.item.product.category == .trial)
      json.string("billingType", isUsage ? "usage" : "license")
      json.string("billingCycle", line.term.cycle == "one_time" ? "annual" : line.term.cycle)
      if !line.term.duration.isEmpty { json.string("termDuration", line.term.duration) }
      json.string("renewalTermDuration", "")
      json.flag("isMicrosoftProduct", !line.item.isThirdParty)
      json.string("partnerId", "")
      json.flag("attentionNeeded", false)
      json.flag("actionTaken", false)
      json.string("contractType", "subscription")
      if let commitment = line.commitment, line.item.product.category == .savingsPlan {
        write(commitment, of: subscription, number, isOver: isOver, &json)
      }
      json.object("links") { $0.link("self", "/customers/\(customer)/subscriptions/\(subscription)") }
      json.string("publisherName", line.item.publisher)
      json.string("orderId", alternateID)
      json.attributes("Subscription", etag: subscription)
    }
  }

  private func write(
    _ commitment: World.Exact, of subscription: String, _ number: Int, isOver: Bool, _ json: inout World.JSONText
  ) {
    json.string("productOrderId", resource(number))
    let item = World.JSONText.object { json in
      json.string("id", subscription)
      json.string("friendlyName", lines[number].item.product.name)
      json.flag("autoRenewEnabled", false)
      json.string("status", isOver ? "expired" : "active")
      json.object("purchaseCommitment") { json in
        json.exact("amount", commitment)
        json.string("currency", "USD")
        json.string("grain", "Hourly")
      }
    }
    json.raw("lineItems", World.array([item]))
  }
}
