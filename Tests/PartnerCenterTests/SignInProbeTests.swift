import Billing
import Testing

@testable import PartnerCenter

@Suite("Whether calls are allowed")
struct SignInProbeTests {
  private func probes() throws -> [AccessProbe] { AccessProbe.all(on: try #require(Day("2025-03-20"))) }

  @Test("is asked with one cheap read for each family")
  func requests() throws {
    let asked = try probes().map { "\($0.request.service) \($0.request.credentials) \($0.request.target)" }
    #expect(
      asked == [
        "api app /v1/invoices?size=1",
        "api appAndUser /v1/invoices/summaries",
        "pricing appAndUser /v1.0/sales/fxrates(Month='202503')/$value",
        "graph app /v1.0/reports/partners/billing/operations/00000000-0000-0000-0000-000000000000",
        "graph appAndUser /v1.0/reports/partners/billing/operations/00000000-0000-0000-0000-000000000000",
      ])
    #expect(try probes().map(\.isNeeded) == [true, true, false, false, false])
  }

  @Test(
    "is read from the answer",
    arguments: [
      (0, 200, #"{"items":[]}"#, "works"),
      (1, 403, #"{"code":"900329","description":"No app-only token."}"#, "900329 No app-only token."),
      (1, 403, "", "status 403 The service gives no reason."),
      (0, 404, #"{"code":"1000","description":"Not found."}"#, "unclear"),
      (2, 404, "", "works"),
      (2, 400, "", "status 400 The service gives no reason."),
      (3, 404, #"{"error":{"code":"itemNotFound","message":"No such operation."}}"#, "works"),
      (
        3, 403, #"{"error":{"code":"accessDenied","message":"The caller lacks PartnerBilling.Read.All."}}"#,
        "accessDenied The caller lacks PartnerBilling.Read.All."
      ),
      (4, 401, #"{"error":{"code":"unauthenticated","message":"No token."}}"#, "unauthenticated No token."),
      (4, 503, "", "unclear"),
    ])
  func answers(place: Int, status: Int, body: String, expected: String) throws {
    let finding = try probes()[place].finding(of: APIResponse(status: status, body: Array(body.utf8)))
    switch finding.result {
    case .works: #expect(expected == "works")
    case .refused(let code, let sentence): #expect("\(code) \(sentence)" == expected)
    case .unclear: #expect(expected == "unclear")
    }
    #expect(finding.advice.isEmpty == finding.works)
  }

  @Test("says what to do where the sign-in itself is refused, and goes on where nobody answers")
  func failures() async throws {
    let transport = ScriptedTransport { request, call in
      if call == 0 { throw SignInError.userMissing(target: request.target) }
      if call == 1 {
        throw SignInError.refused(
          kind: .app, tenant: "contoso", status: 400, code: "AADSTS65001", message: "Nobody has consented.")
      }
      throw TransportFailure(.connection, target: request.target, detail: "refused")
    }
    let probes = try probes()
    let missing = try await probes[1].finding(through: transport)
    #expect(
      missing.result
        == .refused(
          code: "no token",
          sentence: "GET /v1/invoices/summaries takes a token of an application and a user, and no refresh token is "
            + "configured."))
    #expect(missing.advice == "Let a user with the role Admin Agent consent once and configure the refresh token.")
    let consent = try await probes[3].finding(through: transport)
    #expect(
      consent.result
        == .refused(
          code: "AADSTS65001",
          sentence: "The sign-in service refused the app-only token for tenant contoso (status 400, AADSTS65001): "
            + "Nobody has consented."))
    #expect(
      consent.advice
        == "Give the application the permission it lacks and let an administrator of the tenant consent to it.")
    guard case .unclear = try await probes[0].finding(through: transport).result else {
      Issue.record("Silence is neither a yes nor a no.")
      return
    }
  }
}
