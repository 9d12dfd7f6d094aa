extension World.Ledger {
  /// One balance for each currency, in the order of the currencies: contract §9.1, B1–B4 of reconciliation.md §7.3.
  mutating func summaries(_ invoices: [World.Invoice]) -> [String] {
    World.Money.all.indices.compactMap { money in
      let own = invoices.filter { $0.money == money }
      guard !own.isEmpty else { return nil }
      let shift = balanceShifts[money] ?? BalanceShift()
      var details: [(type: String, balance: Balance)] = []
      for type in ["Recurring", "OneTime"] {
        let documents = own.filter { $0.type == type }.flatMap(\.family)
        guard !documents.isEmpty else { continue }
        var balance = balance(documents, isPaymentKnown: type == "OneTime")
        if type == "OneTime" { balance.amount += shift.details }
        details.append((type, balance))
      }
      return text(details, money: money, shift: shift)
    }
  }

  struct Balance {
    var amount: World.Exact
    var first: World.Day
    var latest: World.Day
    /// Nil prints as the sentinel for "no payment".
    var payment: World.Exact?
  }

  private mutating func balance(_ documents: [World.Invoice], isPaymentKnown: Bool) -> Balance {
    let days = documents.map(\.day)
    let paid = documents.reduce(World.Exact.zero) { $0 + $1.paid }
    if !isPaymentKnown || paid.isZero { count("sentinel-payment-date") }
    return Balance(
      amount: documents.reduce(World.Exact.zero) { $0 + $1.counted - $1.paid },
      first: days.min() ?? calendar.firstDay, latest: days.max() ?? calendar.firstDay,
      payment: isPaymentKnown && !paid.isZero ? paid : nil)
  }

  private func text(
    _ details: [(type: String, balance: Balance)], money: Int, shift: BalanceShift
  ) -> String {
    // Details carry a shift of their own already; the sum is off only by what they do not carry.
    let sum = details.reduce(World.Exact.zero) { $0 + $1.balance.amount } + (shift.total - shift.details)
    let top = Balance(
      amount: sum, first: details.map(\.balance.first).min() ?? calendar.firstDay,
      latest: details.map(\.balance.latest).max() ?? calendar.firstDay,
      payment: details.compactMap(\.balance.payment).last)
    return World.JSONText.object(capacity: 1600) { json in
      write(top, money: money, &json)
      let items = details.map { detail in
        World.JSONText.object { json in
          json.string("invoiceType", detail.type)
          json.object("summary") { json in
            write(detail.balance, money: money, &json)
            json.attributes("InvoiceSummary")
          }
        }
      }
      json.raw("details", World.array(items))
      json.object("links") { $0.link("self", "/invoices/summary") }
      json.attributes("InvoiceSummary")
    }
  }

  private func write(_ balance: Balance, money: Int, _ json: inout World.JSONText) {
    json.exact("balanceAmount", balance.amount)
    json.string("currencyCode", World.Money.all[money].code)
    json.string("currencySymbol", World.Money.all[money].symbol)
    json.string("accountingDate", balance.latest.midnightWithoutZone)
    json.string("firstInvoiceCreationDate", balance.first.midnight)
    json.string(
      "lastPaymentDate", balance.payment == nil ? "0001-01-01T00:00:00" : calendar.day(2025, 2, 20).text + "T12:00:00Z")
    json.exact("lastPaymentAmount", balance.payment ?? .zero)
    json.string("latestInvoiceDate", balance.latest.midnightWithoutZone)
  }
}
