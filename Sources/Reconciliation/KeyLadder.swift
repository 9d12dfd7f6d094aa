import Billing

extension Workbench {
  /// Joins a charge to what it charges for: order, order line, subscription, entitlement (reconciliation rules §2).
  ///
  /// The ladder is climbed from the surest key down, and the first rung that breaks is the cause: what hangs on it is not
  /// asked any more.
  mutating func join(_ index: Int) {
    let charge = partition.charges[index]
    noteSign(of: charge, at: index)
    switch charge.category {
    case .legacyLicence: joinLegacySubscription(index)
    case .legacyAzure: joinLegacyAzure(index)
    case .azurePlan: joinConsumption(index)
    case .thirdParty where charge.flow == .usage: joinConsumption(index)
    case .seats, .thirdParty:
      if joinOrder(index) { requireSubscription(index) }
    case .softwareSubscription, .perpetualSoftware, .reservation:
      if joinOrder(index) { requireEntitlement(index) }
    case .savingsPlan:
      if joinOrder(index) { requireSavingsPlan(index) }
    }
  }

  // MARK: Orders

  /// Whether the charge's order and order line are known, or nothing depends on them.
  private mutating func joinOrder(_ index: Int) -> Bool {
    let charge = partition.charges[index]
    // Credits are given for usage and services, not ordered.
    if charge.flow == .credit {
      joinCredit(index)
      return false
    }
    if let order = commerce.order(for: charge) {
      let lines = commerce.lines(of: order, for: charge)
      if !lines.isEmpty {
        record(index, order: order, lines: lines, matchedBy: "order id and product:SKU")
        return true
      }
      // An E5-like product gives two lines for one order line, and the second may have a SKU of its own (§7.4, O7).
      if let line = commerce.companionLine(of: order, for: charge) {
        record(index, order: order, lines: [line], matchedBy: "order id and product; second part")
        note("the second line of a product that is charged in two parts", on: index)
        return true
      }
      // After an upgrade the subscription has the product, and its first order does not.
      if let found = commerce.subscription(for: charge), sellsItem(found.subscription, charge) {
        ties[index].order = partition.orders[order].id
        ties[index].matchedBy = "order id; product by subscription"
        return true
      }
      // The refund half of an upgrade names the product that was left.
      if charge.isRefund, let id = charge.subscription, commerce.subscription(id) != nil {
        ties[index].order = partition.orders[order].id
        ties[index].matchedBy = "order id; refund by subscription"
        if !commerce.movedItem(charge) { note("a refund of a product that its order does not have", on: index) }
        return true
      }
      reportOrderLineMissing(index, order: order)
      return false
    }
    // Which order id renewals and cycle charges carry is not documented: subscription and product decide (§7.4, O1).
    if charge.chargeType.meaning != .new, let found = commerce.subscription(for: charge) {
      if let place = commerce.orderAndLine(of: found.subscription.id, item: charge.catalogItem) {
        record(index, order: place.order, lines: [place.line], matchedBy: "subscription and product:SKU")
        noteUnknownOrder(of: charge, at: index)
        return true
      }
      if sellsItem(found.subscription, charge) || commerce.movedItem(charge) {
        ties[index].matchedBy = "subscription and product:SKU"
        noteUnknownOrder(of: charge, at: index)
        return true
      }
      if charge.isRefund {
        ties[index].matchedBy = "subscription"
        note("a refund of a product that neither an order nor the subscription has", on: index)
        return true
      }
    }
    if charge.chargeType.meaning == .cycleCharge || charge.chargeType.meaning == .renew, charge.category == .seats,
      let id = charge.subscription, commerce.subscription(id) == nil
    {
      // Without order and subscription one thing is missing, not two.
      return true
    }
    reportOrderMissing(index)
    return false
  }

  private func sellsItem(_ subscription: Subscription, _ charge: Charge) -> Bool {
    // An offer that is not known proves nothing.
    CatalogItem(offer: subscription.offer).map { $0 == charge.catalogItem } ?? false
  }

  private mutating func record(_ index: Int, order: Int, lines: [Int], matchedBy: String) {
    joins[index] = Join(order: order, lines: lines)
    ties[index].order = partition.orders[order].id
    ties[index].orderLine = lines.count == 1 ? partition.orders[order].lines[lines[0]].number : nil
    ties[index].matchedBy = matchedBy
  }

  /// A credit belongs to a charge of the same product (§8). It may come months later, so that the charge is not in the
  /// window; then the customer alone is the join, and that is said. So is a product of which more is credited than charged.
  private mutating func joinCredit(_ index: Int) {
    if let item = partition.charges[index].catalogItem, commerce.chargedItems.contains(item) {
      if commerce.isBeyondCharges(partition.charges[index]) {
        note("more is credited for this product than is charged for it in the window", on: index)
      }
      ties[index].matchedBy = "product:SKU of a charge"
    } else {
      ties[index].matchedBy = "customer"
      note("a credit for nothing that is charged in the window", on: index)
    }
  }

  // MARK: Consumption and legacy

