public import Billing
import GRDB
public import Reconciliation

extension Ledger {
  /// Hands out what each page of an invoice says about consumption, by day and by month.
  ///
  /// Lines are grouped by the file and added here, because SQLite would add binary fractions. No more than the lines of a
  /// group on one page are in memory.
  public func eachConsumption(of invoice: InvoiceID, _ body: (Consumption) throws -> Void) throws {
    try read { database in
      for (set, sql) in Self.consumption {
        let rows = try Row.fetchCursor(
          try database.cachedStatement(sql: sql), arguments: [invoice.printed, set.description])
        while let row = try rows.next() {
          var reader = RowReader(row)
          try body(try Consumption(reading: &reader))
        }
      }
    }
  }

  private static let consumption: [(LineSet, String)] = [
    (
      LineSet(provider: "onetime", isUsage: true),
      """
      -- What did each day's usage on a page cost, by what was used?
      SELECT invoice, line_set, page, 'daily', max(customer_id), '', '', subscription_id, product_id, sku_id,
        coalesce(billing_currency, 'XXX'), count(*), count(*) - count(billing_total), group_concat(billing_total, ' ')
      FROM usage_record WHERE invoice = ? AND line_set = ?
      GROUP BY invoice, page, subscription_id, product_id, sku_id, billing_currency
      """
    ),
    (
      LineSet(provider: "onetime", isUsage: false),
      """
      -- What was charged on a page that days may explain?
      SELECT invoice, line_set, page,
        CASE WHEN category = 'third party' THEN 'other' WHEN flow = 'credit' THEN 'credit' ELSE 'monthly' END AS kind,
        max(customer_id), max(customer_name), max(product_name), subscription_id, product_id, sku_id,
        coalesce(currency, 'XXX'), count(*), count(*) - count(subtotal), group_concat(subtotal, ' ')
      FROM charge WHERE invoice = ? AND line_set = ? AND (flow IN ('usage', 'credit') OR category = 'third party')
      GROUP BY invoice, page, kind, subscription_id, product_id, sku_id, currency
      """
    ),
  ]
}

extension Consumption {
  fileprivate init(reading row: inout RowReader) throws {
    self.init(
      page: try row.page(), kind: try row.value { Kind(rawValue: $0) }, customer: try row.idIfAny(),
      customerName: try row.text(), productName: try row.text(), subscription: try row.idIfAny(),
      product: try row.idIfAny(), sku: try row.idIfAny(), currency: try row.currency(), count: try row.number(),
      unknownCount: try row.number(), sum: try row.sum())
  }
}

extension RowReader {
  /// Adds the amounts of a group; NULL where none of its lines has one.
  fileprivate mutating func sum() throws -> Amount {
    var sum = Amount.zero
    for part in (textIfAny() ?? "").utf8.split(separator: UInt8(ascii: " ")) {
      sum = try sum + Amount(String(Substring(part)))
    }
    return sum
  }
}
