import Billing
import Reconciliation
import Store
import Testing

@Suite("Partitions")
struct PartitionTests {
  @Test("Charges come in the order of their positions, whatever order they were ingested in")
  func order() throws {
    let place = try Place()
    let ledger = try place.ledger()
    try ledger.ingestDocuments([
      try invoice("G000024135", details: [onetime, office]), try invoice("D030001IVJ", details: [office]),
    ])
    for (name, set) in [("G000024135", onetime), ("D030001IVJ", office), ("G000024135", office)] {
      try ledger.ingestLineSet(invoice: try id(name), set: set, bodies: ["a", "b"]) { page in
        LinePage([try charge(11, on: name, set: set, page: page), try charge(2, on: name, set: set, page: page)])
      }
    }
    let partition = try ledger.partition(of: try id("org:C-1"))
    #expect(
      partition.charges.map(\.position.description) == [
        "D030001IVJ/office-billing/0/2", "D030001IVJ/office-billing/0/11",
        "D030001IVJ/office-billing/1/2", "D030001IVJ/office-billing/1/11",
        "G000024135/office-billing/0/2", "G000024135/office-billing/0/11",
        "G000024135/office-billing/1/2", "G000024135/office-billing/1/11",
        "G000024135/onetime-billing/0/2", "G000024135/onetime-billing/0/11",
        "G000024135/onetime-billing/1/2", "G000024135/onetime-billing/1/11",
      ])
    #expect(partition.customerName == "Contoso")
    #expect(!partition.commerceIsKnown)
  }

  @Test("A line belongs to its customer, else to its subscription's, else to nobody")
  func resolution() throws {
    let place = try Place()
    let ledger = try place.ledger()
    try ledger.ingestCustomers([
      Customer(id: try id("c-1"), name: "Contoso"), Customer(id: try id("c-2"), name: "Fabrikam"),
    ])
    try ledger.ingest([
      try charge(0, customer: "org:C-1"), try charge(1, customer: nil, subscription: "S-2"),
      try charge(2, customer: nil, subscription: "s-gone"), try charge(3, customer: nil),
      try charge(4, customer: "c-3", subscription: "s-2"),
    ])
    #expect(try owners(ledger) == ["c-1", "unassigned", "unassigned", "unassigned", "c-3"])

    // Orders may come after the lines, and may go again.
    try ingestSubscription("s-2", of: "c-2", into: ledger)
    #expect(try owners(ledger) == ["c-1", "c-2", "unassigned", "unassigned", "c-3"])
    #expect(try ledger.partitions().map { $0?.printed } == ["c-1", "c-2", "c-3", nil])
    #expect(try ledger.partition(of: nil).charges.map(\.position.index) == [2, 3])

    // A subscription that two customers show tells nothing.
    try ingestSubscription("s-2", of: "c-1", into: ledger)
    #expect(try owners(ledger) == ["c-1", "unassigned", "unassigned", "unassigned", "c-3"])
    try ledger.markCommerceUnknown(customer: try id("c-1"))
    #expect(try owners(ledger) == ["c-1", "c-2", "unassigned", "unassigned", "c-3"])
    try ledger.ingestCustomers([Customer(id: try id("c-1"), name: "Contoso")])
    #expect(try owners(ledger) == ["c-1", "unassigned", "unassigned", "unassigned", "c-3"])
  }

  private func owners(_ ledger: Ledger) throws -> [String?] {
    try ledger.rows("SELECT customer_key FROM charge ORDER BY item").map { $0.first ?? nil }
  }

  private func ingestSubscription(_ name: String, of customer: String, into ledger: Ledger) throws {
    try ledger.ingestCommerce(customer: try id(customer), fingerprint: name) {
      Commerce(subscriptions: [Subscription(id: try id(name), customer: try id(customer))])
    }
  }

  @Test("Orders, subscriptions and entitlements come back as they went in")
  func commerce() throws {
    let customer: CustomerID = try id("C-1")
    let line = Order.Line(
      number: 0, offer: "CFQ7TTC0LH18:0001:CFQ7TTC0K971", name: "Business Basic", subscription: try id("S-1"),
      quantity: try amount("25"), termDuration: "P1Y", transactionType: "New", price: try amount("5.0000001"),
      extendedPrice: nil)
    let commerce = Commerce(
      orders: [
        Order(
          id: try id("o-2"), alternateID: try id("abc"), customer: customer, billingCycle: "monthly",
          currency: Currency("EUR"), created: try instant("2025-01-05T10:00:00Z"), status: "completed",
          lines: [line, line]),
        Order(
          id: try id("O-1"), customer: customer, billingCycle: "annual", created: nil, status: "pending", lines: []),
      ],
      subscriptions: [
        Subscription(
          id: try id("s-1"), customer: customer, order: try id("O-2"), offer: "o", name: "n", quantity: .one,
          status: "active", created: try instant("2025-01-05"), effectiveStart: try instant("2025-01-06"),
          commitmentEnd: .distantFuture, autoRenews: false, isTrial: nil, billingType: "license",
          billingCycle: "monthly", termDuration: "P1Y", productOrder: try id("p"), migratedFrom: try id("m"))
      ],
      entitlements: [
        Entitlement(
          customer: customer, referenceOrder: try id("o-2"), referenceAlternateOrder: try id("abc"), orderLine: 0,
          product: try id("DZH"), sku: try id("0002"), quantity: try amount("2"), type: "ReservedInstance",
          reservations: [
            Entitlement.Reservation(order: try id("r-1"), quantity: nil, link: "/customers/x"),
            Entitlement.Reservation(order: try id("r-2"), quantity: try amount("3")),
          ], includedCount: 4),
        Entitlement(customer: customer, referenceOrder: nil),
      ])
    let place = try Place()
    let ledger = try place.ledger()
    try ledger.ingestCustomers([Customer(id: customer, name: "Contoso")])
    try ledger.ingestCommerce(customer: customer, fingerprint: "f") { commerce }

    let partition = try ledger.partition(of: customer)
    #expect(partition.orders == commerce.orders)
    #expect(partition.subscriptions == commerce.subscriptions)
    #expect(partition.entitlements == commerce.entitlements)
    #expect(partition.commerceIsKnown)
    #expect(try ledger.partitions() == [customer])
    #expect(try ledger.verify() == [])
  }

  @Test("A customer whose orders could not be read has none and is known to be unknown")
  func unknown() throws {
    let place = try Place()
    let ledger = try place.ledger()
    let customer: CustomerID = try id("c-1")
    try ledger.ingestCustomers([Customer(id: customer, name: "Contoso")])
    try ledger.ingestCommerce(customer: customer, fingerprint: "f") { Commerce() }
    #expect(try ledger.partition(of: customer).commerceIsKnown)
    try ledger.markCommerceUnknown(customer: customer)
    #expect(try !ledger.partition(of: customer).commerceIsKnown)
    #expect(try ledger.ingestCommerce(customer: customer, fingerprint: "f") { Commerce() })
  }

  @Test("One partition is read through one index")
  func plan() throws {
    let place = try Place()
    let plan = try place.ledger().rows(
      """
      EXPLAIN QUERY PLAN
      SELECT * FROM charge WHERE customer_key = 'c' ORDER BY invoice, line_set, page, item
      """)
    #expect(plan.map(\.last) == ["SEARCH charge USING INDEX charge_customer (customer_key=?)"])
  }
}
