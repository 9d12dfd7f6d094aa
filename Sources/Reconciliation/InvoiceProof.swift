public import Billing

/// One page of line items as it was fetched: what the proof of an invoice is made from.
public struct PageSum: Sendable {
  public var page: PageID
  /// The earlier page of the set with the same items, if there is one.
  public var repeats: Int?
  public var sums: [Currency: Tally]

  public init(page: PageID, repeats: Int?, sums: [Currency: Tally]) {
    self.page = page
    self.repeats = repeats
    self.sums = sums
  }
}

/// Proves each document's total by its lines: S1 and S8 (reconciliation rules §7.1).
///
/// A residual counts as explained only by something that computes it to the cent on its own: the tax on the total, by a
/// configured rate. No rate is derived from a residual, and the slack of a line never applies to an invoice.
public struct InvoiceProof: Sendable {
  public private(set) var verdicts: [InvoiceVerdict] = []
  public private(set) var mismatches: [Mismatch] = []
  /// Pages served twice whose lines the invoice does not count (catalogue M02).
  public private(set) var surplusPages: [PageID: Mismatch.ID] = [:]

  private let taxOnTotal: [Currency: Amount]
  private let monthLastServed: Month?

  /// - Parameters:
  ///   - documents: every document once, amendments beside what they amend.
  ///   - pages: the pages of all sets; daily usage explains the same money and is left out.
  ///   - fetchedSets: the sets that were fetched to their end.
  ///   - taxOnTotal: rates as fractions, by currency, of countries that tax the total only.
  ///   - monthLastServed: the last month of new commerce that the source of the lines serves; `nil` where it serves all.
  /// - Throws: `ArithmeticError` when sums need more than 38 digits.
  public init(
    documents: [Invoice], pages: [PageSum], fetchedSets: [InvoiceID: Set<LineSet>], taxOnTotal: [Currency: Amount],
    monthLastServed: Month? = nil
  ) throws(ArithmeticError) {
    self.taxOnTotal = taxOnTotal
    self.monthLastServed = monthLastServed
    let pagesByInvoice = Dictionary(grouping: pages.filter { !$0.page.set.isUsage }, by: \.page.invoice)
    for document in documents.sorted(by: { $0.id < $1.id }) {
      try prove(document, pages: (pagesByInvoice[document.id] ?? []).sorted { $0.page < $1.page })
      checkSets(of: document, fetched: fetchedSets[document.id] ?? [])
      checkType(of: document)
    }
  }

  /// What the lines of a document should add up to.
  ///
  /// A voided invoice counts nothing, but lines that are still served for it have to add up to what it printed.
  private func target(of document: Invoice, lines: Tally) -> Amount {
    document.documentType.meaning == .voidNote && lines.count > 0 ? document.totalCharges : document.countedTotal
  }

  private mutating func prove(_ document: Invoice, pages: [PageSum]) throws(ArithmeticError) {
    let currency = document.currency
    let lines = try Self.sum(pages, currency)
    let target = target(of: document, lines: lines)
    var verdict = InvoiceVerdict(
      document: document, lines: lines, taxOnTotal: nil, residual: nil, explanation: "", mismatch: nil)
    guard lines.unknownCount == 0 else {
      verdict.explanation = "\(lines.unknownCount) of its lines print no total"
      return conclude(
        &verdict, mCode: "", expected: target, actual: nil,
        cause: "The invoice cannot be added up: \(lines.unknownCount) of its lines print no total.")
    }

    let plain = try target - lines.total
    verdict.residual = plain
    if plain.isZero {
      verdict.explanation =
        lines.count == 0
        ? "nothing is counted and no line is served"
        : pages.contains { $0.repeats != nil }
          ? "tied by its lines; a page with equal lines came twice and counts twice" : "tied by its lines"
      return verdicts.append(verdict)
    }
    let tax = try taxOnTotal(of: lines, document)
    if let tax {
      verdict.taxOnTotal = tax
      verdict.residual = try plain - tax
      if verdict.residual?.isZero == true {
        verdict.explanation = "tied by its lines and the tax on the total"
        return verdicts.append(verdict)
      }
    }
    let actual = try lines.total + (tax ?? .zero)
    if let surplus = try surplus(in: pages, document, target: target) {
      verdict.explanation = "\(surplus.count == 1 ? "a page was" : "pages were") served twice"
      conclude(
        &verdict, mCode: "M02", expected: target, actual: actual,
        cause:
          "Page \(surplus.map { String($0.page + 1) }.joined(separator: ", ")) of the \(surplus[0].set) lines repeats an "
          + "earlier one; without it the lines give the invoice's total.")
      for page in surplus { surplusPages[page] = verdict.mismatch }
      return
    }
    let (mCode, cause) = reading(of: document, lines: lines, residual: verdict.residual ?? plain, tax: tax)
    verdict.explanation = "not proved"
    conclude(&verdict, mCode: mCode, expected: target, actual: actual, cause: cause)
  }

