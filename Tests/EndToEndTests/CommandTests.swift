import Evidence
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Testing

/// The program as a shell or cron sees it.
@Suite("The command", .enabled(if: Tool.path != nil, "the tieout executable is not built"))
struct CommandTests {
  private static let secret = "s3cr3t-of-the-client-0451"
  private static let refreshToken = "r3fr3sh-of-the-user-0451"

  // MARK: Ending well

  @Test("A month that ties ends with 0, live, replayed and reported again")
  func tiedOut() async throws {
    let workplace = try Workplace()
    let run = try await run(in: workplace)
    #expect(run.status == 0, "\(run.complaint)")
    #expect(run.output.hasPrefix("Tieout for 2025-02"), "\(run.output)")
    let replay = try await replay(in: workplace)
    #expect(replay.status == 0, "\(replay.complaint)")
    #expect(replay.output == run.output)
    let expected = try await FaultRehearsal.reports.value
    #expect(try Workplace.files(below: workplace.path("run-reports")) == expected)
    #expect(try Workplace.files(below: workplace.path("replay-reports")) == expected)

    let places = ["--database", workplace.path("replay.sqlite"), "--reports", workplace.path("again")]
    let report = try await Tool(arguments: ["report"] + places).run()
    #expect(report.status == 0, "\(report.complaint)")
    #expect(try Workplace.files(below: workplace.path("again")) == expected)
    let verify = try await Tool(arguments: ["verify", "--archive", workplace.path("archive")] + places).run()
    #expect(verify.status == 0, "\(verify.output)\(verify.complaint)")
  }

