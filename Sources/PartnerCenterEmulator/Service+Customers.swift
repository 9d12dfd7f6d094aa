extension Service {
  /// `GET customers?size=n`: seek paged; `size=0` gives everything (contract §8.6).
  func customers(_ call: Call) throws(Refusal) -> Answer {
    let customers = index.world.customers
    guard let size = try call.count("size") ?? (call.value("seekoperation") == nil ? nil : 0) else {
      throw .invalidRequest
    }
    let sizeServed = size == 0 ? max(1, customers.count) : min(size, index.world.pageSizeMaximum)
    let page = try call.seekPage(of: "customers", size: sizeServed)
    let next = page.following(count: customers.count, servedTwice: [])
      .map { Listing.Link("/customers?size=\(size)&seekOperation=Next", token: $0.token) }
    return Listing(customers[page.range(of: customers.count)], itself: .init("/v1/customers?size=\(size)"), next: next)
      .answer(salt: call.target + page.token)
  }

  /// `GET customers/{c}/orders`: an order shows 15 minutes after it was placed (contract §8.5).
  func orders(of customer: String, _ call: Call) throws(Refusal) -> Answer {
    var orders = allOrders(of: customer).filter { now - $0.createdAt >= 15 * 60 }
    if let type = call.value("billingtype") {
      guard Self.billingCycles.contains(type) else { throw .notUnderstood("billingType", type) }
      orders = orders.filter { $0.billingCycle.lowercased().replacing("_", with: "") == type }
    }
    let items = orders.map { call.isSet("include_price") ? $0.jsonWithPrice : $0.json }
    return Listing(items, itself: "/customers/\(customer)/orders").answer(salt: call.target)
  }

  /// `GET customers/{c}/orders/{o}`: by either of its ids, however young.
  func order(_ id: String, of customer: String, _ call: Call) throws(Refusal) -> Answer {
    let order = try order(id, of: customer)
    return .json(call.isSet("include_price") ? order.jsonWithPrice : order.json)
  }

  /// `GET customers/{c}/orders/{o}/provisioningstatus`: everything ordered is there, but for the first minutes.
  func provisioningStatus(ofOrder id: String, of customer: String, _ call: Call) throws(Refusal) -> Answer {
    let order = try order(id, of: customer)
    let status = isPending(order, of: customer) ? "prefulfillmentpending" : "fulfilled"
    let lines = RawJSON(order.json)["lineItems"]?.elements ?? []
    let items = lines.map { line in
      let number = line["lineItemNumber"]?.literal ?? "0"
      let quantity = line["quantity"]?.literal ?? "0"
      return #"{"orderLineItemId":\#(number),"lineItemNumber":\#(number),"status":"\#(status)","#
        + #""quantityProvisioningInformation":[{"quantity":\#(quantity),"status":"\#(status)"}]}"#
    }
    return Listing(items, itself: "/customers/\(customer)/orders/\(id)/provisioningstatus").answer(salt: call.target)
  }

  /// `GET customers/{c}/subscriptions`, narrowed by `order_id` or `mpn_id` (contract §8.7).
  func subscriptions(of customer: String, _ call: Call) -> Answer {
    var subscriptions = allSubscriptions(of: customer)
    for (parameter, member) in [("order_id", "orderId"), ("mpn_id", "partnerId")] {
      guard let wanted = call.value(parameter) else { continue }
      subscriptions = subscriptions.filter { RawJSON($0)[member]?.string?.lowercased() == wanted }
    }
    return Listing(subscriptions, itself: "/customers/\(customer)/subscriptions").answer(salt: call.target)
  }

  func subscription(_ id: String, of customer: String) throws(Refusal) -> String {
    let wanted = id.lowercased()
    let found = allSubscriptions(of: customer).first { RawJSON($0)["id"]?.string?.lowercased() == wanted }
    guard let found else { throw Refusal(404, code: "20003", "The subscription \(id) was not found.") }
    return found
  }

  /// `GET customers/{c}/subscriptions/{s}/provisioningstatus` (contract §8.7).
  func provisioningStatus(ofSubscription id: String, of customer: String) throws(Refusal) -> Answer {
    guard let text = try? subscription(id, of: customer) else {
      throw Refusal(404, code: "800007", "There is no provisioning information for \(id).")
    }
    let subscription = RawJSON(text)
    let isActive = subscription["status"]?.string?.lowercased() == "active"
    return .json(
      World.JSONText.object { json in
        json.string("skuId", Opaque.guid(of: "sku/" + (subscription["offerId"]?.string ?? "")))
        json.string("status", isActive ? "success" : "pending")
        json.number("quantity", subscription["quantity"]?.literal ?? "0")
        json.string("endDate", subscription["commitmentEndDate"]?.string ?? "9999-12-10T00:00:00Z")
        json.attributes("SubscriptionProvisioningStatus")
      })
  }

  /// `GET customers/{c}/entitlements` (contract §8.8).
  func entitlements(of customer: String, _ call: Call) throws(Refusal) -> Answer {
    var entitlements = allEntitlements(of: customer)
    if let type = call.value("entitlementtype") {
      // The second name is the one older callers use.
      let known = [
        "software": "software", "reservedinstance": "reservedinstance",
        "virtualmachinereservedinstance": "reservedinstance",
      ]
      guard let wanted = known[type] else { throw .notUnderstood("entitlementType", type) }
      entitlements = entitlements.filter { $0.type.lowercased() == wanted }
    }
    let items = entitlements.map { call.isSet("showexpiry") ? $0.jsonWithExpiry : $0.json }
    return Listing(items, itself: "/customers/\(customer)/entitlements").answer(salt: call.target)
  }

  private func order(_ id: String, of customer: String) throws(Refusal) -> ServedWorld.Order {
    let wanted = id.lowercased()
    let found = allOrders(of: customer)
      .first { $0.id.lowercased() == wanted || $0.alternateID?.lowercased() == wanted }
    guard let found else { throw Refusal(404, code: "20000", "The order \(id) was not found.") }
    return found
  }

  /// BillingCycleType in query spelling: contract §8.2.
  private static let billingCycles: Set<String> = [
    "unknown", "monthly", "annual", "none", "onetime", "triennial", "biennial",
  ]
}
