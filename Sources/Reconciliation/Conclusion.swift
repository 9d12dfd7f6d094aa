public import Billing

/// Puts together what partitions, invoices and balances gave, and hangs consequences beneath their causes.
public struct Conclusion: Sendable {
  private var tallies = Tallies()
  private var mismatches: [Mismatch] = []
  private var places: [Mismatch.ID: Int] = [:]

  public init() {}

  /// Takes over what a partition found. The order of partitions changes nothing.
  public mutating func add(_ result: PartitionResult) throws(ArithmeticError) {
    try tallies.merge(result.tallies)
    for mismatch in result.mismatches { add(mismatch) }
  }

  private mutating func add(_ mismatch: Mismatch) {
    if let place = places[mismatch.id] {
      mismatches[place].add(mismatch)
    } else {
      places[mismatch.id] = mismatches.count
      mismatches.append(mismatch)
    }
  }

  /// The findings of a run.
  ///
  /// - Throws: `ConservationError` when the outcomes do not add up to the lines: our own fault, and nothing may be
  ///   reported.
  public func findings(
    runID: String, asOf: Instant, period: Month, invoices: InvoiceProof, balances: BalanceProof, pages: [PageSum],
    sources: [SourceDifference] = [], usage: [Mismatch] = [], customerCount: Int
  ) throws -> Findings {
    try Conservation.check(tallies, against: pages)
    var whole = self
    for mismatch in invoices.mismatches + balances.mismatches + sources.map(\.mismatch) + usage { whole.add(mismatch) }
    for mismatch in invoices.mismatches where mismatch.rule == .invoiceTotal {
      try whole.hangConsequences(of: mismatch, lines: invoices.verdicts)
    }
    try whole.hangUsage()
    return Findings(
      runID: runID, asOf: asOf, period: period, invoices: invoices.verdicts, balances: balances.verdicts,
      tallies: tallies, mismatches: whole.mismatches.sorted { $0.id < $1.id }, customerCount: customerCount)
  }

  /// A missing line leaves two traces: the invoice's residual and an order or subscription that no line charges. Where what
  /// is unbilled on the invoice makes up the residual, the residual is the cause.
  private mutating func hangConsequences(of cause: Mismatch, lines verdicts: [InvoiceVerdict]) throws(ArithmeticError) {
    guard let invoice = cause.subject.invoice, let place = places[cause.id],
      let verdict = verdicts.first(where: { $0.document.id == invoice })
    else { return }
    let unbilled = unbilled(on: invoice, in: cause.currency)
    // Where no line of the invoice was served, none could charge what is due.
    let foreign = try foreignTotals(on: invoice, besides: cause.currency)
    if verdict.lines.count == 0, foreign.isEmpty, cause.difference?.isPositive == true {
      for index in unbilled { mismatches[index].parent = cause.parent ?? cause.id }
      return
    }
    guard cause.parent == nil else { return }
    if cause.actual == nil {
      // The lines that print no total are the cause, and the invoice the consequence.
      mismatches[place].parent = first {
        $0.rule == .amountMissing && $0.subject.invoice == invoice && $0.currency == cause.currency
      }
      return
    }
    guard let residual = cause.difference else { return }
    // A line in another currency or in none is not added to the rest. Where it is the residual to the cent, the invoice
    // counts it, and its currency is what is wrong.
    if !residual.isZero, foreign.contains(residual) {
      mismatches[place].parent = first { $0.rule == .invoiceCurrency && $0.subject.invoice == invoice }
      return
    }
    guard residual.isPositive else { return }
    let priced = unbilled.filter { mismatches[$0].expected?.isPositive == true }
    for group in [priced] + priced.map({ [$0] }) where !group.isEmpty {
      var due = Amount.zero
      for index in group { due = try due + (mismatches[index].expected ?? .zero) }
      guard try Self.explains(due, residual: residual, verdict: verdict, count: group.count) else { continue }
      for index in group { mismatches[index].parent = cause.id }
      return
    }
  }

  /// Days are compared with charges: where these are wrong themselves, or not all there, that is the cause. What is left
  /// of one invoice hangs together beneath one mismatch.
  private mutating func hangUsage() throws(ArithmeticError) {
    var left: [Mismatch] = []
    for place in mismatches.indices where mismatches[place].rule == .usageTotal {
      let mismatch = mismatches[place]
      guard let cause = cause(ofUsage: mismatch) else {
        left.append(mismatch)
        continue
      }
      mismatches[place].parent = cause
    }
    for (whole, parts) in try UsageTotal.gathered(left) {
      add(whole)
      for part in parts {
        if let place = places[part] { mismatches[place].parent = whole.id }
      }
    }
  }

