public import Billing

extension Wire {
  /// The body that asks for the export of an invoice (contract §11.1).
  ///
  /// - Parameter columns: `full` or `basic`.
  public static func exportRequest(invoice: InvoiceID, columns: String) -> [UInt8] {
    RequestText.object([("invoiceId", .text(invoice.printed)), ("attributeSet", .text(columns))]).bytes
  }

  /// The body that asks for the export of what is not billed yet (contract §11.1).
  public static func exportRequest(currency: Currency, period: EstimatePeriod, columns: String) -> [UInt8] {
    RequestText.object([
      ("currencyCode", .text(currency.code)), ("billingPeriod", .text(period.exportWord)),
      ("attributeSet", .text(columns)),
    ]).bytes
  }
}

extension EstimatePeriod {
  /// The exports say `last` where the line items say `previous`.
  public var exportWord: String {
    switch self {
    case .current: "current"
    case .previous: "last"
    }
  }
}
