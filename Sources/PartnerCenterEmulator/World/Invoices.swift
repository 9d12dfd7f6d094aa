extension World {
  /// An invoice document with what it counts in the balance: contract §9.2.
  struct Invoice {
    let id: String
    let money: Int
    /// `Recurring` or `OneTime`.
    let type: String
    let documentType: String
    let day: Day
    var total: Exact
    var paid = Exact.zero
    /// Payments are printed negative by the page and positive by the samples (M60).
    var printsPaidNegative = false
    /// Provider and type of its line sets, in wire spelling.
    var sets: [(provider: String, type: String)]
    var amendsOf: String?
    var amendments: [Invoice] = []

    /// What the document adds to what is owed: reconciliation.md §3.
    var counted: Exact {
      switch documentType {
      case "void_note": .zero
      case "credit_note": -total.magnitude
      default: total
      }
    }

    /// The document and everything that amends it.
    var family: [Invoice] { [self] + amendments }
  }
}

extension World.Ledger {
  /// All invoices of the world, their totals made from their lines, oldest first.
  mutating func invoices() -> [World.Invoice] {
    var result: [World.Invoice] = []
    for money in World.Money.all.indices {
      for month in World.Slot.months where !lines[World.Slot(month: month, money: money).index].isEmpty {
        result.append(newCommerceInvoice(World.Slot(month: month, money: money)))
      }
    }
    for money in World.Money.legacy {
      for month in World.LegacySlot.months {
        let slot = World.LegacySlot(month: month, money: money)
        if !licences[slot.index].isEmpty || !resources[slot.index].isEmpty { result.append(legacyInvoice(slot)) }
      }
    }
    return result.sorted { ($0.day, $0.id) < ($1.day, $1.id) }
  }

  private mutating func newCommerceInvoice(_ slot: World.Slot) -> World.Invoice {
    let counted = lines[slot.index].filter(\.isInHeader)
    var total = counted.reduce(World.Exact.zero) { $0 + $1.total }
    total += World.Money.all[slot.money].taxOfTotal(counted.reduce(World.Exact.zero) { $0 + $1.subtotal })
    total += headerShifts[slot.index]
    var sets = [(provider: "one_time", type: "billing_line_items")]
    if !usage[slot.index].isEmpty { sets.append((provider: "one_time", type: "usage_line_items")) }
    let day = calendar.months[slot.month].adding(months: 1) + 7
    var invoice = World.Invoice(
      id: invoice(slot), money: slot.money, type: "OneTime", documentType: "invoice", day: day, total: total,
      sets: sets)
    if slot == voided {
      invoice = World.Invoice(
        id: voidedInvoice, money: slot.money, type: "OneTime", documentType: "void_note", day: day,
        total: total + World.Exact(cents: random.pick(50_000...900_000)), sets: [],
        amendments: [
          World.Invoice(
            id: voidedAdjustment, money: slot.money, type: "OneTime", documentType: "adjustment_note", day: day + 1,
            total: total, sets: sets, amendsOf: voidedInvoice)
        ])
    } else if slot == credited, !credits.isEmpty {
      invoice.amendments = [
        World.Invoice(
          id: creditNote, money: slot.money, type: "OneTime", documentType: "credit_note", day: day + 1,
          total: credits.reduce(World.Exact.zero) { $0 + $1.total }.magnitude,
          sets: [(provider: "one_time", type: "billing_line_items")], amendsOf: invoice.id)
      ]
    }
    if slot.month == 0 { pay(&invoice) }
    return invoice
  }

  private mutating func legacyInvoice(_ slot: World.LegacySlot) -> World.Invoice {
    let licenceTotal = licences[slot.index].reduce(World.Exact.zero) { $0 + $1.total }
    let resourceTotal = resources[slot.index].reduce(World.Exact.zero) { $0 + $1.total }
    var sets: [(provider: String, type: String)] = []
    if !licences[slot.index].isEmpty { sets.append((provider: "office", type: "billing_line_items")) }
    if !resources[slot.index].isEmpty {
      sets.append((provider: "azure", type: "billing_line_items"))
      sets.append((provider: "azure", type: "usage_line_items"))
    }
    var invoice = World.Invoice(
      id: invoice(slot), money: slot.money, type: "Recurring", documentType: "invoice", day: calendar.invoiceDay(slot),
      total: licenceTotal + resourceTotal + legacyHeaderShifts[slot.index], sets: sets)
    if slot.month == 0 { pay(&invoice) }
    return invoice
  }

