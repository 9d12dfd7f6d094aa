import Billing
import Logging
import Testing
import Wire

@testable import PartnerCenter

@Suite("A secret")
struct SecretTests {
  private static let secret = Secret("hunter2-client-secret")
  private static var credentials: Credentials? {
    guard let secret, let refresh = Secret("hunter2-refresh-token") else { return nil }
    return Credentials(
      tenant: "contoso.onmicrosoft.com", clientID: "5f1e2d3c-0000-4000-8000-000000000001", clientSecret: secret,
      refreshToken: refresh)
  }

  @Test("prints as <redacted> however it is printed")
  func redacted() throws {
    let secret = try #require(Self.secret)
    var dumped = ""
    dump(secret, to: &dumped)
    for text in ["\(secret)", String(describing: secret), String(reflecting: secret), secret.debugDescription] {
      #expect(text == "<redacted>")
    }
    #expect(!dumped.contains("hunter2"))
  }

  @Test("does not show in what holds it")
  func enclosed() throws {
    let credentials = try #require(Self.credentials)
    var dumped = ""
    dump(credentials, to: &dumped)
    for text in ["\(credentials)", String(reflecting: credentials), "\([credentials])", dumped] {
      #expect(!text.contains("hunter2"))
    }
    #expect("\(credentials)".contains("contoso.onmicrosoft.com"))
  }

  @Test("shows in nothing that carries it, however that is printed")
  func carriers() throws {
    let credentials = try #require(Self.credentials)
    let secret = credentials.clientSecret
    let issued = IssuedRefreshToken(secret, lifetimeSeconds: 86_400, ordinal: 1)
    var book = TokenBook(refreshToken: secret)
    book.record(secret, for: .app, lifetime: .seconds(3600), askedAt: .now)
    let carriers: [any Sendable] = [
      issued, book, book.decision(for: .app, at: .now),
      TokenSource.Grant(token: secret, lifetime: .seconds(1), refreshToken: secret),
      TokenSource(refreshToken: secret) { _, _, _ in throw CancellationError() },
      try SignInForm(for: .appAndUser, credentials: credentials, refreshToken: secret, target: "/v1/invoices"),
      HTTPTransport.Configuration(credentials: credentials, onRefreshToken: { _ in }),
      RefreshTokenKeeper(secret, from: .file("/etc/tieout/token"), issued: nil, logger: Logger(label: "test")),
      TokenAnswer(accessToken: secret.revealed, refreshToken: secret.revealed, lifetimeSeconds: 1),
    ]
    for carrier in carriers {
      var dumped = ""
      dump(carrier, to: &dumped)
      for text in ["\(carrier)", String(reflecting: carrier), "\([carrier])", dumped] {
        #expect(!text.contains("hunter2"), "\(type(of: carrier))")
      }
    }
  }

  @Test(
    "is the first line that has something on it",
    arguments: [
      ("hush\n", "hush"), ("  hush \r\nlogin: joe\n", "hush"), ("\n\nhush", "hush"), ("", nil), (" \n\t\n", nil),
    ] as [(String, String?)])
  func firstLine(text: String, expected: String?) {
    #expect(Secret(firstLineOf: text) == expected.flatMap { Secret($0) })
  }

  @Test(
    "says where it came from",
    arguments: [
      (.variable("TIEOUT_REFRESH_TOKEN"), "the environment variable TIEOUT_REFRESH_TOKEN"),
      (.file("/etc/tieout/token"), "the file /etc/tieout/token"),
      (.credential("token"), "the systemd credential token"),
      (.command(key: "refresh-token-command"), "the command of “refresh-token-command”"),
    ] as [(SecretSource, String)])
  func source(source: SecretSource, words: String) { #expect("\(source)" == words) }

  @Test("is not made of an empty text")
  func empty() { #expect(Secret("") == nil) }
}
