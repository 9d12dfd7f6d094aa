import Foundation
import Synchronization

/// The sign-in service: gives tokens against a secret and knows what each token is good for (contract §2.1).
final class SignIn: Sendable {
  enum Kind: String, Sendable { case app, appAndUser }

  private struct Grant: Sendable {
    var kind: Kind
    var audience: Audience
    var end: ContinuousClock.Instant
    var callsLeft: Int?
  }

  private let tenant: String
  private let configuration: Emulator.Configuration
  private let refreshTokens: RefreshTokens
  private let grants = Mutex<[String: Grant]>([:])

  init(tenant: String, configuration: Emulator.Configuration) {
    self.tenant = tenant
    self.configuration = configuration
    refreshTokens = RefreshTokens(configuration)
  }

  /// `POST /{tenant}/oauth2/token`.
  func answer(tenant asked: String, form: [String: String]) throws(Refusal) -> Answer {
    guard asked.lowercased() == tenant.lowercased() else {
      throw .signIn("invalid_request", "AADSTS90002: Tenant '\(asked)' not found.")
    }
    guard form["client_id"]?.lowercased() == configuration.clientID.lowercased() else {
      throw .signIn("unauthorized_client", "AADSTS700016: Application was not found in the directory.")
    }
    guard form["client_secret"] == configuration.clientSecret else {
      throw .signIn("invalid_client", "AADSTS7000215: Invalid client secret is provided.", status: 401)
    }
    let resource = form["resource"] ?? ""
    guard Self.resources.contains(resource.lowercased().trimmingSuffix("/")) else {
      throw .signIn("invalid_resource", "AADSTS500011: The resource principal named '\(resource)' was not found.")
    }
    switch form["grant_type"] {
    case "client_credentials":
      return answer(.app, resource: resource, extra: "")
    case "refresh_token":
      let next = try refreshTokens.next(after: form["refresh_token"] ?? "")
      configuration.witness?.note(secret: next)
      let refresh = RawJSON.quoted(next)
      let identity = form["scope"]?.contains("openid") == true ? #","id_token":"emulated""# : ""
      let life = configuration.tellsRefreshLifetime ? #","refresh_token_expires_in":"\#(90 * 86_400)""# : ""
      return answer(
        .appAndUser, resource: resource,
        extra: #","scope":"user_impersonation","refresh_token":\#(refresh)\#(life)\#(identity)"#)
    case let other:
      throw .signIn("unsupported_grant_type", "AADSTS70003: The grant type '\(other ?? "")' is not supported.")
    }
  }

  /// What the bearer of a call may do; a token for another audience is as good as none.
  func kind(of authorization: String?, for audience: Audience = .partnerCenter) throws(Refusal) -> Kind {
    guard let authorization, !authorization.isEmpty else {
      throw .unauthenticated(code: "800001", "The partner token is missing.")
    }
    let parts = authorization.split(separator: " ")
    let now = ContinuousClock.now
    let kind: Kind? = grants.withLock { grants in
      guard parts.count == 2, parts[0].lowercased() == "bearer", var grant = grants[String(parts[1])],
        grant.audience == audience, now < grant.end, grant.callsLeft != 0
      else { return nil }
      grant.callsLeft = grant.callsLeft.map { $0 - 1 }
      grants[String(parts[1])] = grant
      return grant.kind
    }
    guard let kind else { throw .unauthenticated(code: "400", "Access denied: the token is unknown or has expired.") }
    return kind
  }

  /// Numbers are printed as strings, as the service does.
  private func answer(_ kind: Kind, resource: String, extra: String) -> Answer {
    let token = "emulated.\(kind.rawValue).\(UUID().uuidString)"
    configuration.witness?.note(secret: token)
    let seconds = configuration.tokenSeconds
    grants.withLock { grants in
      grants[token] = Grant(
        kind: kind, audience: Audience(resource: resource), end: .now.advanced(by: .seconds(seconds)),
        callsLeft: configuration.tokenCallsMax)
    }
    let now = Int64(Date().timeIntervalSince1970)
    return .json(
      #"{"token_type":"Bearer","expires_in":"\#(seconds)","ext_expires_in":"\#(seconds)","#
        + #""expires_on":"\#(now + Int64(seconds))","not_before":"\#(now - 300)","#
        + #""resource":\#(RawJSON.quoted(resource)),"access_token":\#(RawJSON.quoted(token))\#(extra)}"#)
  }

  private static let resources: Set<String> = [
    "https://graph.windows.net", "https://api.partnercenter.microsoft.com", Audience.graphResource,
  ]
}

extension Refusal {
  static func signIn(_ error: String, _ description: String, status: Int = 400) -> Refusal {
    Refusal(
      .json(#"{"error":\#(RawJSON.quoted(error)),"error_description":\#(RawJSON.quoted(description))}"#, status: status)
    )
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
