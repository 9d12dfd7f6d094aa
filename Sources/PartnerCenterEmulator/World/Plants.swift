extension World {
  /// Whether errors are planted.
  public enum Plants: Sendable {
    /// A clean world.
    case none
    /// Between 10 and 25 errors, drawn by the seed.
    case drawn
    /// Every kind of error, most of them twice.
    case all
  }

  /// A kind of planted error; one row of the answer key's vocabulary each.
  enum Kind: CaseIterable {
    // Those which decide about an invoice's total choose their invoices first.
    case pageTwice, lineNotServed, adjustmentMissing, taxOfTotal
    case lineTotal, lineAmountSeats, lineAmountRate, lineAmountLegacy, invoiceCurrency
    case orderMissing, orderLineMissing, subscriptionMissing, licenceUnknown, entitlementMissing
    case quantityOrdered, quantityEntitled, chargedTwice, orderUnbilled, subscriptionUnbilled, chargeTypeUnknown
    case balanceDetails, balanceOpenInvoices
  }
}

extension World.Ledger {
  mutating func plant(_ plants: World.Plants) {
    guard plants != .none else { return }
    isPlanting = true
    let kinds = kinds(plants)
    // Reserving invoices comes first, so that no other error lands on a page that is served twice.
    for kind in kinds where kind == .pageTwice { reservePageTwice() }
    for kind in kinds where kind != .pageTwice { plant(kind) }
    isPlanting = false
  }

  private mutating func kinds(_ plants: World.Plants) -> [World.Kind] {
    let all = World.Kind.allCases
    if plants == .all { return all + all }
    let wanted = random.pick(12...24)
    let first = random.shuffled(all).prefix(wanted)
    let again = random.shuffled(all).prefix(max(0, wanted - first.count))
    return Array(first) + Array(again)
  }

  private mutating func plant(_ kind: World.Kind) {
    switch kind {
    case .pageTwice: break
    case .lineNotServed: plantLineNotServed()
    case .adjustmentMissing: plantAdjustmentMissing()
    case .taxOfTotal: plantTaxOfTotal()
    case .lineTotal: plantLineTotal()
    case .lineAmountSeats: plantLineAmount()
    case .lineAmountRate: plantWrongRate()
    case .lineAmountLegacy: plantLegacyAmount()
    case .invoiceCurrency: plantCurrency()
    case .orderMissing: plantOrderMissing()
    case .orderLineMissing: plantOrderLineMissing()
    case .subscriptionMissing: plantSubscriptionMissing()
    case .licenceUnknown: plantLicenceUnknown()
    case .entitlementMissing: plantEntitlementMissing()
    case .quantityOrdered: plantQuantityOrdered()
    case .quantityEntitled: plantQuantityEntitled()
    case .chargedTwice: plantChargedTwice()
    case .orderUnbilled: plantOrderUnbilled()
    case .subscriptionUnbilled: plantSubscriptionUnbilled()
    case .chargeTypeUnknown: plantChargeTypeUnknown()
    case .balanceDetails: plantBalance(detailsToo: false)
    case .balanceOpenInvoices: plantBalance(detailsToo: true)
    }
  }

  // MARK: Choosing victims

  /// The currency whose invoices may serve a page twice: errors over several months keep away from it.
  var pageTwiceMoney: Int {
    voided.money == World.Money.pound ? World.Money.dollar : World.Money.pound
  }

  /// A month and currency for an error on one invoice.
  mutating func slot(_ moneys: [Int] = Array(World.Money.all.indices)) -> World.Slot {
    var slots: [World.Slot] = []
    for month in World.Slot.months {
      slots += moneys.map { World.Slot(month: month, money: $0) }.filter { !pageTwice.contains($0) }
    }
    return random.pick(slots)
  }

  /// A currency for an error over all months.
  mutating func money() -> Int {
    random.pick(World.Money.all.indices.filter { $0 != pageTwiceMoney })
  }

  mutating func customer(_ money: Int) -> Int {
    random.pick(customers.indices.filter { customers[$0].money == money })
  }

  mutating func day(_ slot: World.Slot) -> World.Day {
    dayInWindow(months: slot.month...slot.month)
  }

  /// A day in a month before the window, so that the seats are charged in each of its months.
  mutating func earlierDay() -> World.Day {
    calendar.day(2024, random.pick(5...11), random.pick(1...28))
  }

  /// Between 1.00 and 60.00.
  mutating func sum() -> World.Exact {
    World.Exact(cents: random.pick(100...6000))
  }

  // MARK: The answer key

  mutating func key(
    _ name: String, _ mCode: String = "", customer: Int?, invoice: String, currency: String, amount: World.Exact?,
    _ meaning: String
  ) {
    planted.append(
      AnswerKey.Planted(
        name: name, mCode: mCode, customer: customer.map { customers[$0].id } ?? "", invoice: invoice,
        currency: currency, amount: amount?.text, meaning: meaning))
  }

  mutating func key(
    _ name: String, _ mCode: String = "", customer: Int, slot: World.Slot, amount: World.Exact?, _ meaning: String
  ) {
    key(
      name, mCode, customer: customer, invoice: invoice(slot), currency: World.Money.all[slot.money].code,
      amount: amount, meaning)
  }
}
