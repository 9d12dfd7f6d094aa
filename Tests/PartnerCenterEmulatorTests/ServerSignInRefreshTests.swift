import PartnerCenterEmulator
import Testing

@Suite("Refresh tokens at the emulator")
struct ServerSignInRefreshTests {
  private func refresh(_ caller: ServerCaller, _ token: String) async throws -> ServerCaller.Reply {
    try await caller.signIn(ServerCaller.userForm.replacing("emulated-refresh-token", with: token))
  }

  @Test("Tokens that rotate are new each time, and the earlier ones stay good")
  func rotation() async throws {
    var configuration = Emulator.Configuration()
    configuration.rotatesRefreshTokens = true
    try await ServerCaller.withSample(asUser: false, configuration) { caller async throws in
      var tokens = ["emulated-refresh-token"]
      for _ in 1...3 {
        let next = try await refresh(caller, tokens[tokens.count - 1]).json["refresh_token"] as? String
        tokens.append(try next.required)
      }
      #expect(Set(tokens).count == 4)
      for token in tokens { #expect(try await refresh(caller, token).status == 200) }
    }
  }

  @Test("A token that does not rotate dies after so many sign-ins with AADSTS700082")
  func death() async throws {
    var configuration = Emulator.Configuration()
    configuration.refreshTokenDeadAfter = 2
    try await ServerCaller.withSample(asUser: false, configuration) { caller async throws in
      for _ in 1...2 { #expect(try await refresh(caller, "emulated-refresh-token").status == 200) }
      let dead = try await refresh(caller, "emulated-refresh-token")
      #expect(dead.status == 400)
      #expect(dead.json["error"] as? String == "invalid_grant")
      #expect((dead.json["error_description"] as? String)?.hasPrefix("AADSTS700082: ") == true)
      #expect(try await caller.signIn(ServerCaller.appForm).status == 200)
    }
  }

  @Test("Who keeps the new token lives on where the old one is dead")
  func keeping() async throws {
    var configuration = Emulator.Configuration()
    configuration.rotatesRefreshTokens = true
    configuration.refreshTokenDeadAfter = 1
    try await ServerCaller.withSample(asUser: false, configuration) { caller async throws in
      let first = try await refresh(caller, "emulated-refresh-token")
      let next = try (first.json["refresh_token"] as? String).required
      #expect(try await refresh(caller, "emulated-refresh-token").text.contains("AADSTS700082"))
      #expect(try await refresh(caller, next).status == 200)
    }
  }

  @Test("A second factor can be asked for, of users only")
  func secondFactor() async throws {
    var configuration = Emulator.Configuration()
    configuration.demandsSecondFactor = true
    try await ServerCaller.withSample(asUser: false, configuration) { caller async throws in
      let refused = try await refresh(caller, "emulated-refresh-token")
      #expect(refused.status == 400)
      #expect(refused.json["error"] as? String == "interaction_required")
      #expect((refused.json["error_description"] as? String)?.hasPrefix("AADSTS50076: ") == true)
      #expect(try await caller.signIn(ServerCaller.appForm).status == 200)
    }
  }

  @Test("The lifetime of a refresh token is told as text, and only where it is asked for")
  func lifetime() async throws {
    for tells in [true, false] {
      var configuration = Emulator.Configuration()
      configuration.tellsRefreshLifetime = tells
      try await ServerCaller.withSample(asUser: false, configuration) { caller async throws in
        let answer = try await refresh(caller, "emulated-refresh-token")
        #expect(answer.json["refresh_token_expires_in"] as? String == (tells ? "7776000" : nil))
        #expect(answer.json["id_token"] is String)
      }
    }
  }
}
