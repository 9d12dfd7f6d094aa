/// The unpaid balance in one currency (contract §9.1): `InvoiceSummary`.
public struct AccountSummary: Hashable, Sendable {
  public var currency: Currency
  public var balance: Amount
  /// When the balance was last updated.
  public var accountingDate: Instant?
  public var firstInvoiceCreationDate: Instant?
  public var latestInvoiceDate: Instant?
  public var lastPaymentDate: Instant?
  public var lastPaymentAmount: Amount?
  /// One part for each invoice type that exists in the currency.
  public var details: [Detail]

  public struct Detail: Hashable, Sendable {
    public var invoiceType: InvoiceType
    public var summary: AccountSummary

    public init(invoiceType: InvoiceType, summary: AccountSummary) {
      self.invoiceType = invoiceType
      self.summary = summary
    }
  }

  public init(
    currency: Currency, balance: Amount, accountingDate: Instant? = nil, firstInvoiceCreationDate: Instant? = nil,
    latestInvoiceDate: Instant? = nil, lastPaymentDate: Instant? = nil, lastPaymentAmount: Amount? = nil,
    details: [Detail] = []
  ) {
    self.currency = currency
    self.balance = balance
    self.accountingDate = accountingDate
    self.firstInvoiceCreationDate = firstInvoiceCreationDate
    self.latestInvoiceDate = latestInvoiceDate
    self.lastPaymentDate = lastPaymentDate
    self.lastPaymentAmount = lastPaymentAmount
    self.details = details
  }
}
