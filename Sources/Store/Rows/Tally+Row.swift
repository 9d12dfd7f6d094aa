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
  ///
  /// A tally only grows by lines, so it is grown again: as many lines as it counted, the sums on those that may carry
  /// them.
  init(reading row: inout RowReader) throws {
    let count = try row.number()
    let unknownCount = try row.number()
    let taxedCount = try row.number()
    let subtotal = try row.amount()
    let tax = try row.amount()
    let total = try row.amount()
    self.init()
    for line in 0..<count {
      let isFirst = line == 0
      let taxOfLine: Amount? = line < taxedCount ? (isFirst && !tax.isZero ? tax : nil) : .zero
      let isLast = line == count - 1
      let totalOfLine: Amount? = line < unknownCount ? nil : (isLast ? total : .zero)
      try add(subtotal: isFirst ? subtotal : nil, tax: taxOfLine, total: totalOfLine)
    }
    guard self.count == count, self.subtotal == subtotal, self.tax == tax, self.total == total else {
      throw UnreadableValue(column: "a sum", text: "\(count), \(subtotal), \(tax), \(total)")
    }
  }
}
