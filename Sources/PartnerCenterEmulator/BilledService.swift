extension Service {
  /// Everything that was charged for what carts brought, up to now.
  var boughtLines: [BilledLine] {
    BilledLine.all(of: purchases.everything, until: now, rates: index.world.exchangeRates)
  }

  /// The invoices of what carts brought, as far as their day has come.
  var boughtInvoices: [BilledInvoice] {
    BilledInvoice.issued(of: boughtLines, at: now, configuration.billsPurchases)
  }

  /// An invoice or amendment of the world, or one of what carts brought.
  func anyDocument(_ id: String) -> WorldIndex.Document? {
    if let document = index.document(id) { return document }
    let wanted = id.lowercased()
    return boughtInvoices.first { [$0.id.lowercased(), "onetime-" + $0.id.lowercased()].contains(wanted) }
      .map { WorldIndex.Document(id: $0.id, currency: World.Money.all[$0.money].code, json: $0.text) }
  }

  /// The lines of a set, as they are printed; empty where there is none.
  func anyLines(_ set: ServedWorld.LineSet) -> [String] {
    if let lines = index.world.lines[set] { return lines }
    guard let invoice = boughtInvoices.first(where: { $0.lineSet == set }) else { return [] }
    return texts(of: invoice.lines, invoice: invoice.id)
  }

  /// Whether the month of an invoice is closed in the synchronous interface: contract §1, M61 of reconciliation.md §14.
  func isExportOnly(_ id: String) -> Bool {
    index.world.exportOnly.contains(id) || boughtInvoices.contains { $0.id == id && World.newestServed < $0.month }
  }

  /// The world's summaries with what carts brought, and one for each currency that had none.
  var allSummaries: [String] {
    let invoices = boughtInvoices
    let known = index.world.summaries.map { RawJSON($0)["currencyCode"]?.string ?? "" }
    let other = World.Money.all.indices.filter { !known.contains(World.Money.all[$0].code) }
    return index.world.summaries.map { with(invoices, $0) }
      + other.compactMap { Self.balance(of: invoices, money: $0)?.text }
  }

  /// `GET invoices/summary`.
  var summary: String { with(boughtInvoices, index.world.summary) }

  /// What waits for its invoice: the open month, or the closed one until its invoice is there.
  func waitingLines(_ currency: String, _ period: String) -> [String] {
    let current = World.Instant(seconds: now).day.firstOfMonth()
    let month = period == "current" ? current : current.firstOfMonth(adding: -1)
    guard !BilledInvoice.isIssued(month, at: now) else { return [] }
    let lines = boughtLines.filter {
      $0.charge.at.day.firstOfMonth() == month && World.Money.all[$0.money].code.lowercased() == currency
    }
    return texts(of: lines, invoice: nil)
  }

  private func texts(of lines: [BilledLine], invoice: String?) -> [String] {
    lines.map { line in
      let customer = RawJSON(index.customer(line.purchase.customer) ?? "{}")
      return line.text(invoice: invoice, customer: customer, partner: index.world.partnerTenant)
    }
  }

  private func with(_ invoices: [BilledInvoice], _ text: String) -> String {
    let summary = RawJSON(text)
    let code = summary["currencyCode"]?.string
    guard let money = World.Money.all.firstIndex(where: { $0.code == code }),
      let balance = Self.balance(of: invoices, money: money)
    else { return text }
    return balance.added(to: summary)
  }

  private static func balance(of invoices: [BilledInvoice], money: Int) -> BilledBalance? {
    let own = invoices.filter { $0.money == money }
    return own.isEmpty ? nil : BilledBalance(money: money, invoices: own)
  }
}
