/// What is known about tokens, and what to do when a call needs one: contract §2.1.
///
/// A value, so that time can be held still in a test; `TokenSource` acts on what it says.
struct TokenBook: Sendable {
  typealias Instant = ContinuousClock.Instant

  enum Decision: Hashable, Sendable {
    case use(Secret)
    case signIn
  }

  private struct Entry: Sendable {
    var token: Secret
    var renewal: Instant
  }

  /// A token is renewed this long before it expires.
  static let buffer = Duration.seconds(30)

  private var entries: [TokenKind: Entry] = [:]
  /// The newest refresh token: each answer may bring another.
  private(set) var refreshToken: Secret?
  private var refreshTokenAskedAt: Instant?

  init(refreshToken: Secret? = nil) {
    self.refreshToken = refreshToken
  }

  func decision(for kind: TokenKind, at now: Instant) -> Decision {
    guard let entry = entries[kind], now < entry.renewal else { return .signIn }
    return .use(entry.token)
  }

  /// Notes a token and when it was asked for: its life began no later than that.
  ///
  /// A refresh token is good for every audience, so one is kept: the newest, whichever answer arrives last.
  ///
  /// - Returns: Whether the refresh token of this answer is now the newest.
  @discardableResult
  mutating func record(
    _ token: Secret, for kind: TokenKind, lifetime: Duration, refreshToken: Secret? = nil,
    askedAt: Instant
  ) -> Bool {
    // A token that lives less than a minute would be renewed all the time.
    let renewal = max(lifetime - Self.buffer, lifetime / 2)
    entries[kind] = Entry(token: token, renewal: askedAt.advanced(by: renewal))
    guard let refreshToken, refreshTokenAskedAt.map({ $0 <= askedAt }) ?? true else { return false }
    self.refreshToken = refreshToken
    refreshTokenAskedAt = askedAt
    return true
  }

  /// Forgets a token the service refused, unless another one has taken its place already.
  mutating func drop(_ token: Secret, for kind: TokenKind) {
    if entries[kind]?.token == token { entries[kind] = nil }
  }
}
