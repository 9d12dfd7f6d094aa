import Testing

@testable import PartnerCenter

@Suite("The token book")
struct TokenBookTests {
  private let start = ContinuousClock.now
  private func secret(_ text: String) throws -> Secret { try #require(Secret(text)) }

  @Test("asks for a sign-in when it holds nothing")
  func empty() {
    #expect(TokenBook().decision(for: .app, at: start) == .signIn)
  }

  @Test(
    "renews a token 30 s before it expires, and one that lives less than a minute at half its life",
    arguments: [
      (3600, 0, true), (3600, 3569, true), (3600, 3570, false), (3600, 4000, false),
      (3599, 3568, true), (3599, 3569, false),
      (60, 29, true), (60, 30, false), (20, 9, true), (20, 10, false), (0, 0, false),
    ])
  func renewal(lifetimeSeconds: Int, ageSeconds: Int, isUsed: Bool) throws {
    var book = TokenBook()
    let token = try secret("token-1")
    book.record(token, for: .app, lifetime: .seconds(lifetimeSeconds), askedAt: start)
    let decision = book.decision(for: .app, at: start.advanced(by: .seconds(ageSeconds)))
    #expect(decision == (isUsed ? .use(token) : .signIn))
  }

  @Test("keeps the tokens of both kinds apart")
  func kinds() throws {
    var book = TokenBook()
    book.record(try secret("app"), for: .app, lifetime: .seconds(3600), askedAt: start)
    #expect(book.decision(for: .appAndUser, at: start) == .signIn)
  }

  @Test("drops the token that was refused, but not the one that replaced it")
  func drop() throws {
    var book = TokenBook()
    let (old, new) = (try secret("old"), try secret("new"))
    book.record(old, for: .app, lifetime: .seconds(3600), askedAt: start)
    book.record(new, for: .app, lifetime: .seconds(3600), askedAt: start)
    book.drop(old, for: .app)
    #expect(book.decision(for: .app, at: start) == .use(new))
    book.drop(new, for: .app)
    #expect(book.decision(for: .app, at: start) == .signIn)
  }

  @Test("remembers the newest refresh token")
  func refresh() throws {
    var book = TokenBook(refreshToken: try secret("first"))
    book.record(
      try secret("token"), for: .appAndUser, lifetime: .seconds(3600), refreshToken: try secret("second"),
      askedAt: start)
    #expect(book.refreshToken == Secret("second"))
    book.record(try secret("token"), for: .app, lifetime: .seconds(3600), askedAt: start)
    #expect(book.refreshToken == Secret("second"))
  }

  @Test("takes a refresh token of any audience, and the one asked for last is the newest")
  func newest() throws {
    var book = TokenBook(refreshToken: try secret("first"))
    let later = start.advanced(by: .seconds(5))
    let graph = TokenKind(.appAndUser, .graph)
    let isNewest = book.record(
      try secret("token"), for: graph, lifetime: .seconds(3600), refreshToken: try secret("third"), askedAt: later)
    #expect(isNewest)
    // Asked for earlier, answered later.
    let isNewer = book.record(
      try secret("token"), for: .appAndUser, lifetime: .seconds(3600), refreshToken: try secret("second"),
      askedAt: start)
    #expect(!isNewer)
    #expect(book.refreshToken == Secret("third"))
    #expect(book.decision(for: graph, at: later) == .use(try secret("token")))
  }
}

@Suite("The token source")
struct TokenSourceTests {
  /// Counts sign-ins; each brings the next token.
  private actor Counter {
    private(set) var count = 0
    func next() -> Int {
      count += 1
      return count
    }
  }

  @Test("signs in once for all calls that wait")
  func once() async throws {
    let counter = Counter()
    let source = TokenSource(refreshToken: nil) { _, _, _ in
      let number = await counter.next()
      try await Task.sleep(for: .milliseconds(20))
      return TokenSource.Grant(token: try #require(Secret("token-\(number)")), lifetime: .seconds(3600))
    }
    try await withThrowingTaskGroup(of: Secret.self) { group in
      for _ in 0..<20 { group.addTask { try await source.token(for: .app, target: "/v1/invoices") } }
      for try await token in group { #expect(token == Secret("token-1")) }
    }
    #expect(await counter.count == 1)
  }

  @Test("tells of each refresh token an answer brings, in their order, with the life the answer gives it")
  func refreshTokens() async throws {
    let counter = Counter()
    let (told, telling) = AsyncStream<IssuedRefreshToken>.makeStream()
    let source = TokenSource(refreshToken: Secret("r-0"), onRefreshToken: { telling.yield($0) }) { kind, refresh, _ in
      let number = await counter.next()
      #expect(refresh == Secret("r-\(number - 1)"))
      return TokenSource.Grant(
        token: try #require(Secret("token-\(number)")), lifetime: .seconds(3600), refreshToken: Secret("r-\(number)"),
        refreshTokenSeconds: number == 2 ? 86_400 : nil)
    }
    for audience in [Audience.partnerCenter, .graph] {
      _ = try await source.token(for: TokenKind(.appAndUser, audience), target: "/v1/invoices")
    }
    telling.finish()
    var seen: [IssuedRefreshToken] = []
    for await issued in told { seen.append(issued) }
    #expect(
      seen == [
        IssuedRefreshToken(try #require(Secret("r-1")), ordinal: 1),
        IssuedRefreshToken(try #require(Secret("r-2")), lifetimeSeconds: 86_400, ordinal: 2),
      ])
  }

  @Test("gives up a sign-in that hangs when the call is cancelled", .timeLimit(.minutes(1)))
  func cancelled() async throws {
    let (begun, hasBegun) = AsyncStream<Void>.makeStream()
    let source = TokenSource(refreshToken: nil) { _, _, _ in
      hasBegun.yield()
      try await Task.sleep(for: .seconds(600))
      throw CancellationError()
    }
    let call = Task { try await source.token(for: .app, target: "/v1/invoices") }
    for await _ in begun { break }
    call.cancel()
    await #expect(throws: CancellationError.self) { try await call.value }
  }

  @Test("signs in anew after a token was dropped, and after a sign-in that failed")
  func anew() async throws {
    let counter = Counter()
    let source = TokenSource(refreshToken: nil) { _, _, target in
      let number = await counter.next()
      if number == 1 { throw TransportFailure(.signIn, target: target) }
      return TokenSource.Grant(token: try #require(Secret("token-\(number)")), lifetime: .seconds(3600))
    }
    await #expect(throws: TransportFailure.self) { try await source.token(for: .app, target: "/v1/invoices") }
    let token = try await source.token(for: .app, target: "/v1/invoices")
    #expect(token == Secret("token-2"))
    await source.drop(token, for: .app)
    #expect(try await source.token(for: .app, target: "/v1/invoices") == Secret("token-3"))
  }
}
