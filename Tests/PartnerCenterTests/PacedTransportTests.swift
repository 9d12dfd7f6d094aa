import Logging
import Synchronization
import Testing

@testable import PartnerCenter

/// A clock that moves only when somebody sleeps.
private final class HeldClock: Sendable {
  let beginning = ContinuousClock.now
  private let state = Mutex<(passed: Duration, naps: [Duration])>((.zero, []))

  var now: RateBudget.Instant { state.withLock { beginning.advanced(by: $0.passed) } }
  var naps: [Duration] { state.withLock { $0.naps } }

  func sleep(_ nap: Duration) {
    state.withLock {
      $0.passed += nap
      $0.naps.append(nap)
    }
  }
}

@Suite("A paced transport")
struct PacedTransportTests {
  private static let throttled = APIResponse.json(
    #"{"statusCode":429,"message":"Rate limit is exceeded. Try again in 57 seconds."}"#, status: 429)

  private let clock = HeldClock()
  private let request = APIRequest(.get, "/v1/customers?size=40")

  private func paced(over next: ScriptedTransport, callsPerMinute: Int) -> PacedTransport {
    let clock = clock
    return PacedTransport(
      next: next, budget: RateBudget(callsPerMinute: callsPerMinute), logger: Logger(label: "test"),
      now: { clock.now }, sleep: { clock.sleep($0) })
  }

  @Test("rests before the call that is one too many")
  func rests() async throws {
    let next = ScriptedTransport { _, _ in .json("{}") }
    let transport = paced(over: next, callsPerMinute: 3)
    for _ in 0..<7 { _ = try await transport.answer(to: request) }
    #expect(clock.naps == [.seconds(60), .seconds(60)])
    #expect(next.asked.count == 7)
  }

  @Test("has no turn to take for files and for this machine", arguments: [APIRequest.Service.storage, .local])
  func free(service: APIRequest.Service) async throws {
    let next = ScriptedTransport { _, _ in .json("{}") }
    let transport = paced(over: next, callsPerMinute: 1)
    for _ in 0..<5 { _ = try await transport.answer(to: APIRequest(.get, "/part-0.json.gz", of: service)) }
    #expect(clock.naps.isEmpty)
    _ = try await transport.answer(to: request)
    #expect(clock.naps.isEmpty)
  }

  @Test("counts the calls of every service of the tenant", arguments: [APIRequest.Service.graph, .pricing, .export])
  func counted(service: APIRequest.Service) async throws {
    let transport = paced(over: ScriptedTransport { _, _ in .json("{}") }, callsPerMinute: 1)
    _ = try await transport.answer(to: request)
    _ = try await transport.answer(to: APIRequest(.get, "/v1.0/operations", of: service))
    #expect(clock.naps == [.seconds(60)])
  }

  @Test(
    "hands a refusal out as it came and makes the next caller rest as long as it asks",
    arguments: [([:], 57), (["retry-after": "12"], 12), (["retry-after": "86400"], 600)])
  func slowsDown(headers: [String: String], seconds: Int) async throws {
    var refusal = Self.throttled
    refusal.headers = headers
    let next = ScriptedTransport([refusal, .json(#"{"id":"1"}"#)])
    let transport = paced(over: next, callsPerMinute: 500)
    #expect(try await transport.answer(to: request) == refusal)
    #expect(clock.naps.isEmpty)
    #expect(try await transport.answer(to: request) == .json(#"{"id":"1"}"#))
    #expect(clock.naps == [.seconds(seconds)])
  }

  @Test("halves what is allowed: 10 calls, a refusal, then 30 of 60 in a minute")
  func halves() async throws {
    let next = ScriptedTransport { _, call in call == 9 ? Self.throttled : .json("{}") }
    let transport = paced(over: next, callsPerMinute: 60)
    for _ in 0..<10 { _ = try await transport.answer(to: request) }
    for _ in 0..<20 { _ = try await transport.answer(to: request) }
    // 57 seconds because the service said so; the ten before it still count until they are a minute old.
    #expect(clock.naps == [.seconds(57)])
    for _ in 0..<10 { _ = try await transport.answer(to: request) }
    #expect(clock.naps == [.seconds(57), .seconds(3)])
    _ = try await transport.answer(to: request)
    #expect(clock.naps == [.seconds(57), .seconds(3), .seconds(57)])
  }

  @Test("counts every attempt of a transport that retries")
  func attempts() async throws {
    let clock = clock
    let next = ScriptedTransport([.json("", status: 503), .json("", status: 503), .json("{}")])
    let transport = RetryingTransport(
      next: paced(over: next, callsPerMinute: 2), logger: Logger(label: "test"), sleep: { clock.sleep($0) },
      random: { 0 })
    _ = try await transport.answer(to: request)
    // Two back-offs, and the rest of the minute after the first attempt.
    #expect(clock.naps == [.milliseconds(250), .milliseconds(500), .milliseconds(59_250)])
  }

  @Test("lets parallel callers through one by one until all are done")
  func parallel() async throws {
    let next = ScriptedTransport { _, call in call % 40 == 39 ? Self.throttled : .json("{}") }
    let transport = paced(over: next, callsPerMinute: 100)
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<300 { group.addTask { try await transport.answer(to: request).status } }
      var statuses: [Int: Int] = [:]
      for try await status in group { statuses[status, default: 0] += 1 }
      #expect(statuses == [200: 293, 429: 7])
    }
    #expect(next.asked.count == 300)
    #expect(!clock.naps.isEmpty)
  }
}

@Suite("The line before a rate budget")
struct TurnstileTests {
  /// Sleeps until it is woken, and says when somebody sleeps.
  private final class Bed: Sendable {
    private let state = Mutex<
      (sleepers: [CheckedContinuation<Void, any Error>], watch: CheckedContinuation<Void, Never>?)
    >(
      ([], nil))

    func sleep(_ rest: Duration) async throws {
      try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { sleeper in
          let watch = state.withLock { state in
            state.sleepers.append(sleeper)
            defer { state.watch = nil }
            return state.watch
          }
          watch?.resume()
          if Task.isCancelled { wake(throwing: CancellationError()) }
        }
      } onCancel: {
        wake(throwing: CancellationError())
      }
    }

    func someoneSleeps() async {
      await withCheckedContinuation { watch in
        let isAsleep = state.withLock { state in
          guard state.sleepers.isEmpty else { return true }
          state.watch = watch
          return false
        }
        if isAsleep { watch.resume() }
      }
    }

    func wake(throwing error: (any Error)? = nil) {
      let sleepers = state.withLock { state in
        defer { state.sleepers = [] }
        return state.sleepers
      }
      for sleeper in sleepers {
        if let error { sleeper.resume(throwing: error) } else { sleeper.resume() }
      }
    }
  }

  private let bed = Bed()
  /// A turnstile whose first turn is taken, so that the next caller rests.
  private func turnstile() async throws -> Turnstile {
    let bed = bed
    let clock = SharedClock()
    let turnstile = Turnstile(
      RateBudget(callsPerMinute: 1), now: { clock.now },
      sleep: {
        try await bed.sleep($0)
        clock.advance(by: $0)
      })
    _ = try await turnstile.pass()
    return turnstile
  }

  private func waiters(_ count: Int, before turnstile: Turnstile) async {
    while turnstile.waitingCount < count { await Task.yield() }
  }

  @Test("is first come, first served")
  func fair() async throws {
    let turnstile = try await turnstile()
    let order = Order()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for caller in 0..<5 {
        group.addTask {
          _ = try await turnstile.pass()
          order.add(caller)
        }
        // The first one sleeps, the others stand behind it.
        if caller == 0 { await bed.someoneSleeps() }
        await waiters(caller, before: turnstile)
      }
      for caller in 0..<5 {
        await bed.someoneSleeps()
        bed.wake()
        while order.callers.count <= caller { await Task.yield() }
      }
      try await group.waitForAll()
    }
    #expect(order.callers == [0, 1, 2, 3, 4])
  }

  @Test("lets go whoever is cancelled, first or not, and keeps the others")
  func cancelled() async throws {
    let turnstile = try await turnstile()
    let first = Task { try await turnstile.pass() }
    await bed.someoneSleeps()
    let second = Task { try await turnstile.pass() }
    await waiters(1, before: turnstile)
    let third = Task { try await turnstile.pass() }
    await waiters(2, before: turnstile)

    second.cancel()
    await #expect(throws: CancellationError.self) { try await second.value }
    #expect(turnstile.waitingCount == 1)
    first.cancel()
    await #expect(throws: CancellationError.self) { try await first.value }
    await bed.someoneSleeps()
    #expect(turnstile.waitingCount == 0)
    bed.wake()
    _ = try await third.value
  }

  @Test("does not let in whoever was cancelled before")
  func cancelledBefore() async throws {
    let turnstile = try await turnstile()
    let late = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await turnstile.pass()
    }
    await #expect(throws: CancellationError.self) { try await late.value }
    #expect(turnstile.waitingCount == 0)
    let next = Task { try await turnstile.pass() }
    await bed.someoneSleeps()
    bed.wake()
    _ = try await next.value
  }

  private final class Order: Sendable {
    private let list = Mutex<[Int]>([])
    var callers: [Int] { list.withLock { $0 } }
    func add(_ caller: Int) { list.withLock { $0.append(caller) } }
  }

  private final class SharedClock: Sendable {
    private let time = Mutex(ContinuousClock.now)
    var now: RateBudget.Instant { time.withLock { $0 } }
    func advance(by rest: Duration) { time.withLock { $0 = $0.advanced(by: rest) } }
  }
}
