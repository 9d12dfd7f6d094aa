import ArgumentParser
import Billing
import Logging
import MonthEnd
import PartnerCenter
import PartnerCenterEmulator
import Testing

@testable import tieout

@Suite("tieout auth check")
struct AuthCheckTests {
  private static let tenant = "6f5e4d3c-2b1a-4000-8000-0123456789ab"

  /// Checks against the emulated service, all addresses of which are one.
  private func findings(
    refreshToken: String?, secret: String = "emulated-secret", faults: [Fault] = []
  ) async throws -> [AccessFinding] {
    var world = ServedWorld(asOf: 1_742_428_800, partnerTenant: Self.tenant, pageSizeMaximum: 10)
    world.summary = #"{"balanceAmount":12.50,"currencyCode":"EUR"}"#
    world.summaries = [world.summary]
    return try await Emulator.withServer(world: world, configuration: .init(faults: faults)) { address in
      var environment = ["TIEOUT_CLIENT_SECRET": secret]
      environment["TIEOUT_REFRESH_TOKEN"] = refreshToken
      let choices = try await Choices(
        given: [
          .tenant: Self.tenant, .clientID: "4d0bc2b1-8d2c-4a3f-9d1e-6a1c3f7be2a0", .asOf: "2025-03-20",
          .apiURL: address, .loginURL: address, .graphURL: address, .pricingURL: address, .exportURL: address,
        ], environment: environment)
      var workplace = Workplace(
        choices: choices, settings: try choices.settings(asOf: .now),
        logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
      try workplace.signIn()
      return try await workplace.month.checkAccess()
    }
  }

  @Test("ends with 0 where application and user are accepted")
  func works() async throws {
    let findings = try await findings(refreshToken: "emulated-refresh-token")
    #expect(findings.prefix(2).map(\.result) == [.works, .works])
    #expect(AccessReport(findings: findings, source: nil, life: nil, today: Day(number: 0)).ending == .tiedOut)
  }

  @Test("ends with 12 without a user, and the application works all the same")
  func noUser() async throws {
    let findings = try await findings(refreshToken: nil)
    #expect(findings.first?.result == .works)
    guard case .refused("no token", _) = findings[1].result else {
      Issue.record("\(findings[1])")
      return
    }
    #expect(AccessReport(findings: findings, source: nil, life: nil, today: Day(number: 0)).ending == .signInRefused)
  }

  @Test("a refused sign-in and a refused call are told apart")
  func refused() async throws {
    let stale = try await findings(refreshToken: "hunter2")
    guard case .refused("AADSTS9002313", let sentence) = stale[1].result else {
      Issue.record("\(stale[1])")
      return
    }
    #expect(!sentence.contains("hunter2"))
    let faults = [Fault(pathContains: "/invoices/summaries", kind: .refused(403, code: "900308"))]
    let weak = try await findings(refreshToken: "emulated-refresh-token", faults: faults)
    #expect(weak[1].result == .refused(code: "900308", sentence: "The request was refused on purpose."))
    #expect(
      weak[1].advice
        == "The user or application lacks privileges: give it the role Admin Agent or Global Admin.")
  }

  /// Literal findings, one of each kind.
  private func report() throws -> AccessReport {
    let probes = AccessProbe.all(on: try #require(Day("2025-03-20")))
    let results: [(AccessFinding.Result, String)] = [
      (.works, ""), (.refused(code: "900308", sentence: "Not\u{1B}[2J enough."), "Give it the role."),
      (.unclear(sentence: "Nobody answers."), "Check the network."), (.works, ""), (.works, ""),
    ]
    return AccessReport(
      findings: zip(probes, results).map { AccessFinding(probe: $0, result: $1.0, advice: $1.1) },
      source: .variable("TIEOUT_REFRESH_TOKEN"), life: RefreshTokenLife(issued: Day("2025-01-05")),
      today: try #require(Day("2025-02-05")))
  }

  @Test("prints a row for each family, what belongs to it and what to do")
  func text() throws {
    let lines = try report().lines
    #expect(lines.first == "Calls                                  Result")
    #expect(lines[1] == "Partner Center, application            works")
    #expect(lines[3] == "Partner Center, application and user   refused (900308): Not\u{FFFD}[2J enough.")
    #expect(
      lines[4]
        == "  of which: invoice by id, statement, receipt, summaries, entitlements, reservations, provisioning status")
    #expect(lines[5] == "  to do: Give it the role.")
    #expect(
      lines.suffix(2) == [
        "The refresh token, issued 2025-01-05, has 59 days left. It comes from the environment variable "
          + "TIEOUT_REFRESH_TOKEN.",
        "A run cannot work: the first two kinds of call are needed.",
      ])
  }

  @Test("prints one JSON object")
  func json() throws {
    let text = try report().json.description
    #expect(text.hasPrefix(#"{"command":"auth check","exit_code":12,"calls":[{"family":"Partner Center, app"#))
    #expect(
      text.contains(
        #""needed":true,"request":"GET /v1/invoices/summaries","credentials":"app+user","result":"refused","#
          + #""code":"900308","message":"Not\u001b[2J enough.","advice":"Give it the role."}"#))
    #expect(
      text.hasSuffix(
        #""refresh_token":{"source":"the environment variable TIEOUT_REFRESH_TOKEN","issued":"2025-01-05","#
          + #""last_day":"2025-04-05","days_left":59,"#
          + #""message":"The refresh token, issued 2025-01-05, has 59 days left."}}"#))
  }

  @Test("is a command with the options of a run", arguments: [["auth", "check"], ["auth", "check", "--json"]])
  func arguments(arguments: [String]) throws {
    #expect(try Tieout.parseAsRoot(arguments) is AuthCheck)
  }
}
