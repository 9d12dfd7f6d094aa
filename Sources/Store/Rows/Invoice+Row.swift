import Billing

extension Invoice {
  static let columnsRead = [
    "id", "amends", "date", "period_start", "period_end", "total", "paid", "currency", "document_type", "invoice_type",
  ]

  static let columnsWritten =
    columnsRead + [
      "ordinal", "month", "first_day", "last_day", "total_millionths", "counted_total", "counted_millionths",
    ]

  func put(into row: inout RowWriter, ordinal: Int) {
    row.put(id)
    row.put(amendsOf)
    row.put(date)
    row.put(periodStart)
    row.put(periodEnd)
    row.put(totalCharges)
    row.put(paidAmount)
    row.put(currency)
    row.put(documentType.printed)
    row.put(invoiceType.printed)
    row.put(ordinal)
    row.put(month.description)
    row.put(span.first)
    row.put(span.last)
    row.putMillionths(totalCharges)
    row.put(countedTotal)
    row.putMillionths(countedTotal)
  }

  /// Reads `columnsRead`.
  init(reading row: inout RowReader, details: (InvoiceID) -> [LineSet]) throws {
    let id: InvoiceID = try row.id()
    let amendsOf: InvoiceID? = try row.idIfAny()
    self.init(
      id: id, date: try row.instant(), periodStart: try row.dayIfAny(), periodEnd: try row.dayIfAny(),
      totalCharges: try row.amount(), paidAmount: try row.amountIfAny(), currency: try row.currency(),
      documentType: DocumentType(try row.text()), invoiceType: InvoiceType(try row.text()), details: details(id),
      amendsOf: amendsOf)
  }
}
