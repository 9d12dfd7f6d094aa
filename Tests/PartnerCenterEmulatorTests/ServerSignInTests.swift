import PartnerCenterEmulator
import Testing

@Suite("Signing in to the emulator")
struct ServerSignInTests {
  @Test("A token answer prints every number as text and echoes the audience")
  func tokenAnswer() async throws {
    try await ServerCaller.withSample { caller async throws in
      let app = try await caller.signIn(ServerCaller.appForm).json
      #expect(app["token_type"] as? String == "Bearer")
      #expect(app["expires_in"] as? String == "3600")
      #expect(app["ext_expires_in"] as? String == "3600")
      #expect(app["resource"] as? String == "https://graph.windows.net")
      let begin = try Int((app["not_before"] as? String).required).required
      let end = try Int((app["expires_on"] as? String).required).required
      #expect(end - begin == 3900)
      #expect(app["refresh_token"] == nil)
      let user = try await caller.signIn(ServerCaller.userForm).json
      #expect(user["scope"] as? String == "user_impersonation")
      #expect(user["refresh_token"] as? String == "emulated-refresh-token")
    }
  }

  @Test(
    "A wrong sign-in is refused the way Azure AD refuses it",
    arguments: [
      ("emulated-secret", "wrong", 401, "invalid_client", "AADSTS7000215"),
      ("4d0bc2b1", "5d0bc2b1", 400, "unauthorized_client", "AADSTS700016"),
      ("emulated-refresh-token", "stale", 400, "invalid_grant", "AADSTS9002313"),
      ("grant_type=refresh_token", "grant_type=password", 400, "unsupported_grant_type", "AADSTS70003"),
      ("api.partnercenter", "api.elsewhere", 400, "invalid_resource", "AADSTS500011"),
    ])
  func refused(right: String, wrong: String, status: Int, error: String, code: String) async throws {
    try await ServerCaller.withSample { caller async throws in
      let reply = try await caller.signIn(ServerCaller.userForm.replacing(right, with: wrong))
      #expect(reply.status == status)
      #expect(reply.json["error"] as? String == error)
      #expect((reply.json["error_description"] as? String)?.hasPrefix(code) == true)
    }
  }

  @Test("An unknown tenant has no sign-in")
  func unknownTenant() async throws {
    try await ServerCaller.withSample { caller async throws in
      let reply = try await caller.signIn(ServerCaller.appForm, tenant: "contoso")
      #expect(reply.status == 400)
      #expect(reply.text.contains("AADSTS90002"))
    }
  }

  @Test("Without a token, with an unknown one and with an expired one a call is refused with 401")
  func unauthenticated() async throws {
    try await ServerCaller.withSample(.init(tokenSeconds: 0)) { caller async throws in
      for (bearer, code) in [(nil, "800001"), ("unknown", "400"), (caller.bearer, "400")] {
        let reply = try await ServerCaller(base: caller.base, bearer: bearer).get("/v1/invoices")
        #expect(reply.status == 401)
        #expect(reply.json["code"] as? String == code)
        #expect(reply.headers["www-authenticate"]?.hasPrefix("Bearer") == true)
      }
    }
  }

  @Test("A token can be made to die after so many calls")
  func tokenCalls() async throws {
    try await ServerCaller.withSample(.init(tokenCallsMax: 2)) { caller async throws in
      var statuses: [Int] = []
      for _ in 1...3 { statuses.append(try await caller.get("/v1/invoices").status) }
      #expect(statuses == [200, 200, 401])
    }
  }

  @Test(
    "The application alone is turned away from what belongs to a user",
    arguments: [
      ("/v1/invoices/summary", 200),
      ("/v1/invoices/summaries", 403),
      ("/v1/invoices", 200),
      ("/v1/invoices/G000000001", 403),
      ("/v1/invoices/G000000001/lineitems?provider=onetime&invoicelineitemtype=billinglineitems", 200),
      ("/v1/customers?size=0", 200),
      ("/v1/customers/\(ServerSample.customer)/orders", 200),
      ("/v1/customers/\(ServerSample.customer)/orders/f76c6b7f449d/provisioningstatus", 403),
      ("/v1/customers/\(ServerSample.customer)/subscriptions", 200),
      ("/v1/customers/\(ServerSample.customer)/entitlements", 403),
      ("/v1\(ServerSample.artifact)", 403),
    ])
  func appOnly(path: String, status: Int) async throws {
    try await ServerCaller.withSample(asUser: false) { caller async throws in
      let reply = try await caller.get(path)
      #expect(reply.status == status)
      if status == 403 { #expect(reply.json["code"] as? String == "900329") }
    }
    try await ServerCaller.withSample { caller async throws in
      #expect(try await caller.get(path).status == 200)
    }
  }
}
