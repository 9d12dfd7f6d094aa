import Billing
import Reconciliation
import Testing

@Suite("Consequences hang beneath their causes, and nothing is lost")
struct ConclusionTests {
  @Test("A missing line leaves two traces: the unbilled order hangs beneath the invoice's residual")
  func unbilledOrder() throws {
    let findings = try findings([seats(price: "10", "10", subtotal: "100")], orders: [softwareOrder()], total: "2600")
    #expect(findings.listed.map(\.rule) == [.invoiceTotal])
    let cause = try #require(findings.listed.first)
    #expect(cause.difference == (try amount("2500")))
    #expect(findings.consequences(of: cause.id).map(\.rule) == [.orderUnbilled])
  }

  @Test("Also after tax, by the tax that the other lines carry, or by the tax on the total")
  func unbilledOrderTaxed() throws {
    let charge = try seats(price: "10", "10", subtotal: "100") {
      $0.tax = try amount("19")
      $0.total = try amount("119")
    }
    let findings = try findings([charge], orders: [softwareOrder()], total: "3094")
    #expect(findings.listed.map(\.rule) == [.invoiceTotal])
    let onTotal = try self.findings(
      [seats(price: "10", "10", subtotal: "100")], orders: [softwareOrder()], total: "2860",
      taxOnTotal: [euro(): amount("0.10")])
    #expect(onTotal.listed.map(\.rule) == [.invoiceTotal])
  }

  @Test("An order that does not make up the residual is a cause of its own")
  func twoCauses() throws {
    let findings = try findings([seats(price: "10", "10", subtotal: "100")], orders: [softwareOrder()], total: "2599")
    #expect(findings.listed.map(\.rule) == [.orderUnbilled, .invoiceTotal])
    let surplus = try self.findings([seats(price: "10", "10", subtotal: "100")], orders: [softwareOrder()], total: "90")
    #expect(surplus.listed.map(\.rule) == [.orderUnbilled, .invoiceTotal])
  }

  @Test("An invoice without any line is one mismatch of its total, whatever was due on it")
  func noLines() throws {
    let findings = try findings([], orders: [softwareOrder()], total: "9000")
    #expect(findings.listed.map(\.rule) == [.invoiceTotal])
    #expect(findings.listed.first?.difference == (try amount("9000")))
    #expect(findings.mismatches.map(\.rule).sorted() == [.invoiceTotal, .orderUnbilled])
  }

  @Test("The line without a total is the cause, the invoice that cannot be added up the consequence")
  func lineWithoutTotal() throws {
    let charge = try seats(price: "10", "10", subtotal: "100") { $0.total = nil }
    let findings = try findings([charge], total: "100")
    #expect(findings.listed.map(\.rule) == [.amountMissing])
    #expect(findings.mismatches.first { $0.rule == .invoiceTotal }?.parent == findings.listed.first?.id)
    #expect(findings.invoices.first?.isTied == false)
  }

  @Test("A line that prints no currency is the cause, the residual of its amount the consequence")
  func lineWithoutCurrency() throws {
    let charge = try seats("cycleCharge", price: "10", "10", subtotal: "100") {
      $0.currency = nil
      $0.pricingCurrency = nil
    }
    let findings = try findings([seats(price: "10", "10", subtotal: "100"), charge], total: "200")
    #expect(findings.listed.map(\.rule) == [.invoiceCurrency])
    #expect(findings.mismatches.map(\.rule).sorted() == [.invoiceCurrency, .invoiceTotal])
    // Where the invoice does not count it, there is no residual; where it is another's, it is another cause.
    #expect(try self.findings([seats(price: "10", "10", subtotal: "100"), charge], total: "150").listed.count == 2)
  }

