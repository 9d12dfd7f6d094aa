import Foundation
import Reconciliation
import Testing

@testable import Reports

/// The reports of the sample beside this file; `RECORD=1` renews them.
struct GoldenTests {
  private static let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden").path()

  @Test("The sample gives the reports that are kept beside the tests")
  func reports() throws {
    let findings = try Sample.findings()
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try ReportWriter(directory: Self.golden).write(findings)
    }
    #expect(Verify.check(directory: Self.golden, against: findings) == [])
  }

  @Test("Findings in another order give the same bytes")
  func order() throws {
    let findings = try Sample.findings()
    var shuffled = findings
    shuffled.invoices.reverse()
    shuffled.balances.reverse()
    shuffled.mismatches.reverse()
    let (first, second) = (try ReportWriter.files(for: findings), try ReportWriter.files(for: shuffled))
    #expect(first.map(\.path) == second.map(\.path))
    for (left, right) in zip(first, second) { #expect(left.bytes == right.bytes, "\(left.path)") }
  }
}
