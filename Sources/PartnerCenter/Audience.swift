/// For whom a token is made: a token for one resource opens no other (contract §2.1).
enum Audience: Hashable, Sendable {
  case partnerCenter
  case graph

  init(_ service: APIRequest.Service) { self = service == .graph ? .graph : .partnerCenter }

  /// What the form of a sign-in names as `resource`.
  func resource(for kind: APIRequest.Credentials) -> String {
    switch (self, kind) {
    case (.partnerCenter, .app): "https://graph.windows.net"
    case (.partnerCenter, .appAndUser): "https://api.partnercenter.microsoft.com"
    case (.graph, _): "https://graph.microsoft.com"
    }
  }
}

/// One of the tokens a run works with.
struct TokenKind: Hashable, Sendable {
  var credentials: APIRequest.Credentials
  var audience: Audience

  init(_ credentials: APIRequest.Credentials, _ audience: Audience = .partnerCenter) {
    self.credentials = credentials
    self.audience = audience
  }

  static let app = TokenKind(.app)
  static let appAndUser = TokenKind(.appAndUser)
}
