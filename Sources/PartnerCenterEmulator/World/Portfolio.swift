extension World {
  /// A thing a customer may do in this world.
  enum Deed: CaseIterable {
    case monthlySeats, yearlySeats, newSeats, prepaidSeats, moreSeats, fewerSeats, cancelledSeats, upgrade, trial
    case paidTrial, lateRefund, migration, softwareSubscription, perpetual, twoPerpetuals, returnedSoftware
    case reservation, savingsPlan, azurePlan, creditedAzure, licences, growingLicences, legacyAzure, march, telephony
    case monthEndSeats

    /// How often it is drawn when a customer still has lines to fill.
    static let weighted: [Deed] =
      [Deed](repeating: .monthlySeats, count: 6) + [Deed](repeating: .yearlySeats, count: 6)
      + [Deed](repeating: .newSeats, count: 5) + [Deed](repeating: .azurePlan, count: 2)
      + [Deed](repeating: .licences, count: 3) + [
        .prepaidSeats, .moreSeats, .moreSeats, .fewerSeats, .cancelledSeats, .upgrade, .softwareSubscription,
        .perpetual, .perpetual, .reservation, .legacyAzure, .telephony,
      ]
  }
}

extension World.Ledger {
  /// Fills the world with customers' deeds until about so many lines are billed.
  mutating func live(lines target: Int) {
    let count = max(26, target / 25)
    customers = World.customers(count, &random, decoys: &decoys)
    for customer in customers.indices {
      // Every deed happens somewhere even in a small world; two of each three customers run an Azure plan.
      var deeds = [rotation(customer), rotation(customer + World.Deed.allCases.count / 2)]
      if customer % 3 != 2 { deeds.append(.azurePlan) }
      for deed in deeds { act(customer, deed) }
      let quota = (customer + 1) * target / count
      var tries = 0
      while lineCount < quota, tries < 60 {
        act(customer, random.pick(World.Deed.weighted))
        tries += 1
      }
    }
  }

  private func rotation(_ number: Int) -> World.Deed {
    World.Deed.allCases[number % World.Deed.allCases.count]
  }

  private mutating func act(_ customer: Int, _ deed: World.Deed) {
    let hasLegacy = World.Money.legacy.contains(customers[customer].money)
    switch deed {
    case .migration where hasLegacy:
      migrate(customer)
    case .licences where hasLegacy:
      keepLicences(customer, random.pick(World.licenceOffers), quantity: random.pick(1...20), grows: false)
    case .growingLicences where hasLegacy:
      keepLicences(customer, random.pick(World.licenceOffers), quantity: random.pick(1...3), grows: true)
    case .legacyAzure where hasLegacy:
      consumeLegacy(customer, resources: Array(random.shuffled(World.resources).prefix(random.pick(1...2))))
    case .softwareSubscription:
      buySoftwareSubscription(
        customer, random.pick(World.softwareSubscriptions), quantity: random.pick(1...12), on: softwareDay())
    case .perpetual:
      buyPerpetual(
        customer, random.pick(World.perpetual), quantity: random.pick(1...20), on: softwareDay(),
        isBundle: random.chance(40))
    case .twoPerpetuals: buyTwoPerpetuals(customer, quantity: random.pick(2...9), on: dayInWindow())
    case .returnedSoftware: returnSoftware(customer)
    case .reservation:
      reserve(customer, random.pick(World.reservations), quantity: random.pick(1...6), on: dayInWindow())
    case .savingsPlan: buySavingsPlan(customer, on: dayInWindow())
    case .azurePlan: consume(customer, meters: random.pick(1...3))
    case .creditedAzure:
      consume(customer, meters: 1)
      consumeOnCredit(customer, month: random.pick(0...2))
    case .march: orderInMarch(customer)
    default: actOnSeats(customer, deed)
    }
  }

  private mutating func actOnSeats(_ customer: Int, _ deed: World.Deed) {
    let quantity = random.pick(2...60)
    let product = random.pick(World.seats)
    switch deed {
    case .yearlySeats: buySeats(yearlyPlan(customer, product, quantity))
    case .newSeats:
      let term: World.SeatPlan.Term = random.pick([.month, .year, .year, .threeYears])
      buySeats(
        World.SeatPlan(
          customer: customer, product: product, quantity: quantity, bought: dayInWindow(), term: term,
          hasPromotion: random.chance(20)))
    case .prepaidSeats:
      // Some were bought before the window and are not charged in it; some renew in it.
      let bought = random.pick([dayInWindow(), calendar.day(2024, 6, 11), calendar.day(2024, 1, random.pick(1...28))])
      buySeats(
        World.SeatPlan(
          customer: customer, product: product, quantity: quantity, bought: bought, term: .year, isPrepaid: true))
    case .moreSeats: changeSeats(customer, by: random.pick(1...12))
    case .fewerSeats: changeSeats(customer, by: -random.pick(1...4))
    case .cancelledSeats: cancel(customer, bought: dayInWindow(upTo: 20), after: random.pick(1...6))
    case .lateRefund: cancel(customer, bought: calendar.day(2025, 1, 30), after: 3)
    case .upgrade: upgradeSeats(customer)
    case .trial: tryOut(customer, on: dayInWindow(months: 0...1, upTo: 15), quantity: 25, paysOn: nil)
    case .paidTrial:
      let day = dayInWindow()
      tryOut(customer, on: day, quantity: 25, paysOn: day)
    case .telephony:
      buySeats(
        World.SeatPlan(
          customer: customer, product: World.telephony, quantity: quantity, bought: dayInWindow(), term: .year))
    case .monthEndSeats:
      for day in 30...31 {
        for term in [World.SeatPlan.Term.month, .year] {
          buySeats(
            World.SeatPlan(
              customer: customer, product: product, quantity: quantity, bought: calendar.day(2025, 1, day), term: term))
        }
      }
    default: buySeats(monthlyPlan(customer, product, quantity))
    }
  }

