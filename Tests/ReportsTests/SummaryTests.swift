import Billing
import Reconciliation
import Testing

@testable import Reports

struct SummaryTests {
  @Test("The summary says how much is proved, what is open, and where to begin")
  func lines() throws {
    #expect(
      try ReportWriter.summaryLines(Sample.findings()) == [
        "Tieout for 2025-02, as of 2025-03-20T00:00:00Z: 25 customers, 6 documents.",
        "EUR: 2 of 4 documents proved (2025-02: 1 of 1), total 109587.75, 6 lines; 5 mismatches, "
          + "differences 750755.00, 2 of unknown difference, largest T00000000000000A2; balance does not agree.",
        "JPY: 1 of 1 documents proved (2025-02: 1 of 1), total 1210, 1 line; 1 mismatch, differences 1, "
          + "largest T00000000000000D1; balance agrees.",
        "KWD: 1 of 1 documents proved (2025-02: 1 of 1), total 17.2199999999999988631316, 1 line; 1 mismatch, "
          + "differences 15.7199999999999988631316, largest T00000000000000E1; no balance read.",
        "XXX (no currency printed): no documents, 1 line; 1 mismatch, 1 of unknown difference, "
          + "largest T00000000000000F1; no balance read.",
        "Counted: invoices and adjustment notes are added, credit notes deducted, void notes not counted "
          + "(their adjustment notes replace them).",
        "Open first: EUR/chain.csv, document G000024131 is not proved; then mismatches.csv.",
      ])
  }

  @Test("A month without a flaw says so")
  func nothingOpen() throws {
    var findings = try Sample.findings()
    findings.mismatches = []
    findings.invoices.removeAll { !$0.isTied }
    #expect(ReportWriter.summaryLines(findings).last == "Nothing is open.")
    findings.mismatches = [try #require(try Sample.findings().mismatches.last)]
    #expect(ReportWriter.summaryLines(findings).last == "Open first: mismatches.csv, largest amount first.")
  }

  @Test("Many currencies still fit on ten lines")
  func manyCurrencies() throws {
    var findings = try Sample.findings()
    for code in ["AUD", "CAD", "CHF", "DKK", "GBP", "NOK", "SEK", "USD"] {
      findings.balances.append(
        BalanceVerdict(
          currency: try Sample.currency(code), balance: .zero, details: .zero, openDocuments: .zero,
          accountingDate: nil, mismatches: []))
    }
    let lines = ReportWriter.summaryLines(findings)
    #expect(lines.count == 10)
    #expect(lines[6].hasPrefix("GBP: no documents, 0 lines; no mismatches; "))
    #expect(lines[7] == "And 6 currencies more: JPY, KWD, NOK, SEK, USD, XXX.")
  }
}
