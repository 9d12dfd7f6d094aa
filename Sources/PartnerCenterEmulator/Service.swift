/// The API as a function from calls to answers: contract §7, without the socket.
struct Service: Sendable {
  let index: WorldIndex

  init(_ world: ServedWorld) {
    index = WorldIndex(world)
  }

  /// - Parameter kind: Which token the call came with.
  func answer(to call: Call, kind: SignIn.Kind) throws(Refusal) -> Answer {
    guard call.path.first?.lowercased() == "v1", call.path.count > 1 else { throw .unknownPath(call.path) }
    guard call.method == "GET" else {
      throw Refusal(Answer(status: 405, headers: [("Allow", "GET")], body: []))
    }
    let rest = Array(call.path.dropFirst(2))
    switch call.path[1].lowercased() {
    case "invoices": return try invoices(rest, call, kind)
    case "customers": return try customers(rest, call, kind)
    default: throw .unknownPath(call.path)
    }
  }

  private func invoices(_ path: [String], _ call: Call, _ kind: SignIn.Kind) throws(Refusal) -> Answer {
    let words = path.map { $0.lowercased() }
    switch words.count {
    case 0: return try invoices(call)
    case 1 where words[0] == "summary": return .json(index.world.summary)
    case 1 where words[0] == "summaries":
      try kind.mustBeUser()
      return Listing(index.world.summaries, itself: "/invoices/summary").answer(salt: call.target)
    case 1:
      try kind.mustBeUser()
      return .json(try document(path[0]).json)
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
      throw Refusal(404, code: "60003", "The tenant \(customer) was not found.")
    }
    let words = path.map { $0.lowercased() }
    switch (words.count, words.count > 1 ? words[1] : "") {
    case (1, _): return .json(json)
    case (2, "orders"): return try orders(of: customer, call)
    case (3, "orders"): return try order(path[2], of: customer, call)
    case (4, "orders") where words[3] == "provisioningstatus":
      try kind.mustBeUser()
      return try provisioningStatus(ofOrder: path[2], of: customer, call)
    case (2, "subscriptions"): return subscriptions(of: customer, call)
    case (3, "subscriptions"): return .json(try subscription(path[2], of: customer))
    case (4, "subscriptions") where words[3] == "provisioningstatus":
      try kind.mustBeUser()
      throw Refusal(404, code: "800007", "There is no provisioning information for \(path[2]).")
    case (2, "entitlements"):
      try kind.mustBeUser()
      return try entitlements(of: customer, call)
    case (_, "artifacts"):
      try kind.mustBeUser()
      guard let artifact = index.artifact(at: "/customers/" + path.joined(separator: "/")) else {
        throw Refusal(404, code: "1000", "The artifact was not found.")
      }
      return .json(artifact)
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
