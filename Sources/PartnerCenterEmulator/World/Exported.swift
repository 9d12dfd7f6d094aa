extension World.Ledger {
  /// What only the other interfaces tell: which months are closed in the synchronous one, and the rates of each month.
  func serveExports(_ served: inout ServedWorld) {
    for month in World.Slot.months {
      let first = calendar.months[month]
      var rates: [String: String] = [:]
      for money in World.Money.all.indices {
        let slot = World.Slot(month: month, money: money)
        rates[World.Money.all[money].code] = rate(slot).text
        guard first > World.newestServed else { continue }
        served.exportOnly.insert(invoice(slot))
        if slot == voided { served.exportOnly.insert(voidedInvoice) }
        if slot == credited { served.exportOnly.insert(creditNote) }
      }
      served.exchangeRates[World.Month(first).digits] = rates
    }
  }
}

extension World {
  /// The newest month whose line items the synchronous interface serves: contract §1, M61 of reconciliation.md §14.
  static let newestServed = Day(2025, 3, 1)
}
