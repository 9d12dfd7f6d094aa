import Billing
import Reconciliation
import Testing

/// Findings made by hand: every kind of step, three currencies besides lines without one, and names that bite.
enum Sample {
  static func findings() throws -> Findings {
    var tallies = Tallies()
    for line in try lines() { try tallies.add(line.charge, outcome: line.outcome) }
    return Findings(
      runID: "run-1", asOf: try instant("2025-03-20T00:00:00Z"), period: try #require(Month("2025-02")),
      invoices: try invoices(tallies), balances: try balances(), tallies: tallies, mismatches: try mismatches(),
      customerCount: 25)
  }

  // MARK: Documents

  private static func invoices(_ tallies: Tallies) throws -> [InvoiceVerdict] {
    func verdict(
      _ id: String, _ total: String, _ currency: String, date: String = "2025-03-08T07:00:00Z",
      kind: String = "invoice", type: String = "OneTime", amends: String? = nil, tax: String? = nil,
      residual: String?, _ explanation: String, mismatch: String? = nil
    ) throws -> InvoiceVerdict {
      let document = Invoice(
        id: try #require(InvoiceID(id)), date: try instant(date), totalCharges: try Amount(total),
        currency: try Self.currency(currency), documentType: DocumentType(kind), invoiceType: InvoiceType(type),
        details: [], amendsOf: amends.flatMap { InvoiceID($0) })
      let entry = tallies.entries[.init(invoice: document.id, currency: document.currency)]
      return InvoiceVerdict(
        document: document, lines: try entry?.all() ?? Tally(), taxOnTotal: try tax.map { try Amount($0) },
        residual: try residual.map { try Amount($0) }, explanation: explanation, mismatch: mismatch)
    }

    return [
      try verdict("G000024135", "2076.63", "EUR", residual: "0", "The lines add up to the total."),
      try verdict(
        "G000024130", "586366", "EUR", date: "2025-01-08T07:00:00Z", kind: "void_note", residual: "0",
        "Replaced by its adjustment note."),
      try verdict(
        "G000024131", "107661.12", "EUR", date: "2025-01-09T07:00:00Z", kind: "adjustment_note", amends: "G000024130",
        residual: "107661.12", "No line was read behind it.", mismatch: "T00000000000000A1"),
      try verdict(
        "D030001IDV", "150", "EUR", date: "2025-02-12T00:00:00Z", kind: "Credit Note", type: "Recurring", residual: nil,
        "One line prints no total, so nothing can be said."),
      try verdict(
        "G000024140", "1210", "JPY", tax: "110", residual: "0", "The lines and 10 % tax on the total add up to it."),
      try verdict("G000024141", "17.2199999999999988631316", "KWD", residual: "0", "The lines add up to the total."),
    ]
  }

  private static func balances() throws -> [BalanceVerdict] {
    [
      BalanceVerdict(
        currency: try currency("EUR"), balance: try Amount("751094.39"), details: try Amount("751094.39"),
        openDocuments: try Amount("109587.75"), accountingDate: try instant("2025-03-08T07:00:00Z"),
        mismatches: ["T00000000000000A2"]),
      BalanceVerdict(
        currency: try currency("JPY"), balance: try Amount("1210"), details: try Amount("1210"),
        openDocuments: try Amount("1210"), accountingDate: nil, mismatches: []),
    ]
  }

  // MARK: Lines

  private static func lines() throws -> [(charge: Charge, outcome: Tie.Outcome)] {
    func line(
      _ invoice: String, _ index: Int, _ total: String?, _ currency: String, tax: String = "0",
      term: String = "One-Month commitment for monthly billing", type: String = "new", _ outcome: Tie.Outcome = .tied
    ) throws -> (Charge, Tie.Outcome) {
      let position = LinePosition(
        invoice: try #require(InvoiceID(invoice)), set: LineSet(provider: "OneTime", isUsage: false), page: 0,
        index: index)
      var charge = Charge(position: position, family: .newCommerce)
      charge.termAndBillingCycle = term
      charge.chargeType = ChargeType(type)
      charge.currency = try? Self.currency(currency)
      charge.total = try total.map { try Amount($0) }
      charge.tax = try Amount(tax)
      charge.subtotal = try charge.total.map { try $0 - Amount(tax) }
      return (charge, outcome)
    }

    return [
      try line("G000024135", 0, "470.67", "EUR", tax: "70.67"),
      try line("G000024135", 1, "28.72", "EUR", term: "", .noted),
      try line("G000024135", 2, "1587.24", "EUR", term: "One-Year reservation", .mismatched),
      try line("G000024135", 3, "-10.00", "EUR", type: "customerCredit", .pending),
      try line("D030001IDV", 0, nil, "EUR", .mismatched),
      try line("G000024140", 0, "1100", "JPY"),
      try line("G000024140", 1, "3.5", "EUR", .mismatched),
      try line("G000024141", 0, "17.2199999999999988631316", "KWD"),
      try line("G000099999", 0, "1", "", .mismatched),
    ]
  }

