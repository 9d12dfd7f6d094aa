import Billing

extension Order {
  static let columnsRead = [
    "order_key", "order_id", "alternate_id", "customer_id", "billing_cycle", "currency", "created", "status",
  ]
  static let columnsWritten = columnsRead + ["customer_key", "ordinal", "alternate_key"]

  func put(into row: inout RowWriter, owner: CustomerID, ordinal: Int) {
    row.putKey(id)
    row.put(id)
    row.put(alternateID)
    row.put(customer)
    row.put(billingCycle)
    row.put(currency)
    row.put(created)
    row.put(status)
    row.putKey(owner)
    row.put(ordinal)
    row.putKey(alternateID)
  }

  /// Reads `columnsRead`.
  init(reading row: inout RowReader, lines: (String) -> [Line]) throws {
    let key = try row.text()
    self.init(
      id: try row.id(), alternateID: try row.idIfAny(), customer: try row.id(), billingCycle: try row.text(),
      currency: try row.currencyIfAny(), created: try row.instantIfAny(), status: try row.text(), lines: lines(key))
  }
}

extension Order.Line {
  static let columnsRead = [
    "number", "offer", "name", "subscription_id", "quantity", "term_duration", "transaction_type", "price",
    "extended_price",
  ]
  static let columnsWritten = columnsRead + ["customer_key", "order_key", "ordinal", "subscription_key"]

  func put(into row: inout RowWriter, owner: CustomerID, order: OrderID, ordinal: Int) {
    row.put(number)
    row.put(offer)
    row.put(name)
    row.put(subscription)
    row.put(quantity)
    row.put(termDuration)
    row.put(transactionType)
    row.put(price)
    row.put(extendedPrice)
    row.putKey(owner)
    row.putKey(order)
    row.put(ordinal)
    row.putKey(subscription)
  }

  /// Reads `columnsRead`.
  init(reading row: inout RowReader) throws {
    self.init(
      number: try row.number(), offer: try row.text(), name: try row.text(), subscription: try row.idIfAny(),
      quantity: try row.amount(), termDuration: try row.text(), transactionType: try row.text(),
      price: try row.amountIfAny(), extendedPrice: try row.amountIfAny())
  }
}

extension Subscription {
  static let columnsRead = [
    "subscription_id", "customer_id", "order_id", "offer", "name", "quantity", "status", "created", "effective_start",
    "commitment_end", "auto_renews", "is_trial", "billing_type", "billing_cycle", "term_duration", "product_order_id",
    "migrated_from",
  ]
  static let columnsWritten = columnsRead + ["customer_key", "subscription_key", "ordinal", "order_key"]

  func put(into row: inout RowWriter, owner: CustomerID, ordinal: Int) {
    row.put(id)
    row.put(customer)
    row.put(order)
    row.put(offer)
    row.put(name)
    row.put(quantity)
    row.put(status)
    row.put(created)
    row.put(effectiveStart)
    row.put(commitmentEnd)
    row.put(autoRenews)
    row.put(isTrial)
    row.put(billingType)
    row.put(billingCycle)
    row.put(termDuration)
    row.put(productOrder)
    row.put(migratedFrom)
    row.putKey(owner)
    row.putKey(id)
    row.put(ordinal)
    row.putKey(order)
  }

  /// Reads `columnsRead`.
  init(reading row: inout RowReader) throws {
    self.init(
      id: try row.id(), customer: try row.id(), order: try row.idIfAny(), offer: try row.text(), name: try row.text(),
      quantity: try row.amountIfAny(), status: try row.text(), created: try row.instantIfAny(),
      effectiveStart: try row.instantIfAny(), commitmentEnd: try row.instantIfAny(), autoRenews: row.fact(),
      isTrial: row.fact(), billingType: try row.text(), billingCycle: try row.text(), termDuration: try row.text(),
      productOrder: try row.idIfAny(), migratedFrom: try row.idIfAny())
  }
}

extension Entitlement {
  static let columnsRead = [
    "ordinal", "customer_id", "reference_order_id", "reference_alternate_order_id", "order_line", "product_id",
    "sku_id", "quantity", "type", "included_count",
  ]
  static let columnsWritten = columnsRead + ["customer_key", "reference_order_key"]

  func put(into row: inout RowWriter, owner: CustomerID, ordinal: Int) {
    row.put(ordinal)
    row.put(customer)
    row.put(referenceOrder)
    row.put(referenceAlternateOrder)
    row.put(orderLine)
    row.put(product)
    row.put(sku)
    row.put(quantity)
    row.put(type)
    row.put(includedCount)
    row.putKey(owner)
    row.putKey(referenceOrder)
  }

  /// Reads `columnsRead`.
  init(reading row: inout RowReader, reservations: (Int) -> [Reservation]) throws {
    let ordinal = try row.number()
    self.init(
      customer: try row.id(), referenceOrder: try row.idIfAny(), referenceAlternateOrder: try row.idIfAny(),
      orderLine: row.numberIfAny(), product: try row.idIfAny(), sku: try row.idIfAny(),
      quantity: try row.amountIfAny(), type: try row.text(), reservations: reservations(ordinal),
      includedCount: try row.number())
  }
}

extension Entitlement.Reservation {
  static let columns = ["customer_key", "entitlement", "ordinal", "order_key", "order_id", "quantity", "link"]

  func put(into row: inout RowWriter, owner: CustomerID, entitlement: Int, ordinal: Int) {
    row.putKey(owner)
    row.put(entitlement)
    row.put(ordinal)
    row.putKey(order)
    row.put(order)
    row.put(quantity)
    row.put(link)
  }

  /// Reads `order_id, quantity, link`.
  init(reading row: inout RowReader) throws {
    self.init(order: try row.id(), quantity: try row.amountIfAny(), link: try row.text())
  }
}
