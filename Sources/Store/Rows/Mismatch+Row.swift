import Billing
import Reconciliation

extension Mismatch {
  static let columnsRead = [
    "id", "rule", "m_code", "cause", "customer_id", "customer_name", "invoice", "order_id", "subscription_id",
    "product_id", "sku_id", "detail", "product", "expected", "actual", "currency", "state", "count", "parent",
  ]
  static let columnsWritten =
    columnsRead + ["ordinal", "rank", "difference", "difference_millionths", "weight_millionths"]

  func put(into row: inout RowWriter, ordinal: Int, rank: Int?) {
    row.put(id)
    row.put(rule.rawValue)
    row.put(mCode)
    row.put(cause)
    row.put(subject.customer)
    row.put(customerName)
    row.put(subject.invoice)
    row.put(subject.order)
    row.put(subject.subscription)
    row.put(subject.item?.product)
    row.put(subject.item?.sku)
    row.put(subject.detail)
    row.put(product)
    row.put(expected)
    row.put(actual)
    row.put(currency)
    row.put(state.rawValue)
    row.put(count)
    row.put(parent)
    row.put(ordinal)
    row.put(rank)
    row.put(difference)
    row.putMillionths(difference)
    row.putMillionths(weight)
  }

  /// Reads `columnsRead`.
  ///
  /// The id is the stored one: it is made from an identity that is not kept.
  init(reading row: inout RowReader, positions: (ID) -> [LinePosition]) throws {
    let id = try row.text()
    let rule = try row.value(Rule.init(rawValue:))
    let mCode = try row.text()
    let cause = try row.text()
    let customer: CustomerID? = try row.idIfAny()
    let customerName = try row.text()
    let invoice: InvoiceID? = try row.idIfAny()
    let order: OrderID? = try row.idIfAny()
    let subscription: SubscriptionID? = try row.idIfAny()
    let productID: ProductID? = try row.idIfAny()
    let sku: SkuID? = try row.idIfAny()
    let item = productID.flatMap { product in sku.map { CatalogItem(product: product, sku: $0) } }
    let subject = Subject(
      customer: customer, invoice: invoice, order: order, subscription: subscription, item: item,
      detail: try row.text())
    let product = try row.text()
    let expected = try row.amountIfAny()
    let actual = try row.amountIfAny()
    let currency = try row.currency()
    let state = try row.value(State.init(rawValue:))
    self.init(
      rule: rule, mCode: mCode, cause: cause, subject: subject, customerName: customerName, product: product,
      expected: expected, actual: actual, currency: currency, count: try row.number(), positions: positions(id),
      parent: row.textIfAny())
    self.id = id
    self.state = state
  }
}
