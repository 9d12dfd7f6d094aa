/// What the sign-in service answers (contract §2.1). It prints nothing secret.
public struct TokenAnswer: Hashable, Sendable {
  public var accessToken: String
  public var refreshToken: String?
  public var lifetimeSeconds: Int
  /// `refresh_token_expires_in`, which some answers carry.
  public var refreshTokenSeconds: Int?

  public init(
    accessToken: String, refreshToken: String? = nil, lifetimeSeconds: Int, refreshTokenSeconds: Int? = nil
  ) {
    self.accessToken = accessToken
    self.refreshToken = refreshToken
    self.lifetimeSeconds = lifetimeSeconds
    self.refreshTokenSeconds = refreshTokenSeconds
  }
}

extension TokenAnswer: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String {
    let refresh = refreshToken == nil ? "" : ", refresh token <redacted>"
    return "access token <redacted>\(refresh), valid for \(lifetimeSeconds) s"
  }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: ["token": "<redacted>"]) }
}

extension Wire {
  /// Reads a token; its numbers come as texts.
  public static func token(_ body: [UInt8]) throws(WireError) -> TokenAnswer {
    let subject = Subject.resource("The sign-in answer")
    let root = try Tape.read(body, as: subject).root
    guard let accessToken = root.text("access_token") else {
      throw WireError(.missing, subject: subject, member: "access_token")
    }
    guard let text = root.text("expires_in") else {
      throw WireError(.missing, subject: subject, member: "expires_in")
    }
    guard let lifetime = Int(text), lifetime > 0 else {
      throw WireError(.unreadable(text: text, expected: "a number of seconds"), subject: subject, member: "expires_in")
    }
    return TokenAnswer(
      accessToken: accessToken, refreshToken: root.text("refresh_token"), lifetimeSeconds: lifetime,
      // Nobody signs in worse without it: what cannot be read, or goes on for decades, is not known.
      refreshTokenSeconds: root.text("refresh_token_expires_in").flatMap { Int($0) }
        .flatMap { (1...315_360_000).contains($0) ? $0 : nil })
  }
}
