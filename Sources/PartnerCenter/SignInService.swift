import AsyncHTTPClient
import Logging
import NIOHTTP1
import Wire

/// `POST {login}/{tenant}/oauth2/token`: contract §2.1. Its answers are neither logged nor archived.
struct SignInService: Sendable {
  let address: ServiceAddress
  let credentials: Credentials
  let exchange: HTTPExchange
  let logger: Logger

  /// - Parameter target: The call that needs the token, for the sentence that says why it was not got.
  func grant(
    _ kind: TokenKind, refreshToken: Secret?, target: String
  ) async throws -> TokenSource.Grant {
    let form = try SignInForm(for: kind, credentials: credentials, refreshToken: refreshToken, target: target)
    var request = HTTPClientRequest(url: address.url(of: form.path))
    request.method = .POST
    request.headers = ["Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"]
    request.body = .bytes(Array(form.body.utf8))
    let response: APIResponse
    do {
      response = try await exchange.answer(to: request, target: target)
    } catch let failure as TransportFailure {
      throw TransportFailure(.signIn, target: target, detail: failure.detail)
    }
    guard response.status == 200 else {
      throw refusal(response, kind: kind, refreshToken: refreshToken, target: target)
    }
    do {
      let answer = try Wire.token(response.body)
      guard let token = Secret(answer.accessToken) else {
        throw SignInError.unreadable(kind: kind.credentials, reason: "it has no access_token.")
      }
      logger.debug(
        "signed in",
        metadata: [
          "credentials": "\(kind.credentials.words)", "audience": "\(kind.audience)",
          "lifetimeSeconds": "\(answer.lifetimeSeconds)",
        ])
      return TokenSource.Grant(
        token: token, lifetime: .seconds(answer.lifetimeSeconds),
        refreshToken: answer.refreshToken.flatMap { Secret($0) }, refreshTokenSeconds: answer.refreshTokenSeconds)
    } catch let error as WireError {
      let secrets = [credentials.clientSecret, refreshToken].compactMap(\.self)
      throw SignInError.unreadable(kind: kind.credentials, reason: "\(error)".redacting(secrets))
    }
  }

  private func refusal(
    _ response: APIResponse, kind: TokenKind, refreshToken: Secret?, target: String
  ) -> any Error {
    if Retry.statusesTransient.contains(response.status) {
      return TransportFailure(
        .signIn, target: target, detail: "status \(response.status)",
        retryAfter: Retry.Failure.seconds(header: response.headers["retry-after"]))
    }
    return SignInError(
      kind: kind.credentials, tenant: credentials.tenant, status: response.status, body: response.body,
      secrets: [credentials.clientSecret, refreshToken].compactMap(\.self))
  }
}
