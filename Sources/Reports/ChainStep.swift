import Billing
import Reconciliation

/// One row of the chain balance → summary → invoices → lines. What a kind of row does not have is absent.
struct ChainStep {
  var kind: Kind
  var currency: Currency
  var balance: BalanceVerdict?
  /// The document's id, also where only its lines are of this currency.
  var documentID: InvoiceID?
  var document: Invoice?
  var countedAs = ""
  var countedTotal: Amount?
  var lines: Tally?
  var taxOnTotal: Amount?
  var residual: Amount?
  var parts: Tallies.Entry?
  /// What the figures of the row mean, in words.
  var verdict: String
  var mismatches: [Mismatch.ID] = []
  var isTied = false

  enum Kind: String {
    case balance
    case document
    /// Lines of this currency on a document of another one, or on a document that is not known.
    case otherLines = "other_lines"
    case total
  }
}

extension ChainStep {
  init(_ balance: BalanceVerdict) {
    kind = .balance
    currency = balance.currency
    self.balance = balance
    mismatches = balance.mismatches
    isTied = balance.isTied
    verdict = balance.words
  }

  init(_ invoice: InvoiceVerdict, parts: Tallies.Entry?) {
    kind = .document
    currency = invoice.document.currency
    documentID = invoice.document.id
    document = invoice.document
    countedAs = invoice.document.documentType.meaning.countedAs
    countedTotal = invoice.document.countedTotal
    lines = invoice.lines
    taxOnTotal = invoice.taxOnTotal
    residual = invoice.residual
    // A document without lines has none of each outcome: that is known.
    self.parts = parts ?? Tallies.Entry()
    isTied = invoice.isTied
    verdict = invoice.explanation.isEmpty ? (invoice.isTied ? "proved" : "not proved") : invoice.explanation
    mismatches = invoice.mismatch.map { [$0] } ?? []
  }

  init(linesOf key: Tallies.Key, parts: Tallies.Entry, documentCurrency: Currency?) {
    kind = .otherLines
    currency = key.currency
    documentID = key.invoice
    lines = try? parts.all()
    self.parts = parts
    verdict =
      documentCurrency.map { "Lines in \(key.currency) on a document in \($0): not part of its total." }
      ?? "Lines of a document that is not among those read."
  }

  /// The sums of the steps before it; a sum is absent as soon as a part of it is unknown.
  init(totalOf steps: [ChainStep], currency: Currency) {
    kind = .total
    self.currency = currency
    let documents = steps.filter { $0.kind == .document }
    countedTotal = Self.sum(documents.map(\.countedTotal))
    residual = Self.sum(documents.map(\.residual))
    let taxes = documents.compactMap(\.taxOnTotal)
    taxOnTotal = taxes.isEmpty ? nil : Self.sum(taxes)
    let counted = steps.filter { $0.kind != .balance }
    lines = try? counted.reduce(into: Tally()) { sum, step in
      if let lines = step.lines { try sum.merge(lines) }
    }
    parts = try? counted.reduce(into: Tallies.Entry()) { sum, step in
      for (outcome, tally) in step.parts?.outcomes ?? [:] {
        try sum.outcomes[outcome, default: Tally()].merge(tally)
      }
      for (flow, tally) in step.parts?.flows ?? [:] { try sum.flows[flow, default: Tally()].merge(tally) }
    }
    isTied = documents.allSatisfy(\.isTied)
    let tied = documents.count { $0.isTied }
    verdict = "\(tied) of \(Words.counted(documents.count, "document", "documents")) proved."
  }

  private static func sum(_ amounts: [Amount?]) -> Amount? {
    amounts.reduce(Amount.zero as Amount?) { sum, amount in
      guard let sum, let amount else { return nil }
      return try? sum + amount
    }
  }
}

extension BalanceVerdict {
  /// What the figures of the balance mean.
  fileprivate var words: String {
    guard let balance else {
      return isTied ? "No balance was read in this currency." : "No balance was read, although documents are open."
    }
    if isTied { return "The balance agrees with its parts and with the open documents." }
    if let details, details != balance { return "The balance is not the sum of its parts." }
    if let openDocuments, openDocuments != balance { return "The balance is not the sum of the open documents." }
    return "The balance does not agree: its mismatches say why."
  }
}

extension DocumentType.Meaning {
  /// The reading of the documents' signs, which the contract leaves open (reconciliation rules §3).
  var countedAs: String {
    switch self {
    case .invoice, .adjustmentNote: "added"
    case .creditNote: "deducted"
    case .voidNote: "not counted, its adjustment note replaces it"
    case .unknown: "added, this kind of document is not known"
    }
  }
}
