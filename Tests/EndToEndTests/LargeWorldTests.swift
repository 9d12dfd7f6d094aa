import Foundation
import MonthEnd
import PartnerCenterEmulator
import Reconciliation
import Synchronization
import Testing

/// A large partner: 100,000 lines where everything is tested, a tenth of it otherwise.
@Suite("A large month", .enabled(if: Tool.path != nil, "the tieout executable is not built"))
struct LargeWorldTests {
  private static let testsAll = ProcessInfo.processInfo.environment["TIEOUT_TEST_ALL"] == "1"

  @Test("replays within one GiB of memory and reports the same")
  func memory() async throws {
    let lines = Self.testsAll ? 100_000 : 10_000
    let workplace = try Workplace()
    let stages = Stages()
    let live = try await {
      let (world, key) = World.make(seed: 77, lines: lines, pageSizeMaximum: 2_000, plants: .drawn)
      return try await Emulator.withServer(world: world) { baseURL in
        var settings = try Settings.test(in: workplace, baseURL: baseURL, world: world)
        settings.pageSize = 2_000
        let outcome = try await MonthEnd(settings: settings, logger: quiet) { stages.note($0.stage.rawValue) }.run()
        let marking = Marking(outcome.findings, against: key)
        #expect(marking.isPerfect, "\(marking)")
        return outcome
      }
    }()
    stages.end()

    let replay = try await Tool(arguments: [
      "replay", workplace.path("archive"), "--database", workplace.path("replay.sqlite"), "--reports",
      workplace.path("replay-reports"), "--quiet",
    ]).run()
    #expect(replay.status == live.exitCode.rawValue, "\(replay.complaint)")
    #expect(replay.memoryPeak > 0)
    #expect(replay.memoryPeak <= 1 << 20, "\(replay.memoryPeak) KiB")
    #expect(
      try Workplace.files(below: workplace.path("replay-reports"))
        == Workplace.files(below: workplace.path("run-reports")))

    let count = live.findings.invoices.reduce(0) { $0 + $1.lines.count }
    print("A month of \(count) lines, run: \(stages.seconds)")
    print(
      "replay in \(Self.rounded(replay.seconds)) s (\(Self.rounded(replay.secondsOfProcessor)) s of processor) with at "
        + "most \(replay.memoryPeak / 1024) MiB")
  }

  fileprivate static func rounded(_ seconds: Double) -> String { String(format: "%.1f", seconds) }
}

/// Takes the time of each stage by its progress.
private final class Stages: Sendable {
  private struct Lap {
    var stage: String
    var begin: ContinuousClock.Instant
  }

  private let laps = Mutex<[Lap]>([Lap(stage: "documents", begin: .now)])

  func note(_ stage: String) {
    laps.withLock { laps in
      if laps.last?.stage != stage { laps.append(Lap(stage: stage, begin: .now)) }
    }
  }

  func end() { laps.withLock { $0.append(Lap(stage: "end", begin: .now)) } }

  /// `fetch 1.2 s, ingest 3.4 s, …`; each stage counts from its first progress to that of the next.
  var seconds: String {
    laps.withLock { laps in
      zip(laps, laps.dropFirst()).map { lap, next in
        let took = (next.begin - lap.begin).components
        let seconds = Double(took.seconds) + Double(took.attoseconds) / 1e18
        return "\(lap.stage) \(LargeWorldTests.rounded(seconds)) s"
      }.joined(separator: ", ")
    }
  }
}
