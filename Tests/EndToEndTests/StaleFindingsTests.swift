import Billing
import Evidence
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Reconciliation
import Store
import Testing

/// Whatever happened before, a result is of the data and the month that were asked for.
@Suite("Nothing stale passes for a result")
struct StaleFindingsTests {
  private static let world = World.make(seed: 43, lines: 150, pageSizeMaximum: 40, plants: .none).served

  private func run(
    in workplace: Workplace, faults: [Fault] = [], change: (inout Settings) throws -> Void = { _ in }
  ) async throws -> Outcome {
    let configuration = Emulator.Configuration(faults: faults)
    return try await Emulator.withServer(world: Self.world, configuration: configuration) { baseURL in
      var settings = try Settings.test(in: workplace, baseURL: baseURL, world: Self.world)
      try change(&settings)
      return try await MonthEnd(settings: settings, logger: quiet).run()
    }
  }

  private func offline(_ workplace: Workplace) throws -> Settings {
    try Settings.test(in: workplace, baseURL: "http://127.0.0.1:9", world: Self.world)
  }

  @Test("Findings of a run that was killed before its stage ended are not taken for those of the run before")
  func killedBehindFindings() async throws {
    let workplace = try Workplace()
    let first = try await run(in: workplace)
    let before = try Workplace.files(below: workplace.path("run-reports"))
    let second = try await run(in: workplace) { $0.asOf = try #require(Instant.now(on: "2025-03-21")) }
    #expect(second.runID != first.runID)
    let ledger = try Ledger(path: workplace.path("run.sqlite"))
    _ = try ledger.rows(
      "DELETE FROM stage WHERE run = '\(second.runID)' AND name IN ('tie', 'render')")

    let again = try await run(in: workplace)
    #expect(again.asOf == first.asOf)
    #expect(try ledger.findings()?.asOf == first.asOf)
    #expect(try Workplace.files(below: workplace.path("run-reports")) == before)
  }

  @Test("A window of no months before the period is the period alone, not nothing")
  func windowOfOneMonth() async throws {
    let workplace = try Workplace()
    let outcome = try await run(in: workplace) { $0.windowMonths = 0 }
    #expect(!outcome.findings.invoices.isEmpty)
    #expect(outcome.findings.invoices.allSatisfy { $0.document.month == outcome.period })
    #expect(outcome.findings.invoices.contains { $0.lines.count > 0 })
  }

  @Test("A replay of one month leaves database and reports of that month, whatever was run later")
  func replayOfAPeriod() async throws {
    let workplace = try Workplace()
    let december = try #require(Month("2024-12"))
    _ = try await run(in: workplace) { $0.period = december }
    let expected = try Workplace.files(below: workplace.path("run-reports"))
    _ = try await run(in: workplace)

    var settings = try offline(workplace)
    settings.database = workplace.path("replay.sqlite")
    settings.reports = workplace.path("replay-reports")
    settings.period = december
    let outcomes = try await MonthEnd(settings: settings, logger: quiet).replay()
    #expect(outcomes.map(\.period) == [december])
    #expect(try Workplace.files(below: settings.reports) == expected)
    #expect(try MonthEnd(settings: settings, logger: quiet).verify() == [])

    settings.period = Month("2025-01")
    let error = await #expect(throws: Stop.self) { try await MonthEnd(settings: settings, logger: quiet).replay() }
    #expect(error?.exitCode == .usage)
    #expect(error?.description.contains("holds no complete run of 2025-01. It holds 2024-12, 2025-02.") == true)
  }

  @Test("A report of a month that the database does not hold writes nothing")
  func reportOfAnotherPeriod() async throws {
    let workplace = try Workplace()
    _ = try await run(in: workplace)
    var settings = try offline(workplace)
    settings.reports = workplace.path("other-reports")
    settings.period = Month("2024-12")
    let error = #expect(throws: Stop.self) { try MonthEnd(settings: settings, logger: quiet).report() }
    #expect(error?.description.contains("was last tied out for 2025-02") == true)
    #expect(!FileManager.default.fileExists(atPath: settings.reports))
  }

  @Test("Verifying against an archive the database was not made from says so")
  func foreignArchive() async throws {
    let workplace = try Workplace()
    _ = try await run(in: workplace) {
      $0.windowMonths = 0
      $0.archive = workplace.path("other")
      $0.database = workplace.path("other.sqlite")
    }
    _ = try await run(in: workplace)
    var settings = try offline(workplace)
    #expect(try MonthEnd(settings: settings, logger: quiet).verify() == [])
    settings.archive = workplace.path("other")
    let flaws = try MonthEnd(settings: settings, logger: quiet).verify()
    #expect(flaws.count == 1)
    #expect(flaws.first?.contains("has not all that") == true, "\(flaws)")
  }

  @Test("After a tie that was cut off, verify still names what else is wrong")
  func verifyWithoutFindings() async throws {
    let workplace = try Workplace()
    let outcome = try await run(in: workplace)
    let ledger = try Ledger(path: workplace.path("run.sqlite"))
    try ledger.beginTie()
    let month = MonthEnd(settings: try offline(workplace), logger: quiet)
    let error = #expect(throws: Stop.self) { try month.verify() }
    #expect(error?.exitCode == .usage)

    let body = try #require(try ledger.bodies(endpoint: "customers").first?.sha256)
    try FileManager.default.removeItem(atPath: workplace.path("archive/bodies/\(body.prefix(2))/\(body).gz"))
    let flaws = try month.verify()
    #expect(flaws.count == 2, "\(flaws)")
    #expect(flaws.first?.contains("\(body).gz is missing") == true)
    #expect(flaws.last?.contains("holds no finished run yet") == true)
    #expect(outcome.exitCode == .tiedOut)
  }

  @Test("A database is locked under whatever name it is reached")
  func lockBehindLink() async throws {
    let workplace = try Workplace()
    _ = try await run(in: workplace)
    let lock = open(workplace.path("run.sqlite.lock"), O_RDWR | O_CLOEXEC)
    defer { close(lock) }
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    var settings = try offline(workplace)
    settings.database = workplace.path("link.sqlite")
    try FileManager.default.createSymbolicLink(
      atPath: settings.database, withDestinationPath: workplace.path("run.sqlite"))
    let month = MonthEnd(settings: settings, logger: quiet)
    let error = await #expect(throws: Stop.self) { try await month.replay() }
    #expect(error?.exitCode == .locked)
  }

  @Test("Another invoice than the one asked for is not taken for it")
  func anotherInvoice() async throws {
    let workplace = try Workplace()
    let ids = Self.world.invoices.map(\.id).sorted()
    let asked = try #require(ids.first)
    let other = try #require(ids.last)
    let swapped = Fault(
      pathContains: "/v1/invoices/\(asked)", times: 9,
      kind: .edited { $0.replacingOccurrences(of: "\"\(asked)\"", with: "\"\(other)\"") })
    let error = await #expect(throws: Stop.self) { try await run(in: workplace, faults: [swapped]) }
    #expect(error?.exitCode == .dataIncomplete)
    #expect(error?.description.contains("The service answered with \(other) when it was asked for \(asked)") == true)
    #expect(!FileManager.default.fileExists(atPath: workplace.path("run-reports")))
  }
}

extension Instant {
  fileprivate static func now(on text: String) -> Instant? {
    if case .instant(let instant) = Instant.reading(text) { instant } else { nil }
  }
}
