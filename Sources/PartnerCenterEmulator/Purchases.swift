import Synchronization

/// What callers have changed since the emulator started: the only thing in it that is not fixed by the world.
final class Purchases: Sendable {
  struct State: Sendable {
    /// By id in lower case.
    var carts: [String: Cart] = [:]
    /// By customer in lower case, in the order of check-out.
    var orders: [String: [Purchase]] = [:]
    /// How often the status of a registration was asked for, by customer and subscription in lower case.
    var polls: [String: Int] = [:]
    /// By the identity of the request: what was answered once is answered again and done once.
    var answers: [String: Answer] = [:]
    /// How many answers to a check-out were lost on their way.
    var answersLost = 0
  }

  private let state = Mutex(State())

  /// Does something with everything that was bought, one caller at a time.
  func with<Result: Sendable>(_ work: (inout State) throws(Refusal) -> Result) throws(Refusal) -> Result {
    try state.withLock { (state) throws(Refusal) -> Result in try work(&state) }
  }

  /// Does something once for all requests of the same identity; a refusal is not kept.
  func once(_ call: Call, _ work: (inout State) throws(Refusal) -> Answer) throws(Refusal) -> Answer {
    try with { (state) throws(Refusal) -> Answer in
      if let identity = call.identity, let answer = state.answers[identity] { return answer }
      let answer = try work(&state)
      if let identity = call.identity { state.answers[identity] = answer }
      return answer
    }
  }

  /// All orders, customer by customer.
  var everything: [Purchase] {
    state.withLock { state in state.orders.keys.sorted().flatMap { state.orders[$0] ?? [] } }
  }

  func orders(of customer: String) -> [Purchase] {
    state.withLock { $0.orders[customer.lowercased()] ?? [] }
  }
}
