public import PartnerCenter

/// One line of the journal: what was asked, and what came back.
package struct Exchange: Codable, Hashable, Sendable {
  package var run: String
  /// Order of arrival within the run, from 1: it orders attempts of one request and shows a line that was taken out.
  package var seq: Int
  /// Whom was asked; absent for Partner Center itself.
  package var service: String?
  package var method: String
  package var target: String
  package var continuationToken: String?
  /// The state of the data that was asked for.
  package var version: String?
  /// What was sent along, redacted.
  package var request: String?
  package var credentials: String
  package var status: Int?
  package var headers: [String: String]
  /// Items in the body, where it is a collection.
  package var count: Int?
  /// Size of the body after redaction.
  package var bytes: Int
  /// Name of the body; absent when it is empty.
  package var sha256: String?
  /// Why no whole answer came.
  package var failure: String?
  /// The earlier run whose answer was taken over without asking again; absent where the service was asked.
  package var from: String?

  /// Whether a whole answer came that says yes.
  package var isSuccess: Bool { failure == nil && status.map { (200...299).contains($0) } ?? false }

  package var question: Question {
    Question(
      service: service, method: method, target: target, continuationToken: continuationToken,
      version: version, request: request)
  }
}

/// What makes two requests the same request.
package struct Question: Hashable, Sendable, CustomStringConvertible {
  package var service: String?
  package var method: String
  package var target: String
  package var continuationToken: String?
  package var version: String?
  package var request: String?

  package var description: String {
    "\(method) \(target)" + (service.map { " of \($0)" } ?? "")
      + (continuationToken.map { " with the continuation token \($0)" } ?? "")
      + (version.map { " in the version \($0)" } ?? "") + (request.map { " with \($0)" } ?? "")
  }
}

extension Question {
  /// As the journal writes it: a signature in the address is no part of the question.
  package init(_ request: APIRequest) {
    self.init(
      service: request.service == .api ? nil : request.service.rawValue, method: request.method.rawValue,
      target: Redaction.redact(request.target), continuationToken: request.continuationToken,
      version: request.version, request: request.body.map { Redaction.redact(String(decoding: $0, as: UTF8.self)) })
  }
}

extension Exchange {
  /// What is wrong with the line although its members have the right types.
  var contradiction: String? {
    if seq < 1 { return "“seq” is \(seq)" }
    if bytes < 0 { return "“bytes” is \(bytes)" }
    if APIRequest.Method(rawValue: method) == nil { return "“method” is “\(method)”" }
    if let service, APIRequest.Service(rawValue: service) == nil { return "“service” is “\(service)”" }
    if APIRequest.Credentials(rawValue: credentials) == nil { return "“credentials” is “\(credentials)”" }
    if (status == nil) == (failure == nil) { return "it needs either “status” or “failure”" }
    if let status, !(100...999).contains(status) { return "“status” is \(status)" }
    if let sha256, !Digest.isWellFormed(sha256) { return "“sha256” is not 64 small hexadecimal digits" }
    if (bytes == 0) != (sha256 == nil) { return "“bytes” is \(bytes) and “sha256” is \(sha256 ?? "absent")" }
    return nil
  }
}

extension APIResponse {
  static let digestHeader = "x-tieout-sha256"

  /// Name of the archived body this answer carries, live as in a replay; `nil` without a body.
  public var digest: String? { headers[Self.digestHeader] }

  /// The headers that are archived and handed on; cookies and credentials are not among them.
  static let headersKept: Set<String> = [
    "content-type", "retry-after", "location", "operation-location", "ms-requestid", "ms-correlationid", "etag",
    "www-authenticate",
  ]

  var headersRedacted: [String: String] {
    var kept: [String: String] = [:]
    // Sorted, so that of two spellings of one name always the same one wins.
    for (name, value) in headers.sorted(by: { $0.key < $1.key }) where Self.headersKept.contains(name.lowercased()) {
      kept[name.lowercased()] = Redaction.redact(value)
    }
    return kept
  }
}
