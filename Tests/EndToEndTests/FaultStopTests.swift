import Foundation
import MonthEnd
import Testing

@Suite("A fault that stops a run")
struct FaultStopTests {
  @Test(
    "is one sentence with its exit code, leaves reports as they were, and the next run is as good as new",
    arguments: StoppingFault.all)
  func stops(_ fault: StoppingFault) async throws {
    let workplace = try Workplace()
    let first = try await run(fault, in: workplace)
    check(first, fault)
    #expect(!FileManager.default.fileExists(atPath: workplace.path("run-reports")))

    let healthy = try await FaultRehearsal.run(in: workplace)
    let expected = try await FaultRehearsal.reports.value
    #expect(!expected.isEmpty)
    #expect(healthy.code == .tiedOut, "\(healthy.sentence)")
    #expect(try FaultRehearsal.reports(in: workplace) == expected)

    // Over finished reports, too, when everything is asked for again.
    check(try await run(fault, in: workplace, refetches: true), fault)
    #expect(try FaultRehearsal.reports(in: workplace) == expected)
    let after = try await FaultRehearsal.run(in: workplace)
    #expect(after.code == .tiedOut, "\(after.sentence)")
    #expect(try FaultRehearsal.reports(in: workplace) == expected)
    let settings = try Settings.test(in: workplace, baseURL: "", world: FaultRehearsal.world)
    #expect(try MonthEnd(settings: settings, logger: quiet).verify() == [])
  }

  private func run(
    _ fault: StoppingFault, in workplace: Workplace, refetches: Bool = false
  ) async throws -> RunEnding {
    try await FaultRehearsal.run(in: workplace, world: fault.world, faults: fault.faults) { settings in
      settings.refetches = refetches
      fault.change(&settings)
    }
  }

  private func check(_ ending: RunEnding, _ fault: StoppingFault) {
    #expect(ending.outcome == nil)
    #expect(ending.code == fault.code, "\(ending.sentence)")
    for word in fault.words { #expect(ending.sentence.contains(word), "\(ending.sentence)") }
    #expect(!ending.sentence.contains("\n"))
    #expect(ending.sentence.hasSuffix("."), "\(ending.sentence)")
  }
}
