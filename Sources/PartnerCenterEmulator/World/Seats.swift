extension World {
  /// A purchase of seats: what, how many, since when, and by which plan.
  struct SeatPlan {
    enum Term: String {
      case month = "P1M"
      case year = "P1Y"
      case threeYears = "P3Y"

      var months: Int {
        switch self {
        case .month: 1
        case .year: 12
        case .threeYears: 36
        }
      }
    }

    let customer: Int
    let product: Product
    var quantity: Int
    let bought: Day
    let term: Term
    /// The whole term is paid at once.
    var isPrepaid = false
    var hasPromotion = false
    /// Cycles that start on these days are charged, by default those of the window; others happen unseen.
    var charged: ClosedRange<Day>?
    var events: [SeatEvent] = []
    var migratedFrom: String?

    /// What one cycle costs for one seat.
    var unitPrice: Exact {
      let month = product.price(money)
      // A year paid at once is twelve months; a three-year term is only sold by the month here.
      return isPrepaid ? month * Exact(12) : month
    }

    var money = 0
  }

  /// Something that happens to seats in the middle of a cycle: reconciliation.md §9.
  struct SeatEvent {
    enum Change {
      case quantity(to: Int)
      case cancel
      case upgrade(to: Product)
    }

    let day: Day
    let change: Change
    /// Truncates the price of one seat first (M08).
    var truncatesUnit = false
  }

  /// One stretch that one charge pays for, both days included.
  struct Cycle {
    let number: Int
    let from: Day
    let through: Day
    let termFrom: Day
    let termThrough: Day

    /// Days of the calendar month in which the cycle starts: reconciliation.md §4.
    var days: Int { from.daysInMonth }
  }

  /// The cycles of a plan from its purchase until the world's end, by the month-end tables of reconciliation.md §4.
  static func cycles(_ plan: SeatPlan, until end: Day) -> [Cycle] {
    var result: [Cycle] = []
    var from = plan.bought
    var number = 0
    while from <= end {
      let next = cycleStart(plan, number + 1, after: from)
      let perTerm = plan.isPrepaid ? 1 : plan.term.months
      let term = number / perTerm * perTerm
      let isOwnTerm = plan.term == .month || plan.isPrepaid
      let termFrom = isOwnTerm ? from : cycleStart(plan, term, after: from)
      let termNext = isOwnTerm ? next : cycleStart(plan, term + perTerm, after: from)
      result.append(
        Cycle(number: number, from: from, through: next + -1, termFrom: termFrom, termThrough: termNext + -1))
      from = next
      number += 1
    }
    return result
  }

  private static func cycleStart(_ plan: SeatPlan, _ number: Int, after previous: Day) -> Day {
    if plan.isPrepaid { return plan.bought.adding(months: number * plan.term.months) }
    if plan.term == .month { return number == 0 ? plan.bought : previous.adding(months: 1) }
    let anchor = plan.bought.civil.day
    let first = plan.bought.firstOfMonth(adding: number)
    // Bought on the 30th or 31st, a yearly term keeps that distance from the month's end: the table's right column.
    let shortfall = anchor == 31 ? 0 : anchor == 30 ? 1 : max(0, first.daysInMonth - anchor)
    return first + (first.daysInMonth - 1 - shortfall)
  }
}

extension World.Ledger {
  /// What came of a purchase of seats.
  struct SeatPurchase {
    let order: Int
    let subscription: Int
    var places: [Place] = []
  }

