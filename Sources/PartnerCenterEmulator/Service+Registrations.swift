extension Service {
  /// `POST customers/{c}/subscriptions/{s}/registrations`: contract §8.1.
  func register(_ id: String, of customer: String, _ call: Call) throws(Refusal) -> Answer {
    let subscription = RawJSON(try subscription(id, of: customer))
    guard subscription.isAzure else { throw .notAzure(id) }
    guard subscription["status"]?.string?.lowercased() == "active" else {
      throw Refusal(400, code: "800012", "The subscription \(id) is not active.")
    }
    try purchases.with { (state) throws(Refusal) in
      let key = registrationKey(subscription, of: customer)
      if state.polls[key] == nil { state.polls[key] = 0 }
    }
    let status = "/customers/\(customer)/subscriptions/\(id)/registrationstatus"
    return Answer(status: 202, headers: [("Location", status)], body: [])
  }

  /// `GET customers/{c}/subscriptions/{s}/registrationstatus`: the spelling of the page, and of the sample where
  /// nothing was registered.
  func registrationStatus(_ id: String, of customer: String) throws(Refusal) -> Answer {
    let subscription = RawJSON(try subscription(id, of: customer))
    let polls = try purchases.with { (state) throws(Refusal) -> Int? in
      let key = registrationKey(subscription, of: customer)
      defer { state.polls[key]? += 1 }
      return state.polls[key]
    }
    let status = polls.map { $0 < configuration.registrationPolls ? "registering" : "registered" } ?? "NotRegistered"
    return .json(
      World.JSONText.object { json in
        json.string("subscriptionId", id)
        json.string("status", status)
        json.attributes("SubscriptionRegistrationStatus")
      })
  }

  /// `GET customers/{c}/subscriptions/{s}/azureEntitlements[/{e}]`: contract §8.7.
  func azureEntitlements(
    _ id: String, _ entitlement: String?, of customer: String, _ call: Call
  ) throws(Refusal) -> Answer {
    let subscription = RawJSON(try subscription(id, of: customer))
    guard subscription.isAzure else { throw .notAzure(id) }
    let own = subscription.azureID ?? id
    let path = "/customers/\(customer)/subscriptions/\(id)/azureEntitlements"
    let isActive = subscription["status"]?.string?.lowercased() == "active"
    let text = World.JSONText.object { json in
      json.string("id", own)
      json.string("friendlyName", "Production")
      json.string("status", isActive ? "active" : "inactive")
      json.string("subscriptionId", id)
      json.object("links") { $0.link("self", "\(path)/\(own)") }
    }
    guard let entitlement else { return Listing([text], itself: path).answer(salt: call.target) }
    guard entitlement.lowercased() == own.lowercased() else {
      throw Refusal(404, code: "1000", "The Azure entitlement \(entitlement) was not found.")
    }
    return .json(text)
  }

  /// Whether an Azure subscription may hold a reservation: one of the old offer has to be registered.
  func azureSubscription(
    _ id: String, of customer: String, _ state: Purchases.State
  ) -> CartReader.AzureSubscription {
    let wanted = id.lowercased()
    let bought = (state.orders[customer.lowercased()] ?? []).filter { $0.isProvisioned(at: now) }
    let subscriptions = index.subscriptions(of: customer) + bought.flatMap { $0.subscriptions(at: now) }
    let found = subscriptions.lazy.map { RawJSON($0) }.first {
      $0.isAzure && [$0["id"]?.string?.lowercased(), $0.azureID?.lowercased()].contains(wanted)
    }
    guard let found else { return .unknown }
    guard found["entitlementId"] != nil else { return .usable }
    let polls = state.polls[registrationKey(found, of: customer)] ?? -1
    return polls > configuration.registrationPolls ? .usable : .notRegistered
  }

  private func registrationKey(_ subscription: RawJSON, of customer: String) -> String {
    "\(customer)/\(subscription["id"]?.string ?? "")".lowercased()
  }
}

extension RawJSON {
  /// Whether a subscription is an Azure one, by its offer or by its plan.
  fileprivate var isAzure: Bool { self["billingType"]?.string?.lowercased() == "usage" }

  /// The id Azure knows it by.
  fileprivate var azureID: String? { self["entitlementId"]?.string ?? self["id"]?.string }
}

extension Refusal {
  fileprivate static func notAzure(_ id: String) -> Refusal {
    Refusal(400, code: "800011", "The subscription \(id) is not an Azure subscription.")
  }
}
