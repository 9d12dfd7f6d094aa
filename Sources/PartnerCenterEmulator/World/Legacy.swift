extension World.Ledger {
  /// A legacy subscription with its order: GUIDs, and billed by the platform under ids of its own.
  mutating func openLegacy(
    _ customer: Int, offer: String, name: String, kind: World.Subscription.Kind, quantity: Int, price: World.Exact
  ) -> Int {
    let openedAt = moment(calendar.day(2021, random.pick(1...12), random.pick(1...28)))
    let id = random.guid()
    let order = random.guid()
    orders.append(
      World.Order(
        customer: customer, id: order, alternateID: nil, billingCycle: "monthly", createdAt: openedAt,
        currency: World.Money.all[customers[customer].money].code,
        items: [
          World.OrderItem(
            offer: offer, name: name, quantity: quantity, subscription: id.uppercased(), listPrice: price, price: price)
        ]))
    subscriptions.append(
      World.Subscription(
        customer: customer, id: id, kind: kind, order: order, offer: offer, name: name, quantity: quantity,
        createdAt: openedAt, commitmentEnd: calendar.day(2025, 12, 13), billingCycle: "monthly", term: "",
        azureSubscription: kind == .legacyAzure ? random.guid() : nil))
    return subscriptions.count - 1
  }

  /// What identifies one licence subscription on its lines.
  struct Licence {
    let customer: Int
    let offer: World.LicenceOffer
    let subscription: String
    let orderNumber: String
    let platformID: String
    let price: World.Exact
  }

  mutating func licence(_ customer: Int, _ offer: World.LicenceOffer, quantity: Int) -> (Licence, subscription: Int) {
    let price = World.Exact(cents: offer.cents[customers[customer].money])
    let index = openLegacy(
      customer, offer: offer.durableOffer, name: offer.name, kind: .legacy, quantity: quantity, price: price)
    let licence = Licence(
      customer: customer, offer: offer, subscription: subscriptions[index].id,
      orderNumber: "5677350" + random.digits(11), platformID: random.platformID(), price: price)
    return (licence, index)
  }

  /// Licences of the old commerce: a cycle fee in advance on each invoice, sometimes a second licence in between.
  mutating func keepLicences(_ customer: Int, _ offer: World.LicenceOffer, quantity: Int, grows: Bool) {
    let (licence, index) = licence(customer, offer, quantity: quantity)
    let growth = grows ? 2 : Int.max
    if grows { subscriptions[index].quantity = quantity + 1 }
    for month in World.LegacySlot.months {
      let slot = World.LegacySlot(month: month, money: customers[customer].money)
      if month == growth { growLicences(licence, from: quantity, slot: slot) }
      let count = month >= growth ? quantity + 1 : quantity
      let discount = !grows && random.chance(15) ? World.Exact(cents: 10 * count) : .zero
      write(licence, slot, "Cycle fee", price: licence.price, quantity: count, discount: discount)
    }
  }

  /// One licence more on 1 February: the old count is refunded, both stretches charged again (reconciliation.md §9).
  private mutating func growLicences(_ licence: Licence, from quantity: Int, slot: World.LegacySlot) {
    let day = calendar.day(2025, 2, 1)
    let days = calendar.usageThrough(slot) - calendar.usageFrom(slot) + 1
    let before = day - calendar.usageFrom(slot)
    let span = (calendar.usageFrom(slot), calendar.usageThrough(slot))
    let first = (licence.price * World.Exact(before)).divided(by: World.Exact(days), digits: 2)
    let second = (licence.price * World.Exact(days - before)).divided(by: World.Exact(days), digits: 2)
    write(licence, slot, "Cycle instance prorate", price: -licence.price, quantity: quantity, span: span)
    write(licence, slot, "Cycle instance prorate", price: first, quantity: quantity, span: (span.0, day + -1))
    write(licence, slot, "Cycle instance prorate", price: second, quantity: quantity + 1, span: (day, span.1))
  }

  /// A licence moves to new commerce on 25 January: the rest is refunded on the D invoice, the G invoice charges (M25).
  mutating func migrate(_ customer: Int) {
    let offer = World.licenceOffers[0]
    let (licence, index) = licence(customer, offer, quantity: 1)
    let money = customers[customer].money
    for month in 0...1 {
      write(licence, World.LegacySlot(month: month, money: money), "Cycle fee", price: licence.price, quantity: 1)
    }
    let slot = World.LegacySlot(month: 2, money: money)
    let from = calendar.day(2025, 1, 18)
    let days = calendar.usageThrough(slot) - calendar.usageFrom(slot) + 1
    let daysLeft = calendar.usageThrough(slot) - from + 1
    let rest = (licence.price * World.Exact(daysLeft)).divided(by: World.Exact(days), digits: 2)
    write(licence, slot, "Prorate fees when purchase", price: licence.price, quantity: 1)
    write(licence, slot, "Cancel fee", price: -licence.price, quantity: 1)
    write(
      licence, slot, "Cancel fee", price: -rest, quantity: 1,
      span: (calendar.day(2025, 1, 18), calendar.usageThrough(slot)))
    subscriptions[index].status = "suspended"
    subscriptions[index].renews = false
    buySeats(
      World.SeatPlan(
        customer: customer, product: World.seats[3], quantity: 1, bought: calendar.day(2025, 1, 25), term: .month,
        migratedFrom: subscriptions[index].id))
    count("split-migration")
  }

  mutating func write(
    _ licence: Licence, _ slot: World.LegacySlot, _ type: String, price: World.Exact, quantity: Int,
    discount: World.Exact = .zero, span: (World.Day, World.Day)? = nil
  ) {
    let amount = price * World.Exact(quantity)
    post(
      World.LicenceLine(
        customer: licence.customer, orderNumber: licence.orderNumber, platformID: licence.platformID,
        subscription: licence.subscription, offer: licence.offer, subscriptionFrom: calendar.day(2024, 11, 14),
        subscriptionThrough: calendar.day(2025, 12, 13), chargeFrom: span?.0 ?? calendar.anniversary(slot),
        chargeThrough: span?.1 ?? calendar.licenceThrough(slot), chargeType: type, unitPrice: price, quantity: quantity,
        amount: amount, discount: discount, subtotal: amount - discount, money: slot.money),
      slot: slot)
  }

  /// Azure of the old commerce: consumption in arrears, rounded half up (I8), explained by days without prices.
  mutating func consumeLegacy(_ customer: Int, resources chosen: [World.Resource]) {
    let index = openLegacy(
      customer, offer: "MS-AZR-0145P", name: "Microsoft Azure", kind: .legacyAzure, quantity: 1, price: .zero)
    let orderNumber = "5682979" + random.digits(11)
    for month in World.LegacySlot.months {
      let slot = World.LegacySlot(month: month, money: customers[customer].money)
      for resource in chosen {
        // Next to nothing was stored now and then.
        let isTrace = resource.service == "Storage" && random.chance(25)
        let quantity = isTrace ? World.Exact(mantissa: 882, scale: 6) : World.Exact(random.pick(resource.quantities))
        post(resourceLine(customer, subscriptions[index].id, orderNumber, resource, quantity, slot), slot: slot)
      }
    }
  }

  private mutating func resourceLine(
    _ customer: Int, _ subscription: String, _ orderNumber: String, _ resource: World.Resource,
    _ quantity: World.Exact, _ slot: World.LegacySlot
  ) -> World.ResourceLine {
    let half = (quantity * World.Exact(mantissa: 5, scale: 1))
    let first = calendar.usageFrom(slot) + random.pick(0...12)
    let second = calendar.usageFrom(slot) + random.pick(14...26)
    return World.ResourceLine(
      customer: customer, subscription: subscription, orderNumber: orderNumber, resource: resource, tier: 1,
      quantity: quantity, price: resource.price, chargeFrom: calendar.usageFrom(slot),
      chargeThrough: calendar.usageThrough(slot),
      pretax: (resource.price * quantity).roundedHalfUp(2), days: [(first, half), (second, quantity - half)],
      money: slot.money)
  }
}
