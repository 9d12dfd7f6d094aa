/// One request to the service, without the bearer token: that is added at the very rim and never written down.
public struct APIRequest: Sendable {
  public enum Method: String, Hashable, Sendable { case get = "GET", post = "POST", put = "PUT" }

  /// Whom the request goes to: each has an address, and tokens, of its own (contract §1, §2.1).
  public enum Service: String, Hashable, Sendable, CaseIterable {
    /// Partner Center itself.
    case api
    /// Microsoft Graph: the billing export of today (contract §11).
    case graph
    /// Price sheets and exchange rates (contract §10.3).
    case pricing
    /// The billing export of 2022 (contract §11.1).
    case export
    /// The storage account of an export: the target is a whole address without its signature, which only the rim knows.
    case storage
    /// This machine: files and figures that a run takes from its surroundings, so that the archive has them, too.
    case local
  }

  /// Which token the call takes: contract §2.2.
  public enum Credentials: String, Hashable, Sendable { case app, appAndUser }

  /// What a good answer is made of.
  public enum AnswerKind: Hashable, Sendable {
    /// One whole JSON document, or nothing where the status promises nothing.
    case json
    /// Bytes; the header of the answer says JSON all the same (contract §9.10).
    case pdf
    /// Comma-separated text (contract §10.3).
    case csv
    /// Compressed JSON lines (contract §11.3).
    case blob
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

  public var service: Service
  public var method: Method
  /// Path and query as they are sent, below the API's base address: `/v1/invoices?size=200`.
  public var target: String
  /// `MS-ContinuationToken` of the page asked for: it belongs to what is asked, not to how.
  public var continuationToken: String?
  public var credentials: Credentials
  /// Which state of the data is asked for, where one address can hold several: the `eTag` of an export's manifest.
  public var version: String?
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
    _ method: Method = .get, _ target: String, of service: Service = .api, continuationToken: String? = nil,
    credentials: Credentials = .app, version: String? = nil, body: [UInt8]? = nil, answerKind: AnswerKind = .json,
    repetition: Repetition? = nil, requestID: String? = nil
  ) {
    self.service = service
    self.method = method
    self.target = target
    self.continuationToken = continuationToken
    self.credentials = credentials
    self.version = version
    self.body = body
    self.answerKind = answerKind
    self.repetition = repetition ?? (method == .get ? .freely : .afterSilence)
    self.requestID = requestID
  }
}

extension APIRequest: Hashable {
  public static func == (left: Self, right: Self) -> Bool {
    left.service == right.service && left.method == right.method && left.target == right.target
      && left.continuationToken == right.continuationToken && left.credentials == right.credentials
      && left.version == right.version
      && left.body == right.body
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(service)
    hasher.combine(method)
    hasher.combine(target)
    hasher.combine(continuationToken)
    hasher.combine(credentials)
    hasher.combine(version)
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
