extension World.Ledger {
  /// Buys reservations for a year, paid at once, priced in USD: entitlement and artifact carry the reservation order.
  @discardableResult
  mutating func reserve(
    _ customer: Int, _ product: World.Product, quantity: Int, on day: World.Day
  ) -> OneTimePurchase {
    let through = day.adding(months: 12) + -1
    let boughtAt = moment(day)
    let reservation = random.guid()
    let hasPrefix = random.chance(60)
    let bought = buyInDollars(
      customer, product, quantity: quantity, at: boughtAt, through: through, term: "1 Year Reservation",
      reservationOrder: (hasPrefix ? "RIOderId" : "") + reservation, subscription: nil)
    let isDatabase = product.name.contains("SQL")
    entitlements.append(
      World.Entitlement(
        customer: customer, order: bought.order, item: 0, product: product, quantity: quantity,
        reservation: World.Reservation(
          order: reservation, group: random.hexadecimal(32), lineItem: random.guid(), id: random.guid(),
          boughtAt: boughtAt, kind: isDatabase ? "sqldatabases" : "virtualmachines"),
        expiry: through))
    return OneTimePurchase(order: bought.order, entitlement: entitlements.count - 1, place: bought.place)
  }

  /// Buys a savings plan for a year, paid at once; the subscription knows its order, and there is no entitlement.
  mutating func buySavingsPlan(_ customer: Int, on day: World.Day) {
    let through = day.adding(months: 12) + -1
    let boughtAt = moment(day)
    let plan = random.guid()
    let id = random.guid()
    let bought = buyInDollars(
      customer, World.savingsPlan, quantity: 1, at: boughtAt, through: through, term: "1 Year Savings Plan",
      reservationOrder: plan, subscription: id)
    orders[bought.order].items[0].commitment = 5
    subscriptions.append(
      World.Subscription(
        customer: customer, id: id, kind: .savingsPlan, order: orders[bought.order].name,
        offer: World.savingsPlan.offer, name: World.savingsPlan.name, quantity: 1, createdAt: boughtAt,
        commitmentEnd: through, billingCycle: "one_time", term: "P1Y", productOrder: plan))
  }

  private mutating func buyInDollars(
    _ customer: Int, _ product: World.Product, quantity: Int, at instant: World.Instant, through: World.Day,
    term: String, reservationOrder: String, subscription: String?
  ) -> OneTimePurchase {
    let money = customers[customer].money
    let slot = World.Slot(month: calendar.month(of: instant.day) ?? 0, money: money)
    let price = product.price(World.Money.dollar)
    let rate = rate(slot)
    // The commerce side prices in the billing currency.
    let localPrice = (price * rate).truncated(2)
    let item = World.OrderItem(
      offer: product.offer, name: product.name, quantity: quantity, subscription: subscription, term: "P1Y",
      listPrice: localPrice, price: localPrice)
    let order = order(customer, cycle: "one_time", at: instant, items: [item])
    let day = instant.day
    let place = post(
      World.Line(
        customer: customer, order: spelling(of: order), alternateOrder: orders[order].alternateID ?? "",
        product: product, availability: product.availability, skuName: product.name, chargeType: "new",
        unitPrice: price, effectiveUnitPrice: price, quantity: quantity, billableQuantity: World.Exact(quantity),
        subtotal: ((price * World.Exact(quantity)).truncated(2) * rate).truncated(2),
        currency: World.Money.all[money].code, eventAt: instant, subscription: subscription ?? random.guid(),
        subscriptionFrom: day, subscriptionThrough: through, chargeFrom: day, chargeThrough: through, term: term,
        frequency: "", reference: random.guid(), pricingCurrency: "USD", rate: rate,
        reservationOrder: reservationOrder))
    return OneTimePurchase(order: order, entitlement: nil, place: place)
  }
}
