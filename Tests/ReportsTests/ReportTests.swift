import Billing
import Reconciliation
import Testing

@testable import Reports

/// What stands in the reports of the sample.
struct ReportTests {
  private func records(_ path: String) throws -> [[Substring]] {
    let file = try #require(try ReportWriter.files(for: Sample.findings()).first { $0.path == path })
    return String(decoding: file.bytes, as: UTF8.self).split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
  }

  /// The chain's step with this document id or kind, by column.
  private func step(_ name: String, in currency: String) throws -> [Substring: Substring] {
    let records = try records("\(currency)/chain.csv")
    let header = try #require(records.first)
    let record = try #require(records.dropFirst().first { $0[0] == name || $0[2] == name })
    return Dictionary(uniqueKeysWithValues: zip(header, record))
  }

  @Test("Mismatches have exactly the promised columns")
  func columns() throws {
    let promised =
      "id,rule,m_code,cause,customer_id,customer_name,invoice_id,order_id,subscription_id,product,expected,actual,"
      + "difference,currency,state"
    for path in ["mismatches.csv", "EUR/mismatches.csv", "XXX/mismatches.csv"] {
      #expect(try records(path).first?.joined(separator: ",") == promised)
    }
  }

  @Test(
    "Mismatches come largest amount first, without their consequences",
    arguments: [
      ("EUR", ["A2", "A1", "B1", "C2", "C1"]),
      ("JPY", ["D1"]),
      ("KWD", ["E1"]),
      ("XXX", ["F1"]),
    ])
  func mismatchOrder(currency: String, ids: [String]) throws {
    let findings = try Sample.findings()
    let forest = try MismatchForest(findings)
    let listed = forest.causes.filter { $0.currency.code == currency }
    #expect(listed.map { String($0.id.suffix(2)) } == ids)
    let list = MismatchTable(forest: forest).table(of: listed, facts: [])
    #expect(list.rows.map { $0.cells[0] } == listed.map { .id($0.id) })
  }

