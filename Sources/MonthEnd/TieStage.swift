import Billing
import Reconciliation
import Store

/// Ties what is in the database: totals first, then customer by customer, then what crosses customers.
struct TieStage {
  let ledger: Ledger
  let settings: Settings
  let progress: @Sendable (Progress) -> Void

  func run(_ runID: String, period: Month) throws -> Findings {
    let documents = try ledger.documents()
    let sets = try ledger.lineSets()
    let fetchedSets = Dictionary(grouping: sets.map(\.id), by: \.invoice).mapValues { Set($0.map(\.set)) }
    let window = documents.filter { settings.isInWindow($0, period: period) }
    let pages = try ledger.pageSums().map { PageSum(page: $0.id, repeats: $0.repeatOf, sums: $0.tallies) }

    // Totals are proved from page sums alone. They come first, because they tell which of two equal pages is surplus.
    let invoices = try InvoiceProof(
      documents: window, pages: pages, fetchedSets: fetchedSets, taxOnTotal: settings.taxOnTotal)
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
    let balances = try BalanceProof(summaries: ledger.summaries(), documents: documents)
    let findings = try conclusion.findings(
      runID: runID, asOf: settings.asOf, period: period, invoices: invoices, balances: balances, pages: pages,
      customerCount: customers.count { $0 != nil })
    try ledger.save(findings: findings)
    return findings
  }
}