  /// Buys seats and writes every charge of the window, with the events between.
  @discardableResult
  mutating func buySeats(_ wanted: World.SeatPlan) -> SeatPurchase {
    var plan = wanted
    plan.money = customers[plan.customer].money
    let cycles = World.cycles(plan, until: calendar.asOf.day)
    let charged = plan.charged ?? calendar.firstDay...calendar.lastDay
    let id = random.guid()
    let boughtAt = moment(plan.bought)
    let promotion = plan.hasPromotion ? "39NFJQT1X27N:0002:39NFJQT1Q5KL" : ""
    let price = plan.hasPromotion ? plan.unitPrice * World.Exact(cents: 90) : plan.unitPrice
    let item = World.OrderItem(
      offer: plan.product.offer, name: plan.product.name, quantity: plan.quantity, subscription: id,
      term: plan.term.rawValue, listPrice: plan.unitPrice, price: price, promotion: promotion)
    let order = order(plan.customer, cycle: plan.isPrepaid ? "annual" : "monthly", at: boughtAt, items: [item])
    subscriptions.append(
      World.Subscription(
        customer: plan.customer, id: id, kind: .seats, order: orders[order].name, offer: plan.product.offer,
        name: plan.product.name, quantity: plan.quantity, createdAt: boughtAt,
        commitmentEnd: cycles.last?.termThrough, billingCycle: plan.isPrepaid ? "annual" : "monthly",
        term: plan.term.rawValue, promotion: promotion, migratedFrom: plan.migratedFrom))
    var purchase = SeatPurchase(order: order, subscription: subscriptions.count - 1)
    var seats = Seats(
      plan: plan, order: order, subscription: id, product: plan.product, quantity: plan.quantity, price: price,
      unitPrice: plan.unitPrice, promotion: promotion)
    for cycle in cycles where seats.quantity > 0 {
      let at = cycle.number == 0 ? boughtAt : moment(cycle.from)
      if charged.contains(cycle.from) { purchase.places += charge(seats, cycle: cycle, at: at) }
      for event in plan.events where cycle.from <= event.day && event.day <= cycle.through {
        purchase.places += happen(event, to: &seats, in: cycle, subscription: purchase.subscription)
      }
    }
    return purchase
  }

  /// The state of a seat subscription between two events.
  struct Seats {
    let plan: World.SeatPlan
    var order: Int
    let subscription: String
    var product: World.Product
    var quantity: Int
    var price: World.Exact
    var unitPrice: World.Exact
    let promotion: String
  }

  private mutating func charge(_ seats: Seats, cycle: World.Cycle, at instant: World.Instant) -> [Place] {
    var line = line(seats, type: chargeType(seats.plan, cycle), in: cycle, at: instant)
    if cycle.number > 0, cycle.termFrom == cycle.from, !isPlanting, random.chance(30) {
      line.availability = seats.product.availabilityLater
      count("another-availability")
    }
    guard seats.product.id == World.telephony.id else { return post(line).map { [$0] } ?? [] }
    // The telephone part is a tenth of the price and has its own line.
    let part = (seats.price * World.Exact(mantissa: 1, scale: 1)).truncated(2)
    var telephone = line
    telephone.skuName = World.telephonyPart
    telephone.meter = "Audio Conferencing"
    telephone.reference = random.guid()
    set(price: part, of: &telephone)
    set(price: seats.price - part, of: &line)
    count("e5-on-two-lines")
    return [post(line), post(telephone)].compactMap { $0 }
  }

  private func set(price: World.Exact, of line: inout World.Line) {
    line.unitPrice = price
    line.effectiveUnitPrice = price
    line.subtotal = (price * line.billableQuantity).truncated(2)
  }

  private func chargeType(_ plan: World.SeatPlan, _ cycle: World.Cycle) -> String {
    if cycle.number == 0 { return "new" }
    return cycle.termFrom == cycle.from ? "renew" : "cycleCharge"
  }

  /// A charge of a whole cycle; events change its days and price.
  mutating func line(
    _ seats: Seats, type: String, in cycle: World.Cycle, at instant: World.Instant
  ) -> World.Line {
    let code = World.Money.all[seats.plan.money].code
    let hasReservation = !isPlanting && random.chance(25)
    let term =
      switch seats.plan.term {
      case .month: "One-Month commitment for monthly billing"
      case .year: "One-Year commitment for monthly/yearly billing"
      case .threeYears: "Three-Year commitment for monthly/yearly billing"
      }
    return World.Line(
      customer: seats.plan.customer, order: spelling(of: seats.order),
      alternateOrder: orders[seats.order].alternateID ?? "", product: seats.product,
      availability: seats.product.availability, skuName: seats.product.name, chargeType: type,
      unitPrice: seats.unitPrice, effectiveUnitPrice: seats.price, quantity: seats.quantity,
      billableQuantity: World.Exact(seats.quantity),
      subtotal: (seats.price * World.Exact(seats.quantity)).truncated(2), currency: code, eventAt: instant,
      subscription: seats.subscription, subscriptionFrom: cycle.termFrom, subscriptionThrough: cycle.termThrough,
      chargeFrom: cycle.from, chargeThrough: cycle.through, term: term,
      frequency: seats.plan.isPrepaid ? "Annual" : "Monthly", reference: random.guid(),
      adjustments: seats.promotion.isEmpty
        ? ["1 month billing", "You are getting a discount for being a partner."]
        : ["You are getting a discount due to a pre-determined override."],
      pricingCurrency: code, reservationOrder: hasReservation ? random.guid() : "", promotion: seats.promotion)
  }
}
