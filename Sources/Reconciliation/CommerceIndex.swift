import Billing

/// A customer's orders, subscriptions and entitlements, found by the keys that billing lines carry
/// (reconciliation rules §2.1, §2.2).
struct CommerceIndex {
  let partition: Partition
  private var orders: [String: [Int]] = [:]
  private var ordersBySubscription: [SubscriptionID: [Int]] = [:]
  private var subscriptions: [SubscriptionID: Int] = [:]
  /// The customer's Azure subscription of the old commerce; an Azure plan is none.
  private(set) var legacyAzure: Subscription?
  private var subscriptionsByOrder: [String: [Int]] = [:]
  private var subscriptionsByProductOrder: [ReservationOrderID: Int] = [:]
  private var entitlementsByOrder: [String: [Int]] = [:]
  private var entitlementsByReservation: [ReservationOrderID: [Int]] = [:]
  /// What is charged to the customer, credits left out.
  private(set) var chargedItems: Set<CatalogItem> = []
  /// What was charged less what was given back and credited.
  private var balances: [Account: Amount] = [:]
  private var events: [Event: Set<CatalogItem>] = [:]
  private var movedItems: [SubscriptionID: Set<CatalogItem>] = [:]

  /// What the lines of one billing event have in common.
  private struct Event: Hashable {
    let subscription: SubscriptionID
    let type: ChargeType.Meaning
    let start: Day?
  }

  /// A product in one currency: currencies are never added.
  private struct Account: Hashable {
    let item: CatalogItem
    let currency: Currency?
  }

  init(_ partition: Partition) {
    self.partition = partition
    for (index, order) in partition.orders.enumerated() {
      orders[order.id.key, default: []].append(index)
      // Where both ids are equal the order is still one.
      if let other = order.alternateID, other != order.id { orders[other.key, default: []].append(index) }
      for line in order.lines {
        if let subscription = line.subscription { ordersBySubscription[subscription, default: []].append(index) }
      }
    }
    for (index, subscription) in partition.subscriptions.enumerated() {
      subscriptions[subscription.id] = index
      if legacyAzure == nil, subscription.billingType.lowercased() == "usage",
        CatalogItem(offer: subscription.offer) == nil
      {
        legacyAzure = subscription
      }
      if let order = subscription.order { subscriptionsByOrder[order.key, default: []].append(index) }
      if let product = subscription.productOrder { subscriptionsByProductOrder[product] = index }
    }
    for (index, entitlement) in partition.entitlements.enumerated() {
      if let order = entitlement.referenceOrder { entitlementsByOrder[order.key, default: []].append(index) }
      if let order = entitlement.referenceAlternateOrder, order != entitlement.referenceOrder {
        entitlementsByOrder[order.key, default: []].append(index)
      }
      // Several artifacts of one order are one entitlement.
      for order in Set(entitlement.reservations.map(\.order)) {
        entitlementsByReservation[order, default: []].append(index)
      }
    }
    for charge in partition.charges {
      guard let item = charge.catalogItem else { continue }
      let account = Account(item: item, currency: charge.currency)
      // A sum that cannot be formed is no reason to doubt a credit: the line that breaks it is a mismatch of its own.
      if let subtotal = charge.subtotal, let sum = try? balances[account, default: .zero] + subtotal {
        balances[account] = sum
      }
      guard charge.flow != .credit else { continue }
      chargedItems.insert(item)
      guard let id = charge.subscription else { continue }
      events[Event(subscription: id, type: charge.chargeType.meaning, start: charge.chargeStart), default: []]
        .insert(item)
      switch charge.chargeType.meaning {
      case .convert, .moveQuantity: movedItems[id, default: []].insert(item)
      default: break
      }
    }
  }

  /// The order line whose product a charge is another part of: the same subscription, the same event, and a line beside it
  /// that charges the order line itself.
  func companionLine(of order: Int, for charge: Charge) -> Int? {
    guard charge.category == .seats, let item = charge.catalogItem, let id = charge.subscription,
      let beside = events[Event(subscription: id, type: charge.chargeType.meaning, start: charge.chargeStart)]
    else { return nil }
    return partition.orders[order].lines.firstIndex { line in
      guard line.subscription == nil || line.subscription == id, let ordered = line.catalogItem else { return false }
      return ordered.product == item.product && beside.contains(ordered)
    }
  }

  /// Whether the subscription was moved to or from the charge's product in the window (catalogue M20).
  func movedItem(_ charge: Charge) -> Bool {
    guard let item = charge.catalogItem, let id = charge.subscription else { return false }
    return movedItems[id]?.contains(item) == true
  }

