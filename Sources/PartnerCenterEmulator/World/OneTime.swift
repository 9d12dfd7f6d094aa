extension World.Ledger {
  /// What came of a one-time purchase.
  struct OneTimePurchase {
    let order: Int
    let entitlement: Int?
    let place: Place?
  }

  /// Buys perpetual software: one line, no end, no subscription in the list, an entitlement (§13 of reconciliation.md).
  @discardableResult
  mutating func buyPerpetual(
    _ customer: Int, _ product: World.Product, quantity: Int, on day: World.Day, isBundle: Bool = false
  ) -> OneTimePurchase {
    let money = customers[customer].money
    let price = product.price(money)
    let boughtAt = moment(day)
    let item = World.OrderItem(
      offer: product.offer, name: product.name, quantity: quantity, listPrice: price, price: price)
    let order = order(customer, cycle: "one_time", at: boughtAt, items: [item])
    entitle(order: order, item: 0, product, quantity: quantity, isBundle: isBundle, expiry: nil)
    let line = perpetualLine(
      customer, product, quantity: quantity, price: price, order: spelling(of: order),
      alternate: orders[order].alternateID ?? "", at: boughtAt)
    return OneTimePurchase(order: order, entitlement: entitlements.count - 1, place: post(line))
  }

  /// Buys two kinds of perpetual software in one order.
  mutating func buyTwoPerpetuals(_ customer: Int, quantity: Int, on day: World.Day) {
    let money = customers[customer].money
    let boughtAt = moment(day)
    let products = [World.perpetual[0], World.perpetual[4]]
    let items = products.map { product in
      World.OrderItem(
        offer: product.offer, name: product.name, quantity: quantity, listPrice: product.price(money),
        price: product.price(money))
    }
    let order = order(customer, cycle: "one_time", at: boughtAt, items: items)
    for (number, product) in products.enumerated() {
      entitle(order: order, item: number, product, quantity: quantity, isBundle: false, expiry: nil)
      post(
        perpetualLine(
          customer, product, quantity: quantity, price: product.price(money), order: spelling(of: order),
          alternate: orders[order].alternateID ?? "", at: boughtAt))
    }
  }

  /// Buys perpetual software and gives it back within 30 days: the order's line stands at 0, nothing is entitled.
  mutating func buyAndReturn(
    _ customer: Int, _ product: World.Product, quantity: Int, on day: World.Day, returned: World.Day
  ) {
    let price = product.price(customers[customer].money)
    let boughtAt = moment(day)
    var item = World.OrderItem(
      offer: product.offer, name: product.name, quantity: quantity, listPrice: price, price: price)
    item.quantity = 0
    let order = order(customer, cycle: "one_time", at: boughtAt, items: [item])
    orders[order].status = "cancelled"
    let line = perpetualLine(
      customer, product, quantity: quantity, price: price, order: spelling(of: order),
      alternate: orders[order].alternateID ?? "", at: boughtAt)
    post(line)
    var refund = line
    refund.chargeType = "cancelImmediate"
    refund.effectiveUnitPrice = -price
    refund.subtotal = -line.subtotal
    refund.eventAt = moment(returned)
    refund.reference = random.guid()
    post(refund)
    count(day.civil.month == returned.civil.month ? "cancelled-with-refund" : "refund-next-month")
  }

  mutating func perpetualLine(
    _ customer: Int, _ product: World.Product, quantity: Int, price: World.Exact, order: String, alternate: String,
    at instant: World.Instant, currency: String? = nil
  ) -> World.Line {
    let code = currency ?? World.Money.all[customers[customer].money].code
    return World.Line(
      customer: customer, order: order, alternateOrder: alternate, product: product,
      availability: product.availability, skuName: product.name, chargeType: "new", unitPrice: price,
      effectiveUnitPrice: price, quantity: quantity, billableQuantity: World.Exact(quantity),
      subtotal: (price * World.Exact(quantity)).truncated(2), currency: code, eventAt: instant,
      subscription: random.guid(), subscriptionFrom: instant.day, subscriptionThrough: nil, chargeFrom: instant.day,
      chargeThrough: nil, term: "", frequency: "", reference: random.guid(), pricingCurrency: code)
  }

  /// Buys software for a year: paid once, with a subscription and an entitlement.
  mutating func buySoftwareSubscription(_ customer: Int, _ product: World.Product, quantity: Int, on day: World.Day) {
    let money = customers[customer].money
    let price = product.price(money)
    let boughtAt = moment(day)
    let id = random.guid()
    let through = day.adding(months: 12) + -1
    let item = World.OrderItem(
      offer: product.offer, name: product.name, quantity: quantity, subscription: id, term: "P1Y", listPrice: price,
      price: price)
    let order = order(customer, cycle: "one_time", at: boughtAt, items: [item])
    subscriptions.append(
      World.Subscription(
        customer: customer, id: id, kind: .software, order: orders[order].name, offer: product.offer,
        name: product.name, quantity: quantity, createdAt: boughtAt, commitmentEnd: through, billingCycle: "annual",
        term: "P1Y"))
    entitle(order: order, item: 0, product, quantity: quantity, isBundle: false, expiry: through)
    let code = World.Money.all[money].code
    post(
      World.Line(
        customer: customer, order: spelling(of: order), alternateOrder: orders[order].alternateID ?? "",
        product: product, availability: product.availability, skuName: product.name, chargeType: "new",
        unitPrice: price, effectiveUnitPrice: price, quantity: quantity, billableQuantity: World.Exact(quantity),
        subtotal: (price * World.Exact(quantity)).truncated(2), currency: code, eventAt: boughtAt, subscription: id,
        subscriptionFrom: day, subscriptionThrough: through, chargeFrom: day, chargeThrough: through,
        term: "1 Year Subscription", frequency: "", reference: random.guid(), pricingCurrency: code))
  }

  mutating func entitle(
    order: Int, item: Int, _ product: World.Product, quantity: Int, isBundle: Bool, expiry: World.Day?
  ) {
    if isBundle { count("included-entitlements") }
    entitlements.append(
      World.Entitlement(
        customer: orders[order].customer, order: order, item: item, product: product, quantity: quantity,
        includes: isBundle ? World.included.map { (product: $0.0, sku: $0.1) } : [], expiry: expiry))
  }
}
