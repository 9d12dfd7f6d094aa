public import Billing

/// One customer with all months of the window: the unit of work.
///
/// Refunds, migrations, credits and annual terms cross months, so a customer is never cut at a month's end. Charges come in
/// the order of their positions.
public struct Partition: Sendable {
  /// `nil` for `unassigned`: lines whose customer cannot be told.
  public var customer: CustomerID?
  public var customerName: String
  public var charges: [Charge]
  public var orders: [Order]
  public var subscriptions: [Subscription]
  public var entitlements: [Entitlement]
  /// What was bought through Tieout.
  public var purchases: [Purchase]
  /// Whether orders, subscriptions and entitlements could be read. Where they could not, nothing is concluded from their
  /// absence: unknown is never zero.
  public var commerceIsKnown: Bool

  public init(
    customer: CustomerID?, customerName: String, charges: [Charge] = [], orders: [Order] = [],
    subscriptions: [Subscription] = [], entitlements: [Entitlement] = [], commerceIsKnown: Bool = true,
    purchases: [Purchase] = []
  ) {
    self.customer = customer
    self.customerName = customerName
    self.charges = charges
    self.orders = orders
    self.subscriptions = subscriptions
    self.entitlements = entitlements
    self.commerceIsKnown = commerceIsKnown
    self.purchases = purchases
  }
}

/// A page of line items: zero-based, in the order of asking.
public struct PageID: Hashable, Sendable, Comparable {
  public var invoice: InvoiceID
  public var set: LineSet
  public var page: Int

  public init(invoice: InvoiceID, set: LineSet, page: Int) {
    self.invoice = invoice
    self.set = set
    self.page = page
  }

  public static func < (left: PageID, right: PageID) -> Bool {
    if left.invoice != right.invoice { return left.invoice < right.invoice }
    return left.set != right.set ? left.set < right.set : left.page < right.page
  }
}

/// What partitions cannot see by themselves: facts that cross customers.
public struct Facts: Sendable {
  public var asOf: Instant
  /// Every document of the window, flattened: invoices, their amendments, each once.
  public var documents: [Invoice]
  /// Pages whose lines are surplus, because an equal page was served before them and the invoice's total does not count
  /// them (catalogue M02), with the mismatch that says so.
  public var surplusPages: [PageID: Mismatch.ID]
  /// How long after submission an order may be missing from lists (reconciliation rules §11).
  public var orderDelaySeconds: Int64

  public init(
    asOf: Instant, documents: [Invoice], surplusPages: [PageID: Mismatch.ID] = [:],
    orderDelaySeconds: Int64 = 15 * 60
  ) {
    self.asOf = asOf
    self.documents = documents
    self.surplusPages = surplusPages
    self.orderDelaySeconds = orderDelaySeconds
  }
}
