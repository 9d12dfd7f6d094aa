/// Hands out tokens and signs in when the book says so, once for all calls that wait.
actor TokenSource {
  /// What a sign-in brought.
  struct Grant: Sendable {
    var token: Secret
    var lifetime: Duration
    var refreshToken: Secret?
    var refreshTokenSeconds: Int?
  }

  /// Asks the sign-in service: which token, the newest refresh token, and the call that needs it.
  typealias SignIn =
    @Sendable (_ kind: TokenKind, _ refreshToken: Secret?, _ target: String) async throws -> Grant

  private var book: TokenBook
  private var waiting: [TokenKind: Task<Secret, any Error>] = [:]
  private let signIn: SignIn
  private let onRefreshToken: (@Sendable (IssuedRefreshToken) async -> Void)?
  private var refreshTokenCount = 0
  private let now: @Sendable () -> TokenBook.Instant

  /// - Parameter onRefreshToken: Hears of every refresh token an answer brings, the same one or another.
  init(
    refreshToken: Secret?, now: @escaping @Sendable () -> TokenBook.Instant = { .now },
    onRefreshToken: (@Sendable (IssuedRefreshToken) async -> Void)? = nil, signIn: @escaping SignIn
  ) {
    book = TokenBook(refreshToken: refreshToken)
    self.now = now
    self.signIn = signIn
    self.onRefreshToken = onRefreshToken
  }

  func token(for kind: TokenKind, target: String) async throws -> Secret {
    if case .use(let token) = book.decision(for: kind, at: now()) { return token }
    if let task = waiting[kind] { return try await task.value }
    let task = Task { try await renewed(kind, target: target) }
    waiting[kind] = task
    defer { waiting[kind] = nil }
    // The task is nobody's child: who is cancelled must not wait for a sign-in service that hangs.
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
  }

  func drop(_ token: Secret, for kind: TokenKind) {
    book.drop(token, for: kind)
  }

  private func renewed(_ kind: TokenKind, target: String) async throws -> Secret {
    let askedAt = now()
    let grant = try await signIn(kind, book.refreshToken, target)
    let isNewest = book.record(
      grant.token, for: kind, lifetime: grant.lifetime, refreshToken: grant.refreshToken, askedAt: askedAt)
    if isNewest, let refreshToken = grant.refreshToken, let onRefreshToken {
      refreshTokenCount += 1
      await onRefreshToken(
        IssuedRefreshToken(refreshToken, lifetimeSeconds: grant.refreshTokenSeconds, ordinal: refreshTokenCount))
    }
    return grant.token
  }
}
