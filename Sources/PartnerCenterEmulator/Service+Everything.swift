extension Service {
  /// What the world and the carts hold together, in the order in which it was bought.
  func allOrders(of customer: String) -> [ServedWorld.Order] {
    index.orders(of: customer) + purchases.orders(of: customer).map { $0.order(at: now) }
  }

  func allSubscriptions(of customer: String) -> [String] {
    index.subscriptions(of: customer) + provisioned(of: customer).flatMap { $0.subscriptions(at: now) }
  }

  func allEntitlements(of customer: String) -> [ServedWorld.Entitlement] {
    index.entitlements(of: customer) + provisioned(of: customer).flatMap(\.entitlements)
  }

  func artifact(at path: String, of customer: String) throws(Refusal) -> Answer {
    let bought = provisioned(of: customer).lazy.compactMap { $0.artifact(at: path) }.first
    guard let artifact = index.artifact(at: path) ?? bought else {
      throw Refusal(404, code: "1000", "The artifact was not found.")
    }
    return .json(artifact)
  }

  /// Whether an order came out of a cart so recently that nothing of it is there yet.
  func isPending(_ order: ServedWorld.Order, of customer: String) -> Bool {
    purchases.orders(of: customer).contains { $0.id == order.id && !$0.isProvisioned(at: now) }
  }

  private func provisioned(of customer: String) -> [Purchase] {
    purchases.orders(of: customer).filter { $0.isProvisioned(at: now) }
  }
}