  @Test("A mismatch list shows figures it has and leaves others empty")
  func figures() throws {
    let yen = try #require(try records("JPY/mismatches.csv").last)
    #expect(yen[10...] == ["1099", "1100", "-1", "JPY", "open"])
    let dinar = try #require(try records("KWD/mismatches.csv").last)
    #expect(
      dinar[10...] == ["-17.2199999999999988631316", "-1.500", "-15.7199999999999988631316", "KWD", "open"])
    let unfiled = try #require(try records("XXX/mismatches.csv").last)
    #expect(unfiled[10...] == ["", "1.00", "", "XXX", "open"])
  }

  @Test("XML hangs consequences beneath their cause")
  func consequences() throws {
    let forest = try MismatchForest(Sample.findings())
    let cause = try #require(forest.causes.first { $0.id.hasSuffix("B1") })
    let row = try #require(MismatchTable(forest: forest).table(of: [cause], facts: []).rows.first)
    #expect(row.nested.map { $0.cells[0] } == [.id("T00000000000000B2")])
    #expect(row.nested.first?.nested.map { $0.cells[0] } == [.id("T00000000000000B3")])
  }

  @Test(
    "Each document is counted after the stated reading",
    arguments: [
      ("G000024135", "added", "2076.63", "2076.63"),
      ("G000024130", "\"not counted", "586366.00", "0.00"),
      ("G000024131", "added", "107661.12", "107661.12"),
      ("D030001IDV", "deducted", "150.00", "-150.00"),
    ])
  func reading(id: String, countedAs: String, printed: String, counted: String) throws {
    let records = try records("EUR/chain.csv")
    let record = try #require(records.first { $0[2] == id })
    // The void note's reading has a comma of its own and so takes two pieces here.
    #expect(record[8] == countedAs)
    #expect(record.contains(Substring(printed)))
    #expect(record.contains(Substring(counted)))
  }

  @Test("A document's lines add up by outcome and by what they charge")
  func parts() throws {
    let step = try step("G000024135", in: "EUR")
    let expected: [Substring: Substring] = [
      "commerce": "new commerce", "document_date": "2025-03-08", "month": "2025-02", "lines": "4",
      "lines_subtotal": "2005.96", "lines_tax": "70.67", "lines_total": "2076.63", "residual": "0.00",
      "tied_lines": "1", "tied_total": "470.67", "noted_lines": "1", "noted_total": "28.72", "pending_lines": "1",
      "pending_total": "-10.00", "mismatched_lines": "1", "mismatched_total": "1587.24", "one_time_lines": "2",
      "one_time_total": "1615.96", "recurring_lines": "1", "recurring_total": "470.67", "usage_lines": "0",
      "usage_total": "0.00", "credit_lines": "1", "credit_total": "-10.00", "balance": "",
      "verdict": "The lines add up to the total.",
    ]
    for (column, value) in expected { #expect(step[column] == value, "\(column)") }
  }

  @Test("The balance step shows its residuals")
  func balance() throws {
    let step = try step("balance", in: "EUR")
    let expected: [Substring: Substring] = [
      "balance": "751094.39", "balance_details": "751094.39", "details_residual": "0.00",
      "open_documents": "109587.75", "open_documents_residual": "641506.64",
      "accounting_date": "2025-03-08T07:00:00Z", "lines": "", "mismatch_ids": "T00000000000000A2",
    ]
    for (column, value) in expected { #expect(step[column] == value, "\(column)") }
    #expect(try self.step("balance", in: "KWD")["verdict"] == "No balance was read in this currency.")
  }

  @Test(
    "The balance's verdict says which of its figures disagree",
    arguments: [
      ("10", "10", "10", true, "The balance agrees with its parts and with the open documents."),
      ("10", "9", "9", false, "The balance is not the sum of its parts."),
      ("10", "10", "9", false, "The balance is not the sum of the open documents."),
      ("10", "10", "10", false, "The balance does not agree: its mismatches say why."),
      (nil, nil, "9", false, "No balance was read, although documents are open."),
      (nil, nil, "0", true, "No balance was read in this currency."),
    ] as [(String?, String?, String, Bool, String)])
  func balanceWords(balance: String?, details: String?, open: String, isTied: Bool, words: String) throws {
    let verdict = BalanceVerdict(
      currency: try Sample.currency("EUR"), balance: try balance.map { try Amount($0) },
      details: try details.map { try Amount($0) }, openDocuments: try Amount(open), accountingDate: nil,
      mismatches: isTied ? [] : ["T1"])
    #expect(ChainStep(verdict).verdict == words)
  }

  @Test("Lines in a currency that is not their document's are a step of their own")
  func otherLines() throws {
    let foreign = try step("other_lines", in: "EUR")
    #expect(foreign["document_id"] == "G000024140")
    #expect(foreign["lines_total"] == "3.50")
    #expect(foreign["verdict"] == "Lines in EUR on a document in JPY: not part of its total.")
    #expect(
      try step("other_lines", in: "XXX")["verdict"] == "Lines of a document that is not among those read.")
  }

  @Test("Totals are absent where a part of them is unknown")
  func totals() throws {
    let euro = try step("total", in: "EUR")
    let expected: [Substring: Substring] = [
      "counted_total": "109587.75", "lines": "6", "lines_without_total": "1", "lines_total": "2080.13",
      "residual": "", "tax_on_total": "", "mismatched_lines": "3", "verdict": "2 of 4 documents proved.",
    ]
    for (column, value) in expected { #expect(euro[column] == value, "\(column)") }
    let yen = try step("total", in: "JPY")
    #expect(yen["tax_on_total"] == "110")
    #expect(yen["residual"] == "0")
  }

  @Test("A list that would hide or repeat a mismatch is refused")
  func completeness() throws {
    let findings = try Sample.findings()
    var loose = findings
    loose.mismatches.removeAll { $0.id == "T00000000000000B1" }
    #expect(throws: ReportError.mismatchLoose(id: "T00000000000000B2", parent: "T00000000000000B1")) {
      try ReportWriter.files(for: loose)
    }
    var twice = findings
    twice.mismatches.append(findings.mismatches[0])
    #expect(throws: ReportError.mismatchRepeated(id: "T00000000000000B1")) { try ReportWriter.files(for: twice) }
  }
}
