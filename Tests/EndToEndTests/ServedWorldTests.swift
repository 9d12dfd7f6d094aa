import Billing
import Evidence
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Reconciliation
import Testing

/// Whole months over a real socket, marked against the answer key of the emulator.
@Suite("A month end to end")
struct ServedWorldTests {
  @Test(
    "Every planted error is found once with its amount, nothing else is, and the replay gives the same bytes",
    arguments: Array(UInt64(100)..<120))
  func marked(seed: UInt64) async throws {
    let (world, key) = World.make(seed: seed, lines: 700, pageSizeMaximum: 40, plants: .drawn)
    let workplace = try Workplace()
    let settings = try await Emulator.withServer(world: world) { baseURL in
      let settings = try Settings.test(in: workplace, baseURL: baseURL, world: world)
      let outcome = try await MonthEnd(settings: settings, logger: quiet).run()
      let marking = Marking(outcome.findings, against: key)
      #expect(marking.isPerfect, "seed \(seed): \(marking)")
      #expect(outcome.exitCode == .mismatches, "seed \(seed)")
      return settings
    }
    var offline = settings
    offline.database = workplace.path("replay.sqlite")
    offline.reports = workplace.path("replay-reports")
    offline.credentials = nil
    _ = try await MonthEnd(settings: offline, logger: quiet).replay()
    let live = try Workplace.files(below: settings.reports)
    #expect(!live.isEmpty)
    #expect(try Workplace.files(below: offline.reports) == live, "seed \(seed)")
    #expect(try MonthEnd(settings: offline, logger: quiet).verify() == [], "seed \(seed)")
  }

  @Test("Every kind of error is planted at least three times over the seeds")
  func everyKindIsPlanted() {
    var counts: [String: Int] = [:]
    for seed in UInt64(100)..<120 {
      let key = World.make(seed: seed, lines: 700, pageSizeMaximum: 40, plants: .drawn).key
      for planted in key.planted { counts["\(planted.name) \(planted.mCode)", default: 0] += 1 }
    }
    let all = Set(
      World.make(seed: 1, lines: 700, pageSizeMaximum: 40, plants: .all).key.planted.map { "\($0.name) \($0.mCode)" })
    #expect(all.count >= 12)
    for kind in all { #expect(counts[kind, default: 0] >= 3, "\(kind)") }
  }

  @Test("A month without errors ties out", arguments: [UInt64(7), 8, 9])
  func clean(seed: UInt64) async throws {
    let (world, _) = World.make(seed: seed, lines: 700, pageSizeMaximum: 40, plants: .none)
    let workplace = try Workplace()
    try await Emulator.withServer(world: world) { baseURL in
      let settings = try Settings.test(in: workplace, baseURL: baseURL, world: world)
      let outcome = try await MonthEnd(settings: settings, logger: quiet).run()
      #expect(outcome.findings.mismatches.isEmpty, "seed \(seed)")
      #expect(outcome.exitCode == .tiedOut, "seed \(seed)")
    }
  }

  @Test("A second run with the same as-of and nothing new changes no byte")
  func twice() async throws {
    let (world, _) = World.make(seed: 5, lines: 700, pageSizeMaximum: 40, plants: .drawn)
    let workplace = try Workplace()
    try await Emulator.withServer(world: world) { baseURL in
      let settings = try Settings.test(in: workplace, baseURL: baseURL, world: world)
      _ = try await MonthEnd(settings: settings, logger: quiet).run()
      let before = try Workplace.files(below: settings.reports)
      let bodies = try Workplace.files(below: settings.archive + "/bodies")
      // Nobody named a month: the journal's end says which one it was.
      #expect(try Archive(reading: settings.archive).runs().map(\.period) == ["2025-02"])
      let second = try await MonthEnd(settings: settings, logger: quiet).run()
      #expect(second.reports == [])
      #expect(try Workplace.files(below: settings.reports) == before)
      #expect(try Workplace.files(below: settings.archive + "/bodies") == bodies)
    }
  }

  @Test("An earlier period is tied out by itself, and one without invoices is not ready")
  func period() async throws {
    let (world, _) = World.make(seed: 6, lines: 700, pageSizeMaximum: 40, plants: .none)
    let workplace = try Workplace()
    try await Emulator.withServer(world: world) { baseURL in
      var settings = try Settings.test(in: workplace, baseURL: baseURL, world: world)
      settings.period = Month("2024-12")
      let outcome = try await MonthEnd(settings: settings, logger: quiet).run()
      #expect(outcome.period.description == "2024-12")
      #expect(outcome.findings.invoices.allSatisfy { $0.document.month <= outcome.period })
      #expect(outcome.exitCode == .tiedOut)

      settings.period = Month("2025-03")
      let error = await #expect(throws: Stop.self) { try await MonthEnd(settings: settings, logger: quiet).run() }
      #expect(error?.exitCode == .notReady)
    }
  }
}
