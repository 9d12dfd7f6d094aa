import Billing
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Reconciliation
import Testing

/// Months that only the export serves (contract §1).
@Suite("A month of exports")
struct ExportMonthTests {
  @Test(
    "Every planted error is found once with its amount, nothing else is, and the replay gives the same bytes",
    arguments: [
      (UInt64(201), "2025-04", ExportManifests.inline), (202, "2025-04", .linked), (203, "2025-06", .mixed),
      (204, "2025-06", .linked), (205, "2025-04", .mixed),
    ] as [(UInt64, World.Month, ExportManifests)])
  func marked(seed: UInt64, newest: World.Month, manifests: ExportManifests) async throws {
    let (world, key) = World.make(seed: seed, lines: 700, pageSizeMaximum: 40, plants: .drawn, newest: newest)
    var configuration = Emulator.Configuration()
    configuration.exportManifests = manifests
    configuration.blobLinesMax = 37
    let workplace = try Workplace()
    let settings = try await Emulator.withServer(world: world, configuration: configuration) { baseURL in
      let settings = try Settings.test(in: workplace, baseURL: baseURL, world: world, configuration: configuration)
      let outcome = try await MonthEnd(settings: settings, logger: quiet).run()
      let marking = Marking(outcome.findings, against: key.withoutPages)
      #expect(marking.isPerfect, "seed \(seed): \(marking)")
      #expect(outcome.findings.invoices.contains { $0.document.month == outcome.period && $0.lines.count > 37 })
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

  @Test("The line items of a closed month are an empty answer, and the mismatch says why and what helps")
  func closed() async throws {
    let (world, _) = World.make(seed: 211, lines: 300, pageSizeMaximum: 40, plants: .none, newest: "2025-06")
    let workplace = try Workplace()
    let findings = try await Emulator.withServer(world: world) { baseURL in
      var settings = try Settings.test(in: workplace, baseURL: baseURL, world: world)
      settings.lineItems = .api
      return try await MonthEnd(settings: settings, logger: quiet).run().findings
    }
    let empty = findings.invoices.filter { world.exportOnly.contains($0.document.id.printed) && $0.mismatch != nil }
    #expect(Set(empty.map(\.document.month.description)) == ["2025-04", "2025-05", "2025-06"])
    for verdict in empty {
      let mismatch = try #require(findings.listed.first { $0.id == verdict.mismatch })
      #expect(mismatch.rule == .invoiceTotal)
      #expect(mismatch.mCode == "M61")
      #expect(mismatch.actual == .zero)
      #expect(
        mismatch.cause
          == "The invoice has no lines behind its total: the synchronous line items serve no month after 2025-03. Take them "
          + "from the export (--line-items auto or export).")
    }
    // What is unbilled on those invoices hangs beneath them.
    #expect(findings.listed.allSatisfy { $0.mCode == "M61" }, "\(findings.listed.map(\.cause))")
  }

  @Test("A replay waits for nothing that the run had to wait for", .timeLimit(.minutes(5)))
  func patience() async throws {
    let (world, _) = World.make(seed: 212, lines: 150, pageSizeMaximum: 40, plants: .none, newest: "2025-04")
    var configuration = Emulator.Configuration()
    configuration.exportRetryAfterSeconds = 1
    let workplace = try Workplace()
    let live = try await Emulator.withServer(world: world, configuration: configuration) { baseURL in
      let settings = try Settings.test(in: workplace, baseURL: baseURL, world: world, configuration: configuration)
      return try await MonthEnd(settings: settings, logger: quiet).run()
    }
    // The answer to a submission, too, may ask for patience.
    let journal = workplace.path("archive") + "/journal.jsonl"
    let text = try String(contentsOfFile: journal, encoding: .utf8)
    let asked = text.replacing(#""location":"#, with: #""retry-after":"3600","location":"#)
    #expect(asked != text)
    try asked.write(toFile: journal, atomically: true, encoding: .utf8)
    var offline = Settings(
      database: workplace.path("replay.sqlite"), archive: workplace.path("archive"),
      reports: workplace.path("replay-reports"), asOf: Instant(seconds: world.asOf))
    offline.exportSecondsMax = 86_400
    let replay = try await MonthEnd(settings: offline, logger: quiet).replay()
    #expect(replay.map(\.exitCode) == [live.exitCode])
  }
}

extension AnswerKey {
  /// An export has no pages, so none comes twice.
  fileprivate var withoutPages: AnswerKey {
    var key = self
    key.planted.removeAll { $0.mCode == "M02" }
    return key
  }
}
