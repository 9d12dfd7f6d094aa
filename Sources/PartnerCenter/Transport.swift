/// One request to the service, without the bearer token: that is added at the very rim and never written down.
public struct APIRequest: Sendable {
  public enum Method: String, Hashable, Sendable { case get = "GET", post = "POST" }

  /// Which token the call takes: contract §2.2.
  public enum Credentials: String, Hashable, Sendable { case app, appAndUser }

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

  public init(
    _ method: Method = .get, _ target: String, continuationToken: String? = nil, credentials: Credentials = .app
  ) {
    self.method = method
    self.target = target
    self.continuationToken = continuationToken
    self.credentials = credentials
  }
}

extension APIRequest: Hashable {
  public static func == (left: Self, right: Self) -> Bool {
    left.method == right.method && left.target == right.target && left.continuationToken == right.continuationToken
      && left.credentials == right.credentials
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(method)
    hasher.combine(target)
    hasher.combine(continuationToken)
    hasher.combine(credentials)
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
