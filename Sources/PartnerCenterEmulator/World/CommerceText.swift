extension World.Ledger {
  /// A customer as the service prints it: contract §8.6.
  func text(of customer: World.Customer) -> String {
    World.JSONText.object { json in
      json.string("id", customer.id)
      json.object("companyProfile") { json in
        json.string("tenantId", customer.id)
        json.string("domain", customer.domain)
        json.string("companyName", customer.name)
        json.attributes("CustomerCompanyProfile")
      }
      json.string("relationshipToPartner", "reseller")
      json.attributes("Customer")
    }
  }

  /// An order as the service prints it: contract §8.5; prices only where they were asked for.
  func text(of order: World.Order, withPrice: Bool) -> String {
    let customer = customers[order.customer]
    let path = "/customers/\(customer.id)/orders/\(order.id)"
    return World.JSONText.object(capacity: 1500) { json in
      json.string("id", order.id)
      if let alternate = order.alternateID { json.string("alternateId", alternate) }
      json.string("referenceCustomerId", customer.id)
      json.string("billingCycle", order.billingCycle)
      json.string("currencyCode", order.currency)
      let items = order.items.enumerated().map { number, item in
        text(of: item, number: number, order: order, withPrice: withPrice)
      }
      json.raw("lineItems", World.array(items))
      json.string("creationDate", order.createdAt.text)
      json.string("status", order.status)
      json.string("transactionType", "UserPurchase")
      if withPrice {
        json.exact(
          "totalPrice", order.items.reduce(World.Exact.zero) { $0 + $1.price * World.Exact($1.quantity) })
      }
      json.object("links") { json in
        json.link("provisioningStatus", path + "/provisioningstatus")
        json.link("self", path)
      }
      json.attributes("Order")
    }
  }

  private func text(
    of item: World.OrderItem, number: Int, order: World.Order, withPrice: Bool
  ) -> String {
    let parts = item.offer.split(separator: ":")
    return World.JSONText.object { json in
      json.integer("lineItemNumber", number)
      json.string("offerId", item.offer)
      if let subscription = item.subscription { json.string("subscriptionId", subscription) }
      if let term = item.term { json.string("termDuration", term) }
      json.string("transactionType", order.transactionType)
      json.string("friendlyName", item.name)
      json.integer("quantity", item.quantity)
      if !item.promotion.isEmpty { json.string("promotionId", item.promotion) }
      if let commitment = item.commitment {
        json.object("purchaseCommitment") { json in
          json.exact("amount", World.Exact(cents: commitment))
          json.string("currency", "USD")
          json.string("grain", "Hourly")
        }
      }
      if withPrice {
        json.object("pricing") { json in
          json.exact("listPrice", item.listPrice)
          json.exact("discountedPrice", item.price)
          json.exact("proratedPrice", item.price)
          json.exact("price", item.price)
          json.exact("extendedPrice", item.price * World.Exact(item.quantity))
        }
      }
      json.object("links") { json in
        if parts.count == 3 {
          json.link("product", "/products/\(parts[0])?country=\(customers[order.customer].country)")
          json.link("sku", "/products/\(parts[0])/skus/\(parts[1])?country=\(customers[order.customer].country)")
        }
      }
    }
  }

  /// A subscription as the service prints it: contract §8.7.
  func text(of subscription: World.Subscription) -> String {
    let customer = customers[subscription.customer]
    let isLegacy = subscription.kind == .legacy || subscription.kind == .legacyAzure
    let isUsage = subscription.kind == .azurePlan || subscription.kind == .legacyAzure
    return World.JSONText.object(capacity: 1600) { json in
      json.string("id", isLegacy ? subscription.id.uppercased() : subscription.id)
      json.string("offerId", subscription.offer)
      json.string("offerName", subscription.name)
      json.string("friendlyName", subscription.name)
      if let azure = subscription.azureSubscription { json.string("entitlementId", azure) }
      writeProductType(subscription, &json)
      json.integer("quantity", subscription.quantity)
      json.string("unitType", isUsage ? "Usage-based" : "Licenses")
      json.flag("hasPurchasableAddons", false)
      writeDates(subscription, &json)
      json.string("status", subscription.status)
      json.flag("autoRenewEnabled", subscription.renews)
      json.flag("isTrial", subscription.isTrial)
      json.string("billingType", isUsage ? "usage" : "license")
      json.string("billingCycle", subscription.billingCycle)
      if !subscription.term.isEmpty { json.string("termDuration", subscription.term) }
      json.string("renewalTermDuration", "")
      json.flag("isMicrosoftProduct", true)
      json.string("partnerId", customer.reseller > 0 ? String(customer.reseller) : "")
      json.flag("attentionNeeded", false)
      json.flag("actionTaken", false)
      json.string("contractType", "subscription")
      if !subscription.promotion.isEmpty { json.string("promotionId", subscription.promotion) }
      if let origin = subscription.migratedFrom { json.string("migratedFromSubscriptionId", origin) }
      if let order = subscription.productOrder { writeSavingsPlan(subscription, order: order, &json) }
      json.object("links") { json in
        json.link("self", "/customers/\(customer.id)/subscriptions/\(subscription.id)")
      }
      json.string("publisherName", "Microsoft Corporation")
      json.string("orderId", subscription.order)
      json.attributes("Subscription", etag: subscription.id)
    }
  }

  private func writeProductType(_ subscription: World.Subscription, _ json: inout World.JSONText) {
    let (id, sub): (String, String?) =
      switch subscription.kind {
      case .seats: ("OnlineServicesNCE", nil)
      case .software: ("Software", nil)
      case .savingsPlan: ("Azure", "SavingsPlan")
      case .azurePlan, .legacyAzure: ("Azure", nil)
      case .legacy: ("OnlineServices", nil)
      }
    json.object("productType") { json in
      json.string("id", id)
      json.string("displayName", id)
      if let sub {
        json.object("subType") { json in
          json.string("id", sub)
          json.string("displayName", sub)
        }
      }
    }
  }

  private func writeDates(_ subscription: World.Subscription, _ json: inout World.JSONText) {
    json.string("creationDate", subscription.createdAt.text)
    json.string("effectiveStartDate", subscription.createdAt.text)
    if let end = subscription.commitmentEnd {
      json.string("commitmentEndDate", end.midnight)
      json.string("commitmentEndDateTime", end.text + "T23:59:59Z")
    } else {
      json.string("commitmentEndDate", "9999-12-10T00:00:00Z")
    }
  }

  private func writeSavingsPlan(
    _ subscription: World.Subscription, order: String, _ json: inout World.JSONText
  ) {
    json.string("productOrderId", order)
    let item = World.JSONText.object { json in
      json.string("id", subscription.id)
      json.string("friendlyName", subscription.name)
      json.flag("autoRenewEnabled", subscription.renews)
      json.string("status", subscription.status)
      json.object("purchaseCommitment") { json in
        json.number("amount", "0.05")
        json.string("currency", "USD")
        json.string("grain", "Hourly")
      }
    }
    json.raw("lineItems", World.array([item]))
  }
}