  /// December is paid in full; of a voided invoice its adjustment note is what gets paid.
  private mutating func pay(_ invoice: inout World.Invoice) {
    let isNegative = invoice.money % 2 == 0
    if isNegative { count("paid-amount-negative") }
    if invoice.documentType == "void_note" {
      for index in invoice.amendments.indices {
        invoice.amendments[index].paid = invoice.amendments[index].total
        invoice.amendments[index].printsPaidNegative = isNegative
      }
    } else {
      invoice.paid = invoice.total
      invoice.printsPaidNegative = isNegative
    }
  }

  /// Credits of a service level agreement for the month before (M31), on a credit note of their own.
  mutating func writeCreditNote() {
    let month = credited.month - 1
    let slot = World.Slot(month: month, money: credited.money)
    let victims = lines[slot.index].filter { $0.product.category == .azurePlan && !$0.subtotal.isNegative }.prefix(3)
    for line in victims {
      var credit = credit(for: line, reason: "Service Level Agreement credit")
      credit.eventAt = moment(calendar.months[credited.month])
      credit.tax = World.Money.all[credited.money].taxOfLine(credit.subtotal)
      credit.total = credit.subtotal + credit.tax
      credit.dress = World.Dress()
      credits.append(credit)
    }
  }

  /// An invoice as the service prints it, its amendments inside: contract §9.2.
  func text(of invoice: World.Invoice) -> String {
    let isAmendment = invoice.amendsOf != nil
    let money = World.Money.all[invoice.money]
    let path = "/invoices/\(invoice.type)-\(invoice.id)"
    return World.JSONText.object(capacity: 1200) { json in
      json.string("id", invoice.id)
      json.string("invoiceDate", invoice.day.text + "T01:22:47.603895Z")
      json.exact("totalCharges", invoice.total)
      json.exact("paidAmount", invoice.printsPaidNegative ? -invoice.paid : invoice.paid)
      json.string("currencyCode", money.code)
      json.string("currencySymbol", money.symbol)
      if !isAmendment { json.string("pdfDownloadLink", "/invoices/\(invoice.id)/documents/statement") }
      let details = invoice.sets.map { set in
        World.JSONText.object { json in
          json.string("invoiceLineItemType", set.type)
          json.string("billingProvider", set.provider)
          if !isAmendment {
            json.object("links") { $0.link("self", path + "/lineitems/" + World.pathNames(set)) }
          }
          json.attributes("InvoiceDetail")
        }
      }
      json.raw("invoiceDetails", World.array(details))
      if !invoice.amendments.isEmpty {
        json.raw("amendments", World.array(invoice.amendments.map { text(of: $0) }))
      }
      json.string("documentType", invoice.documentType)
      if let amended = invoice.amendsOf { json.string("amendsOf", amended) }
      json.string("invoiceType", invoice.type)
      if !isAmendment { json.object("links") { $0.link("self", path) } }
      json.attributes("Invoice")
    }
  }
}

extension World {
  /// `OneTime/BillingLineItems`: the old path syntax of contract §9.3.
  static func pathNames(_ set: (provider: String, type: String)) -> String {
    let provider = ["one_time": "OneTime", "office": "Office", "azure": "Azure"][set.provider] ?? set.provider
    return provider + (set.type == "billing_line_items" ? "/BillingLineItems" : "/UsageLineItems")
  }

  static func lineSet(_ invoice: String, _ set: (provider: String, type: String)) -> ServedWorld.LineSet {
    func folded(_ text: String) -> String { text.filter { $0 != "_" } }
    return ServedWorld.LineSet(invoice: invoice, provider: folded(set.provider), lineItemType: folded(set.type))
  }
}
