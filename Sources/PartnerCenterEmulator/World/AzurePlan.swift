extension World.Ledger {
  /// Opens the customer's Azure plan, once; it costs nothing itself.
  mutating func openAzurePlan(_ customer: Int) -> (order: Int, subscription: Int) {
    if let plan = customers[customer].azurePlan { return plan }
    let openedAt = moment(calendar.day(2023, random.pick(1...12), random.pick(1...28)))
    let id = random.guid()
    let product = World.azurePlan
    let item = World.OrderItem(
      offer: product.offer, name: product.name, quantity: 1, subscription: id, listPrice: .zero, price: .zero)
    let order = order(customer, cycle: "monthly", at: openedAt, items: [item])
    subscriptions.append(
      World.Subscription(
        customer: customer, id: id, kind: .azurePlan, order: orders[order].name, offer: product.offer,
        name: product.name, quantity: 1, createdAt: openedAt, commitmentEnd: nil, billingCycle: "monthly", term: ""))
    let plan = (order: order, subscription: subscriptions.count - 1)
    customers[customer].azurePlan = plan
    return plan
  }

  /// Consumption of every month: so many meters on each invoice, with the days that explain them.
  mutating func consume(_ customer: Int, meters: Int) {
    _ = openAzurePlan(customer)
    for month in World.Slot.months {
      let chosen = random.shuffled(World.meters).prefix(meters)
      for meter in chosen {
        let (line, days) = consumption(customer, meter, month: month)
        if post(line) != nil { usage[World.Slot(month: month, money: customers[customer].money).index] += days }
      }
    }
  }

  /// The monthly line of a meter and its priced days, which agree to less than a cent (S5 of reconciliation.md §7).
  mutating func consumption(
    _ customer: Int, _ meter: World.Meter, month: Int
  ) -> (line: World.Line, days: [World.Usage]) {
    for _ in 0..<40 {
      let days = days(customer, meter, month: month)
      let line = line(customer, meter, month: month, days: days)
      let explained = days.reduce(World.Exact.zero) { $0 + $1.billed }
      if (explained - line.subtotal).magnitude < World.Exact(mantissa: 99, scale: 4) { return (line, days) }
    }
    // One unit at a price without fractions of a cent loses less than a cent on its way.
    return wholeMonth(customer, month: month)
  }

  /// The meter with a price for a whole month: all documented ways of rounding agree.
  mutating func wholeMonth(_ customer: Int, month: Int) -> (line: World.Line, days: [World.Usage]) {
    let slot = World.Slot(month: month, money: customers[customer].money)
    let plan = openAzurePlan(customer)
    var meter = World.monthlyMeter
    meter.micros += random.pick(0...20_000) * 10_000
    let day = World.Usage(
      customer: customer, subscription: subscriptions[plan.subscription].id, meter: meter,
      day: calendar.months[month], quantity: .one, hasEarnedCredit: false, rate: rate(slot), month: month,
      money: slot.money)
    return (line(customer, meter, month: month, days: [day]), [day])
  }

  private mutating func days(_ customer: Int, _ meter: World.Meter, month: Int) -> [World.Usage] {
    let first = calendar.months[month]
    let slot = World.Slot(month: month, money: customers[customer].money)
    let plan = openAzurePlan(customer)
    // 0: no earned credit, 1: on all days, 2: on the first days only (M28).
    let credit = random.pick([0, 1, 1, 2])
    let count = random.pick(2...3)
    return (0..<count).map { number in
      let share = max(1, random.pick(meter.quantities) / count)
      let quantity = World.Exact(mantissa: Int128(share * 10_000 + random.pick(0...9999)), scale: 4)
      return World.Usage(
        customer: customer, subscription: subscriptions[plan.subscription].id, meter: meter,
        day: first + random.pick((number * 9)...(number * 9 + 8)), quantity: quantity,
        hasEarnedCredit: credit == 1 || (credit == 2 && number == 0), rate: rate(slot), month: month,
        money: slot.money)
    }
  }

  /// Cost cut to cents, price per unit = cost ÷ quantity, both cut again in the billing currency: I2, I5.
  private mutating func line(
    _ customer: Int, _ meter: World.Meter, month: Int, days: [World.Usage]
  ) -> World.Line {
    let slot = World.Slot(month: month, money: customers[customer].money)
    let plan = openAzurePlan(customer)
    let quantity = days.reduce(World.Exact.zero) { $0 + $1.quantity }
    let cost = days.reduce(World.Exact.zero) { $0 + $1.cost }.truncated(2)
    let price = cost.dividedTo15Digits(by: quantity)
    let first = calendar.months[month]
    let last = first + (first.daysInMonth - 1)
    let hasCredit = days.contains { $0.hasEarnedCredit }
    return World.Line(
      customer: customer, order: spelling(of: plan.order), alternateOrder: orders[plan.order].alternateID ?? "",
      product: World.azurePlan, availability: World.azurePlan.availability, skuName: World.azurePlan.name,
      chargeType: "new", unitPrice: meter.price, effectiveUnitPrice: price, quantity: 1, billableQuantity: quantity,
      subtotal: ((price * quantity).truncated(2) * rate(slot)).truncated(2),
      currency: World.Money.all[slot.money].code, eventAt: moment(last),
      subscription: subscriptions[plan.subscription].id,
      subscriptionFrom: subscriptions[plan.subscription].createdAt.day, subscriptionThrough: nil, chargeFrom: first,
      chargeThrough: last, term: "", frequency: "", reference: random.guid(),
      adjustments: hasCredit ? ["15.0% Partner earned credit for services managed"] : [], pricingCurrency: "USD",
      rate: rate(slot), meter: meter.text, unit: meter.unit)
  }

  /// A charge which an Azure credit offer takes back on the same invoice (M30).
  mutating func consumeOnCredit(_ customer: Int, month: Int) {
    let (line, days) = wholeMonth(customer, month: month)
    guard post(line) != nil else { return }
    usage[World.Slot(month: month, money: customers[customer].money).index] += days
    post(credit(for: line, reason: "Azure Credit Offer"))
    count("azure-credit-offer")
  }

  /// A credit as large as a charge: negative price, positive quantity.
  mutating func credit(for line: World.Line, reason: String) -> World.Line {
    var credit = line
    credit.chargeType = "customerCredit"
    credit.creditReason = reason
    credit.effectiveUnitPrice = -line.effectiveUnitPrice
    credit.subtotal = -line.subtotal
    credit.reference = random.guid()
    return credit
  }
}