  @Test("Mismatches end with 1, and each can be explained")
  func mismatches() async throws {
    let workplace = try Workplace()
    let line = FaultRehearsal.world.ordinaryLine
    let world = FaultRehearsal.world.spoiling(line) { $0.setMember("chargeType", #""teleport""#) }
    let run = try await run(in: workplace, world: world, arguments: ["--json"])
    #expect(run.status == 1, "\(run.complaint)")
    let result = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(result["exit_code"] as? Int == 1)
    let runs = try #require(result["runs"] as? [[String: Any]])
    let mismatch = try #require((runs.first?["mismatches"] as? [[String: Any]])?.first)
    let id = try #require(mismatch["id"] as? String)
    let explain = try await Tool(arguments: [
      "explain", id, "--database", workplace.path("run.sqlite"), "--archive", workplace.path("archive"),
    ]).run()
    #expect(explain.status == 0, "\(explain.complaint)")
    #expect(explain.output.contains(#""chargeType":"teleport""#), "\(explain.output)")
  }

  @Test("--json prints one JSON object and nothing else", arguments: ["replay", "report", "verify"])
  func json(command: String) async throws {
    let workplace = try Workplace()
    _ = try await FaultRehearsal.run(in: workplace)
    let arguments = [command] + (command == "replay" ? [workplace.path("archive")] : [])
    let result = try await Tool(
      arguments: arguments + [
        "--json", "--archive", workplace.path("archive"), "--database", workplace.path("run.sqlite"), "--reports",
        workplace.path("run-reports"),
      ]
    ).run()
    #expect(result.status == 0, "\(result.complaint)")
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    #expect(object?["command"] as? String == command)
    #expect(object?["exit_code"] as? Int == 0)
  }

  // MARK: Ending otherwise

  @Test("An archive without a complete run ends with 3")
  func incomplete() async throws {
    let workplace = try Workplace()
    _ = try await FaultRehearsal.run(in: workplace)
    let journal = URL(fileURLWithPath: workplace.path("archive/journal.jsonl"))
    try Data(contentsOf: journal).dropLast(20).write(to: journal)
    let result = try await replay(in: workplace)
    #expect(result.status == 3)
    #expect(result.complaint.contains("was cut off"), "\(result.complaint)")
    #expect(!FileManager.default.fileExists(atPath: workplace.path("replay-reports")))
  }

  @Test("A second run says who holds the database and ends with 11")
  func locked() async throws {
    let workplace = try Workplace()
    _ = try await FaultRehearsal.run(in: workplace)
    let lock = open(workplace.path("replay.sqlite.lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    defer { close(lock) }
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    let words = Array("process 4711 on counting-house since 2025-03-20T04:00:00Z\n".utf8)
    #expect(pwrite(lock, words, words.count, 0) == words.count)
    let result = try await replay(in: workplace)
    #expect(result.status == 11)
    #expect(
      result.complaint.contains("is in use by process 4711 on counting-house since 2025-03-20T04:00:00Z"),
      "\(result.complaint)")
    #expect(result.output.isEmpty)
  }

  @Test("A wrong secret ends with 12")
  func signInRefused() async throws {
    let workplace = try Workplace()
    let result = try await run(in: workplace, environment: ["TIEOUT_CLIENT_SECRET": "another"])
    #expect(result.status == 12)
    #expect(result.complaint.contains("AADSTS7000215"), "\(result.complaint)")
  }

  @Test("A period without invoices ends with 75")
  func notReady() async throws {
    let workplace = try Workplace()
    let result = try await run(in: workplace, arguments: ["--period", "2025-03"])
    #expect(result.status == 75)
    #expect(result.complaint.contains("invoices of 2025-03 do not exist yet"), "\(result.complaint)")
  }

  @Test(
    "What cannot be understood ends with 64",
    arguments: [
      (["run", "--bogus"], "bogus"), (["run", "--period", "2025-13"], "2025-13"), (["dance"], "dance"),
      (["replay"], "archive"), (["run", "--as-of", "yesterday"], "yesterday"),
      (["replay", "somewhere", "--config", "settings.yaml"], "settings.yaml"),
      (["run", "--api-url", "ftp://example.org"], "ftp://example.org"), (["report"], "There is no database"),
    ])
  func usage(arguments: [String], word: String) async throws {
    let result = try await Tool(arguments: arguments).run()
    #expect(result.status == 64, "\(result.complaint)")
    #expect(result.complaint.contains(word), "\(result.complaint)")
    #expect(result.output.isEmpty, "\(result.output)")
  }

  @Test(
    "A mistake in the configuration ends with 64",
    arguments: [
      ("api_ulr: https://example.org", "api_ulr"), ("period: soon", "soon"), ("tax-on-total:\n  AUD: lots", "lots"),
      ("tax-on-total:\n  XYZ1: \"0.1\"", "XYZ1"), ("client-secret: hush", "client-secret"), ("- a\n- b", "key: value"),
    ])
  func configuration(yaml: String, word: String) async throws {
    let workplace = try Workplace()
    try yaml.write(toFile: workplace.path("settings.yaml"), atomically: true, encoding: .utf8)
    let result = try await Tool(arguments: ["run", "--config", workplace.path("settings.yaml")]).run()
    #expect(result.status == 64, "\(result.complaint)")
    #expect(result.complaint.contains(word), "\(result.complaint)")
    #expect(!result.complaint.contains("hush"))
  }

  @Test("An interrupted run ends with 130, leaves no report, and the next one is as good as new")
  func interrupted() async throws {
    let workplace = try Workplace()
    let stalled = Fault(pathContains: "/v1/customers?", times: 9, kind: .stalledBody(.seconds(60)))
    var isInterrupted = false
    let result = try await run(in: workplace, faults: [stalled]) { process in
      guard !isInterrupted else { return }
      let journal = (try? String(contentsOfFile: workplace.path("archive/journal.jsonl"), encoding: .utf8)) ?? ""
      // The balances are read, and the answer to the next request never ends.
      guard journal.contains("/invoices/summaries") else { return }
      isInterrupted = kill(process, SIGINT) == 0
    }
    #expect(result.status == 130, "\(result.complaint)")
    #expect(result.complaint.contains("Interrupted"), "\(result.complaint)")
    #expect(result.seconds < 30)
    #expect(!FileManager.default.fileExists(atPath: workplace.path("run-reports")))
    let next = try await run(in: workplace)
    #expect(next.status == 0, "\(next.complaint)")
    #expect(try Workplace.files(below: workplace.path("run-reports")) == (try await FaultRehearsal.reports.value))
  }

  // MARK: Secrets

  @Test("Secrets are in no stream and no file, however talkative the log", arguments: ["text", "json"])
  func secrets(format: String) async throws {
    let workplace = try Workplace()
    let refused = Fault(pathContains: ServedWorld.LineSet.spoilt.path, times: 1, kind: .status(401))
    let good = try await run(
      in: workplace, faults: [refused], arguments: ["--log-level", "trace", "--log-format", format])
    #expect(good.status == 0, "\(good.complaint)")
    #expect(good.complaint.contains("answer received"))
    let wrong = "not-the-s3cr3t-0451"
    let bad = try await run(
      in: workplace, arguments: ["--log-level", "trace", "--log-format", format],
      environment: ["TIEOUT_REFRESH_TOKEN": wrong])
    #expect(bad.status == 12)

    // The emulator's tokens begin so.
    let hidden = [Self.secret, Self.refreshToken, wrong, "emulated.app", "Bearer ey", "Bearer emulated"]
    for word in hidden {
      for text in [good.output, good.complaint, bad.output, bad.complaint] { #expect(!text.contains(word), "\(word)") }
      for (name, data) in try Workplace.files(below: workplace.path) {
        let bytes = name.hasSuffix(".gz") ? Data(try Gzip.inflate(Array(data))) : data
        #expect(bytes.range(of: Data(word.utf8)) == nil, "\(word) in \(name)")
      }
    }
  }

  // MARK: Helpers

  /// `tieout run` against a served world.
  private func run(
    in workplace: Workplace, world: ServedWorld = FaultRehearsal.world, faults: [Fault] = [],
    arguments: [String] = [], environment: [String: String] = [:], meanwhile: (Int32) throws -> Void = { _ in }
  ) async throws -> Tool.Result {
    let configuration = Emulator.Configuration(
      clientSecret: Self.secret, refreshToken: Self.refreshToken, faults: faults)
    return try await Emulator.withServer(world: world, configuration: configuration) { baseURL in
      let all =
        [
          "run", "--database", workplace.path("run.sqlite"), "--archive", workplace.path("archive"), "--reports",
          workplace.path("run-reports"), "--as-of", "2025-03-20", "--api-url", baseURL, "--login-url", baseURL,
          "--graph-url", baseURL, "--tenant", world.partnerTenant, "--client-id", configuration.clientID,
        ] + arguments
      let secrets = ["TIEOUT_CLIENT_SECRET": Self.secret, "TIEOUT_REFRESH_TOKEN": Self.refreshToken]
      let settings = ["TIEOUT_TAX_ON_TOTAL_AUD": "0.10", "TIEOUT_PAGE_SIZE": "100"]
      let tool = Tool(arguments: all, environment: secrets.merging(settings) { $1 }.merging(environment) { $1 })
      return try await tool.run(meanwhile: meanwhile)
    }
  }

  private func replay(in workplace: Workplace) async throws -> Tool.Result {
    try await Tool(arguments: [
      "replay", workplace.path("archive"), "--database", workplace.path("replay.sqlite"), "--reports",
      workplace.path("replay-reports"),
    ]).run()
  }
}
