import Billing
import Reconciliation
import Testing

@testable import Reports

struct SchemaTests {
  @Test("Every XML report is valid against the published schema")
  func validity() throws {
    let reports = try ReportWriter.files(for: Sample.findings()).filter { $0.path.hasSuffix(".xml") }
    #expect(reports.count == 9)
    for report in reports { #expect(ReportSchema.flaws(in: report.bytes) == [], "\(report.path)") }
  }

  @Test("Reports of a run that found nothing are valid, too")
  func emptiness() throws {
    let findings = Findings(
      runID: "run-1", asOf: try Sample.instant("2025-03-20"), period: try #require(Month("2025-02")), invoices: [],
      balances: [], tallies: Tallies(), mismatches: [], customerCount: 0)
    let files = try ReportWriter.files(for: findings)
    #expect(files.map(\.path) == ["mismatches.csv", "mismatches.xml", "summary.txt", "tieout.xsd"])
    for file in files where file.path.hasSuffix(".xml") { #expect(ReportSchema.flaws(in: file.bytes) == []) }
  }

  private static let head =
    #"<mismatches xmlns="urn:tieout:report:1" period="2025-02" as_of="2025-03-20T00:00:00Z" rules="1">"#
  private static func mismatch(_ amount: String, id: String = "T1") -> String {
    "\(head)<mismatch><id>\(id)</id><rule>line-total</rule><expected>\(amount)</expected><currency>EUR</currency>"
      + "<state>open</state><count>1</count><lines>0</lines></mismatch></mismatches>"
  }

  @Test(
    "The schema refuses what a report must never hold",
    arguments: [
      (mismatch("12.00"), true),
      (mismatch("-17.2199999999999988631316"), true),
      (mismatch("99999999999999999999999999999999999999"), true),
      (mismatch("1.2E3"), false),
      (mismatch("1,200.00"), false),
      (mismatch("+1"), false),
      (mismatch(""), false),
      (mismatch("1", id: "12345"), false),
      ("\(head)<other/></mismatches>", false),
      ("\(head)<mismatch/></mismatches>", false),
      (#"<mismatches xmlns="urn:tieout:report:1"/>"#, false),
      ("<mismatches/>", false),
      ("\(head)</mismatch>", false),
      ("\(head)\u{1}</mismatches>", false),
      ("", false),
    ])
  func refusals(xml: String, isValid: Bool) {
    let flaws = ReportSchema.flaws(in: Array(xml.utf8))
    #expect(flaws.isEmpty == isValid, "\(flaws)")
  }
}
