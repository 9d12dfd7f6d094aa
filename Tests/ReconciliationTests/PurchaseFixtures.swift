import Billing
import Reconciliation
import Testing

/// Ten seats at 10.08 a month for a year, as they were seen in a cart.
func boughtSeats(
  _ quantity: String = "10", at price: String? = "10.08", currency: String? = "EUR", term: String = "P1Y",
  failure: String = ""
) throws -> Purchase.Line {
  Purchase.Line(
    offer: "\(Known.seats):CFQ7TTC0K971", name: "Seats", quantity: try amount(quantity), termDuration: term,
    billingCycle: "monthly", group: "0", currency: currency.flatMap { Currency($0) },
    pricing: try price.map { CartPricing(price: try amount($0), extended: try amount("1209.60")) }, failure: failure)
}

/// Bought on 1 February, a minute before the known order was made.
func purchase(
  _ lines: [Purchase.Line], cart: String = "2517c51b", at moment: String = "2025-02-01T10:01:00Z",
  state: Purchase.State = .done, order: String? = Known.order, alternate: String? = nil
) throws -> Purchase {
  let made = order.flatMap { OrderID($0) }.map {
    Purchase.OrderMade(id: $0, alternateID: alternate.flatMap { OrderID($0) }, group: "0")
  }
  return Purchase(
    customer: try #require(CustomerID(Known.customer)), cart: try #require(CartID(cart)),
    checkedOutAt: try instant(moment), state: state, orders: made.map { [$0] } ?? [], lines: lines)
}

/// The order of the known seats, at the price they were seen at.
func seatsOrdered(
  _ quantity: String = "10", at price: String? = "10.08", term: String = "P1Y", id: String = Known.order,
  alternate: String? = Known.shortOrder, created: String = "2025-02-01T10:02:00Z",
  subscription: String = Known.subscription
) throws -> Order {
  var seats = try line("\(Known.seats):CFQ7TTC0K971", quantity, price: price, subscription: subscription)
  seats.termDuration = term
  return try order(id, alternate: alternate, created: created, lines: [seats])
}

/// Ties the charges of the known subscription together with what was bought.
func tie(
  _ charges: [Charge], bought: [Purchase], orders: [Order], subscriptions: [Subscription]? = nil,
  entitlements: [Entitlement] = [], asOf: String = "2025-03-20T00:00:00Z", commerceIsKnown: Bool = true
) throws -> PartitionResult {
  let partition = Partition(
    customer: CustomerID(Known.customer), customerName: "Contoso", charges: placed(charges), orders: orders,
    subscriptions: try subscriptions ?? [subscription()], entitlements: entitlements,
    commerceIsKnown: commerceIsKnown, purchases: bought)
  let result = try Engine(facts: Facts(asOf: try instant(asOf), documents: try issued())).tie(partition)
  // Every line is in exactly one outcome, whatever was bought.
  var counted = 0
  for entry in result.tallies.entries.values { counted += try entry.all().count }
  #expect(counted == charges.count)
  return result
}

extension PartitionResult {
  /// The one cause, with the rules of its consequences.
  func cause(_ rule: Rule, with consequences: [Rule]) throws -> Mismatch {
    let cause = try only(rule)
    #expect(mismatches.filter { $0.parent == cause.id }.map(\.rule).sorted() == consequences.sorted())
    return cause
  }
}
