import Billing
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Reconciliation
import Testing

/// The archive that everybody sees first, and the reports it gives, compared byte by byte.
@Suite("The sample")
struct SampleTests {
  private static let archive = "\(projectFolder)/samples/archive"
  private static let golden = "\(projectFolder)/reports"

  private func replay(in workplace: Workplace) async throws -> (settings: Settings, outcome: Outcome) {
    let settings = Settings(
      database: workplace.path("sample.sqlite"), archive: Self.archive, reports: workplace.path("reports"),
      asOf: Instant(seconds: 0))
    let outcomes = try await MonthEnd(settings: settings, logger: quiet).replay()
    return (settings, try #require(outcomes.last))
  }

  @Test("Its reports are the ones in reports/ (RECORD=1 renews them)")
  func golden() async throws {
    let workplace = try Workplace()
    let (settings, outcome) = try await replay(in: workplace)
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try? FileManager.default.removeItem(atPath: Self.golden)
      try FileManager.default.copyItem(atPath: settings.reports, toPath: Self.golden)
    }
    let expected = try Workplace.files(below: Self.golden)
    let found = try Workplace.files(below: settings.reports)
    #expect(Set(found.keys) == Set(expected.keys))
    for (name, bytes) in expected { #expect(found[name] == bytes, "reports/\(name) differs") }
    #expect(outcome.exitCode == .mismatches)
    #expect(outcome.summary.count <= 10)
    #expect(try MonthEnd(settings: settings, logger: quiet).verify() == [])
  }

  @Test("Every planted mismatch is found once with the right amount, and nothing else is reported")
  func marked() async throws {
    let workplace = try Workplace()
    let (_, outcome) = try await replay(in: workplace)
    let text = try Data(contentsOf: URL(fileURLWithPath: "\(projectFolder)/samples/answer-key.json"))
    let key = try JSONDecoder().decode(AnswerKey.self, from: text)
    let marking = Marking(outcome.findings, against: key)
    #expect(marking.isPerfect, "\(marking)")

    #expect(key.planted.count >= 30)
    #expect(Set(key.planted.map { "\($0.name) \($0.mCode)" }).count >= 12)
    #expect(outcome.findings.customerCount >= 25)
    #expect(outcome.findings.invoices.map(\.lines.count).reduce(0, +) >= 600)
    #expect(Set(outcome.findings.invoices.map(\.document.currency)).count >= 3)
    #expect(Set(outcome.findings.invoices.map(\.document.invoiceType)).count == 2)
  }

  @Test("The README explains mismatches that are in the list")
  func readme() throws {
    let readme = try String(contentsOfFile: "\(projectFolder)/README.md", encoding: .utf8)
    let list = try String(contentsOfFile: "\(Self.golden)/mismatches.csv", encoding: .utf8)
    let ids = readme.matches(of: /T[0-9A-F]{16}/).map { String($0.output) }
    #expect(ids.count >= 21)
    for id in ids { #expect(list.contains("\r\n\(id),"), "\(id)") }
  }

  @Test("Every listed mismatch can be explained, with the raw JSON behind it")
  func explained() async throws {
    let workplace = try Workplace()
    let (settings, outcome) = try await replay(in: workplace)
    let monthEnd = MonthEnd(settings: settings, logger: quiet)
    for mismatch in outcome.findings.listed {
      let text = try monthEnd.explain(mismatch: mismatch.id)
      #expect(text.contains { $0.contains(mismatch.cause) }, "\(mismatch.id)")
      #expect(text.contains { $0.contains("{\"") }, "\(mismatch.id) \(mismatch.rule.rawValue) shows no JSON")
    }
    let error = #expect(throws: Stop.self) { try monthEnd.explain(mismatch: "T0000000000000000") }
    #expect(error?.exitCode == .usage)
  }
}