  // MARK: Mismatches

  private static func mismatches() throws -> [Mismatch] {
    func mismatch(
      _ id: String, _ rule: Rule, _ cause: String, mCode: String = "", name: String = "", product: String = "",
      invoice: String? = nil, order: String? = nil, expected: String?, actual: String?, _ currency: String = "EUR",
      count: Int = 1, parent: String? = nil
    ) throws -> Mismatch {
      let subject = Mismatch.Subject(
        customer: name.isEmpty ? nil : CustomerID("org:9060D13D-cb33-4ba7-a1a8-24c4ab9a0e2f"),
        invoice: invoice.flatMap { InvoiceID($0) }, order: order.flatMap { OrderID($0) },
        subscription: order == nil ? nil : SubscriptionID("63f6bc4a-3a6b-4a57-a1a8-24c4ab9a0e2f"))
      var mismatch = Mismatch(
        rule: rule, mCode: mCode, cause: cause, subject: subject, customerName: name, product: product,
        expected: try expected.map { try Amount($0) }, actual: try actual.map { try Amount($0) },
        currency: Currency(currency) ?? .none, count: count, parent: parent)
      mismatch.id = id
      return mismatch
    }

    return [
      try mismatch(
        "T00000000000000B1", .orderMissing, "No order has this id.", mCode: "M05",
        name: "=HYPERLINK(\"http://x\",\"Click\")",
        product: "-10 % Rabatt", invoice: "G000024135", order: "94e858b6d855", expected: "0", actual: "1587.24",
        count: 3),
      try mismatch(
        "T00000000000000B2", .entitlementMissing, "No entitlement stands behind the line.", expected: nil,
        actual: "1587.24", parent: "T00000000000000B1"),
      try mismatch(
        "T00000000000000B3", .quantityEntitled, "The quantity cannot be compared.", expected: nil, actual: nil,
        parent: "T00000000000000B2"),
      try mismatch(
        "T00000000000000A1", .invoiceTotal, "The total is larger than its lines, \"all\" of them.", mCode: "M01",
        invoice: "G000024131", expected: "107661.12", actual: "0"),
      try mismatch(
        "T00000000000000A2", .balanceOpenInvoices, "The balance is not the sum of the open documents.",
        expected: "109587.75", actual: "751094.39"),
      try mismatch(
        "T00000000000000C1", .amountMissing, "The line prints no total.\nAsk for it.",
        name: "Fabrikam & <Söhne> \u{1}🧾",
        invoice: "D030001IDV", expected: nil, actual: nil),
      try mismatch(
        "T00000000000000C2", .invoiceCurrency, "A line in EUR on an invoice in JPY.", mCode: "M13",
        name: "@Contoso, Ltd",
        invoice: "G000024140", expected: nil, actual: "3.5"),
      try mismatch(
        "T00000000000000D1", .lineAmount, "One yen too much.", mCode: "M07", name: "株式会社コントソ", invoice: "G000024140",
        expected: "1099", actual: "1100", "JPY"),
      try mismatch(
        "T00000000000000E1", .lineTotal, "A credit is too small.", expected: "-17.2199999999999988631316",
        actual: "-1.5", "KWD"),
      try mismatch(
        "T00000000000000F1", .documentUnknown, "The line's document is not known.", invoice: "G000099999",
        expected: nil, actual: "1", ""),
    ]
  }

  static func instant(_ text: String) throws -> Instant {
    guard case .instant(let instant) = Instant.reading(text) else { throw Unreadable(text: text) }
    return instant
  }

  static func currency(_ code: String) throws -> Currency {
    guard let currency = Currency(code) else { throw Unreadable(text: code) }
    return currency
  }

  struct Unreadable: Error { var text: String }
}