  /// Where to look: the catalogue's telling signs (§14). They say where to look, not what to accept.
  private func reading(
    of document: Invoice, lines: Tally, residual: Amount, tax: Amount?
  ) -> (mCode: String, cause: String) {
    let more = residual.isPositive
    if lines.count == 0, let monthLastServed, document.month > monthLastServed,
      document.details.contains(where: { $0.provider == "onetime" })
    {
      return (
        "M61",
        "The invoice has no lines behind its total: the synchronous line items serve no month after \(monthLastServed). "
          + "Take them from the export (--line-items auto or export)."
      )
    }
    if lines.count == 0 {
      return ("", "The invoice has no lines behind its total: an empty answer is not “no charges”.")
    }
    if tax != nil {
      return (
        "M09",
        "The lines and the tax on the total add up to \(residual.magnitude) \(more ? "less" : "more") than the invoice."
      )
    }
    if document.invoiceType.meaning == .legacy {
      return (
        "M46",
        "The lines add up to \(residual.magnitude) \(more ? "less" : "more") than the invoice: look for an adjustment on its PDF, "
          + "which legacy lines do not carry."
      )
    }
    if more {
      return (
        "M01",
        "The lines add up to \(residual.magnitude) less than the invoice: a line or a whole page may be missing."
      )
    }
    return ("", "The lines add up to \(residual.magnitude) more than the invoice: look for a credit that has no line.")
  }

  private mutating func conclude(
    _ verdict: inout InvoiceVerdict, mCode: String, expected: Amount, actual: Amount?, cause: String
  ) {
    let mismatch = Mismatch(
      rule: .invoiceTotal, mCode: mCode, cause: cause, subject: Mismatch.Subject(invoice: verdict.document.id),
      expected: expected, actual: actual, currency: verdict.document.currency)
    verdict.mismatch = mismatch.id
    mismatches.append(mismatch)
    verdicts.append(verdict)
  }

  /// Half up of Σ subtotal × rate, where a rate is configured and every line prints a tax of 0 (§7.1, S3).
  private func taxOnTotal(of lines: Tally, _ document: Invoice) throws(ArithmeticError) -> Amount? {
    guard let rate = taxOnTotal[document.currency], lines.count > 0, lines.taxedCount == 0 else { return nil }
    // 24.705 and a tax of 1.235 print as 25.94: the lines, too, show how many digits the currency has here.
    let digits = max(
      Charge.digits(of: document.totalCharges, in: document.currency),
      Charge.digits(of: lines.subtotal, in: document.currency))
    return try Amount.product(lines.subtotal, rate, digits: digits, .halfUp)
  }

  /// The repeated pages without which the lines give the total: all of them, or a single one.
  private func surplus(
    in pages: [PageSum], _ document: Invoice, target: Amount
  ) throws(ArithmeticError) -> [PageID]? {
    let repeated = pages.filter { $0.repeats != nil }.map(\.page)
    guard !repeated.isEmpty else { return nil }
    for dropped in [repeated] + repeated.map({ [$0] }) {
      let lines = try Self.sum(pages.filter { !dropped.contains($0.page) }, document.currency)
      let tax = try taxOnTotal(of: lines, document) ?? .zero
      if lines.total == target { return dropped }
      if try lines.total + tax == target { return dropped }
    }
    return nil
  }

  private static func sum(_ pages: [PageSum], _ currency: Currency) throws(ArithmeticError) -> Tally {
    var sum = Tally()
    for page in pages {
      if let tally = page.sums[currency] { try sum.merge(tally) }
    }
    return sum
  }

  /// S8: what was fetched is what the invoice names.
  ///
  /// Without one of its billing sets no invoice is tied, whatever the rest adds up to, and what does not add up has that
  /// cause: its amounts stand here, and the total hangs beneath.
  private mutating func checkSets(of document: Invoice, fetched: Set<LineSet>) {
    let missing = Set(document.details).subtracting(fetched).sorted()
    guard !missing.isEmpty else { return }
    var mismatch = Mismatch(
      rule: .invoiceSets,
      cause: "The invoice names \(missing.map(\.description).joined(separator: ", ")), which was not fetched.",
      subject: Mismatch.Subject(invoice: document.id), expected: nil, actual: nil, currency: document.currency)
    if missing.contains(where: { !$0.isUsage }), let verdict = verdicts.indices.last {
      if let total = mismatches.indices.last(where: { mismatches[$0].id == verdicts[verdict].mismatch }) {
        mismatch.expected = mismatches[total].expected
        mismatch.actual = mismatches[total].actual
        mismatches[total].parent = mismatch.id
      } else {
        verdicts[verdict].explanation = "not proved: a set of its lines was not fetched"
      }
      verdicts[verdict].mismatch = verdicts[verdict].mismatch ?? mismatch.id
    }
    mismatches.append(mismatch)
  }

  /// How an unknown kind of document counts is not documented; it is added and shown.
  private mutating func checkType(of document: Invoice) {
    guard document.documentType.meaning == .unknown else { return }
    mismatches.append(
      Mismatch(
        rule: .documentUnknown,
        cause: "The document is of the unknown kind “\(document.documentType)”; it was counted like an invoice.",
        subject: Mismatch.Subject(invoice: document.id), expected: nil, actual: document.totalCharges,
        currency: document.currency))
  }
}
