extension World.Ledger {
  private static let taxedByLine = [World.Money.euro, World.Money.pound, World.Money.dollar]

  /// A monthly seat purchase with one undisturbed charge on the invoice, in whole prices.
  private mutating func seatVictim(_ slot: World.Slot) -> (customer: Int, place: Place)? {
    let customer = customer(slot.money)
    // Charged on this invoice only, because the purchase falls in its month and later cycles are not disturbed.
    let bought = buySeats(
      plan(customer, random.pick(World.seats), random.pick(5...40), bought: day(slot), .month))
    return bought.places.first.map { (customer, $0) }
  }

  mutating func plantLineTotal() {
    let slot = slot(Self.taxedByLine)
    guard let (customer, place) = seatVictim(slot) else { return }
    let error = sum()
    self[place].total += error
    key(
      "line-total", customer: customer, slot: slot, amount: -error,
      "subtotal plus tax minus totalForCustomer")
  }

  mutating func plantLineAmount() {
    let slot = slot()
    guard let (customer, place) = seatVictim(slot) else { return }
    let error = sum()
    setSubtotal(self[place].subtotal + error, at: place)
    key(
      "line-amount", customer: customer, slot: slot, amount: -error,
      "documented subtotal minus printed subtotal")
  }

  /// Consumption divided by the rate instead of multiplied (M14).
  mutating func plantWrongRate() {
    let slot = slot([World.Money.euro, World.Money.pound])
    let customer = customer(slot.money)
    let (line, days) = wholeMonth(customer, month: slot.month)
    guard let place = post(line) else { return }
    usage[slot.index] += days
    let right = line.subtotal
    let wrong = line.effectiveUnitPrice.dividedTruncating(by: line.rate, digits: 2)
    setSubtotal(wrong, at: place)
    // The plan's other months need consumption too, or the plan would seem to have ended.
    continuePlan(customer)
    key(
      "line-amount", "M14", customer: customer, slot: slot, amount: right - wrong,
      "documented subtotal minus printed subtotal, which was divided by the rate")
  }

  private mutating func continuePlan(_ customer: Int) {
    let slot = World.Slot(month: 2, money: customers[customer].money)
    let plan = openAzurePlan(customer)
    let id = subscriptions[plan.subscription].id
    guard !lines[slot.index].contains(where: { $0.subscription == id }) else { return }
    let (line, days) = wholeMonth(customer, month: slot.month)
    post(line)
    usage[slot.index] += days
  }

  mutating func plantLegacyAmount() {
    let money = random.pick(World.Money.legacy)
    let customer = customer(money)
    let month = random.pick(0...3)
    let slot = World.LegacySlot(month: month, money: money)
    let error = sum()
    if random.chance(50) {
      consumeLegacy(customer, resources: [World.resources[2]])
      let last = resources[slot.index].count - 1
      resources[slot.index][last].pretax += error
      resources[slot.index][last].tax = World.Money.all[money].taxOfLine(resources[slot.index][last].pretax)
      resources[slot.index][last].total = resources[slot.index][last].pretax + resources[slot.index][last].tax
    } else {
      let (licence, _) = licence(customer, World.licenceOffers[1], quantity: 4)
      for month in World.LegacySlot.months {
        write(licence, World.LegacySlot(month: month, money: money), "Cycle fee", price: licence.price, quantity: 4)
      }
      let last = licences[slot.index].count - 1
      licences[slot.index][last].amount += error
      licences[slot.index][last].subtotal += error
      licences[slot.index][last].tax = World.Money.all[money].taxOfLine(licences[slot.index][last].subtotal)
      licences[slot.index][last].total = licences[slot.index][last].subtotal + licences[slot.index][last].tax
    }
    key(
      "line-amount", customer: customer, invoice: invoice(slot), currency: World.Money.all[money].code,
      amount: -error, "documented pre-tax amount minus printed one, of a legacy line")
  }

  /// A line in another currency than its invoice (M13); the header leaves it out.
  mutating func plantCurrency() {
    let slot = slot(Self.taxedByLine)
    let customer = customer(slot.money)
    let other = slot.money == World.Money.dollar ? World.Money.euro : World.Money.dollar
    let product = random.pick(World.perpetual)
    let quantity = random.pick(1...5)
    let price = product.price(other)
    let code = World.Money.all[other].code
    let boughtAt = moment(day(slot))
    let item = World.OrderItem(
      offer: product.offer, name: product.name, quantity: quantity, listPrice: price, price: price)
    let order = order(customer, cycle: "one_time", at: boughtAt, currency: code, items: [item])
    entitle(order: order, item: 0, product, quantity: quantity, isBundle: false, expiry: nil)
    var line = perpetualLine(
      customer, product, quantity: quantity, price: price, order: orders[order].id,
      alternate: orders[order].alternateID ?? "", at: boughtAt, currency: code)
    line.isInHeader = false
    post(line)
    key(
      "invoice-currency", "M13", customer: customer, invoice: invoice(slot), currency: code,
      amount: -line.subtotal, "minus the subtotal of a line in another currency than its invoice")
  }

  /// One charge printed twice; the header counts both.
  mutating func plantChargedTwice() {
    let slot = slot()
    let customer = customer(slot.money)
    let place: Place?
    if random.chance(50) {
      place = buyPerpetual(customer, random.pick(World.perpetual), quantity: random.pick(1...8), on: day(slot)).place
    } else {
      place =
        buySeats(
          plan(customer, random.pick(World.seats), random.pick(5...40), bought: day(slot), .month)
        ).places.first
    }
    guard let place else { return }
    self[place].twin = nextTwin()
    var copy = self[place]
    copy.reference = random.guid()
    post(copy, slot: slot)
    key(
      "charged-twice", customer: customer, slot: slot, amount: -copy.subtotal,
      "minus the subtotal of the second copy")
  }

  mutating func plantChargeTypeUnknown() {
    let slot = slot()
    let customer = customer(slot.money)
    let bought = buySeats(
      plan(customer, random.pick(World.seats), random.pick(5...40), bought: earlierDay(), .year))
    guard let place = bought.places.first(where: { $0.slot == slot }) else { return }
    self[place].chargeType = "quantumFee"
    key(
      "charge-type-unknown", customer: customer, slot: slot, amount: nil,
      "a charge type nobody documents; the line is right otherwise")
  }
}
