import Evidence
import Foundation
import PartnerCenterEmulator
import Testing

/// `kill -9` at any moment, and run again.
@Suite("Killed", .enabled(if: Tool.path != nil, "the tieout executable is not built"))
struct KillTests {
  private static let testsAll = ProcessInfo.processInfo.environment["TIEOUT_TEST_ALL"] == "1"

  /// A hundred points over both where everything is tested, a tenth of them otherwise.
  static let worlds: [(seed: UInt64, newest: World.Month, asOf: String, points: Int)] = [
    (401, "2025-02", "2025-03-20", testsAll ? 72 : 6), (402, "2025-04", "2025-05-20", testsAll ? 28 : 4),
  ]

  @Test(
    "A run goes on under its id and its day, asks nothing again that it has, and ends with the same reports",
    arguments: worlds)
  func killed(seed: UInt64, newest: World.Month, asOf: String, points: Int) async throws {
    let rehearsal = KillRehearsal(seed: seed, newest: newest, asOf: asOf)
    let undisturbed = try await rehearsal.undisturbed()
    try #require(undisturbed.status == 1)
    var chance = SeededChance(seed: seed)
    let trials = try await trials(
      of: rehearsal, at: (0..<points).map { Self.points($0, among: undisturbed.lines, &chance) })
    for trial in trials {
      let place: Comment = "seed \(seed), killed at \(trial.points): \(trial.lastLine)"
      #expect(trial.status == undisturbed.status, place)
      #expect(trial.reports == undisturbed.reports, place)
      #expect(trial.reportsReplayed == undisturbed.reports, place)
      #expect(trial.flaws == [], place)
      #expect(trial.askedAgain == [], place)
      // A run that was killed behind its last stage is finished, and the next one is another run: never else.
      #expect(trial.runs.count <= trial.beginnings, place)
      #expect(trial.runs.allSatisfy { $0.isComplete && $0.record.asOf == "\(asOf)T00:00:00Z" }, place)
    }
    #expect(Set(trials.flatMap(\.stagesHit)) == Set(RunStage.allCases), "seed \(seed)")
  }

  /// Every stage in turn, at any of its lines; every fifth month is killed a second time.
  private static func points(
    _ number: Int, among lines: [RunStage: Int], _ chance: inout SeededChance
  ) -> [KillPoint] {
    let stages = RunStage.allCases
    return (0...(number % 5 == 4 ? 1 : 0)).map { turn in
      let stage = stages[(number + turn) % stages.count]
      return KillPoint(stage: stage, line: Int.random(in: 1...max(1, lines[stage, default: 1]), using: &chance))
    }
  }

  /// A few months side by side.
  private func trials(of rehearsal: KillRehearsal, at series: [[KillPoint]]) async throws -> [KillRehearsal.Trial] {
    try await withThrowingTaskGroup(of: KillRehearsal.Trial.self) { group in
      var waiting = series.makeIterator()
      for _ in 0..<3 {
        if let points = waiting.next() { group.addTask { try await rehearsal.trial(points) } }
      }
      var trials: [KillRehearsal.Trial] = []
      for try await trial in group {
        trials.append(trial)
        if let points = waiting.next() { group.addTask { try await rehearsal.trial(points) } }
      }
      return trials
    }
  }
}
