import Billing

extension Settings {
  /// Whether a document's lines take part: it exists at `asOf` and is filed in the period or at most `windowMonths` before it.
  func isInWindow(_ document: Invoice, period: Month) -> Bool {
    document.date <= asOf && document.month <= period && document.month >= period.advanced(by: -windowMonths)
  }

  /// The newest invoiced month, or the one asked for when it has invoices.
  ///
  /// A legacy invoice can come days before the new-commerce one of its month. Where the account has new commerce, a month is
  /// invoiced only when that is there: otherwise half a month would be called tied out.
  func period(among documents: [Invoice]) throws(Stop) -> Month {
    let issued = documents.filter { $0.date <= asOf }
    let newCommerce = issued.filter { $0.invoiceType.meaning == .newCommerce }
    let months = Set((newCommerce.isEmpty ? issued : newCommerce).map(\.month))
    guard let newest = months.max() else {
      if let period { throw .notReady(period: period.description) }
      throw .noInvoices
    }
    guard let period else { return newest }
    guard months.contains(period) else { throw .notReady(period: period.description) }
    return period
  }
}
