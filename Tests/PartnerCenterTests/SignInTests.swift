import Testing

@testable import PartnerCenter

@Suite("Signing in")
struct SignInTests {
  private static let tenant = "6f5e4d3c-2b1a-4000-8000-0123456789ab"

  private func credentials() throws -> Credentials {
    Credentials(tenant: Self.tenant, clientID: "4d0bc2b1", clientSecret: try #require(Secret("s&cret=1")))
  }

  @Test("asks for an app-only token as contract §2.1 says")
  func appOnly() throws {
    let form = try SignInForm(for: .app, credentials: credentials(), refreshToken: nil, target: "/v1/invoices")
    #expect(form.path == "/\(Self.tenant)/oauth2/token")
    #expect(
      form.body == "grant_type=client_credentials&resource=https%3A%2F%2Fgraph.windows.net"
        + "&client_id=4d0bc2b1&client_secret=s%26cret%3D1")
    #expect("\(form)" == "<redacted>")
  }

  @Test("asks for an app+user token with the refresh token")
  func appAndUser() throws {
    let form = try SignInForm(
      for: .appAndUser, credentials: credentials(), refreshToken: Secret("r-1"), target: "/v1/invoices/G1")
    #expect(
      form.body == "grant_type=refresh_token&refresh_token=r-1"
        + "&resource=https%3A%2F%2Fapi.partnercenter.microsoft.com&scope=openid"
        + "&client_id=4d0bc2b1&client_secret=s%26cret%3D1")
  }

  @Test("says which call needs a user when no refresh token is configured")
  func userMissing() throws {
    let error = SignInError.userMissing(target: "/v1/invoices/summaries")
    #expect(throws: error) {
      try SignInForm(
        for: .appAndUser, credentials: credentials(), refreshToken: nil, target: "/v1/invoices/summaries")
    }
    #expect(
      error.description
        == "GET /v1/invoices/summaries takes a token of an application and a user, and no refresh "
        + "token is configured. Let a user with the role Admin Agent consent once and configure the refresh token.")
  }

  @Test("a refusal says what was refused, the service's code and what helps")
  func refusal() {
    let body = #"""
      {"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. \#
      Ensure the secret being sent in the request is the client secret value, not the client secret ID, for \#
      a secret added to app \u00274d0bc2b1\u0027.\r\nTrace ID: 0f3b\r\nCorrelation ID: 77aa","error_codes":[7000215]}
      """#
    let error = SignInError(kind: .app, tenant: "contoso", status: 401, body: Array(body.utf8), secrets: [])
    #expect(
      error.description
        == "The sign-in service refused the app-only token for tenant contoso (status 401, AADSTS7000215): Invalid "
        + "client secret provided. Ensure the secret being sent in the request is the client secret value, not the "
        + "client secret ID, for a secret added to app '4d0bc2b1'. Create a new client secret for the application and "
        + "configure its value, not its id.")
  }

  @Test(
    "a refusal is read whatever its body looks like",
    arguments: [
      (#"{"error":"invalid_grant"}"#, "(status 400, invalid_grant). A refresh token dies after 90 idle days"),
      ("<html>Bad Request</html>", "(status 400, status 400). A refresh token dies"),
      ("", "(status 400, status 400). A refresh token dies"),
      (
        #"{"error":"invalid_grant","error_description":"AADSTS70008: The token r-hidden has expired."}"#,
        "AADSTS70008): The token <redacted> has expired."
      ),
    ])
  func shapes(body: String, part: String) throws {
    let secrets = [try #require(Secret("r-hidden"))]
    let error = SignInError(kind: .appAndUser, tenant: "contoso", status: 400, body: Array(body.utf8), secrets: secrets)
    #expect(error.description.contains(part), "\(error)")
    #expect(!error.description.contains("r-hidden"))
  }
}
