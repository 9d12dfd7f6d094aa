extension Catalogue.Item {
  /// The product as the service prints it: contract §8.2.
  func productText(in market: Catalogue.Market) -> String {
    World.JSONText.object { json in
      json.string("id", id)
      json.string("title", product.name)
      json.string("description", "\(product.name), sold by \(publisher).")
      json.object("productType") { json in
        json.string("id", type.id)
        json.string("displayName", type.id)
        if let sub = type.sub {
          json.object("subType") { json in
            json.string("id", sub)
            json.string("displayName", sub)
          }
        }
      }
      json.flag("isMicrosoftProduct", !isThirdParty)
      json.string("publisherName", publisher)
      json.object("links") { json in
        json.link("skus", market.link("\(id)/skus"))
        json.link("self", market.link(id))
      }
    }
  }

  /// The SKU as the service prints it.
  ///
  /// - Parameter isForAzurePlan: A reservation for an Azure plan needs no registration.
  func skuText(in market: Catalogue.Market, isForAzurePlan: Bool) -> String {
    let isReservation = product.category == .reservation
    let registration = isForAzurePlan ? [] : ["AzureSubscriptionRegistration"]
    return World.JSONText.object(capacity: 1200) { json in
      json.string("id", sku)
      json.string("productId", id)
      json.string("title", product.name)
      json.string("description", "\(product.name), sold by \(publisher).")
      json.integer("minimumQuantity", quantities.lowerBound)
      json.integer("maximumQuantity", quantities.upperBound)
      json.flag("isTrial", product.category == .trial)
      let cycles = terms.map(\.cycle)
      json.strings("supportedBillingCycles", ["annual", "monthly", "none", "one_time"].filter(cycles.contains))
      json.strings(
        "purchasePrerequisites", isReservation ? registration + ["InventoryCheck"] : ["MicrosoftCloudAgreement"])
      json.strings("inventoryVariables", isReservation ? ["CustomerId", "AzureSubscriptionId"] : [])
      json.strings("provisioningVariables", isReservation ? ["Scope", "SubscriptionId"] : [])
      if !isReservation { json.strings("actions", ["Refund"]) }
      json.object("dynamicAttributes") { writeAttributes(&$0) }
      if product.category == .savingsPlan {
        json.object("minimumPurchaseCommitment") { json in
          json.string("grain", "Hourly")
          json.number("amount", "0.001")
          json.object("currencyCode") { $0.string("code", "USD") }
        }
      }
      json.object("links") { json in
        json.link("availabilities", market.link("\(id)/skus/\(sku)/availabilities"))
        json.link("self", market.link("\(id)/skus/\(sku)"))
      }
    }
  }

  private func writeAttributes(_ json: inout World.JSONText) {
    guard let region else {
      json.flag("isMicrosoftProduct", !isThirdParty)
      json.flag("hasConstraints", quantities.upperBound == 300)
      json.flag("isAddon", false)
      json.raw("prerequisiteSkus", "[]")
      json.string("provisioningId", Opaque.guid(of: "provisioning/" + catalogItemID))
      return
    }
    json.string("armRegionName", region.arm)
    json.string("region", region.name)
    json.string("duration", "1Year")
    json.string("category", "General purpose")
    json.string("skuDisplayName", product.name)
  }

  /// The availability as the service prints it.
  func availabilityText(in market: Catalogue.Market) -> String {
    let money = World.Money.all[market.money(for: self)]
    let isSeats = type.id == "OnlineServicesNCE"
    return World.JSONText.object(capacity: 1500) { json in
      json.string("id", availability)
      json.string("productId", id)
      json.string("skuId", sku)
      json.string("catalogItemId", catalogItemID)
      json.object("defaultCurrency") { json in
        json.string("code", money.code)
        json.string("symbol", money.symbol)
      }
      json.string("segment", "commercial")
      json.string("country", market.country)
      json.flag("isPurchasable", true)
      json.flag("isRenewable", isSeats)
      let terms = terms.filter { !$0.duration.isEmpty }
      if isSeats {
        let renewal = World.JSONText.object { json in
          json.strings("applicableTermIds", terms.map { $0.id(in: self) })
          json.raw("renewalOptions", #"[{"renewToId":"\#(id):\#(sku)","isAutoRenewable":true}]"#)
        }
        json.raw("renewalInstructions", World.array([renewal]))
      }
      json.raw("terms", World.array(terms.map { text(of: $0, isFull: isSeats) }))
      json.raw("product", productText(in: market))
      json.object("links") { $0.link("self", market.link("\(id)/skus/\(sku)/availabilities/\(availability)")) }
    }
  }

  private func text(of term: Catalogue.Term, isFull: Bool) -> String {
    World.JSONText.object { json in
      if isFull { json.string("id", term.id(in: self)) }
      json.string("duration", term.duration)
      json.string("description", term.description)
      guard isFull else { return }
      // The sample prints the cycle with a capital here and nowhere else.
      json.string("billingCycle", term.cycle.prefix(1).uppercased() + term.cycle.dropFirst())
      json.raw(
        "cancellationPolicies",
        #"[{"refundOptions":[{"sequenceId":0,"type":"Full","expiresAfter":"P1D"}]}]"#)
    }
  }
}
