extension World.Ledger {
  /// Keeps an invoice free for a page that is served twice; the page is chosen when the lines have their order.
  mutating func reservePageTwice() {
    let slots = World.Slot.months
      .map { World.Slot(month: $0, money: pageTwiceMoney) }
      .filter { !plantedTotals.contains($0) }
    let slot = random.pick(slots)
    pageTwice.insert(slot)
    plantedTotals.insert(slot)
  }

  /// A consumption line is in the header and missing in the set (M01).
  mutating func plantLineNotServed() {
    let moneys = [World.Money.euro, World.Money.pound, World.Money.dollar]
    guard let slot = freeTotal(moneys) else { return }
    let customer = random.pick(
      customers.indices.filter { customers[$0].money == slot.money && customers[$0].azurePlan != nil })
    let line = consumption(customer, World.meters[0], month: slot.month).line
    let total = line.subtotal + World.Money.all[slot.money].taxOfLine(line.subtotal)
    headerShifts[slot.index] += total
    key(
      "invoice-total", "M01", customer: nil, invoice: invoice(slot), currency: World.Money.all[slot.money].code,
      amount: total, "totalForCustomer of a line which the header counts and the set does not serve")
  }

  /// An adjustment that the legacy lines do not show lowers the header (M46).
  mutating func plantAdjustmentMissing() {
    var slots: [World.LegacySlot] = []
    for month in World.LegacySlot.months {
      slots += World.Money.legacy.map { World.LegacySlot(month: month, money: $0) }
    }
    slots.removeAll { plantedLegacyTotals.contains($0) }
    guard !slots.isEmpty else { return }
    let slot = random.pick(slots)
    plantedLegacyTotals.insert(slot)
    let adjustment = sum()
    legacyHeaderShifts[slot.index] += -adjustment
    key(
      "invoice-total", "M46", customer: nil, invoice: invoice(slot), currency: World.Money.all[slot.money].code,
      amount: -adjustment, "header minus the sum of the lines: an adjustment without a line")
  }

  /// The tax on the invoice total is wrong (M09).
  mutating func plantTaxOfTotal() {
    guard let slot = freeTotal([World.Money.australianDollar]) else { return }
    let error = random.chance(50) ? sum() : -sum()
    headerShifts[slot.index] += error
    key(
      "invoice-total", "M09", customer: nil, invoice: invoice(slot), currency: World.Money.all[slot.money].code,
      amount: error, "header minus (sum of subtotals plus ten percent of it, rounded half up)")
  }

  private mutating func freeTotal(_ moneys: [Int]) -> World.Slot? {
    var slots: [World.Slot] = []
    for month in World.Slot.months {
      slots += moneys.map { World.Slot(month: month, money: $0) }
    }
    slots.removeAll { plantedTotals.contains($0) || $0 == voided || $0 == credited }
    guard !slots.isEmpty else { return nil }
    let slot = random.pick(slots)
    plantedTotals.insert(slot)
    return slot
  }

  /// Shifts a balance of a currency that no other planted error shifts.
  mutating func plantBalance(detailsToo: Bool) {
    let moneys = World.Money.all.indices.filter { balanceShifts[$0] == nil }
    guard !moneys.isEmpty else { return }
    let money = random.pick(Array(moneys))
    let shift = sum()
    balanceShifts[money] = BalanceShift(details: detailsToo ? shift : .zero, total: shift)
    key(
      detailsToo ? "balance-open-invoices" : "balance-details", customer: nil, invoice: "",
      currency: World.Money.all[money].code, amount: -shift,
      detailsToo ? "sum over the open invoices minus the balance" : "sum of the details minus the balance")
  }
}
