public import Billing
public import PartnerCenter
import Wire

// What comes in pages is handed out page by page, so that no list is in memory as a whole unless it is asked for so.
extension Account {
  public func customers(each: ([Customer]) async throws -> Void) async throws {
    try await client.customers { try await pass($0, to: each) { try Wire.customers($0) } }
  }

  /// A customer's orders, of one billing cycle or of all. One just submitted can take 15 minutes to be among them
  /// (contract §8.5).
  public func orders(customer: CustomerID, cycle: String? = nil) async throws -> [Order] {
    var orders: [Order] = []
    let handler: PartnerCenterClient.Handler = { try await pass($0, to: { orders += $0 }) { try Wire.orders($0) } }
    if let cycle {
      try await client.orders(customer: customer, billingCycle: cycle, each: handler)
    } else {
      try await client.orders(customer: customer, each: handler)
    }
    return orders
  }

  public func subscriptions(customer: CustomerID) async throws -> [Subscription] {
    var subscriptions: [Subscription] = []
    try await client.subscriptions(customer: customer) { body in
      try await pass(body, to: { subscriptions += $0 }) { try Wire.subscriptions($0, customer: customer) }
    }
    return subscriptions
  }

  public func entitlements(
    customer: CustomerID, type: EntitlementType? = nil, showsExpiry: Bool = true
  ) async throws -> [Entitlement] {
    var entitlements: [Entitlement] = []
    try await client.entitlements(customer: customer, type: type, showsExpiry: showsExpiry) { body in
      try await pass(body, to: { entitlements += $0 }) { try Wire.entitlements($0, customer: customer) }
    }
    return entitlements
  }

  /// The reservations of one reservation order, found by following the links of the customer's entitlements: their ids
  /// cannot be built (contract §8.8).
  public func reservations(order: ReservationOrderID, customer: CustomerID) async throws -> [ReservationDetail] {
    let all = try await entitlements(customer: customer, type: .reservedInstance).flatMap(\.reservations)
    var links: [String] = []
    for found in all where found.order == order && !found.link.isEmpty && !links.contains(found.link) {
      links.append(found.link)
    }
    var reservations: [ReservationDetail] = []
    for link in links {
      try await client.artifact(customer: customer, link: link) { body in
        try await pass(body, to: { reservations += $0 }) { try Wire.reservations($0) }
      }
    }
    return reservations
  }

  /// The unpaid balance, in the partner's currency or in each there is; the latter takes a user (contract §2.2).
  public func balances(inAllCurrencies: Bool) async throws -> [AccountSummary] {
    var summaries: [AccountSummary] = []
    if inAllCurrencies {
      try await client.summaries { try await pass($0, to: { summaries += $0 }) { try Wire.summaries($0) } }
    } else {
      try await client.summary { body in
        let decoded = try Wire.summary(body.response.body)
        note(decoded.notes)
        summaries.append(decoded.value)
      }
    }
    return summaries
  }

  /// Hands a page on, decoded; one that was there before is passed over.
  func pass<Value: Sendable>(
    _ body: FetchedBody, to each: ([Value]) async throws -> Void, _ decode: ([UInt8]) throws -> Decoded<[Value]>
  ) async throws {
    guard !body.repeats else { return }
    let page = try decode(body.response.body)
    note(page.notes)
    try await each(page.value)
  }
}