  private func cause(ofUsage mismatch: Mismatch) -> Mismatch.ID? {
    let causes = mismatches.filter { other in
      guard other.subject.invoice == mismatch.subject.invoice else { return false }
      switch other.rule {
      case .invoiceTotal, .invoiceSets: return true
      case .lineAmount, .invoiceCurrency, .amountMissing:
        return mismatch.subject.subscription.map { $0 == other.subject.subscription } ?? true
      default: return false
      }
    }
    // A line's own fault says more than a total's.
    let first = causes.min { ($0.rule.scope != .line ? 1 : 0, $0.id) < ($1.rule.scope != .line ? 1 : 0, $1.id) }
    return first.map { $0.parent ?? $0.id }
  }

  /// What is due on the invoice and charged by no line, in the order of ids.
  private func unbilled(on invoice: InvoiceID, in currency: Currency) -> [Int] {
    mismatches.indices.filter {
      let mismatch = mismatches[$0]
      return (mismatch.rule == .orderUnbilled || mismatch.rule == .subscriptionUnbilled) && mismatch.parent == nil
        && mismatch.subject.invoice == invoice && mismatch.currency == currency
    }
    .sorted { mismatches[$0].id < mismatches[$1].id }
  }

  /// The mismatch with the smallest id, so that the order in which partitions were added changes nothing.
  private func first(where isWanted: (Mismatch) -> Bool) -> Mismatch.ID? {
    mismatches.lazy.filter(isWanted).map(\.id).min()
  }

  private func foreignTotals(on invoice: InvoiceID, besides currency: Currency) throws(ArithmeticError) -> [Amount] {
    var totals: [Amount] = []
    for (key, entry) in tallies.entries where key.invoice == invoice && key.currency != currency {
      totals.append(try entry.all().total)
    }
    return totals
  }

  /// Whether amounts before tax make up a residual after tax, by the tax the invoice's other lines carry. This only decides
  /// what hangs beneath what; it excuses nothing.
  private static func explains(
    _ due: Amount, residual: Amount, verdict: InvoiceVerdict, count: Int
  ) throws(ArithmeticError) -> Bool {
    if due == residual { return true }
    let lines = verdict.lines
    guard !lines.subtotal.isZero else { return false }
    let taxed = try lines.tax + (verdict.taxOnTotal ?? .zero)
    let tax = try Amount.product(due, taxed, over: lines.subtotal, digits: 2, .truncated)
    let distance = try (try due + tax) - residual
    return distance.magnitude <= (try Amount.product(.cent, Amount(count + 1), digits: 2, .truncated))
  }
}

/// Tied + noted + pending + mismatched = Σ lines, per invoice and currency: checked on every run.
public enum Conservation {
  /// - Throws: `ConservationError` naming the first invoice that does not add up.
  public static func check(_ tallies: Tallies, against pages: [PageSum]) throws {
    var fetched: [Tallies.Key: Tally] = [:]
    for page in pages where !page.page.set.isUsage {
      for (currency, tally) in page.sums {
        try fetched[Tallies.Key(invoice: page.page.invoice, currency: currency), default: Tally()].merge(tally)
      }
    }
    for key in Set(fetched.keys).union(tallies.entries.keys).sorted() {
      let lines = fetched[key] ?? Tally()
      let outcomes = try tallies.entries[key]?.all() ?? Tally()
      guard lines == outcomes else {
        throw ConservationError(
          invoice: key.invoice, currency: key.currency, lineCount: lines.count, outcomeCount: outcomes.count,
          lineTotal: lines.total, outcomeTotal: outcomes.total)
      }
    }
  }
}

/// Lines were lost or counted twice between reading and tying.
public struct ConservationError: Error, Hashable, Sendable, CustomStringConvertible {
  public let invoice: InvoiceID
  public let currency: Currency
  public let lineCount: Int
  public let outcomeCount: Int
  public let lineTotal: Amount
  public let outcomeTotal: Amount

  public var description: String {
    "Invoice \(invoice) has \(lineCount) lines of \(lineTotal) \(currency), but \(outcomeCount) outcomes of "
      + "\(outcomeTotal): no report is written. This is a fault of the program; keep the archive and report it."
  }
}
