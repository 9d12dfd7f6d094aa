import Billing
import Reconciliation
import Testing

/// Ids as the service prints them; every test that needs no others uses these.
enum Known {
  static let customer = "9060d13d-2bd5-4a6b-8a4c-0ed3a0d5e7a1"
  static let subscription = "a356ac8c-e310-44f4-bf85-c7f29044af99"
  static let order = "0ET2qaZvJGfF9wgSKnWzR5JLmhp10lOc1"
  static let shortOrder = "94e858b6d855"
  static let seats = "CFQ7TTC0LH18:0001"
  static let software = "DG7GMGF0D5RK:0005"
  static let reservation = "DZH318Z0BQ35:00RF"
  static let savingsPlan = "DZH318Z09V67:0001"
  static let reservationOrder = "13083a79-4d77-4a62-9d6c-b4d6ab0c9b0e"
  static let december = "G000024133"
  static let january = "G000024134"
  static let february = "G000024135"
  static let legacy = "D000012345"
}

func amount(_ text: String) throws -> Amount { try Amount(text) }

/// An amount that a line may leave out.
func printed(_ text: String?) throws -> Amount? { try text.map { try Amount($0) } }

func day(_ text: String) throws -> Day { try #require(Day(text)) }

func instant(_ text: String) throws -> Instant {
  guard case .instant(let instant) = Instant.reading(text) else { throw NotADate(text: text) }
  return instant
}

struct NotADate: Error { let text: String }

func euro() throws -> Currency { try #require(Currency("EUR")) }

extension Currency {
  static func code(_ code: String) throws -> Currency { try #require(Currency(code)) }
}

// MARK: Documents

func document(
  _ id: String, dated date: String = "2025-03-08", total: String = "0", currency: String = "EUR",
  type: String = "OneTime", document: String = "invoice", paid: String? = nil,
  sets: [LineSet] = [LineSet(provider: "one_time", isUsage: false)], amendments: [Invoice] = []
) throws -> Invoice {
  Invoice(
    id: try #require(InvoiceID(id)), date: try instant(date), totalCharges: try amount(total),
    paidAmount: try printed(paid), currency: try .code(currency), documentType: DocumentType(document),
    invoiceType: InvoiceType(type), details: sets, amendments: amendments)
}

/// December to February, as they existed on 20 March 2025.
func issued() throws -> [Invoice] {
  [
    try document(Known.december, dated: "2025-01-08"), try document(Known.january, dated: "2025-02-08"),
    try document(Known.february, dated: "2025-03-08"),
    try document(
      Known.legacy, dated: "2025-03-10", type: "Recurring", sets: [LineSet(provider: "office", isUsage: false)]),
  ]
}

// MARK: Charges

/// A line of February's invoice; its total is its subtotal and tax.
func charge(
  _ type: String = "new", of item: String = Known.seats, price: String?, _ quantity: String?, subtotal: String?,
  tax: String? = "0", on invoice: String = Known.february, family: Charge.Family = .newCommerce,
  _ edit: (inout Charge) throws -> Void = { _ in }
) throws -> Charge {
  let set = LineSet(
    provider: family == .newCommerce ? "onetime" : family == .licence ? "office" : "azure", isUsage: false)
  var charge = Charge(
    position: LinePosition(invoice: try #require(InvoiceID(invoice)), set: set, page: 0, index: 0), family: family)
  let catalogItem = CatalogItem(offer: item)
  charge.customer = CustomerID(Known.customer)
  charge.product = catalogItem?.product
  charge.sku = catalogItem?.sku
  charge.chargeType = ChargeType(type)
  charge.effectiveUnitPrice = try printed(price)
  charge.unitPrice = charge.effectiveUnitPrice
  charge.quantity = try printed(quantity)
  charge.billableQuantity = charge.quantity
  charge.currency = try euro()
  charge.pricingCurrency = charge.currency
  charge.rate = .one
  charge.subtotal = try printed(subtotal)
  charge.tax = try printed(tax)
  if let subtotal = charge.subtotal, let tax = charge.tax { charge.total = try subtotal + tax }
  try edit(&charge)
  return charge
}

/// Seats on a monthly plan, 1 to 28 February, charged for the known order and subscription.
func seats(
  _ type: String = "new", price: String?, _ quantity: String?, subtotal: String?, on invoice: String = Known.february,
  _ edit: (inout Charge) throws -> Void = { _ in }
) throws -> Charge {
  try charge(type, price: price, quantity, subtotal: subtotal, on: invoice) {
    $0.subscription = SubscriptionID(Known.subscription)
    $0.orders = OrderID.all(in: Known.order)
    $0.termAndBillingCycle = "One-Year commitment for monthly/yearly billing"
    $0.billingFrequency = "Monthly"
    $0.chargeStart = try day("2025-02-01")
    $0.chargeEnd = try day("2025-02-28")
    try edit(&$0)
  }
}

/// Perpetual software at 250: no term and no end.
func software(
  _ quantity: String?, subtotal: String?, on invoice: String = Known.february,
  _ edit: (inout Charge) throws -> Void = { _ in }
) throws -> Charge {
  try software("new", price: "250", quantity, subtotal: subtotal, on: invoice, edit)
}

func software(
  _ type: String = "new", price: String?, _ quantity: String?, subtotal: String?, on invoice: String = Known.february,
  _ edit: (inout Charge) throws -> Void = { _ in }
) throws -> Charge {
  try charge(type, of: Known.software, price: price, quantity, subtotal: subtotal, on: invoice) {
    $0.orders = OrderID.all(in: Known.order)
    try edit(&$0)
  }
}

/// A reservation for a year, paid at once.
func reservation(
  price: String? = "400", _ quantity: String?, subtotal: String?, order: String? = Known.reservationOrder,
  _ edit: (inout Charge) throws -> Void = { _ in }
) throws -> Charge {
  try charge("new", of: Known.reservation, price: price, quantity, subtotal: subtotal) {
    $0.orders = OrderID.all(in: Known.order)
    $0.termAndBillingCycle = "1 Year Reservation"
    $0.reservationOrder = order.flatMap { ReservationOrderID($0) }
    $0.chargeStart = try day("2025-02-03")
    $0.chargeEnd = try day("2026-02-02")
    try edit(&$0)
  }
}

/// Azure plan consumption, priced in USD and billed in euros where a rate is given.
func consumption(
  _ type: String = "new", price: String?, _ quantity: String?, rate: String = "1", subtotal: String?,
  _ edit: (inout Charge) throws -> Void = { _ in }
) throws -> Charge {
  try charge(type, of: "DZH318Z0BPS6:0001", price: price, quantity, subtotal: subtotal) {
    $0.orders = OrderID.all(in: Known.order)
    $0.subscription = SubscriptionID(Known.subscription)
    $0.subscriptionDescription = "Azure plan"
    $0.meterDescription = "D2s v3 - EU West"
    $0.pricingCurrency = try .code("USD")
    $0.rate = try amount(rate)
    $0.chargeStart = try day("2025-02-01")
    $0.chargeEnd = try day("2025-02-28")
    try edit(&$0)
  }
}

func licence(
  _ type: String = "Cycle fee", price: String?, _ quantity: String?, discount: String? = "0", subtotal: String?,
  _ edit: (inout Charge) throws -> Void = { _ in }
) throws -> Charge {
  try charge(type, of: "", price: nil, quantity, subtotal: subtotal, on: Known.legacy, family: .licence) {
    $0.unitPrice = try printed(price)
    $0.subscription = SubscriptionID(Known.subscription)
    $0.licence = Charge.Licence(
      platformSubscription: "4KIKawEAAAAAAAEA", amount: nil, discount: try printed(discount))
    try edit(&$0)
  }
}

// MARK: What was bought

func order(
  _ id: String = Known.order, alternate: String? = Known.shortOrder, cycle: String = "monthly",
  created: String? = "2025-02-01T10:02:00Z", status: String = "completed", currency: String = "EUR",
  lines: [Order.Line]
) throws -> Order {
  var numbered = lines
  for index in numbered.indices { numbered[index].number = index }
  return Order(
    id: try #require(OrderID(id)), alternateID: alternate.flatMap { OrderID($0) },
    customer: try #require(CustomerID(Known.customer)), billingCycle: cycle, currency: try .code(currency),
    created: try created.map { try instant($0) }, status: status, lines: numbered)
}

func line(
  _ offer: String, _ quantity: String, price: String? = "10", subscription: String? = nil
) throws -> Order.Line {
  Order.Line(
    number: 0, offer: offer, name: "Product", subscription: subscription.flatMap { SubscriptionID($0) },
    quantity: try amount(quantity), price: try printed(price))
}

/// The order of the known seats.
func seatOrder(_ quantity: String = "10") throws -> Order {
  try order(lines: [line("\(Known.seats):CFQ7TTC0K971", quantity, subscription: Known.subscription)])
}

func softwareOrder(_ quantity: String = "10") throws -> Order {
  try order(cycle: "one_time", lines: [line("\(Known.software):DG7GMGF0DWTJ", quantity, price: "250")])
}

func reservationOrder(_ quantity: String = "4") throws -> Order {
  try order(cycle: "one_time", lines: [line("\(Known.reservation):DZH318Z08B5V", quantity, price: "400")])
}

func subscription(
  _ id: String = Known.subscription, offer: String = "\(Known.seats):CFQ7TTC0K971", quantity: String? = "10",
  status: String = "active", commitmentEnd: String? = "2026-01-31", autoRenews: Bool? = true,
  billingType: String = "license", productOrder: String? = nil
) throws -> Subscription {
  Subscription(
    id: try #require(SubscriptionID(id)), customer: try #require(CustomerID(Known.customer)),
    order: OrderID(Known.order), offer: offer, quantity: try printed(quantity), status: status,
    commitmentEnd: try commitmentEnd.map { try instant($0) }, autoRenews: autoRenews, billingType: billingType,
    billingCycle: "monthly", productOrder: productOrder.flatMap { ReservationOrderID($0) })
}

func entitlement(
  order: String? = Known.order, alternate: String? = nil, line: Int? = 0, of item: String = Known.software,
  quantity: String? = "10", type: String = "software", reservations: [Entitlement.Reservation] = [],
  includedCount: Int = 0
) throws -> Entitlement {
  let catalogItem = CatalogItem(offer: item)
  return Entitlement(
    customer: try #require(CustomerID(Known.customer)), referenceOrder: order.flatMap { OrderID($0) },
    referenceAlternateOrder: alternate.flatMap { OrderID($0) }, orderLine: line, product: catalogItem?.product,
    sku: catalogItem?.sku, quantity: try printed(quantity), type: type, reservations: reservations,
    includedCount: includedCount)
}

// MARK: Tying

/// Ties charges as one customer's partition; each gets a place of its own, in the order given.
func tie(
  _ charges: [Charge], orders: [Order] = [], subscriptions: [Subscription] = [], entitlements: [Entitlement] = [],
  documents: [Invoice]? = nil, asOf: String = "2025-03-20T00:00:00Z", commerceIsKnown: Bool = true
) throws -> PartitionResult {
  let partition = Partition(
    customer: CustomerID(Known.customer), customerName: "Contoso", charges: placed(charges), orders: orders,
    subscriptions: subscriptions, entitlements: entitlements, commerceIsKnown: commerceIsKnown)
  return try Engine(facts: Facts(asOf: try instant(asOf), documents: try documents ?? issued())).tie(partition)
}

func placed(_ charges: [Charge]) -> [Charge] {
  charges.enumerated().map { index, charge in
    var placed = charge
    let old = charge.position
    placed.position = LinePosition(invoice: old.invoice, set: old.set, page: old.page, index: index)
    return placed
  }
}

extension PartitionResult {
  /// The rules of the causes, as a mismatch list would show them.
  var causes: [Rule] { mismatches.filter { $0.parent == nil }.map(\.rule).sorted() }
  var outcomes: [Tie.Outcome] { ties.map(\.outcome) }

  func only(_ rule: Rule) throws -> Mismatch {
    #expect(causes == [rule])
    return try #require(mismatches.first { $0.rule == rule })
  }
}
