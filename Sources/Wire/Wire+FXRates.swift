public import Billing

extension Wire {
  /// Reads the exchange rates of a month (contract §10.3).
  ///
  /// A rate is what everything in its currency is multiplied with, so one that cannot be read is refused loudly.
  public static func exchangeRates(_ body: [UInt8]) throws(CSVError) -> Decoded<[ExchangeRate]> {
    let columns = ["CurrencyCode", "USDPerUnit", "Month"]
    let table = try CSVTable(
      body, subject: "The exchange rates", resource: "ExchangeRate", known: columns,
      demanded: ["CurrencyCode", "USDPerUnit"])
    var rates: [ExchangeRate] = []
    for row in table.text.rows {
      func unreadable(_ column: String, _ expected: String) -> CSVError {
        CSVError(
          .unreadable(column: column, text: String(table.words(row, column).prefix(60)), expected: expected),
          subject: table.text.subject, line: row.line)
      }
      guard let currency = Currency(table.words(row, "CurrencyCode")) else {
        throw unreadable("CurrencyCode", "a currency")
      }
      guard let rate = try? Amount(table.words(row, "USDPerUnit")), rate.isPositive else {
        throw unreadable("USDPerUnit", "a rate")
      }
      rates.append(ExchangeRate(currency: currency, dollarsPerUnit: rate, month: table.words(row, "Month")))
    }
    return Decoded(value: rates, notes: table.notes)
  }
}
