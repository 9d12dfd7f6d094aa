/// Who signs in: the partner's tenant, the registered application and, for calls that take a user, a refresh token.
public struct Credentials: Hashable, Sendable {
  /// The partner's tenant: a GUID or a domain such as `contoso.onmicrosoft.com`.
  public var tenant: String
  public var clientID: String
  public var clientSecret: Secret
  /// From the first consent of a user (contract §2.1); without it only app-only calls work.
  public var refreshToken: Secret?

  public init(tenant: String, clientID: String, clientSecret: Secret, refreshToken: Secret? = nil) {
    self.tenant = tenant
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.refreshToken = refreshToken
  }
}

/// The form a token is asked for with: contract §2.1.
struct SignInForm: Hashable, Sendable {
  /// Path below the sign-in service's address.
  let path: String
  let fields: [Field]

  struct Field: Hashable, Sendable {
    let name: String
    let value: String
  }

  /// - Parameter refreshToken: The newest one known; `nil` when no user ever consented.
  init(
    for kind: TokenKind, credentials: Credentials, refreshToken: Secret?, target: String
  ) throws(SignInError) {
    path = "/\(credentials.tenant.percentEncoded)/oauth2/token"
    let client = [
      Field(name: "client_id", value: credentials.clientID),
      Field(name: "client_secret", value: credentials.clientSecret.revealed),
    ]
    let resource = Field(name: "resource", value: kind.audience.resource(for: kind.credentials))
    switch kind.credentials {
    case .app:
      fields =
        [
          Field(name: "grant_type", value: "client_credentials"),
          resource,
        ] + client
    case .appAndUser:
      guard let refreshToken else { throw .userMissing(target: target) }
      fields =
        [
          Field(name: "grant_type", value: "refresh_token"),
          Field(name: "refresh_token", value: refreshToken.revealed),
          resource,
          Field(name: "scope", value: "openid"),
        ] + client
    }
  }

  /// `application/x-www-form-urlencoded`
  var body: String {
    fields.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
  }
}

extension SignInForm: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  var description: String { "<redacted>" }
  var debugDescription: String { "<redacted>" }
  var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
