import Billing
import Reconciliation
import Testing

@Suite("The lines give the invoice's total (S1, S8)")
struct InvoiceProofTests {
  static let set = LineSet(provider: "one_time", isUsage: false)

  @Test("G000024135: 470.67 + 28.72 + 1577.24 = 2076.63, over two pages")
  func golden() throws {
    let proof = try proved(total: "2076.63", pages: [["470.67", "28.72"], ["1577.24"]])
    let verdict = try #require(proof.verdicts.first)
    #expect(verdict.isTied)
    #expect(verdict.explanation == "tied by its lines")
    #expect(verdict.lines.count == 3)
    #expect(proof.mismatches.isEmpty)
  }

  @Test("Without its second page it is M01, and the residual is that page (1577.24)")
  func missingPage() throws {
    let proof = try proved(total: "2076.63", pages: [["470.67", "28.72"]])
    let mismatch = try #require(proof.mismatches.first)
    #expect(mismatch.rule == .invoiceTotal)
    #expect(mismatch.mCode == "M01")
    #expect(mismatch.difference == (try amount("1577.24")))
    #expect(proof.verdicts.first?.isTied == false)
  }

  @Test("A cent is a residual: the slack of a line excuses no invoice")
  func cent() throws {
    for (total, difference) in [("2076.64", "0.01"), ("2076.62", "-0.01")] {
      let proof = try proved(total: total, pages: [["470.67", "28.72"], ["1577.24"]])
      #expect(proof.mismatches.map(\.difference) == [try amount(difference)])
    }
  }

  @Test("A page that was served twice and is not counted is M02 and surplus (2576.02 for 2076.63)")
  func surplusPage() throws {
    let proof = try proved(
      total: "2076.63", pages: [["470.67", "28.72"], ["470.67", "28.72"], ["1577.24"]], repeats: [1: 0])
    let mismatch = try #require(proof.mismatches.first)
    #expect(mismatch.mCode == "M02")
    #expect(mismatch.difference == (try amount("-499.39")))
    #expect(proof.surplusPages.map(\.key.page) == [1])
    #expect(proof.surplusPages.values.first == mismatch.id)
  }

