extension World.Ledger {
  /// A line whose order exists nowhere.
  mutating func plantOrderMissing() {
    let slot = slot()
    let customer = customer(slot.money)
    let product = random.pick(World.perpetual)
    let line = perpetualLine(
      customer, product, quantity: random.pick(1...9), price: product.price(slot.money), order: random.orderID(),
      alternate: "", at: moment(day(slot)))
    post(line)
    key(
      "order-missing", customer: customer, slot: slot, amount: -line.subtotal,
      "minus the subtotal of a line whose order does not exist")
  }

  /// A line names an order which holds another product.
  mutating func plantOrderLineMissing() {
    let slot = slot()
    let customer = customer(slot.money)
    let day = day(slot)
    let bought = buyPerpetual(customer, World.perpetual[0], quantity: random.pick(1...9), on: day)
    let product = World.perpetual[random.pick(1...5)]
    let order = orders[bought.order]
    let line = perpetualLine(
      customer, product, quantity: random.pick(1...9), price: product.price(slot.money), order: order.id,
      alternate: order.alternateID ?? "", at: order.createdAt)
    post(line)
    key(
      "order-line-missing", customer: customer, slot: slot, amount: -line.subtotal,
      "minus the subtotal of a line whose order has no such product")
  }

  /// Seats are charged for a subscription that the list leaves out.
  mutating func plantSubscriptionMissing() {
    let money = money()
    let customer = customer(money)
    let bought = buySeats(
      plan(customer, random.pick(World.seats), random.pick(5...40), bought: earlierDay(), .month))
    subscriptions[bought.subscription].isListed = false
    let sum = bought.places.reduce(World.Exact.zero) { $0 + self[$1].subtotal }
    key(
      "subscription-missing", customer: customer, slot: World.Slot(month: 0, money: money), amount: -sum,
      "minus the subtotals of all lines of a subscription that does not exist")
  }

  /// Licence lines whose subscription number nobody knows (M43).
  mutating func plantLicenceUnknown() {
    let money = random.pick(World.Money.legacy)
    let customer = customer(money)
    let offer = World.licenceOffers[3]
    let licence = Licence(
      customer: customer, offer: offer, subscription: random.guid(), orderNumber: "5677350" + random.digits(11),
      platformID: random.platformID(), price: World.Exact(cents: offer.cents[money]))
    let first = random.pick(0...2)
    let quantity = random.pick(1...5)
    for month in first...3 {
      write(
        licence, World.LegacySlot(month: month, money: money), "Cycle fee", price: licence.price, quantity: quantity)
    }
    key(
      "subscription-missing", "M43", customer: customer,
      invoice: invoice(World.LegacySlot(month: first, money: money)), currency: World.Money.all[money].code,
      amount: -(licence.price * World.Exact(quantity * (4 - first))),
      "minus the subtotals of all licence lines of a subscription that does not exist")
  }

  mutating func plantEntitlementMissing() {
    let slot = slot()
    let customer = customer(slot.money)
    let bought =
      random.chance(50)
      ? buyPerpetual(customer, random.pick(World.perpetual), quantity: random.pick(1...9), on: day(slot))
      : reserve(customer, random.pick(World.reservations), quantity: random.pick(1...4), on: day(slot))
    guard let place = bought.place, let entitlement = bought.entitlement else { return }
    entitlements[entitlement].isListed = false
    key(
      "entitlement-missing", customer: customer, slot: slot, amount: -self[place].subtotal,
      "minus the subtotal of a purchase without an entitlement")
  }

  /// Billed 12, ordered and entitled 10, for example.
  mutating func plantQuantityOrdered() {
    let slot = slot()
    let customer = customer(slot.money)
    let ordered = random.pick(6...20)
    let billed = ordered + random.pick(1...4)
    let bought = buyPerpetual(customer, random.pick(World.perpetual), quantity: ordered, on: day(slot))
    guard let place = bought.place else { return }
    let price = self[place].effectiveUnitPrice
    self[place].quantity = billed
    self[place].billableQuantity = World.Exact(billed)
    setSubtotal(price * World.Exact(billed), at: place)
    key(
      "quantity-ordered", customer: customer, slot: slot,
      amount: price * World.Exact(ordered) - self[place].subtotal,
      "price times the quantity ordered minus the subtotal")
  }

  /// Billed and ordered 10, entitled 8, for example.
  mutating func plantQuantityEntitled() {
    let isReservation = random.chance(50)
    // In USD a reservation has no rate, so that the price of eight is certain.
    let slot = isReservation ? slot([World.Money.dollar]) : slot()
    let customer = customer(slot.money)
    let ordered = random.pick(6...20)
    let entitled = ordered - random.pick(1...4)
    let bought =
      isReservation
      ? reserve(customer, random.pick(World.reservations), quantity: ordered, on: day(slot))
      : buyPerpetual(customer, random.pick(World.perpetual), quantity: ordered, on: day(slot))
    guard let place = bought.place, let entitlement = bought.entitlement else { return }
    entitlements[entitlement].quantity = entitled
    key(
      "quantity-entitled", customer: customer, slot: slot,
      amount: self[place].effectiveUnitPrice * World.Exact(entitled) - self[place].subtotal,
      "price times the quantity entitled minus the subtotal")
  }

  /// A completed order that no line charges.
  mutating func plantOrderUnbilled() {
    let slot = slot()
    let customer = customer(slot.money)
    let order: Int
    if random.chance(50) {
      order = buyUnbilled(customer, random.pick(World.perpetual), quantity: random.pick(1...9), on: day(slot))
    } else {
      var plan = plan(customer, random.pick(World.seats), random.pick(5...40), bought: day(slot), .year)
      plan.charged = World.Day(2000, 1, 1)...World.Day(2000, 1, 1)
      order = buySeats(plan).order
    }
    let item = orders[order].items[0]
    key(
      "order-unbilled", customer: customer, slot: slot, amount: item.price * World.Exact(item.quantity),
      "price times quantity of an order which no line charges")
  }

  private mutating func buyUnbilled(
    _ customer: Int, _ product: World.Product, quantity: Int, on day: World.Day
  ) -> Int {
    let price = product.price(customers[customer].money)
    let item = World.OrderItem(
      offer: product.offer, name: product.name, quantity: quantity, listPrice: price, price: price)
    let order = order(customer, cycle: "one_time", at: moment(day), items: [item])
    entitle(order: order, item: 0, product, quantity: quantity, isBundle: false, expiry: nil)
    return order
  }

  /// February's charge of a running subscription is left out.
  mutating func plantSubscriptionUnbilled() {
    let money = money()
    let customer = customer(money)
    let term: World.SeatPlan.Term = random.pick([.month, .year])
    var plan = plan(customer, random.pick(World.seats), random.pick(5...40), bought: earlierDay(), term)
    plan.charged = calendar.firstDay...(calendar.months[2] + -1)
    let bought = buySeats(plan)
    guard let last = bought.places.last else { return }
    key(
      "subscription-unbilled", customer: customer, slot: World.Slot(month: 2, money: money),
      amount: self[last].subtotal, "subtotal of the charge of February which is missing")
  }
}
