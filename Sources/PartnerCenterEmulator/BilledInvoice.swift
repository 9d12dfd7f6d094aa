/// The invoice of what carts brought in one month and currency: contract §9.2.
///
/// It stands beside the world's own invoice of that month, which stays as it is.
struct BilledInvoice: Sendable {
  /// The month's first day.
  let month: World.Day
  let money: Int
  let lines: [BilledLine]

  /// `G925030000`: year, month and currency, in numbers no world uses.
  var id: String {
    let (year, number, _) = month.civil
    return "G9\(World.twoDigits(year % 100))\(World.twoDigits(number))000\(money)"
  }

  /// The 8th of the next month, when the seventh has passed (reconciliation.md §11).
  var day: World.Day { Self.day(of: month) }

  var total: World.Exact { lines.reduce(World.Exact.zero) { $0 + $1.total } }

  static func day(of month: World.Day) -> World.Day { month.firstOfMonth(adding: 1) + 7 }

  static func isIssued(_ month: World.Day, at now: Int64) -> Bool {
    World.Instant(day(of: month), second: 0).seconds <= now
  }

  /// The invoices whose day has come, oldest first.
  static func issued(
    of lines: [BilledLine], at now: Int64, _ billing: Emulator.PurchaseBilling
  ) -> [BilledInvoice] {
    struct Slot: Hashable {
      var month: World.Day
      var money: Int
    }
    let slots = Dictionary(grouping: lines) { Slot(month: $0.charge.at.day.firstOfMonth(), money: $0.money) }
    return slots.filter { isIssued($0.key.month, at: now) }
      .map { BilledInvoice(month: $0.month, money: $0.money, lines: BilledLine.billed($1, billing)) }
      .sorted { ($0.month, $0.money) < ($1.month, $1.money) }
  }

  var lineSet: ServedWorld.LineSet { World.lineSet(id, ("one_time", "billing_line_items")) }

  /// The invoice as the service prints it.
  var text: String {
    let path = "/invoices/OneTime-\(id)"
    return World.JSONText.object(capacity: 1200) { json in
      json.string("id", id)
      json.string("invoiceDate", day.midnight)
      json.string("billingPeriodStartDate", month.midnight)
      json.string("billingPeriodEndDate", (month.firstOfMonth(adding: 1) + -1).midnight)
      json.exact("totalCharges", total)
      json.integer("paidAmount", 0)
      json.string("currencyCode", World.Money.all[money].code)
      json.string("currencySymbol", World.Money.all[money].symbol)
      json.string("pdfDownloadLink", "/invoices/\(id)/documents/statement")
      let detail = World.JSONText.object { json in
        json.string("invoiceLineItemType", "billing_line_items")
        json.string("billingProvider", "one_time")
        json.object("links") { $0.link("self", path + "/lineitems/OneTime/BillingLineItems") }
        json.attributes("InvoiceDetail")
      }
      json.raw("invoiceDetails", World.array([detail]))
      json.string("documentType", "invoice")
      json.string("invoiceType", "OneTime")
      json.object("links") { $0.link("self", path) }
      json.attributes("Invoice")
    }
  }
}
