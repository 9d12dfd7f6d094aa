import Billing
import Reconciliation
import Testing

@Suite("The balance agrees with its parts and with the open documents (B1–B4)")
struct BalanceProofTests {
  @Test("751094.39 = 202955.87 + 548138.52, and the open invoices say the same")
  func golden() throws {
    let proof = try BalanceProof(
      summaries: [summary("751094.39", ["202955.87", "548138.52"])],
      documents: [document("D1", total: "202955.87", type: "Recurring"), document("G1", total: "548138.52")])
    let verdict = try #require(proof.verdicts.first)
    #expect(verdict.isTied)
    #expect(verdict.details == (try amount("751094.39")))
    #expect(verdict.openDocuments == (try amount("751094.39")))
  }

  @Test(
    "One cause, one mismatch: whichever of the three figures stands alone",
    arguments: [
      // balance, parts, open documents
      ("1230.33", "1230.33", "1230.33", []),
      ("1240.33", "1230.33", "1230.33", [Rule.balanceDetails]),
      ("1230.33", "1240.33", "1230.33", [.balanceDetails]),
      ("1240.33", "1240.33", "1230.33", [.balanceOpenInvoices]),
      ("1", "2", "3", [.balanceDetails, .balanceOpenInvoices]),
    ] as [(String, String, String, [Rule])])
  func figures(balance: String, parts: String, open: String, rules: [Rule]) throws {
    let proof = try BalanceProof(
      summaries: [summary(balance, [parts])], documents: [document("G1", total: open)])
    #expect(proof.mismatches.map(\.rule) == rules)
    #expect(proof.verdicts.first?.mismatches == proof.mismatches.map(\.id))
  }

  @Test("The differences are sum of the parts − balance, and open documents − balance")
  func differences() throws {
    let details = try BalanceProof(
      summaries: [summary("1240.33", ["1230.33"])], documents: [document("G1", total: "1230.33")])
    #expect(details.mismatches.map(\.difference) == [try amount("-10")])
    let open = try BalanceProof(
      summaries: [summary("1240.33", ["1240.33"])], documents: [document("G1", total: "1230.33")])
    #expect(open.mismatches.map(\.difference) == [try amount("-10")])
  }

  @Test("Payments reduce what is open, whatever sign they have (M60)", arguments: ["1000", "-1000"])
  func paid(paid: String) throws {
    let proof = try BalanceProof(
      summaries: [summary("500", ["500"])], documents: [document("G1", total: "1500", paid: paid)])
    #expect(proof.mismatches.isEmpty)
  }

  @Test("Invoice 1000 and credit note 150 leave 850 (M12); a voided invoice leaves its adjustment note (M11)")
  func amendments() throws {
    let credited = Invoice.documents(in: [
      try document("G1", total: "1000", amendments: [document("G2", total: "150", document: "credit_note")])
    ])
    #expect(
      try BalanceProof(summaries: [summary("850", ["850"])], documents: credited).mismatches.isEmpty)
    let voided = Invoice.documents(in: [
      try document(
        "G3", total: "586366", document: "void_note",
        amendments: [document("G4", total: "107661.12", document: "adjustment_note")])
    ])
    #expect(
      try BalanceProof(summaries: [summary("107661.12", ["107661.12"])], documents: voided).mismatches.isEmpty)
  }

  @Test("Currencies never meet: each has a balance of its own (M13)")
  func currencies() throws {
    let documents = try [
      document("G1", total: "751094.39", currency: "GBP"), document("G2", total: "1230.33", currency: "CHF"),
    ]
    let pounds = try summary("751094.39", ["751094.39"], currency: "GBP")
    let francs = try summary("1230.33", ["1230.33"], currency: "CHF")
    #expect(try BalanceProof(summaries: [pounds, francs], documents: documents).mismatches.isEmpty)
    #expect(try BalanceProof(summaries: [pounds], documents: documents).mismatches.map(\.rule) == [.balanceCurrencies])
    #expect(
      try BalanceProof(summaries: [pounds, francs, francs], documents: documents).mismatches.map(\.rule)
        == [.balanceCurrencies])
    // A part in another currency is shown and not added.
    var mixed = pounds
    mixed.details.append(AccountSummary.Detail(invoiceType: InvoiceType("recurring"), summary: francs))
    let proof = try BalanceProof(summaries: [mixed, francs], documents: documents)
    #expect(proof.mismatches.map(\.rule) == [.balanceCurrencies])
    #expect(proof.verdicts.last?.details == (try amount("751094.39")))
  }

  @Test("A currency in which nothing is open may have no balance any more")
  func settled() throws {
    let paid = try document("G1", total: "100", paid: "100")
    #expect(try BalanceProof(summaries: [], documents: [paid]).mismatches.isEmpty)
  }

  @Test("A balance without parts has no sum of them, and is compared itself")
  func noParts() throws {
    let proof = try BalanceProof(summaries: [summary("100", [])], documents: [document("G1", total: "100")])
    #expect(proof.mismatches.isEmpty)
    #expect(proof.verdicts.first?.details == nil)
    #expect(
      try BalanceProof(summaries: [summary("100", [])], documents: [document("G1", total: "90")])
        .mismatches.map(\.rule) == [.balanceOpenInvoices])
  }

  @Test("The first invoice is the earliest of the parts, the accounting date the latest (B2)")
  func dates() throws {
    var whole = try summary("3", ["1", "2"])
    whole.details[0].summary.accountingDate = try instant("2025-03-01")
    whole.details[1].summary.accountingDate = try instant("2025-03-18")
    whole.accountingDate = try instant("2025-03-18")
    let documents = [try document("G1", total: "3")]
    #expect(try BalanceProof(summaries: [whole], documents: documents).mismatches.isEmpty)
    whole.accountingDate = try instant("2025-03-01")
    let proof = try BalanceProof(summaries: [whole], documents: documents)
    #expect(proof.mismatches.map(\.cause) == ["The balance's accounting date is not the latest of its parts."])
  }

  private func summary(_ balance: String, _ parts: [String], currency: String = "EUR") throws -> AccountSummary {
    AccountSummary(
      currency: try .code(currency), balance: try amount(balance),
      details: try parts.map {
        AccountSummary.Detail(
          invoiceType: InvoiceType("one_time"),
          summary: AccountSummary(currency: try .code(currency), balance: try amount($0)))
      })
  }
}
