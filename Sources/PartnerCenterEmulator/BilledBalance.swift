/// The balance of one currency with the invoices that carts brought: contract §9.1, B1–B4 of reconciliation.md §7.3.
struct BilledBalance: Sendable {
  let money: Int
  /// Not empty, oldest first, none of them paid.
  let invoices: [BilledInvoice]

  private static let unset = "0001-01-01T00:00:00"

  private var amount: World.Exact { invoices.reduce(World.Exact.zero) { $0 + $1.total } }
  private var first: World.Day { invoices.map(\.day).min() ?? World.Day(1970, 1, 1) }
  private var latest: World.Day { invoices.map(\.day).max() ?? World.Day(1970, 1, 1) }

  /// A summary of the world with these invoices in it; one that cannot be added to stays as it is.
  func added(to summary: RawJSON) -> String {
    var values = values(addedTo: summary)
    guard !values.isEmpty else { return String(summary.text) }
    if let details = summary["details"] {
      var texts: [String] = []
      var isThere = false
      for detail in details.elements {
        let type = detail["invoiceType"]?.string?.lowercased().filter { $0 != "_" }
        guard type == "onetime", let own = detail["summary"] else {
          texts.append(String(detail.text))
          continue
        }
        isThere = true
        texts.append(detail.replacing(["summary": own.replacing(self.values(addedTo: own))]))
      }
      if !isThere { texts.append(detail) }
      values["details"] = World.array(texts)
    }
    return summary.replacing(values)
  }

  /// The summary of a currency that had none.
  var text: String {
    Self.text(money: money) {
      write(&$0)
    } details: {
      [detail]
    }
  }

  /// The summary of a currency in which nothing was billed yet.
  static func nothing(money: Int) -> String {
    text(money: money) {
      write(.zero, first: unset, latest: unset, money: money, &$0)
    } details: {
      []
    }
  }

  private static func text(
    money: Int, _ write: (inout World.JSONText) -> Void, details: () -> [String]
  ) -> String {
    World.JSONText.object(capacity: 1600) { json in
      write(&json)
      json.raw("details", World.array(details()))
      json.object("links") { $0.link("self", "/invoices/summary") }
      json.attributes("InvoiceSummary")
    }
  }

  private var detail: String {
    World.JSONText.object { json in
      json.string("invoiceType", "OneTime")
      json.object("summary") { json in
        write(&json)
        json.attributes("InvoiceSummary")
      }
    }
  }

  /// What changes in a summary, as JSON by name in lower case; nothing where its balance is no plain number.
  private func values(addedTo summary: RawJSON) -> [String: String] {
    guard let balance = summary["balanceAmount"].flatMap({ World.Exact(text: $0.literal) }) else { return [:] }
    var values = [
      "balanceamount": (balance + amount).text, "accountingdate": RawJSON.quoted(latest.midnightWithoutZone),
      "latestinvoicedate": RawJSON.quoted(latest.midnightWithoutZone),
    ]
    if summary["firstInvoiceCreationDate"]?.string?.hasPrefix("0001-01-01") == true {
      values["firstinvoicecreationdate"] = RawJSON.quoted(first.midnight)
    }
    return values
  }

  private func write(_ json: inout World.JSONText) {
    Self.write(amount, first: first.midnight, latest: latest.midnightWithoutZone, money: money, &json)
  }

  private static func write(
    _ amount: World.Exact, first: String, latest: String, money: Int, _ json: inout World.JSONText
  ) {
    json.exact("balanceAmount", amount)
    json.string("currencyCode", World.Money.all[money].code)
    json.string("currencySymbol", World.Money.all[money].symbol)
    json.string("accountingDate", latest)
    json.string("firstInvoiceCreationDate", first)
    json.string("lastPaymentDate", unset)
    json.integer("lastPaymentAmount", 0)
    json.string("latestInvoiceDate", latest)
  }
}
