import Billing
import Reconciliation

extension Tie {
  static let columns = [
    "invoice", "line_set", "page", "item", "outcome", "order_id", "order_line", "subscription_id", "entitlement",
    "matched_by", "formula", "notes", "mismatches",
  ]

  func put(into row: inout RowWriter) {
    row.put(position)
    row.put(outcome.rawValue)
    row.put(order)
    row.put(orderLine)
    row.put(subscription)
    row.put(entitlement)
    row.put(matchedBy)
    row.put(formula)
    row.put(notes)
    row.put(mismatches)
  }

  /// Reads `columns`.
  init(reading row: inout RowReader) throws {
    self.init(position: try row.position())
    outcome = try row.value(Outcome.init(rawValue:))
    order = try row.idIfAny()
    orderLine = row.numberIfAny()
    subscription = try row.idIfAny()
    entitlement = try row.text()
    matchedBy = try row.text()
    formula = try row.text()
    notes = try row.texts()
    mismatches = try row.texts()
  }
}

extension RowWriter {
  /// Puts `invoice, line_set, page, item`.
  mutating func put(_ position: LinePosition) {
    put(position.invoice)
    put(position.set.description)
    put(position.page)
    put(position.index)
  }
}
