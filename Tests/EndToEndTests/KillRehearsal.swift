import Evidence
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Store

/// A month that is run by the built program, killed, and run again until it is finished.
struct KillRehearsal: Sendable {
  let world: ServedWorld
  let configuration: Emulator.Configuration
  /// What every run believes to be now.
  let asOf: String

  /// A partner with planted errors, so that every report has something in it.
  ///
  /// - Parameter newest: Months until March 2025 come by line items, later ones by exports.
  init(seed: UInt64, newest: World.Month, asOf: String) {
    world = World.make(seed: seed, lines: 150, pageSizeMaximum: 20, plants: .drawn, newest: newest).served
    var configuration = Emulator.Configuration()
    configuration.blobLinesMax = 15
    self.configuration = configuration
    self.asOf = asOf
  }

  /// What a run that nobody disturbs leaves.
  struct Undisturbed: Sendable {
    var status: Int32
    var reports: [String: Data]
    var lines: [RunStage: Int]
  }

  func undisturbed() async throws -> Undisturbed {
    let workplace = try Workplace()
    return try await Emulator.withServer(world: world, configuration: configuration) { baseURL in
      let result = try await tool(in: workplace, baseURL: baseURL, isDayGiven: true).run()
      return Undisturbed(
        status: result.status, reports: try FaultRehearsal.reports(in: workplace), lines: result.watch.lines)
    }
  }

  /// What became of a month whose runs were killed.
  struct Trial: Sendable {
    var points: [KillPoint]
    /// The stage of each run that was killed.
    var stagesHit: [RunStage] = []
    /// How the last run ended, which nobody disturbed.
    var status: Int32 = 0
    var lastLine = ""
    var reports: [String: Data] = [:]
    /// Those of a replay of the archive into a database of its own.
    var reportsReplayed: [String: Data] = [:]
    var flaws: [String] = []
    /// How often there was nothing to go on with: so many runs at most.
    var beginnings = 0
    var runs: [ArchivedRun] = []
    /// Pages and files that were asked for again although the archive had their answer.
    var askedAgain: [String] = []
  }

  func trial(_ points: [KillPoint]) async throws -> Trial {
    let workplace = try Workplace()
    return try await Emulator.withServer(world: world, configuration: configuration) { baseURL in
      var trial = Trial(points: points)
      for point in points.map(Optional.some) + [nil] {
        let isUnfinished = try isUnfinished(in: workplace)
        trial.beginnings += isUnfinished ? 0 : 1
        // Who goes on with a run need not say its day again; it is the run's own, whatever the clock says.
        let tool = try tool(in: workplace, baseURL: baseURL, isDayGiven: !isUnfinished)
        let result = try await tool.run(killedAt: point)
        if result.isKilled { trial.stagesHit.append(result.watch.stage) }
        trial.status = result.status
        trial.lastLine = result.lastLine
      }
      let archive = try Archive(reading: workplace.path("archive"))
      trial.runs = try archive.runs()
      trial.askedAgain = try trial.runs.flatMap { try Self.askedAgain(by: $0.record.id, in: archive) }
      trial.reports = try FaultRehearsal.reports(in: workplace)
      var settings = try Settings.test(in: workplace, baseURL: baseURL, world: world)
      trial.flaws = try MonthEnd(settings: settings, logger: quiet).verify()
      settings.database = workplace.path("replay.sqlite")
      settings.reports = workplace.path("replay-reports")
      _ = try await MonthEnd(settings: settings, logger: quiet).replay()
      trial.reportsReplayed = try FaultRehearsal.reports(in: workplace, name: "replay")
      return trial
    }
  }

  private func tool(in workplace: Workplace, baseURL: String, isDayGiven: Bool) throws -> KillTool {
    let places = [
      "--database", workplace.path("run.sqlite"), "--archive", workplace.path("archive"), "--reports",
      workplace.path("run-reports"),
    ]
    let service = ["--api-url", baseURL, "--login-url", baseURL, "--graph-url", baseURL]
    let who = ["--tenant", world.partnerTenant, "--client-id", configuration.clientID]
    return KillTool(
      arguments: ["run", "--quiet", "--log-level", "trace"] + places + service + who
        + (isDayGiven ? ["--as-of", asOf] : []),
      environment: [
        "TIEOUT_CLIENT_SECRET": configuration.clientSecret, "TIEOUT_REFRESH_TOKEN": configuration.refreshToken,
        "TIEOUT_TAX_ON_TOTAL_AUD": "0.10", "TIEOUT_PAGE_SIZE": "20", "TIEOUT_CALLS_PER_MINUTE": "1000000",
      ])
  }

  /// Whether there is a run that the next one has to go on with.
  private func isUnfinished(in workplace: Workplace) throws -> Bool {
    guard FileManager.default.fileExists(atPath: workplace.path("archive/\(Archive.journalName)")),
      let last = try Archive(reading: workplace.path("archive")).runs().last
    else { return false }
    guard last.isComplete else { return true }
    // A copy is looked at: opening the database itself would tidy up behind the run that was killed.
    let copy = try Workplace()
    for name in ["run.sqlite", "run.sqlite-wal"]
    where FileManager.default.fileExists(atPath: workplace.path(name)) {
      try FileManager.default.copyItem(atPath: workplace.path(name), toPath: copy.path(name))
    }
    let ledger = try Ledger(path: copy.path("run.sqlite"))
    return try ledger.lastFinished(stage: .render, run: last.record.id) == nil
  }

  private static func askedAgain(by run: String, in archive: Archive) throws -> [String] {
    let answered = try archive.journal().exchanges(of: run).filter { exchange in
      exchange.isSuccess && exchange.from == nil
        && (exchange.service == "storage" || exchange.target.contains("/lineitems")
          || exchange.target.hasPrefix("/v1/customers"))
    }
    let counts = Dictionary(answered.map { ($0.question, 1) }, uniquingKeysWith: +)
    return counts.filter { $0.value > 1 }.map { "\($0.key), \($0.value) times" }.sorted()
  }
}
