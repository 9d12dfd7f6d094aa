import Billing
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Reconciliation
import Testing

/// Faults in the data: the run goes on, and each is one mismatch.
@Suite("A fault in the data")
struct FaultMismatchTests {
  let world = FaultRehearsal.world
  let invoice = ServedWorld.LineSet.spoilt.invoice

  @Test("An empty set under an invoice with a total is one mismatch of that total")
  func emptySet() async throws {
    var spoilt = world
    spoilt.lines[.spoilt] = []
    let mismatch = try await onlyMismatch(in: spoilt)
    #expect(mismatch.rule == .invoiceTotal)
    #expect(mismatch.subject.invoice == InvoiceID(invoice))
    #expect(mismatch.cause.contains("an empty answer is not “no charges”"))
    let document = try #require(world.invoices.first { $0.id == invoice })
    #expect(mismatch.expected == (try Amount(try #require(document.json.member("totalCharges")))))
    #expect(mismatch.actual == .zero)
  }

  @Test("An unknown charge type is a mismatch of its line")
  func chargeType() async throws {
    let line = world.ordinaryLine
    let mismatch = try await onlyMismatch(in: world.spoiling(line) { $0.setMember("chargeType", #""teleport""#) })
    #expect(mismatch.rule == .chargeTypeUnknown)
    #expect(mismatch.cause.contains("“teleport”"))
    try check(mismatch, isAbout: line)
    #expect(mismatch.expected == nil)
  }

  @Test(
    "A missing currency is a mismatch of its line, and the invoice's total hangs beneath",
    arguments: [
      nil, "null", #""""#, #""???""#,
    ])
  func currency(literal: String?) async throws {
    let line = world.ordinaryLine
    let mismatch = try await onlyMismatch(in: world.spoiling(line) { $0.setMember("currency", literal) })
    #expect(mismatch.rule == .invoiceCurrency)
    #expect(mismatch.mCode == "M13")
    #expect(mismatch.cause.contains("prints no currency"))
    try check(mismatch, isAbout: line)
    #expect(mismatch.currency == Currency.none)
    #expect(mismatch.expected == .zero)
  }

  @Test("A product that needs more digits than there are is a mismatch of its line")
  func overflow() async throws {
    let line = world.ordinaryLine
    let nines = String(repeating: "9", count: 38)
    let mismatch = try await onlyMismatch(in: world.spoiling(line) { $0.setMember("effectiveUnitPrice", nines) })
    #expect(mismatch.rule == .lineAmount)
    #expect(mismatch.cause.contains("too long to be multiplied exactly"))
    try check(mismatch, isAbout: line)
    #expect(mismatch.expected == nil)
  }

  @Test(
    "A total that is missing or too long to be added is a mismatch of its line, and the invoice's hangs beneath",
    arguments: [nil, "null", String(repeating: "9", count: 38), "10000000000000.00"])
  func total(literal: String?) async throws {
    let line = world.ordinaryLine
    let mismatch = try await onlyMismatch(in: world.spoiling(line) { $0.setMember("totalForCustomer", literal) })
    #expect(mismatch.rule == .amountMissing)
    #expect(mismatch.subject.invoice == InvoiceID(invoice))
    #expect(mismatch.actual == nil)
  }

  @Test("A page that comes again under a new token is surplus where the invoice does not count it")
  func surplusPage() async throws {
    var spoilt = FaultRehearsal.worldOfShortPages
    spoilt.pagesServedTwice[.spoilt] = [0]
    let mismatch = try await onlyMismatch(in: spoilt)
    #expect(mismatch.rule == .invoiceTotal)
    #expect(mismatch.mCode == "M02")
    #expect(mismatch.subject.invoice == InvoiceID(invoice))
    #expect(mismatch.difference == -(try Self.total(of: spoilt.spoiltLines.prefix(4))))
  }

  @Test("Equal pages are both kept and noted where the invoice counts both")
  func countedPage() async throws {
    // Consumption may be billed twice alike; a purchase may not.
    let metered = world.spoiltLines.filter {
      $0.member("subscriptionDescription") == #""Azure plan""# && !Self.text($0, "totalForCustomer").hasPrefix("-")
    }.prefix(2)
    try #require(metered.count == 2)
    let more = try Self.total(of: metered)
    var spoilt = FaultRehearsal.world
    spoilt.pageSizeMaximum = 2
    spoilt.lines[.spoilt] = metered + metered + spoilt.spoiltLines.filter { !metered.contains($0) }
    let days = try #require(spoilt.lines[.spoiltUsage])
    spoilt.lines[.spoiltUsage] =
      try days
      + metered.map { line in
        var day = try #require(days.first { $0.member("subscriptionId") == line.member("subscriptionId") })
        day.setMember("billingPreTaxTotal", line.member("subtotal"))
        return day
      }
    let place = try #require(spoilt.invoices.firstIndex { $0.id == invoice })
    let json = spoilt.invoices[place].json
    let total = try Amount(try #require(json.member("totalCharges")))
    let paid = try Amount(try #require(json.member("paidAmount")))
    // What is counted more is paid more, so that the balance stays what it is.
    spoilt.invoices[place].json.setMember("totalCharges", "\(try total + more)")
    spoilt.invoices[place].json.setMember("paidAmount", "\(try paid.isNegative ? paid - more : paid + more)")

    let outcome = try #require(try await run(spoilt).outcome)
    #expect(outcome.findings.mismatches.isEmpty, "\(outcome.findings.mismatches.map(\.cause))")
    #expect(outcome.exitCode == .tiedOut)
    let verdict = try #require(outcome.findings.invoices.first { $0.document.id == InvoiceID(invoice) })
    #expect(verdict.isTied)
    #expect(verdict.explanation == "tied by its lines; a page with equal lines came twice and counts twice")
  }

  @Test("A customer whose orders the service does not show is one open question")
  func closedCustomer() async throws {
    let line = world.spoiltLines[world.ordinaryLine]
    let customer = try #require(CustomerID(Self.text(line, "customerId")))
    let workplace = try Workplace()
    let fault = Fault(pathContains: "customers/\(customer.key)/orders", times: 99, kind: .status(404))
    let ending = try await FaultRehearsal.run(in: workplace, faults: [fault])
    let outcome = try #require(ending.outcome, "\(ending.sentence)")
    #expect(outcome.exitCode == .mismatches)
    #expect(outcome.findings.listed.map(\.rule) == [.customerUnknown])
    let mismatch = try #require(outcome.findings.listed.first)
    #expect(mismatch.subject.customer == customer)
    #expect(mismatch.cause.contains("cannot be read"))
    try await recovers(in: workplace)
  }

  @Test("A reservation's link that leads elsewhere is not followed, and the run goes on")
  func linkElsewhere() async throws {
    var spoilt = world
    let customer = try #require(
      world.entitlements.filter { $0.value.contains { $0.jsonWithExpiry.contains("/artifacts/") } }.keys.min())
    var count = 0
    for index in spoilt.entitlements[customer, default: []].indices {
      let json = world.entitlements[customer, default: []][index].jsonWithExpiry
      let edited = json.replacingOccurrences(
        of: "\"/customers/\(customer)/artifacts/", with: "\"https://elsewhere.example/")
      if edited != json { count += 1 }
      spoilt.entitlements[customer, default: []][index].jsonWithExpiry = edited
    }
    try #require(count > 0)
    let ending = try await run(spoilt)
    #expect(ending.code == .tiedOut, "\(ending.sentence)")
  }

  // MARK: Helpers

  private func run(_ spoilt: ServedWorld) async throws -> RunEnding {
    let workplace = try Workplace()
    let ending = try await FaultRehearsal.run(in: workplace, world: spoilt)
    let replayed = try await FaultRehearsal.replay(in: workplace)
    #expect(replayed.code == ending.code, "\(replayed.sentence)")
    #expect(try FaultRehearsal.reports(in: workplace, name: "replay") == FaultRehearsal.reports(in: workplace))
    try await recovers(in: workplace)
    return ending
  }

  /// The next healthy run in the same place reports what a fresh one does.
  private func recovers(in workplace: Workplace) async throws {
    let healthy = try await FaultRehearsal.run(in: workplace)
    #expect(healthy.code == .tiedOut, "\(healthy.sentence)")
    #expect(try FaultRehearsal.reports(in: workplace) == (try await FaultRehearsal.reports.value))
  }

  private func onlyMismatch(in spoilt: ServedWorld) async throws -> Mismatch {
    let ending = try await run(spoilt)
    let outcome = try #require(ending.outcome, "\(ending.sentence)")
    #expect(outcome.exitCode == .mismatches)
    let listed = outcome.findings.listed
    #expect(listed.count == 1, "\(listed.map { "\($0.rule) \($0.difference?.description ?? "–"): \($0.cause)" })")
    return try #require(listed.first)
  }

  private func check(_ mismatch: Mismatch, isAbout line: Int) throws {
    let text = world.spoiltLines[line]
    #expect(mismatch.subject.invoice == InvoiceID(invoice))
    #expect(mismatch.subject.customer == CustomerID(Self.text(text, "customerId")))
    #expect(mismatch.actual == (try Amount(Self.text(text, "subtotal"))))
    #expect(mismatch.count == 1)
  }

  private static func text(_ json: String, _ name: String) -> String {
    (json.member(name) ?? "").filter { $0 != "\"" }
  }

  private static func total(of lines: some Sequence<String>) throws -> Amount {
    try lines.reduce(Amount.zero) { try $0 + Amount(text($1, "totalForCustomer")).withoutBinaryArtefact }
  }
}
