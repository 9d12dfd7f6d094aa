/// The API as a function from calls to answers: contract §7, without the socket.
struct Service: Sendable {
  /// What is served; another one once an invoice is issued again.
  var index: WorldIndex
  let configuration: Emulator.Configuration
  let purchases = Purchases()
  let exports: Exports

  init(_ world: ServedWorld, _ configuration: Emulator.Configuration) {
    index = WorldIndex(world)
    self.configuration = configuration
    exports = Exports(configuration.exportFaults)
  }

  /// Seconds since 1970, UTC, on the emulator's own clock.
  var now: Int64 { index.world.asOf + configuration.clock.seconds }

  /// - Parameter kind: Which token the call came with.
  func answer(to call: Call, kind: SignIn.Kind) throws(Refusal) -> Answer {
    guard call.path.first?.lowercased() == "v1", call.path.count > 1 else { throw .unknownPath(call.path) }
    guard call.method == "GET" else { return try write(call, kind) }
    let rest = Array(call.path.dropFirst(2))
    switch call.path[1].lowercased() {
    case "invoices": return try invoices(rest, call, kind)
    case "customers": return try customers(rest, call, kind)
    case "products": return try products(rest, call)
    default: throw .unknownPath(call.path)
    }
  }

  private func invoices(_ path: [String], _ call: Call, _ kind: SignIn.Kind) throws(Refusal) -> Answer {
    let words = path.map { $0.lowercased() }
    switch words.count {
    case 0: return try invoices(call)
    case 1 where words[0] == "summary": return .json(summary)
    case 1 where words[0] == "summaries":
      try kind.mustBeUser()
      return Listing(allSummaries, itself: "/invoices/summary").answer(salt: call.target)
    case 1:
      try kind.mustBeUser()
      return .json(try document(path[0]).json)
    case 2 where words == ["unbilled", "lineitems"]: return try unbilledLines(call)
    case 2 where words == ["estimates", "links"]: return try estimateLinks(call)
    case 3 where words[1...] == ["documents", "statement"]:
      try kind.mustBeUser()
      return statement(of: try document(path[0]))
    case 5 where words[1] == "receipts" && words[3...] == ["documents", "statement"]:
      try kind.mustBeUser()
      return try receipt(path[2], of: document(path[0]))
    case 2 where words[1] == "lineitems":
      return try lines(
        of: document(path[0]), provider: call.value("provider"), type: call.value("invoicelineitemtype"), call)
    case 4 where words[1] == "lineitems":
      return try lines(of: document(path[0]), provider: words[2], type: words[3], call)
    default: throw .unknownPath(call.path)
    }
  }

  private func customers(_ path: [String], _ call: Call, _ kind: SignIn.Kind) throws(Refusal) -> Answer {
    guard let customer = path.first else { return try customers(call) }
    guard let json = index.customer(customer) else {
      throw .unknownTenant(customer)
    }
    let words = path.map { $0.lowercased() }
    switch (words.count, words.count > 1 ? words[1] : "") {
    case (1, _): return .json(json)
    case (2, "orders"): return try orders(of: customer, call)
    case (3, "orders"): return try order(path[2], of: customer, call)
    case (4, "orders") where words[3] == "provisioningstatus":
      try kind.mustBeUser()
      return try provisioningStatus(ofOrder: path[2], of: customer, call)
    case (_, "products"): return try products(Array(path.dropFirst(2)), of: customer, call)
    case (3, "carts"): return try cart(path[2], of: customer)
    case (2, "subscriptions"): return subscriptions(of: customer, call)
    case (3, "subscriptions"): return .json(try subscription(path[2], of: customer))
    case (4, "subscriptions") where words[3] == "provisioningstatus":
      try kind.mustBeUser()
      return try provisioningStatus(ofSubscription: path[2], of: customer)
    case (4, "subscriptions") where words[3] == "registrationstatus":
      return try registrationStatus(path[2], of: customer)
    case (4...5, "subscriptions") where words[3] == "azureentitlements":
      return try azureEntitlements(path[2], path.count > 4 ? path[4] : nil, of: customer, call)
    case (2, "entitlements"):
      try kind.mustBeUser()
      return try entitlements(of: customer, call)
    case (_, "artifacts"):
      try kind.mustBeUser()
      return try artifact(at: "/customers/" + path.joined(separator: "/"), of: customer)
    default: throw .unknownPath(call.path)
    }
  }
}

extension SignIn.Kind {
  /// Contract §2.2: what belongs to the partner's own account takes a user.
  fileprivate func mustBeUser() throws(Refusal) {
    guard self == .appAndUser else { throw .appOnly }
  }
}
