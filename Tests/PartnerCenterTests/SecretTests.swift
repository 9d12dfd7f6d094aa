import PartnerCenter
import Testing

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

  @Test("is not made of an empty text")
  func empty() { #expect(Secret("") == nil) }
}
