import Billing
import Reconciliation
import Testing

/// SplitMix64, so that a seed makes the same month on every machine.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

/// Customers with charges of all kinds, right and wrong ones, over three months and two currencies.
struct GeneratedMonth {
  var partitions: [Partition] = []
  private var random: SplitMix64
  private var places: [String: Int] = [:]

  init(seed: UInt64, customerCount: Int) throws {
    random = SplitMix64(seed: seed)
    for number in 0..<customerCount { partitions.append(try partition(number)) }
  }

  private mutating func partition(_ number: Int) throws -> Partition {
    let customer = try #require(CustomerID("customer-\(number)"))
    var partition = Partition(customer: customer, customerName: "Customer \(number)")
    partition.commerceIsKnown = Int.random(in: 0..<8, using: &random) > 0
    for item in 0..<Int.random(in: 1...6, using: &random) {
      let id = "order-\(number)-\(item)"
      let quantity = Int.random(in: 1...20, using: &random)
      if Bool.random(using: &random) {
        try buySeats(id, quantity, into: &partition)
      } else {
        try buySoftware(id, quantity, into: &partition)
      }
    }
    partition.charges = partition.charges.map { charge in
      var charge = charge
      charge.customer = customer
      return charge
    }
    for index in partition.orders.indices { partition.orders[index].customer = customer }
    for index in partition.subscriptions.indices { partition.subscriptions[index].customer = customer }
    partition.charges.sort { $0.position < $1.position }
    return partition
  }

  private mutating func buySeats(_ id: String, _ quantity: Int, into partition: inout Partition) throws {
    let subscriptionID = "subscription-" + id
    partition.orders.append(
      try order(
        id, alternate: nil, created: "2025-01-01",
        lines: [line("\(Known.seats):CFQ7TTC0K971", "\(quantity)", subscription: subscriptionID)]))
    if chance(90) {
      partition.subscriptions.append(try subscription(subscriptionID, quantity: "\(quantity)"))
    }
    for (invoice, type, start, end) in [
      (Known.january, "new", "2025-01-01", "2025-01-31"), (Known.february, "cycleCharge", "2025-02-01", "2025-02-28"),
    ] where chance(90) {
      let copies = chance(10) ? 2 : 1
      for _ in 0..<copies {
        partition.charges.append(
          try post(
            seats(type, price: "10", "\(quantity)", subtotal: "\(quantity * 10 + (chance(10) ? 1 : 0))", on: invoice) {
              $0.subscription = SubscriptionID(subscriptionID)
              $0.orders = OrderID.all(in: chance(90) ? id : "unknown-\(id)")
              $0.chargeStart = try day(start)
              $0.chargeEnd = try day(end)
            }))
      }
    }
  }

  private mutating func buySoftware(_ id: String, _ quantity: Int, into partition: inout Partition) throws {
    partition.orders.append(
      try order(
        id, alternate: "short-\(id)", cycle: "one_time", created: "2025-01-01",
        lines: [line("\(Known.software):DG7GMGF0DWTJ", "\(quantity)", price: "250")]))
    if chance(80) { partition.entitlements.append(try entitlement(order: id, quantity: "\(quantity)")) }
    guard chance(90) else { return }
    partition.charges.append(
      try post(
        software("\(quantity)", subtotal: "\(quantity * 250)", on: Known.january) {
          $0.orders = OrderID.all(in: chance(50) ? id : "short-\(id)")
          $0.orderDate = chance(10) ? try instant("2025-03-19T23:50:00Z") : nil
          if chance(10) { $0.orders = [] }
          if chance(10) { $0.currency = try .code("GBP") }
          if chance(10) { $0.total = nil }
        }))
  }

  /// Gives a charge the next place on its invoice.
  private mutating func post(_ charge: Charge) -> Charge {
    var charge = charge
    let old = charge.position
    let index = places[old.invoice.key, default: 0]
    places[old.invoice.key] = index + 1
    charge.position = LinePosition(invoice: old.invoice, set: old.set, page: index / 10, index: index % 10)
    return charge
  }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
}
