import Billing
import Logging
import Reconciliation
import Store

/// Ties what is in the database: totals first, then customer by customer, then what crosses customers.
struct TieStage {
  let ledger: Ledger
  let settings: Settings
  let logger: Logger
  let progress: @Sendable (Progress) -> Void

  func run(_ runID: String, period: Month) throws -> Findings {
    let documents = try ledger.documents()
    let sets = try ledger.lineSets()
    let fetchedSets = Dictionary(grouping: sets.map(\.id), by: \.invoice).mapValues { Set($0.map(\.set)) }
    let window = documents.filter { settings.isInWindow($0, period: period) }
    let pages = try ledger.pageSums().map { PageSum(page: $0.id, repeats: $0.repeatOf, sums: $0.tallies) }

    // Totals are proved from page sums alone. They come first, because they tell which of two equal pages is surplus.
    let invoices = try InvoiceProof(
      documents: window, pages: pages, fetchedSets: fetchedSets, taxOnTotal: settings.taxOnTotal,
      monthLastServed: settings.lineItems == .api ? LineItemsChoice.apiLast : nil)
    let engine = Engine(
      facts: Facts(asOf: settings.asOf, documents: window, surplusPages: invoices.surplusPages))

    try ledger.beginTie()
    var conclusion = Conclusion()
    let customers = try ledger.partitions()
    for (index, customer) in customers.enumerated() {
      try Task.checkCancellation()
      let result = try engine.tie(try ledger.partition(of: customer))
      try ledger.save(result: result)
      try conclusion.add(result)
      progress(Progress(stage: .tie, done: index + 1, total: customers.count))
    }
    let usage = try usage(of: window, fetchedSets: fetchedSets, surplusPages: Set(invoices.surplusPages.keys))
    let balances = try BalanceProof(summaries: ledger.summaries(), documents: documents)
    let findings = try conclusion.findings(
      runID: runID, asOf: settings.asOf, period: period, invoices: invoices, balances: balances, pages: pages,
      sources: ledger.sourceDifferences(), usage: usage.mismatches,
      customerCount: customers.count { $0 != nil })
    try ledger.save(findings: findings)
    return findings
  }
  /// What the days say about the consumption charged. A million of them pass through, page by page, and what
  /// they add up to is kept for one invoice at a time.
  private func usage(
    of documents: [Invoice], fetchedSets: [InvoiceID: Set<LineSet>], surplusPages: Set<PageID>
  ) throws -> UsageTotal {
    let repeated = Set(try ledger.usagePageSums().filter { $0.repeatOf != nil }.map(\.id))
    var usage = UsageTotal(repeatedPages: repeated, surplusPages: surplusPages)
    for document in documents {
      try ledger.eachConsumption(of: document.id) { part in
        try Task.checkCancellation()
        try usage.add(part)
      }
      try usage.prove([document], fetchedSets: fetchedSets)
    }
    for (currency, rounding) in usage.roundings.sorted(by: { $0.key < $1.key }) {
      logger.info(
        "daily usage explains consumption, up to what one charge is granted",
        metadata: ["currency": "\(currency)", "charges-minus-days": "\(rounding)"])
    }
    return usage
  }
}
