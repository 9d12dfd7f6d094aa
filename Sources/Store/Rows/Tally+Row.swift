import Billing
import Reconciliation

extension Tally {
  static let columns = ["count", "unknown_count", "taxed_count", "subtotal", "tax", "total"]

  func put(into row: inout RowWriter) {
    row.put(count)
    row.put(unknownCount)
    row.put(taxedCount)
    row.put(subtotal)
    row.put(tax)
    row.put(total)
  }

  /// Reads `columns`.
  init(reading row: inout RowReader) throws {
    let count = try row.number()
    let unknownCount = try row.number()
    let taxedCount = try row.number()
    self.init(
      count: count, subtotal: try row.amount(), tax: try row.amount(), total: try row.amount(),
      unknownCount: unknownCount, taxedCount: taxedCount)
  }
}
