import Billing

extension Purchase.Line {
  static let columns = [
    "offer", "name", "quantity", "term_duration", "billing_cycle", "promotion", "order_group", "currency", "list_price",
    "discounted_price", "prorated_price", "price", "extended_price",
  ]

  func put(into row: inout RowWriter) {
    row.put(offer)
    row.put(name)
    row.put(quantity)
    row.put(termDuration)
    row.put(billingCycle)
    row.put(promotion)
    row.put(group)
    row.put(currency)
    row.put(pricing?.list)
    row.put(pricing?.discounted)
    row.put(pricing?.prorated)
    row.put(pricing?.price)
    row.put(pricing?.extended)
  }

  /// Reads `columns`.
  init(reading row: inout RowReader) throws {
    self.init(
      offer: try row.text(), name: try row.text(), quantity: try row.amount(), termDuration: try row.text(),
      billingCycle: try row.text(), promotion: try row.text(), group: try row.text(), currency: try row.currencyIfAny(),
      pricing: CartPricing(
        list: try row.amountIfAny(), discounted: try row.amountIfAny(), prorated: try row.amountIfAny(),
        price: try row.amountIfAny(), extended: try row.amountIfAny()))
  }
}

extension Purchase.OrderMade {
  static let columns = ["order_id", "alternate_id", "order_group"]

  func put(into row: inout RowWriter) {
    row.put(id)
    row.put(alternateID)
    row.put(group)
  }

  /// Reads `columns`.
  init(reading row: inout RowReader) throws {
    self.init(id: try row.id(), alternateID: try row.idIfAny(), group: row.textIfAny())
  }
}