  /// Whether the customer is given more for the credit's product than it is charged in the window.
  func isBeyondCharges(_ credit: Charge) -> Bool {
    guard let item = credit.catalogItem else { return false }
    return balances[Account(item: item, currency: credit.currency)]?.isNegative ?? false
  }

  /// The orders that have an id as their long or their short one.
  func orders(named id: OrderID) -> [Int] { orders[id.key] ?? [] }

  /// The order a charge names by its long or short id, in either of its cells.
  ///
  /// Of several orders under one id the one that has the charge's product comes first.
  func order(for charge: Charge) -> Int? {
    var found: Int?
    for id in charge.orders + (charge.alternateOrder.map { [$0] } ?? []) {
      for index in orders[id.key] ?? [] {
        guard let item = charge.catalogItem else { return index }
        if partition.orders[index].lines.contains(where: { $0.catalogItem == item }) { return index }
        found = found ?? index
      }
    }
    return found
  }

  /// The lines of an order that carry the charge's product and SKU: one, or all that cannot be told apart.
  func lines(of order: Int, for charge: Charge) -> [Int] {
    guard let item = charge.catalogItem else { return [] }
    let lines = partition.orders[order].lines
    let same = lines.indices.filter { lines[$0].catalogItem == item }
    guard same.count > 1 else { return same }
    if let availability = charge.availability {
      let offered = same.filter { index in
        let parts = lines[index].offer.split(separator: ":")
        return parts.count == 3 && AvailabilityID(String(parts[2])) == availability
      }
      if offered.count == 1 { return offered }
    }
    let billed = charge.billableQuantity ?? charge.quantity
    let counted = same.filter { lines[$0].quantity == billed }
    return counted.count == 1 ? counted : same
  }

  /// The order line that brought a subscription about.
  func orderAndLine(of subscription: SubscriptionID, item: CatalogItem?) -> (order: Int, line: Int)? {
    for order in ordersBySubscription[subscription] ?? [] {
      let lines = partition.orders[order].lines
      if let line = lines.firstIndex(where: {
        $0.subscription == subscription && (item == nil || $0.catalogItem == item)
      }) {
        return (order, line)
      }
    }
    return nil
  }

  /// Whether an order brought about subscriptions, and none of them is for consumption.
  func isForLicencesOnly(_ order: Int) -> Bool {
    let types = partition.orders[order].lines.compactMap(\.subscription).compactMap { subscription($0)?.billingType }
    return !types.isEmpty && types.allSatisfy { $0.lowercased() == "license" }
  }

  func subscription(_ id: SubscriptionID) -> Subscription? {
    subscriptions[id].map { partition.subscriptions[$0] }
  }

  /// The subscription of a charge: by its id, else by its order and product (§2.1).
  func subscription(for charge: Charge) -> (subscription: Subscription, matchedBy: String)? {
    if let id = charge.subscription, let found = subscription(id) { return (found, "subscription id") }
    guard let item = charge.catalogItem else { return nil }
    var ids = charge.orders + (charge.alternateOrder.map { [$0] } ?? [])
    if let order = order(for: charge).map({ partition.orders[$0] }) {
      ids += [order.id] + (order.alternateID.map { [$0] } ?? [])
    }
    for id in ids {
      for index in subscriptionsByOrder[id.key] ?? [] {
        let subscription = partition.subscriptions[index]
        if CatalogItem(offer: subscription.offer) == item { return (subscription, "order id and product:SKU") }
      }
    }
    return nil
  }

  func subscription(productOrder: ReservationOrderID) -> Subscription? {
    subscriptionsByProductOrder[productOrder].map { partition.subscriptions[$0] }
  }

  func entitlements(reservation: ReservationOrderID) -> [Entitlement] {
    (entitlementsByReservation[reservation] ?? []).map { partition.entitlements[$0] }
  }

  /// The entitlements that order lines brought about, each once: by order id or alternate id and line number; where the
  /// entitlement names no line, by product.
  func entitlements(order: Int, lines: [Int], item: CatalogItem?) -> [Entitlement] {
    let order = partition.orders[order]
    var indices = entitlementsByOrder[order.id.key] ?? []
    if let other = order.alternateID, other != order.id {
      for index in entitlementsByOrder[other.key] ?? [] where !indices.contains(index) { indices.append(index) }
    }
    let numbers = lines.map { order.lines[$0].number }
    return indices.map { partition.entitlements[$0] }.filter { entitlement in
      if let named = entitlement.orderLine { return numbers.contains(named) }
      guard let item else { return false }
      return entitlement.product == item.product && entitlement.sku == item.sku
    }
  }
}
