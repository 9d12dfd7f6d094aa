import Billing
import Reconciliation

/// The chain of each currency, from the balance down to the lines and to the sum of it all.
struct Chain {
  private let balances: [Currency: [BalanceVerdict]]
  private let invoices: [Currency: [InvoiceVerdict]]
  private let keys: [Currency: [Tallies.Key]]
  private let entries: [Tallies.Key: Tallies.Entry]
  private let documentCurrencies: [InvoiceID: Currency]

  init(_ findings: Findings) {
    balances = Dictionary(grouping: findings.balances, by: \.currency)
    invoices = Dictionary(grouping: findings.invoices, by: \.document.currency)
    entries = findings.tallies.entries
    keys = Dictionary(grouping: findings.tallies.entries.keys, by: \.currency)
    documentCurrencies = Dictionary(
      findings.invoices.map { ($0.document.id, $0.document.currency) }, uniquingKeysWith: { first, _ in first })
  }

  /// The balance, the documents by date, lines that belong to no document of the currency, and the totals.
  func steps(in currency: Currency) -> [ChainStep] {
    let unread = BalanceVerdict(
      currency: currency, balance: nil, details: nil, openDocuments: nil, accountingDate: nil, mismatches: [])
    var steps = (balances[currency] ?? [unread]).map { ChainStep($0) }

    let documents = (invoices[currency] ?? []).sorted { left, right in
      let (first, second) = (left.document, right.document)
      return first.date != second.date ? first.date < second.date : first.id < second.id
    }
    steps += documents.map { invoice in
      ChainStep(invoice, parts: entries[Tallies.Key(invoice: invoice.document.id, currency: currency)])
    }

    let others = (keys[currency] ?? []).filter { documentCurrencies[$0.invoice] != currency }.sorted()
    steps += others.compactMap { key in
      entries[key].map { ChainStep(linesOf: key, parts: $0, documentCurrency: documentCurrencies[key.invoice]) }
    }

    steps.append(ChainStep(totalOf: steps, currency: currency))
    return steps
  }
}
