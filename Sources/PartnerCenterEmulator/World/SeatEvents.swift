extension World.Ledger {
  /// Lets an event happen: the rest of the cycle is refunded at the old count and charged at the new one.
  mutating func happen(
    _ event: World.SeatEvent, to seats: inout Seats, in cycle: World.Cycle, subscription: Int
  ) -> [Place] {
    let instant = moment(event.day)
    let reference = random.guid()
    var places: [Place] = []

    func write(_ type: String, sign: Int, _ ledger: inout Self, _ seats: Seats) {
      var line = ledger.line(seats, type: type, in: cycle, at: instant)
      ledger.prorate(&line, sign: sign, cycle: cycle, from: event.day, truncatesUnit: event.truncatesUnit)
      line.reference = reference
      if let place = ledger.post(line) { places.append(place) }
    }

    switch event.change {
    case .quantity(let quantity):
      let type = quantity > seats.quantity ? "addQuantity" : "removeQuantity"
      write(type, sign: -1, &self, seats)
      seats.quantity = quantity
      write(type, sign: 1, &self, seats)
      subscriptions[subscription].quantity = quantity
      count("wiped-and-recreated-seats")
    case .cancel:
      write("cancelImmediate", sign: -1, &self, seats)
      seats.quantity = 0
      orders[seats.order].items[0].quantity = 0
      orders[seats.order].status = "cancelled"
      subscriptions[subscription].status = random.pick(["suspended", "deleted"])
      subscriptions[subscription].renews = false
      let isLater = instant.day.civil.month != seats.plan.bought.civil.month
      count(isLater ? "refund-next-month" : "cancelled-with-refund")
    case .upgrade(let product):
      write("convert", sign: -1, &self, seats)
      upgrade(&seats, to: product, at: instant)
      write("convert", sign: 1, &self, seats)
      subscriptions[subscription].offer = product.offer
      subscriptions[subscription].name = product.name
      count("upgrade")
    }
    if event.truncatesUnit { count("unit-truncated-price") }
    return places
  }

  /// Both sides of a full upgrade keep the subscription; the new product has an order of its own.
  private mutating func upgrade(_ seats: inout Seats, to product: World.Product, at instant: World.Instant) {
    let price = product.price(seats.plan.money)
    let item = World.OrderItem(
      offer: product.offer, name: product.name, quantity: seats.quantity, subscription: seats.subscription,
      term: seats.plan.term.rawValue, listPrice: price, price: price)
    let order = order(seats.plan.customer, cycle: "monthly", at: instant, items: [item])
    orders[order].transactionType = "Convert"
    seats.order = order
    seats.product = product
    seats.price = price
    seats.unitPrice = price
  }

  /// Price ÷ cycle days × days × quantity, divided once and truncated last (reconciliation.md §6).
  private func prorate(
    _ line: inout World.Line, sign: Int, cycle: World.Cycle, from day: World.Day, truncatesUnit: Bool
  ) {
    let days = World.Exact(cycle.through - day + 1)
    let cycleDays = World.Exact(cycle.days)
    let whole = line.effectiveUnitPrice * days * World.Exact(sign)
    line.chargeFrom = day
    line.effectiveUnitPrice = whole.divided(by: cycleDays, digits: 10)
    line.subtotal =
      truncatesUnit
      ? whole.dividedTruncating(by: cycleDays, digits: 2) * line.billableQuantity
      : (whole * line.billableQuantity).dividedTruncating(by: cycleDays, digits: 2)
  }

  /// A free trial, and what became of it: three lines on the day it turns into a paid subscription.
  mutating func tryOut(_ customer: Int, on day: World.Day, quantity: Int, paysOn conversion: World.Day?) {
    let id = random.guid()
    let startedAt = moment(day)
    let trialItem = World.OrderItem(
      offer: World.trial.offer, name: World.trial.name, quantity: quantity, subscription: id, term: "P1M",
      listPrice: .zero, price: .zero)
    let trialOrder = order(customer, cycle: "none", at: startedAt, items: [trialItem])
    let plan = World.SeatPlan(
      customer: customer, product: World.trial, quantity: quantity, bought: day, term: .month,
      money: customers[customer].money)
    var seats = Seats(
      plan: plan, order: trialOrder, subscription: id, product: World.trial, quantity: quantity, price: .zero,
      unitPrice: .zero, promotion: "")
    let cycle = World.Cycle(
      number: 0, from: day, through: day.adding(months: 1) + -1, termFrom: day,
      termThrough: day.adding(months: 1) + -1)
    postTrial(seats, "new", cycle, startedAt, reference: random.guid())
    guard let conversion else {
      subscriptions.append(
        World.Subscription(
          customer: customer, id: id, kind: .seats, order: orders[trialOrder].name, offer: World.trial.offer,
          name: World.trial.name, quantity: quantity, createdAt: startedAt, commitmentEnd: cycle.through,
          status: "expired", renews: false, isTrial: true, billingCycle: "none", term: "P1M"))
      return
    }
    let convertedAt = World.Instant(conversion, second: 85_500)
    let reference = random.guid()
    postTrial(seats, "convert", cycle, convertedAt, reference: reference)
    let product = World.seats[1]
    let price = product.price(plan.money)
    let item = World.OrderItem(
      offer: product.offer, name: product.name, quantity: quantity, subscription: id, term: "P1M", listPrice: price,
      price: price)
    seats.order = order(customer, cycle: "monthly", at: convertedAt, items: [item])
    orders[seats.order].transactionType = "Convert"
    seats.product = product
    seats.price = price
    seats.unitPrice = price
    let paid = World.SeatPlan(
      customer: customer, product: product, quantity: quantity, bought: conversion, term: .month, money: plan.money)
    let cycles = World.cycles(paid, until: calendar.asOf.day)
    for cycle in cycles where cycle.from <= calendar.lastDay {
      let at = cycle.number == 0 ? convertedAt : moment(cycle.from)
      var line = line(seats, type: cycle.number == 0 ? "convert" : "renew", in: cycle, at: at)
      if cycle.number == 0 { line.reference = reference }
      post(line)
    }
    subscriptions.append(
      World.Subscription(
        customer: customer, id: id, kind: .seats, order: orders[seats.order].name, offer: product.offer,
        name: product.name, quantity: quantity, createdAt: startedAt,
        commitmentEnd: cycles.last?.through, billingCycle: "monthly", term: "P1M"))
    count("trial-converted")
  }

  private mutating func postTrial(
    _ seats: Seats, _ type: String, _ cycle: World.Cycle, _ instant: World.Instant, reference: String
  ) {
    var line = line(seats, type: type, in: cycle, at: instant)
    line.isTrial = true
    line.term = "One-Month commitment for trial"
    line.frequency = ""
    line.adjustments = []
    line.reference = reference
    post(line)
  }
}
