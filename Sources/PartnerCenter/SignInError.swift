import Foundation

/// The sign-in service said no, or was not worth asking.
///
/// No retry helps: somebody has to change a secret, a consent or the configuration.
public enum SignInError: Error, Hashable, Sendable {
  /// - Parameters:
  ///   - code: `AADSTS7000215`, or the error's name where there is none.
  ///   - message: The service's first sentence, without secrets.
  case refused(kind: APIRequest.Credentials, tenant: String, status: Int, code: String, message: String)
  /// A call takes a user and no refresh token is configured.
  case userMissing(target: String)
  /// The answer is no token.
  case unreadable(kind: APIRequest.Credentials, reason: String)
}

extension SignInError {
  /// Reads the sign-in service's refusal.
  ///
  /// - Parameter secrets: What must not come back out of the body into a sentence.
  init(
    kind: APIRequest.Credentials, tenant: String, status: Int, body: [UInt8], secrets: [Secret]
  ) {
    struct Refusal: Decodable {
      var error: String?
      var error_description: String?
    }
    let refusal = try? JSONDecoder().decode(Refusal.self, from: Data(body))
    let text = (refusal?.error_description ?? "").redacting(secrets)
    // Trace and correlation ids follow on lines of their own.
    let first = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    let marked = first.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
    let hasCode = marked.hasPrefix("AADSTS")
    let message = hasCode ? first.dropFirst(marked.count).drop { $0 == ":" || $0 == " " } : first[...]
    self = .refused(
      kind: kind, tenant: tenant, status: status,
      code: hasCode ? String(marked) : String((refusal?.error ?? "status \(status)").redacting(secrets).prefix(60)),
      message: String(message.prefix(300)))
  }
}

extension SignInError: CustomStringConvertible {
  public var description: String { "\(whatHappened) \(advice)" }

  /// What happened, and to what.
  var whatHappened: String {
    switch self {
    case .refused(let kind, let tenant, let status, let code, let message):
      "The sign-in service refused the \(kind.words) token for tenant \(tenant) (status \(status), \(code)"
        + (message.isEmpty ? ")." : "): \(message)")
    case .userMissing(let target):
      "GET \(target) takes a token of an application and a user, and no refresh token is configured."
    case .unreadable(let kind, let reason):
      "The sign-in service's answer to the request for the \(kind.words) token is not a token: \(reason)"
    }
  }

  /// What helps.
  var advice: String {
    switch self {
    case .refused(let kind, _, _, let code, _): Self.advice(code: code, kind: kind)
    case .userMissing:
      "Let a user with the role Admin Agent consent once and configure the refresh token."
    case .unreadable: "Check the sign-in address."
    }
  }

  /// The service's own name for it; empty where it never came to that.
  var code: String {
    if case .refused(_, _, _, let code, _) = self { code } else { "" }
  }

  private static func advice(code: String, kind: APIRequest.Credentials) -> String {
    switch code {
    case "AADSTS7000215", "AADSTS7000222":
      "Create a new client secret for the application and configure its value, not its id."
    case "AADSTS700016", "unauthorized_client": "Check the client id, and that the application is known to this tenant."
    case "AADSTS90002", "AADSTS900023": "Check the tenant: the partner's own, as a GUID or a domain."
    case "AADSTS500011": "Check that Partner Center is enabled for the application in this tenant."
    case "AADSTS65001":
      "Give the application the permission it lacks and let an administrator of the tenant consent to it."
    case "AADSTS50076", "AADSTS50079", "AADSTS50158":
      "Let the user consent again with multi-factor authentication and configure the new refresh token."
    default:
      switch kind {
      case .app: "Check tenant, client id and client secret."
      case .appAndUser:
        "A refresh token dies after 90 idle days or a change of password: let the user consent again and configure "
          + "the new one."
      }
    }
  }
}

extension APIRequest.Credentials {
  /// As a sentence says it.
  var words: String {
    switch self {
    case .app: "app-only"
    case .appAndUser: "app+user"
    }
  }
}
