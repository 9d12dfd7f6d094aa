import AsyncHTTPClient
public import Logging
import NIOHTTP1
import Wire

/// The live service: addresses, headers, tokens and whole bodies.
///
/// An answer counts only when its JSON ends properly: a body with too small a `Content-Length` looks complete.
public struct HTTPTransport: Transport {
  public struct Configuration: Sendable {
    public var addresses: ServiceAddresses
    public var credentials: Credentials
    /// `MS-CorrelationId` of every call of the run.
    public var correlationID: String
    public var connectMax: Duration
    /// Longest silence within an answer.
    public var readMax: Duration
    /// Deadline for a whole answer.
    public var answerMax: Duration
    public var bodyBytesMax: Int
    /// Hears of every refresh token a sign-in brings: the newest one is to be kept for the next run.
    public var onRefreshToken: (@Sendable (IssuedRefreshToken) async -> Void)?

    public init(
      addresses: ServiceAddresses = ServiceAddresses(), credentials: Credentials,
      correlationID: String = APIRequest.makeID(), connectMax: Duration = .seconds(10),
      readMax: Duration = .seconds(60), answerMax: Duration = .seconds(300), bodyBytesMax: Int = 512 << 20,
      onRefreshToken: (@Sendable (IssuedRefreshToken) async -> Void)? = nil
    ) {
      self.addresses = addresses
      self.credentials = credentials
      self.correlationID = correlationID
      self.connectMax = connectMax
      self.readMax = readMax
      self.answerMax = answerMax
      self.bodyBytesMax = bodyBytesMax
      self.onRefreshToken = onRefreshToken
    }
  }

  private let configuration: Configuration
  private let exchange: HTTPExchange
  private let tokens: TokenSource
  private let signatures = SignatureBook()
  private let logger: Logger

  /// Opens nothing yet; `shutdown` closes what calls have opened.
  public init(_ configuration: Configuration, logger: Logger) {
    let exchange = HTTPExchange(
      HTTPExchange.Limits(
        connectMax: configuration.connectMax, readMax: configuration.readMax, wholeMax: configuration.answerMax,
        bodyBytesMax: configuration.bodyBytesMax))
    let signIn = SignInService(
      address: configuration.addresses.signIn, credentials: configuration.credentials, exchange: exchange,
      logger: logger)
    self.configuration = configuration
    self.exchange = exchange
    self.logger = logger
    tokens = TokenSource(
      refreshToken: configuration.credentials.refreshToken, onRefreshToken: configuration.onRefreshToken
    ) { kind, refreshToken, target in
      try await signIn.grant(kind, refreshToken: refreshToken, target: target)
    }
  }

  public func shutdown() async throws { try await exchange.shutdown() }

  /// Opens a transport, lends it to `body`, and closes it whatever happens.
  public static func withTransport<Result: Sendable>(
    _ configuration: Configuration, logger: Logger, body: (HTTPTransport) async throws -> Result
  ) async throws -> Result {
    let transport = HTTPTransport(configuration, logger: logger)
    do {
      let result = try await body(transport)
      try await transport.shutdown()
      return result
    } catch {
      // What went wrong in the body is worth more than what goes wrong while closing.
      try? await transport.shutdown()
      throw error
    }
  }

  public func answer(to request: APIRequest) async throws -> APIResponse {
    // A storage account opens by its signature and must not see a token (contract §11).
    if request.service == .storage { return try await file(request) }
    guard let address = configuration.addresses[request.service] else {
      throw TransportFailure(.connection, target: request.target, detail: "nobody answers for it here")
    }
    var request = request
    if request.requestID == nil { request.requestID = APIRequest.makeID() }
    let kind = TokenKind(request.credentials, Audience(request.service))
    let token = try await tokens.token(for: kind, target: request.target)
    let response = try await send(request, to: address, token: token)
    guard response.status == 401 else { return response }

    // A token may die before its time; one new sign-in per request tells that from a refusal.
    logger.notice("token refused, signing in once more", metadata: ["target": "\(request.target)"])
    await tokens.drop(token, for: kind)
    // What is known by its id keeps it: the refused token kept the service from beginning.
    if request.repetition == .freely { request.requestID = APIRequest.makeID() }
    return try await send(request, to: address, token: tokens.token(for: kind, target: request.target))
  }

  private func send(
    _ request: APIRequest, to address: ServiceAddress, token: Secret
  ) async throws -> APIResponse {
    var call = HTTPClientRequest(url: address.url(of: request.target))
    call.method = HTTPMethod(rawValue: request.method.rawValue)
    call.headers = headers(of: request, token: token)
    if let body = request.body { call.body = .bytes(body) }
    let response = try await exchange.answer(to: call, target: request.target)
    note(response, to: request)
    if request.service == .graph || request.service == .export { signatures.learn(from: response.body) }
    guard (200..<300).contains(response.status), request.answerKind == .json else { return response }
    // “Accepted” and “no content” come without a body (contract §8.1).
    if response.body.isEmpty, response.status == 202 || response.status == 204 { return response }
    do {
      try Wire.validate(response.body)
    } catch {
      throw TransportFailure(.bodyIncomplete, target: request.target, detail: "\(error)")
    }
    return response
  }

  /// One file of an export, with the signature its manifest came with.
  private func file(_ request: APIRequest) async throws -> APIResponse {
    // The address comes from an answer, not from a person, and is held to the same rules.
    _ = try ServiceAddress(request.target, option: "The address of an export's file")
    let response = try await exchange.answer(
      to: HTTPClientRequest(url: signatures.signed(request.target)), target: request.target)
    note(response, to: request)
    return response
  }

  private func note(_ response: APIResponse, to request: APIRequest) {
    logger.debug(
      "answer received",
      metadata: [
        "target": "\(request.target)", "status": "\(response.status)", "bytes": "\(response.body.count)",
        "request-id": "\(request.requestID ?? "")",
      ])
  }

  /// Contract §3.1; Graph and the pricing host know a call by a header of their own.
  private func headers(of request: APIRequest, token: Secret) -> HTTPHeaders {
    var headers: HTTPHeaders = [
      "Authorization": "Bearer \(token.revealed)",
      "Accept": request.answerKind == .csv ? "*/*" : "application/json",
      "Accept-Encoding": "gzip",
      "MS-RequestId": request.requestID ?? "",
      "MS-CorrelationId": configuration.correlationID,
      "X-Locale": "en-US",
      "MS-PartnerCenter-Application": "tieout",
    ]
    if request.service == .graph || request.service == .pricing {
      headers.add(name: "client-request-id", value: request.requestID ?? "")
    }
    if request.body != nil { headers.add(name: "Content-Type", value: "application/json") }
    if let token = request.continuationToken { headers.add(name: "MS-ContinuationToken", value: token) }
    return headers
  }
}