  @Test("The list is ordered by amount, then by id")
  func listOrder() throws {
    let charges = try [
      software("1", subtotal: "250") { $0.orders = OrderID.all(in: "aaaaaaaaaaaa") },
      software("3", subtotal: "750") { $0.orders = OrderID.all(in: "bbbbbbbbbbbb") },
      software("1", subtotal: "250") { $0.orders = OrderID.all(in: "cccccccccccc") },
    ]
    let listed = try findings(charges, orders: [], total: "1250").listed
    #expect(listed.map(\.weight) == [try amount("750"), try amount("250"), try amount("250")])
    #expect(listed[1].id < listed[2].id)
    #expect(listed.allSatisfy { $0.id.first == "T" })
  }

  @Test("Outcomes that do not add up to the lines stop the run: it is our own fault")
  func conservation() throws {
    let charge = try seats(price: "10", "10", subtotal: "100")
    let result = try tie([charge], orders: [seatOrder()], subscriptions: [subscription()])
    for (lines, total) in [(["100", "100"], "200"), (["99"], "99"), ([], "0")] {
      let error = #expect(throws: ConservationError.self) {
        try Conservation.check(result.tallies, against: [self.page(lines)])
      }
      #expect(error?.outcomeTotal == (try amount("100")))
      #expect(error?.lineTotal == (try amount(total)))
    }
    #expect(throws: Never.self) { try Conservation.check(result.tallies, against: [self.page(["100"])]) }
    // Lines that nobody tied are missed as well.
    #expect(throws: ConservationError.self) { try Conservation.check(Tallies(), against: [self.page(["100"])]) }
  }

  @Test("The sentence says what does not add up and whose fault it is")
  func sentence() throws {
    let charge = try seats(price: "10", "10", subtotal: "100")
    let result = try tie([charge], orders: [seatOrder()], subscriptions: [subscription()])
    let error = try #require(
      #expect(throws: ConservationError.self) {
        try Conservation.check(result.tallies, against: [self.page(["100", "100"])])
      })
    #expect(
      error.description
        == "Invoice G000024135 has 2 lines of 200 EUR, but 1 outcomes of 100: no report is written. This is a fault of the "
        + "program; keep the archive and report it.")
  }

  private func findings(
    _ charges: [Charge], orders: [Order] = [], total: String, taxOnTotal: [Currency: Amount] = [:]
  ) throws -> Findings {
    let charges = placed(charges)
    let documents = try [document(Known.february, total: total)]
    let invoice = documents[0].id
    var sums: [Currency: Tally] = [:]
    for charge in charges { try sums[charge.filedCurrency, default: Tally()].add(charge) }
    let pages = [PageSum(page: PageID(invoice: invoice, set: InvoiceProofTests.set, page: 0), repeats: nil, sums: sums)]
    let invoices = try InvoiceProof(
      documents: documents, pages: pages, fetchedSets: [invoice: [InvoiceProofTests.set]], taxOnTotal: taxOnTotal)
    let seatsOrder = try ReconciliationTests.order(
      "seats-order", alternate: Known.subscription,
      lines: [
        line("\(Known.seats):CFQ7TTC0K971", "10", subscription: Known.subscription)
      ])
    let moved = charges.map { charge in
      var moved = charge
      if charge.catalogItem == CatalogItem(offer: Known.seats) { moved.orders = OrderID.all(in: "seats-order") }
      return moved
    }
    let isSeats = charges.contains { $0.catalogItem == CatalogItem(offer: Known.seats) }
    let result = try tie(
      moved, orders: orders + (isSeats ? [seatsOrder] : []), subscriptions: [subscription()], documents: documents)
    var conclusion = Conclusion()
    try conclusion.add(result)
    return try conclusion.findings(
      runID: "2025-03-20", asOf: try instant("2025-03-20"), period: try #require(Month("2025-02")), invoices: invoices,
      balances: BalanceProof(summaries: [], documents: []), pages: pages, customerCount: 1)
  }

  private func page(_ totals: [String]) throws -> PageSum {
    PageSum(
      page: PageID(invoice: try #require(InvoiceID(Known.february)), set: InvoiceProofTests.set, page: 0), repeats: nil,
      sums: totals.isEmpty ? [:] : [try euro(): try tally(totals)])
  }
}