  func plan(_ customer: Int, _ product: World.Product, _ quantity: Int, bought: World.Day, _ term: World.SeatPlan.Term)
    -> World.SeatPlan
  {
    World.SeatPlan(customer: customer, product: product, quantity: quantity, bought: bought, term: term)
  }

  /// Seats by the month, bought before the window.
  mutating func monthlyPlan(_ customer: Int, _ product: World.Product, _ quantity: Int) -> World.SeatPlan {
    plan(
      customer, product, quantity, bought: calendar.day(2024, random.pick(3...11), random.pick(1...28)), .month)
  }

  /// A yearly commitment charged by the month; some renew within the window.
  mutating func yearlyPlan(_ customer: Int, _ product: World.Product, _ quantity: Int) -> World.SeatPlan {
    let bought =
      random.chance(25)
      ? calendar.day(2024, random.pick(1...2), random.pick(1...28))
      : calendar.day(2024, random.pick(4...11), random.pick(1...28))
    return plan(customer, product, quantity, bought: bought, .year)
  }

  private mutating func changeSeats(_ customer: Int, by change: Int) {
    var plan = monthlyPlan(customer, random.pick(World.seats), random.pick(5...40))
    if random.chance(50) { plan = yearlyPlan(customer, plan.product, plan.quantity) }
    plan.events = [
      World.SeatEvent(
        day: calendar.day(2025, random.pick(1...2), random.pick(2...27)),
        change: .quantity(to: plan.quantity + change))
    ]
    buySeats(plan)
  }

  private mutating func cancel(_ customer: Int, bought: World.Day, after days: Int) {
    var plan = plan(customer, random.pick(World.seats), random.pick(2...30), bought: bought, .month)
    plan.events = [World.SeatEvent(day: bought + days, change: .cancel, truncatesUnit: random.chance(50))]
    buySeats(plan)
  }

  private mutating func upgradeSeats(_ customer: Int) {
    var plan = monthlyPlan(customer, World.seats[0], random.pick(3...300))
    plan.events = [
      World.SeatEvent(
        day: calendar.day(2025, random.pick(1...2), random.pick(2...27)), change: .upgrade(to: World.seats[2]),
        truncatesUnit: true)
    ]
    buySeats(plan)
  }

  private mutating func returnSoftware(_ customer: Int) {
    let bought = dayInWindow(months: 0...1, upTo: 25)
    buyAndReturn(
      customer, random.pick(World.perpetual), quantity: random.pick(1...6), on: bought,
      returned: bought + random.pick(2...20))
  }

  /// Orders of March: their invoice does not exist yet.
  private mutating func orderInMarch(_ customer: Int) {
    buyPerpetual(customer, random.pick(World.perpetual), quantity: 3, on: calendar.day(2025, 3, random.pick(3...17)))
    buySeats(
      plan(customer, random.pick(World.seats), 7, bought: calendar.day(2025, 3, random.pick(3...17)), .month))
    count("order-of-march")
    count("order-of-march")
    guard decoys["order-of-the-last-minutes"] == nil else { return }
    // Five minutes before the world stands still: the lists do not show it yet (M04).
    let product = World.perpetual[2]
    let price = product.price(customers[customer].money)
    let item = World.OrderItem(
      offer: product.offer, name: product.name, quantity: 2, listPrice: price, price: price)
    _ = order(
      customer, cycle: "one_time", at: World.Instant(seconds: calendar.asOf.seconds - 300), items: [item])
    count("order-of-the-last-minutes")
  }

  mutating func dayInWindow(months: ClosedRange<Int> = 0...2, upTo last: Int = 28) -> World.Day {
    calendar.months[random.pick(months)] + random.pick(0...(last - 1))
  }

  /// Mostly within the window; some software was bought and billed before it.
  private mutating func softwareDay() -> World.Day {
    random.chance(80) ? dayInWindow() : calendar.day(2024, random.pick(5...11), random.pick(1...28))
  }
}
