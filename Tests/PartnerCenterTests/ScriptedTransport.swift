import PartnerCenter
import Synchronization

/// Answers as a script says and remembers what it was asked.
final class ScriptedTransport: Transport {
  private let script: @Sendable (_ request: APIRequest, _ call: Int) throws -> APIResponse
  private let log = Mutex<[APIRequest]>([])

  var asked: [APIRequest] { log.withLock { $0 } }

  /// - Parameter script: The request and its zero-based number to the answer.
  init(_ script: @escaping @Sendable (_ request: APIRequest, _ call: Int) throws -> APIResponse) {
    self.script = script
  }

  /// One answer after the other; after the last, an empty list.
  convenience init(_ answers: [APIResponse]) {
    self.init { _, call in call < answers.count ? answers[call] : .json(#"{"totalCount":0,"items":[]}"#) }
  }

  func answer(to request: APIRequest) async throws -> APIResponse {
    let call = log.withLock { log in
      log.append(request)
      return log.count - 1
    }
    return try script(request, call)
  }
}

extension APIResponse {
  static func json(_ text: String, status: Int = 200, headers: [String: String] = [:]) -> APIResponse {
    APIResponse(status: status, headers: headers, body: Array(text.utf8))
  }
}

/// Collects what a client hands out.
actor Collector {
  private(set) var bodies: [FetchedBody] = []
  func add(_ body: FetchedBody) { bodies.append(body) }
}
