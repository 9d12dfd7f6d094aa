public import Logging
import Synchronization
import Wire

/// Lets a call through when the budget has a turn for it: first come, first served.
///
/// It stands right above the live service, so that every attempt takes a turn: refused ones count, too (contract §6.4).
/// Files of a storage account and questions to this machine are no calls of the tenant's. A call whose token turns out to
/// be dead is sent once more within its turn, which happens at most once in a token's life.
public struct PacedTransport: Transport {
  private let next: any Transport
  private let turnstile: Turnstile
  private let restMax: Duration
  private let logger: Logger

  /// - Parameters:
  ///   - restMax: Nobody is made to rest longer, whatever a refusal asks for: whoever got it gives up (`Retry.Policy`).
  public init(
    next: any Transport, budget: RateBudget = RateBudget(), restMax: Duration = Retry.Policy().retryAfterMax,
    logger: Logger, now: @escaping @Sendable () -> RateBudget.Instant = { .now },
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.next = next
    self.restMax = restMax
    self.logger = logger
    turnstile = Turnstile(budget, now: now, sleep: sleep)
  }

  public func answer(to request: APIRequest) async throws -> APIResponse {
    if request.service == .storage || request.service == .local { return try await next.answer(to: request) }
    let turn = try await turnstile.pass()
    let response = try await next.answer(to: request)
    guard response.status == 429 else { return response }
    let message = Wire.serviceError(response.body, status: response.status).message
    let asked = min(Retry.Failure(response, message: message).retryAfter ?? .zero, restMax)
    let ceiling = turnstile.slowDown(for: asked, turn: turn)
    logger.notice(
      "the service asks for patience, calls are slowed down",
      metadata: ["target": "\(request.target)", "rest": "\(asked)", "calls-per-minute": "\(ceiling)"])
    return response
  }
}

/// The line before the budget. Only who is first in it rests, so nobody is overtaken, and a rest that grows meanwhile
/// holds for all.
final class Turnstile: Sendable {
  private struct Waiter {
    var ticket: Int
    var isCalled: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var budget: RateBudget
    var waiting: [Waiter] = []
    var isTaken = false
    var tickets = 0
    /// Who gave up before standing in the line.
    var givenUp: Set<Int> = []
  }

  private let state: Mutex<State>
  private let now: @Sendable () -> RateBudget.Instant
  private let sleep: @Sendable (Duration) async throws -> Void

  init(
    _ budget: RateBudget, now: @escaping @Sendable () -> RateBudget.Instant,
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    state = Mutex(State(budget: budget))
    self.now = now
    self.sleep = sleep
  }

  /// How many stand behind the first.
  var waitingCount: Int { state.withLock { $0.waiting.count } }

  /// Returns when the call may be sent, and at which time that was.
  func pass() async throws -> RateBudget.Instant {
    try await stepForward()
    defer { callNext() }
    while true {
      try Task.checkCancellation()
      let now = now()
      let rest = state.withLock { $0.budget.turn(at: now) }
      guard rest > .zero else { return now }
      try await sleep(rest)
    }
  }

  /// - Returns: The calls per minute that are left.
  func slowDown(for rest: Duration, turn: RateBudget.Instant) -> Int {
    let now = now()
    return state.withLock { state in
      state.budget.slowDown(until: now.advanced(by: rest), turn: turn, at: now)
      return state.budget.ceiling(at: now)
    }
  }

  /// Returns when nobody is before the caller any more.
  private func stepForward() async throws {
    let ticket = state.withLock { state in
      state.tickets += 1
      return state.tickets
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (isCalled: CheckedContinuation<Void, any Error>) in
        let answer: Result<Void, any Error>? = state.withLock { state in
          if state.givenUp.remove(ticket) != nil { return .failure(CancellationError()) }
          guard state.isTaken else {
            state.isTaken = true
            return .success(())
          }
          state.waiting.append(Waiter(ticket: ticket, isCalled: isCalled))
          return nil
        }
        if let answer { isCalled.resume(with: answer) }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        guard let place = state.waiting.firstIndex(where: { $0.ticket == ticket }) else {
          state.givenUp.insert(ticket)
          return nil as Waiter?
        }
        return state.waiting.remove(at: place)
      }
      waiter?.isCalled.resume(throwing: CancellationError())
    }
    state.withLock { _ = $0.givenUp.remove(ticket) }
  }

  private func callNext() {
    let waiter = state.withLock { state in
      guard state.waiting.isEmpty else { return state.waiting.removeFirst() as Waiter? }
      state.isTaken = false
      return nil
    }
    waiter?.isCalled.resume()
  }
}
