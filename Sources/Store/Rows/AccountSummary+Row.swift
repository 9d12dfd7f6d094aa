import Billing

extension AccountSummary {
  static let columns = [
    "currency", "balance", "balance_millionths", "accounting_date", "first_invoice_creation_date",
    "latest_invoice_date", "last_payment_date", "last_payment_amount",
  ]

  func put(into row: inout RowWriter) {
    row.put(currency)
    row.put(balance)
    row.putMillionths(balance)
    row.put(accountingDate)
    row.put(firstInvoiceCreationDate)
    row.put(latestInvoiceDate)
    row.put(lastPaymentDate)
    row.put(lastPaymentAmount)
  }

  /// Reads `columns`; the details stand in rows of their own.
  init(reading row: inout RowReader) throws {
    let currency = try row.currency()
    let balance = try row.amount()
    _ = row.numberIfAny()
    self.init(
      currency: currency, balance: balance, accountingDate: try row.instantIfAny(),
      firstInvoiceCreationDate: try row.instantIfAny(), latestInvoiceDate: try row.instantIfAny(),
      lastPaymentDate: try row.instantIfAny(), lastPaymentAmount: try row.amountIfAny())
  }
}
