/// One request to the service, without the bearer token: that is added at the very rim and never written down.
public struct APIRequest: Sendable {
  public enum Method: String, Hashable, Sendable { case get = "GET", post = "POST", put = "PUT" }

  /// Which token the call takes: contract §2.2.
  public enum Credentials: String, Hashable, Sendable { case app, appAndUser }

  /// What a good answer is made of.
  public enum AnswerKind: Hashable, Sendable {
    /// One whole JSON document, or nothing where the status promises nothing.
    case json
    /// Bytes; the header of the answer says JSON all the same (contract §9.10).
    case pdf
  }

  /// After which failures the same call may be sent once more without being asked.
  public enum Repetition: Hashable, Sendable {
    /// Whenever another try may help: the call changes nothing.
    case freely
    /// After silence, under the same `MS-RequestId`, by which the service knows the call again (contract §3.1, §8.4).
    case afterSilence
    /// Only when the service cannot have begun with it: a lost answer is resolved by reading.
    case ifUntouched
  }

  public var method: Method
  /// Path and query as they are sent, below the API's base address: `/v1/invoices?size=200`.
  public var target: String
  /// `MS-ContinuationToken` of the page asked for: it belongs to what is asked, not to how.
  public var continuationToken: String?
  public var credentials: Credentials
  /// `MS-RequestId`: the same when a call is repeated after a time-out (contract §3.1); `nil` lets the rim choose.
  ///
  /// It tells attempts apart, not questions, so it takes no part in equality.
  public var requestID: String?
  /// JSON to send.
  public var body: [UInt8]?
  public var answerKind: AnswerKind
  public var repetition: Repetition

  /// - Parameter repetition: Freely for what only reads, after silence for what changes something, unless said otherwise.
  public init(
    _ method: Method = .get, _ target: String, continuationToken: String? = nil, credentials: Credentials = .app,
    body: [UInt8]? = nil, answerKind: AnswerKind = .json, repetition: Repetition? = nil, requestID: String? = nil
  ) {
    self.method = method
    self.target = target
    self.continuationToken = continuationToken
    self.credentials = credentials
    self.body = body
    self.answerKind = answerKind
    self.repetition = repetition ?? (method == .get ? .freely : .afterSilence)
    self.requestID = requestID
  }
}

extension APIRequest: Hashable {
  public static func == (left: Self, right: Self) -> Bool {
    left.method == right.method && left.target == right.target && left.continuationToken == right.continuationToken
      && left.credentials == right.credentials && left.body == right.body
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(method)
    hasher.combine(target)
    hasher.combine(continuationToken)
    hasher.combine(credentials)
    hasher.combine(body)
  }
}

/// An answer as it came: nothing decoded, nothing dropped.
public struct APIResponse: Hashable, Sendable {
  public var status: Int
  /// Header names in lower case.
  public var headers: [String: String]
  public var body: [UInt8]

  public init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// Something that answers requests: the live service, or an archive that remembers what the service said.
public protocol Transport: Sendable {
  /// - Throws: `TransportFailure` when no whole answer came, `SignInError` when no token was to be had.
  func answer(to request: APIRequest) async throws -> APIResponse
}
