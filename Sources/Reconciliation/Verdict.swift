public import Billing

/// Whether one document's total is proved by its lines: S1 (reconciliation rules §7.1).
public struct InvoiceVerdict: Hashable, Sendable {
  /// The document, without its amendments: those have verdicts of their own.
  public var document: Invoice
  /// What was fetched of its billing sets, in the document's currency.
  public var lines: Tally
  /// Tax that the country puts on the total only, computed by the configured rate; `nil` where none is configured or the
  /// lines carry their own.
  public var taxOnTotal: Amount?
  /// Printed total − (Σ lines + tax on the total); `nil` where a line prints no total. Zero is proved.
  public var residual: Amount?
  /// How the total is proved, or why it is not, in words.
  public var explanation: String
  public var mismatch: Mismatch.ID?

  public init(
    document: Invoice, lines: Tally, taxOnTotal: Amount?, residual: Amount?, explanation: String,
    mismatch: Mismatch.ID?
  ) {
    self.document = document
    self.lines = lines
    self.taxOnTotal = taxOnTotal
    self.residual = residual
    self.explanation = explanation
    self.mismatch = mismatch
  }

  public var isTied: Bool { mismatch == nil && residual?.isZero == true }
}

/// Whether the account balance of one currency agrees with its parts and with the open documents: B1–B4 (§7.3).
public struct BalanceVerdict: Hashable, Sendable {
  public var currency: Currency
  /// As the summary prints it; `nil` where the service gave no summary of the currency.
  public var balance: Amount?
  /// Σ details of the summary.
  public var details: Amount?
  /// Σ over documents of counted total − |paid|.
  public var openDocuments: Amount?
  public var accountingDate: Instant?
  public var mismatches: [Mismatch.ID]

  public init(
    currency: Currency, balance: Amount?, details: Amount?, openDocuments: Amount?, accountingDate: Instant?,
    mismatches: [Mismatch.ID]
  ) {
    self.currency = currency
    self.balance = balance
    self.details = details
    self.openDocuments = openDocuments
    self.accountingDate = accountingDate
    self.mismatches = mismatches
  }

  public var isTied: Bool { mismatches.isEmpty }
}

/// All that a run found: what the reports are made from.
public struct Findings: Sendable {
  public var runID: String
  public var asOf: Instant
  public var period: Month
  public var invoices: [InvoiceVerdict]
  public var balances: [BalanceVerdict]
  public var tallies: Tallies
  /// Causes and their consequences.
  public var mismatches: [Mismatch]
  public var customerCount: Int

  public init(
    runID: String, asOf: Instant, period: Month, invoices: [InvoiceVerdict], balances: [BalanceVerdict],
    tallies: Tallies, mismatches: [Mismatch], customerCount: Int
  ) {
    self.runID = runID
    self.asOf = asOf
    self.period = period
    self.invoices = invoices
    self.balances = balances
    self.tallies = tallies
    self.mismatches = mismatches
    self.customerCount = customerCount
  }

  /// The causes, largest amount first, as a mismatch list shows them. The id breaks a tie, so that the order is total.
  public var listed: [Mismatch] {
    mismatches.filter { $0.parent == nil }.sorted { left, right in
      left.weight != right.weight ? left.weight > right.weight : left.id < right.id
    }
  }

  public func consequences(of id: Mismatch.ID) -> [Mismatch] {
    mismatches.filter { $0.parent == id }.sorted { $0.id < $1.id }
  }

  /// Every currency that occurs, in alphabetical order.
  public var currencies: [Currency] {
    var all = Set(invoices.map(\.document.currency))
    all.formUnion(balances.map(\.currency))
    all.formUnion(mismatches.map(\.currency))
    all.formUnion(tallies.entries.keys.map(\.currency))
    return all.sorted()
  }
}