  @Test("Equal pages that the total counts are legal and said")
  func equalPage() throws {
    let proof = try proved(
      total: "2576.02", pages: [["470.67", "28.72"], ["470.67", "28.72"], ["1577.24"]], repeats: [1: 0])
    #expect(proof.mismatches.isEmpty)
    #expect(proof.surplusPages.isEmpty)
    #expect(
      proof.verdicts.first?.explanation == "tied by its lines; a page with equal lines came twice and counts twice")
  }

  @Test("A tax on the total is computed once, half up: 10 % of 9.75 + 10.25 is 2.00, not 2.01")
  func taxOnTotal() throws {
    func verdict(_ total: String, currency: String = "EUR", lines: [String] = ["9.75", "10.25"]) throws
      -> InvoiceVerdict
    {
      let proof = try proved(
        total: total, currency: currency, pages: [lines], taxOnTotal: [.code(currency): amount("0.10")])
      return try #require(proof.verdicts.first)
    }
    #expect(try verdict("22.00").isTied)
    #expect(try verdict("22.00").taxOnTotal == amount("2"))
    #expect(try verdict("22.00").explanation == "tied by its lines and the tax on the total")
    #expect(try verdict("22.01").residual == amount("0.01"))
    #expect(try verdict("20.00").isTied)
    #expect(try verdict("1357", currency: "JPY", lines: ["1234"]).isTied)
    #expect(try verdict("1357.4", currency: "JPY", lines: ["1234"]).isTied)
    // 10 % of 24.755 is 2.4755, half up 2.476; with 24.764 the total of 27.240 loses its last digit.
    #expect(try verdict("27.231", currency: "KWD", lines: ["24.755"]).isTied)
    #expect(try verdict("27.24", currency: "KWD", lines: ["24.764"]).isTied)
  }

  @Test("A wrong tax on the total is M09, and no rate is derived from a residual")
  func wrongTax() throws {
    let configured = try proved(
      total: "22.50", pages: [["9.75", "10.25"]], taxOnTotal: [euro(): amount("0.10")])
    #expect(configured.mismatches.map(\.mCode) == ["M09"])
    #expect(configured.mismatches.map(\.difference) == [try amount("0.5")])
    let unconfigured = try proved(total: "22.00", pages: [["9.75", "10.25"]])
    #expect(unconfigured.mismatches.map(\.difference) == [try amount("2")])
  }

  @Test("Lines with a tax of their own, or with none printed, take no tax on the total")
  func taxedLines() throws {
    for tax in ["1", nil] {
      var tally = Tally()
      try tally.add(subtotal: amount("20"), tax: printed(tax), total: amount("20"))
      let proof = try InvoiceProof(
        documents: [document(Known.february, total: "22")], pages: [page([euro(): tally])],
        fetchedSets: fetched(Known.february), taxOnTotal: [euro(): amount("0.10")])
      #expect(proof.verdicts.first?.taxOnTotal == nil)
      #expect(proof.mismatches.map(\.difference) == [try amount("2")])
    }
  }

  @Test("A legacy invoice of 90 over lines of 100 is M46: an adjustment that lines do not carry")
  func adjustment() throws {
    let proof = try proved(total: "90", type: "Recurring", pages: [["100"]])
    #expect(proof.mismatches.map(\.mCode) == ["M46"])
    #expect(proof.mismatches.map(\.difference) == [try amount("-10")])
  }

  @Test("An empty set under an invoice of 100 is not “no charges”; under an invoice of 0 it is")
  func emptySet() throws {
    let proof = try proved(total: "100", pages: [])
    let mismatch = try #require(proof.mismatches.first)
    #expect(mismatch.difference == (try amount("100")))
    #expect(
      mismatch.cause == "The invoice has no lines behind its total: an empty answer is not “no charges”.")
    #expect(try proved(total: "0", pages: []).verdicts.first?.isTied == true)
  }

  @Test("A line without a total leaves the invoice open, with an unknown amount")
  func unknownTotal() throws {
    var tally = Tally()
    try tally.add(subtotal: amount("100"), tax: .zero, total: amount("100"))
    try tally.add(subtotal: nil, tax: nil, total: nil)
    let proof = try InvoiceProof(
      documents: [document(Known.february, total: "100")], pages: [page([euro(): tally])],
      fetchedSets: fetched(Known.february), taxOnTotal: [:])
    #expect(proof.verdicts.first?.isTied == false)
    #expect(proof.verdicts.first?.residual == nil)
    #expect(proof.mismatches.map(\.actual) == [nil])
  }

  @Test("Lines in another currency are never added")
  func otherCurrency() throws {
    let proof = try InvoiceProof(
      documents: [document(Known.february, total: "100")],
      pages: [page([euro(): tally(["60"]), .code("GBP"): tally(["40"])])], fetchedSets: fetched(Known.february),
      taxOnTotal: [:])
    #expect(proof.mismatches.map(\.difference) == [try amount("40")])
  }

  @Test("Daily usage explains the same money and is not added")
  func usage() throws {
    let usage = LineSet(provider: "one_time", isUsage: true)
    let id = try #require(InvoiceID(Known.february))
    let daily = PageSum(
      page: PageID(invoice: id, set: usage, page: 0), repeats: nil, sums: [try euro(): try tally(["100"])])
    let proof = try InvoiceProof(
      documents: [document(Known.february, total: "100", sets: [Self.set, usage])],
      pages: [page([euro(): tally(["100"])]), daily], fetchedSets: [id: [Self.set, usage]], taxOnTotal: [:])
    #expect(proof.verdicts.first?.isTied == true)
    #expect(proof.mismatches.isEmpty)
  }

  @Test("A billing set that was not fetched unties the invoice and is the cause of its residual (S8)")
  func missingSet() throws {
    let office = LineSet(provider: "office", isUsage: false)
    func proof(total: String) throws -> InvoiceProof {
      try InvoiceProof(
        documents: [document(Known.february, total: total, sets: [Self.set, office])],
        pages: [page([euro(): tally(["100"])])], fetchedSets: fetched(Known.february), taxOnTotal: [:])
    }
    let short = try proof(total: "150")
    let cause = try #require(short.mismatches.first { $0.rule == .invoiceSets })
    #expect(cause.difference == (try amount("50")))
    #expect(short.mismatches.filter { $0.parent == nil } == [cause])
    #expect(short.mismatches.filter { $0.parent == cause.id }.map(\.rule) == [.invoiceTotal])
    // Although the rest adds up, nobody has seen the set.
    let even = try proof(total: "100")
    #expect(even.verdicts.first?.isTied == false)
    #expect(even.mismatches.map(\.rule) == [.invoiceSets])
  }

  // MARK: Documents, §3

  @Test("A void note counts 0, its adjustment note replaces it: G000024130 and G000024131")
  func voided() throws {
    let adjustment = try document("G000024131", total: "107661.12", currency: "CHF", document: "adjustment_note")
    let voided = try document(
      "G000024130", total: "586366", currency: "CHF", document: "void_note", amendments: [adjustment])
    let documents = Invoice.documents(in: [voided])
    let id = try #require(InvoiceID("G000024131"))
    let page = PageSum(
      page: PageID(invoice: id, set: Self.set, page: 0), repeats: nil,
      sums: [try .code("CHF"): try tally(["107661.12"])])
    let proof = try InvoiceProof(
      documents: documents, pages: [page], fetchedSets: [voided.id: [Self.set], id: [Self.set]], taxOnTotal: [:])
    #expect(proof.verdicts.map(\.document.id.printed) == ["G000024130", "G000024131"])
    #expect(proof.verdicts.map(\.isTied) == [true, true])
    #expect(proof.mismatches.isEmpty)
  }

  @Test("A credit note counts −|total|, however it is printed", arguments: ["150", "-150"])
  func creditNote(total: String) throws {
    let proof = try proved(total: total, document: "Credit Note", pages: [["-100", "-50"]])
    #expect(proof.verdicts.first?.isTied == true)
    #expect(try proved(total: total, document: "credit_note", pages: [["100", "50"]]).mismatches.count == 1)
  }

  @Test("A document that is listed by itself and inside another is one document")
  func flattened() throws {
    let note = try document("G000024132", total: "150", document: "credit_note")
    let bare = try document("G000024132", total: "150", document: "credit_note", sets: [])
    let invoice = try document(Known.february, total: "1000", amendments: [bare])
    let documents = Invoice.documents(in: [invoice, note])
    #expect(documents.map(\.id.printed) == ["G000024132", Known.february])
    #expect(documents[0].details == [Self.set])
  }

  @Test("An unknown kind of document is counted and shown")
  func unknownKind() throws {
    let proof = try proved(total: "100", document: "debit_memo", pages: [["100"]])
    #expect(proof.mismatches.map(\.rule) == [.documentUnknown])
  }

  // MARK: Helpers

  @Test(
    "Without lines, a month that their source does not serve is M61, and one that it serves is not",
    arguments: [("2025-01", "M61"), ("2025-02", ""), ("2025-03", "")])
  func closedMonth(last: String, mCode: String) throws {
    let proof = try proved(total: "2076.63", pages: [[]], monthLastServed: Month(last))
    let mismatch = try #require(proof.mismatches.first)
    #expect(proof.mismatches.count == 1)
    #expect(mismatch.mCode == mCode)
    #expect(mismatch.difference == (try amount("2076.63")))
    #expect(mismatch.cause.contains("serve no month after 2025-01") == !mCode.isEmpty)
    #expect(mismatch.cause.contains("an empty answer is not “no charges”") == mCode.isEmpty)
    // With a line the month is served after all.
    #expect(try proved(total: "5", pages: [["4"]], monthLastServed: Month(last)).mismatches.map(\.mCode) == ["M01"])
  }

  private func proved(
    total: String, currency: String = "EUR", type: String = "OneTime", document kind: String = "invoice",
    pages: [[String]], repeats: [Int: Int] = [:], taxOnTotal: [Currency: Amount] = [:], monthLastServed: Month? = nil
  ) throws -> InvoiceProof {
    let sums = try pages.enumerated().map { index, totals in
      try page([.code(currency): tally(totals)], number: index, repeats: repeats[index])
    }
    let document = try document(Known.february, total: total, currency: currency, type: type, document: kind)
    return try InvoiceProof(
      documents: [document], pages: sums.reversed(), fetchedSets: fetched(Known.february), taxOnTotal: taxOnTotal,
      monthLastServed: monthLastServed)
  }

  private func page(_ sums: [Currency: Tally], number: Int = 0, repeats: Int? = nil) throws -> PageSum {
    PageSum(
      page: PageID(invoice: try #require(InvoiceID(Known.february)), set: Self.set, page: number), repeats: repeats,
      sums: sums)
  }

  private func fetched(_ id: String) throws -> [InvoiceID: Set<LineSet>] {
    [try #require(InvoiceID(id)): [Self.set]]
  }
}

/// Lines whose tax is 0.
func tally(_ totals: [String]) throws -> Tally {
  var tally = Tally()
  for total in totals { try tally.add(subtotal: amount(total), tax: .zero, total: amount(total)) }
  return tally
}
