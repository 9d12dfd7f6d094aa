public import Logging
import Wire

/// Asks again, as `Retry` says.
///
/// What is still refused after the last try is returned as it came; what never came whole is thrown.
public struct RetryingTransport: Transport {
  private let next: any Transport
  private let policy: Retry.Policy
  private let logger: Logger
  private let sleep: @Sendable (Duration) async throws -> Void
  private let random: @Sendable () -> Int
  private let makeID: @Sendable () -> String

  /// - Parameters:
  ///   - random: A number from 0 to 999 for each rest.
  ///   - makeID: A new `MS-RequestId`.
  public init(
    next: any Transport, policy: Retry.Policy = Retry.Policy(), logger: Logger,
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    random: @escaping @Sendable () -> Int = { Int.random(in: 0..<1_000) },
    makeID: @escaping @Sendable () -> String = { APIRequest.makeID() }
  ) {
    self.next = next
    self.policy = policy
    self.logger = logger
    self.sleep = sleep
    self.random = random
    self.makeID = makeID
  }

  public func answer(to request: APIRequest) async throws -> APIResponse {
    var retry = Retry(policy)
    var request = request
    // Whoever sends a call that changes something names it, so that it stays one call whatever happens to its answer.
    if request.repetition == .freely || request.requestID == nil { request.requestID = makeID() }
    while true {
      let outcome: Result<APIResponse, TransportFailure>
      do {
        outcome = .success(try await next.answer(to: request))
      } catch let failure as TransportFailure {
        outcome = .failure(failure)
      }
      switch outcome {
      case .success(let response):
        guard Retry.statusesTransient.contains(response.status), request.mayBeRepeated(afterStatus: response.status)
        else { return response }
        let message = Wire.serviceError(response.body, status: response.status).message
        guard let rest = retry.rest(after: Retry.Failure(response, message: message), perMille: random()) else {
          return response
        }
        note("answer asks for another try", request, rest, attempt: retry.attempts, cause: "status \(response.status)")
        try await sleep(rest)
        // An answer, even a refusal, ends the call: the next one is a new call (contract §3.1). What changes something is
        // repeated only where nothing was done, or where something before the service gave up waiting: still one call.
        if request.repetition == .freely { request.requestID = makeID() }
      case .failure(let failure):
        guard request.mayBeRepeated(after: failure.kind),
          let rest = retry.rest(after: Retry.Failure(failure), perMille: random())
        else { throw failure }
        note("no whole answer, another try follows", request, rest, attempt: retry.attempts, cause: "\(failure.kind)")
        try await sleep(rest)
      }
    }
  }

  private func note(_ message: Logger.Message, _ request: APIRequest, _ rest: Duration, attempt: Int, cause: String) {
    logger.notice(
      message,
      metadata: [
        "target": "\(request.target)", "cause": "\(cause)", "attempt": "\(attempt)", "rest": "\(rest)",
      ])
  }
}