  /// Consumption is charged per meter, so its product is no order line's: the plan's order or subscription is enough.
  ///
  /// The billing platform's subscription id may differ from the portal's for Azure plans (§2.1), so no subscription is
  /// demanded either.
  private mutating func joinConsumption(_ index: Int) {
    let charge = partition.charges[index]
    if charge.flow == .credit { joinCredit(index) }
    if let order = commerce.order(for: charge) {
      ties[index].order = partition.orders[order].id
      ties[index].matchedBy = "order id"
      if charge.category == .azurePlan, commerce.isForLicencesOnly(order) {
        note("consumption under an order of licences", on: index)
      }
    } else if let id = charge.subscription, let found = commerce.subscription(id) {
      ties[index].subscription = found.id
      ties[index].matchedBy = "subscription id"
    } else if charge.flow != .credit {
      reportOrderMissing(index)
    }
  }

  /// A legacy licence joins by its `syndicationPartnerSubscriptionNumber`; its order id joins to nothing (§2.3).
  private mutating func joinLegacySubscription(_ index: Int) {
    let charge = partition.charges[index]
    if let id = charge.subscription, let found = commerce.subscription(id) {
      ties[index].subscription = found.id
      ties[index].matchedBy = "syndication partner subscription number"
      // A subscription that was converted has another offer; its refund still names the old one.
      if let offer = charge.offer, let known = OfferID(found.offer), offer != known, !charge.isRefund {
        note("the line's offer \(offer) is not the subscription's", on: index)
      }
    } else if charge.flow == .credit {
      joinCredit(index)
    } else {
      reportSubscriptionMissing(index, mCode: "M43")
    }
  }

  /// Legacy Azure prints the subscription's id in the API and a platform id in files: where the id is no subscription, the
  /// customer's usage-based subscription is taken and noted (§2.3).
  private mutating func joinLegacyAzure(_ index: Int) {
    let charge = partition.charges[index]
    if let id = charge.subscription, let found = commerce.subscription(id) {
      ties[index].subscription = found.id
      ties[index].matchedBy = "subscription id"
    } else if let usage = commerce.legacyAzure {
      ties[index].subscription = usage.id
      ties[index].matchedBy = "customer"
      note("joined by customer: the line's subscription id is the billing platform's", on: index)
    } else if charge.flow == .credit {
      joinCredit(index)
    } else {
      reportSubscriptionMissing(index)
    }
  }

  // MARK: What a charge pays for

  private mutating func requireSubscription(_ index: Int) {
    let charge = partition.charges[index]
    if let found = commerce.subscription(for: charge) {
      ties[index].subscription = found.subscription.id
      noteEnd(of: found.subscription, charge, at: index)
      if charge.subscription.map({ $0 != found.subscription.id }) == true {
        note("the line's subscription id is not known; the subscription was found by order and product", on: index)
      }
      return
    }
    // A trial that is over leaves lines of 0 behind, and third parties have subscriptions of their own.
    if charge.category == .thirdParty || charge.subtotal?.isZero == true { return }
    reportSubscriptionMissing(index)
  }

  private mutating func requireSavingsPlan(_ index: Int) {
    let charge = partition.charges[index]
    if let product = charge.reservationOrder, let found = commerce.subscription(productOrder: product) {
      ties[index].subscription = found.id
    } else if let found = commerce.subscription(for: charge) {
      ties[index].subscription = found.subscription.id
    } else if !charge.isRefund {
      reportSubscriptionMissing(index)
    }
  }

  /// Refunds and cancelled lines need no entitlement: what was given back is not there any more.
  private mutating func requireEntitlement(_ index: Int) {
    let charge = partition.charges[index]
    guard !charge.isRefund, charge.subtotal?.isZero != true else { return }
    guard let join = joins[index] else {
      // What recurs has its subscription, by which it was joined; what was paid once has nothing to be delivered by.
      if charge.flow == .oneTime { note("no entitlement was looked for: the order line is not known", on: index) }
      return
    }
    let order = partition.orders[join.order]
    guard join.lines.contains(where: { !order.lines[$0].quantity.isZero }) else { return }

    if charge.category == .reservation, let reservation = charge.reservationOrder,
      !commerce.entitlements(reservation: reservation).isEmpty
    {
      ties[index].entitlement = reservation.printed
      return
    }
    if !commerce.entitlements(order: join.order, lines: join.lines, item: charge.catalogItem).isEmpty {
      ties[index].entitlement = order.id.printed
      return
    }
    // Monthly billed software and reservations are recurring: their subscription stands for the entitlement.
    if charge.category != .perpetualSoftware, charge.flow == .recurring, let found = commerce.subscription(for: charge)
    {
      ties[index].subscription = found.subscription.id
      return
    }
    reportEntitlementMissing(index)
  }
}

extension Charge {
  /// Whether the line gives money back. Quantities stay positive on refunds, so the amount tells (§7.1, S7).
  var isRefund: Bool {
    subtotal?.isNegative ?? effectiveUnitPrice?.isNegative ?? false
  }

  /// The quantity with the sign of the money.
  var signedQuantity: Amount? {
    guard let quantity = billableQuantity ?? quantity else { return nil }
    return isRefund ? -quantity.magnitude : quantity
  }
}
