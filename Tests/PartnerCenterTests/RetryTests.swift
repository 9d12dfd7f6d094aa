import Logging
import Synchronization
import Testing

@testable import PartnerCenter

@Suite("Retry")
struct RetryTests {
  @Test(
    "rests longer each time, half of it by chance, and up to a limit",
    arguments: [
      // Failures so far, chance in a thousandth, rest in milliseconds.
      (1, 0, 250), (1, 1000, 500), (2, 0, 500), (2, 1000, 1000), (3, 0, 1000), (4, 0, 2000), (5, 500, 6000),
      (8, 0, 30_000), (9, 1000, 60_000),
    ])
  func backOff(failures: Int, perMille: Int, milliseconds: Int) {
    var retry = Retry(Retry.Policy(attemptsMax: 20))
    var rest: Duration?
    for _ in 0..<failures { rest = retry.rest(after: .init(isTransient: true), perMille: perMille) }
    #expect(rest == .milliseconds(milliseconds))
  }

  @Test("gives up after so many attempts")
  func attempts() {
    var retry = Retry(Retry.Policy(attemptsMax: 3))
    let failure = Retry.Failure(isTransient: true)
    #expect(retry.rest(after: failure, perMille: 0) != nil)
    #expect(retry.rest(after: failure, perMille: 0) != nil)
    #expect(retry.rest(after: failure, perMille: 0) == nil)
    #expect(retry.attempts == 3)
  }

  @Test(
    "never rests less than the service asked for, and not at all when it asks for too much",
    arguments: [(0, 250), (57, 57_000), (600, 600_000), (601, nil)] as [(Int, Int?)])
  func retryAfter(seconds: Int, milliseconds: Int?) {
    var retry = Retry()
    let rest = retry.rest(after: .init(isTransient: true, retryAfter: .seconds(seconds)), perMille: 0)
    #expect(rest == milliseconds.map { .milliseconds($0) })
  }

  @Test("does not ask again what another try cannot change")
  func permanent() {
    var retry = Retry()
    #expect(retry.rest(after: .init(isTransient: false, retryAfter: .seconds(1)), perMille: 0) == nil)
  }

  @Test(
    "knows which answers are transient",
    arguments: [
      (200, false), (400, false), (401, false), (403, false), (404, false), (408, true), (409, false), (429, true),
      (500, true), (501, false), (502, true), (503, true), (504, true),
    ])
  func statuses(status: Int, isTransient: Bool) {
    #expect(Retry.Failure(.init(status: status), message: "").isTransient == isTransient)
  }

  @Test(
    "reads Retry-After in seconds, else the sentence of a 429, else rests as usual",
    arguments: [
      ("57", "", 57), (" 10 ", "Try again in 57 seconds.", 10),
      (nil, "Rate limit is exceeded. Try again in 57 seconds.", 57), (nil, "Try again in 1 second.", 1),
      ("Wed, 21 Oct 2026 07:28:00 GMT", "", nil), ("-1", "", nil), (nil, "in 5 minutes", nil), (nil, "", nil),
    ] as [(String?, String, Int?)])
  func seconds(header: String?, message: String, seconds: Int?) {
    let response = APIResponse(status: 429, headers: header.map { ["retry-after": $0] } ?? [:])
    #expect(Retry.Failure(response, message: message).retryAfter == seconds.map { .seconds($0) })
  }
}

@Suite("A transport that retries")
struct RetryingTransportTests {
  private final class Naps: Sendable {
    private let list = Mutex<[Duration]>([])
    var taken: [Duration] { list.withLock { $0 } }
    func take(_ nap: Duration) { list.withLock { $0.append(nap) } }
  }

  /// Ids count up, naps are written down, chance is 0.
  private func transport(over next: ScriptedTransport, naps: Naps, attemptsMax: Int = 4) -> RetryingTransport {
    let ids = Mutex(0)
    return RetryingTransport(
      next: next, policy: Retry.Policy(attemptsMax: attemptsMax), logger: Logger(label: "test"),
      sleep: { naps.take($0) }, random: { 0 },
      makeID: {
        ids.withLock { ids in
          ids += 1
          return "id-\(ids)"
        }
      })
  }

  private static let throttled = APIResponse.json(
    #"{"statusCode":429,"message":"Rate limit is exceeded. Try again in 57 seconds."}"#, status: 429,
    headers: ["retry-after": "57"])

  @Test("waits as long as the service asks, and hands out what comes then")
  func throttled() async throws {
    let naps = Naps()
    let next = ScriptedTransport([Self.throttled, .json("{}", status: 503), .json(#"{"id":"G1"}"#)])
    let response = try await transport(over: next, naps: naps).answer(to: APIRequest(.get, "/v1/invoices/G1"))
    #expect(response == .json(#"{"id":"G1"}"#))
    #expect(naps.taken == [.seconds(57), .milliseconds(500)])
    #expect(next.asked.map(\.requestID) == ["id-1", "id-2", "id-3"])
  }

  @Test("repeats a call after a time-out under the same id")
  func timedOut() async throws {
    let naps = Naps()
    let next = ScriptedTransport { request, call in
      switch call {
      case 0: throw TransportFailure(.timedOut, target: request.target)
      case 1: throw TransportFailure(.bodyIncomplete, target: request.target)
      default: return .json("{}")
      }
    }
    _ = try await transport(over: next, naps: naps).answer(to: APIRequest(.get, "/v1/invoices"))
    #expect(next.asked.map(\.requestID) == ["id-1", "id-1", "id-1"])
    #expect(naps.taken == [.milliseconds(250), .milliseconds(500)])
  }

  @Test("hands out the refusal, or throws the failure, when the last try failed")
  func givesUp() async throws {
    let naps = Naps()
    let busy = ScriptedTransport { _, _ in .json("", status: 504) }
    #expect(try await transport(over: busy, naps: naps).answer(to: APIRequest(.get, "/v1/invoices")).status == 504)
    #expect(busy.asked.count == 4)

    let failure = TransportFailure(.connection, target: "/v1/invoices", detail: "refused")
    let broken = ScriptedTransport { _, _ in throw failure }
    await #expect(throws: failure) {
      try await transport(over: broken, naps: naps).answer(to: APIRequest(.get, "/v1/invoices"))
    }
    #expect(broken.asked.count == 4)
  }

  @Test("does not repeat what was refused, nor a sign-in that was")
  func refused() async throws {
    let naps = Naps()
    let next = ScriptedTransport([.json(#"{"code":"900308"}"#, status: 403)])
    #expect(try await transport(over: next, naps: naps).answer(to: APIRequest(.get, "/v1/invoices")).status == 403)

    let error = SignInError.userMissing(target: "/v1/invoices/summaries")
    let signIn = ScriptedTransport { _, _ in throw error }
    await #expect(throws: error) {
      try await transport(over: signIn, naps: naps).answer(to: APIRequest(.get, "/v1/invoices/summaries"))
    }
    #expect(signIn.asked.count == 1)
    #expect(naps.taken.isEmpty)
  }
}
