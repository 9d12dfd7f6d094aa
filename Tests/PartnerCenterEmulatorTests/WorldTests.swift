import Foundation
import PartnerCenterEmulator
import Testing

/// A billing line, read by somebody who knows only its money.
private struct BilledLine: Decodable {
  let currency: String
  let subtotal: Decimal
  let total: Decimal

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Name.self)
    /// Numbers come as numbers or as text, and some with the artefact of a binary double.
    func money(_ names: [String]) throws -> Decimal {
      let name = Name(stringValue: names.first { members.contains(Name(stringValue: $0)) } ?? names[0])
      let text = try? members.decode(String.self, forKey: name)
      var value = try text.flatMap { Decimal(string: $0) } ?? members.decode(Decimal.self, forKey: name)
      var cents = Decimal()
      NSDecimalRound(&cents, &value, 2, .plain)
      return cents
    }
    currency = try members.decode(String.self, forKey: Name(stringValue: "currency"))
    subtotal = try money(["subtotal", "pretaxCharges"])
    total = try money(["totalForCustomer", "postTaxTotal"])
  }
}

private struct PrintedInvoice: Decodable {
  let id: String
  let totalCharges: Decimal
  let currencyCode: String
  let documentType: String
  let amendments: [PrintedInvoice]?

  var family: [PrintedInvoice] { [self] + (amendments ?? []) }
}

extension ServedWorld {
  /// Everything that is printed, in a fixed order.
  fileprivate var texts: [String] {
    let order: (LineSet, LineSet) -> Bool = {
      ($0.invoice, $0.provider, $0.lineItemType) < ($1.invoice, $1.provider, $1.lineItemType)
    }
    let sets = lines.keys.sorted(by: order).flatMap { lines[$0] ?? [] }
    let commerce = orders.keys.sorted().flatMap { customer in
      (orders[customer] ?? []).flatMap { [$0.json, $0.jsonWithPrice] } + (subscriptions[customer] ?? [])
        + (entitlements[customer] ?? []).flatMap { [$0.json, $0.jsonWithExpiry] }
    }
    return customers + [summary] + summaries + invoices.map(\.json) + sets + commerce
      + artifacts.keys.sorted().compactMap { artifacts[$0] }
  }

  fileprivate var billingLineCount: Int {
    lines.filter { $0.key.lineItemType == "billinglineitems" }.reduce(0) { $0 + $1.value.count }
  }

  fileprivate func documents() throws -> [PrintedInvoice] {
    try invoices.flatMap { try JSONDecoder().decode(PrintedInvoice.self, from: Data($0.json.utf8)).family }
  }

  fileprivate func billedLines(of invoice: String) throws -> [BilledLine] {
    try lines.filter { $0.key.invoice == invoice && $0.key.lineItemType == "billinglineitems" }
      .flatMap { try $0.value.map { try JSONDecoder().decode(BilledLine.self, from: Data($0.utf8)) } }
  }
}

@Suite("The seeded world")
struct WorldTests {
  @Test("The same seed gives the same bytes")
  func isDeterministic() {
    let first = World.make(seed: 42, lines: 700, plants: .all)
    let second = World.make(seed: 42, lines: 700, plants: .all)
    #expect(first.served.texts == second.served.texts)
    #expect(first.key == second.key)
    #expect(first.served.pagesServedTwice == second.served.pagesServedTwice)
  }

  @Test("Another seed gives another partner")
  func seedsDiffer() {
    #expect(
      World.make(seed: 1, lines: 100).served.partnerTenant != World.make(seed: 2, lines: 100).served.partnerTenant)
  }

  @Test("Every text of a world is JSON", arguments: [UInt64(1), 2, 3])
  func everyTextIsJSON(seed: UInt64) throws {
    for text in World.make(seed: seed, lines: 700, plants: .all).served.texts {
      #expect(throws: Never.self, "seed \(seed): \(text)") {
        try JSONSerialization.jsonObject(with: Data(text.utf8))
      }
    }
  }

  @Test("In a clean world every header is the sum of its lines", arguments: [UInt64(1), 2, 3, 4, 5])
  func headersAddUp(seed: UInt64) throws {
    try expectHeadersAddUp(seed: seed, newest: "2025-02")
  }

  @Test(
    "In a world of other months too every header is the sum of its lines",
    arguments: [
      ("2023-07", "2023-08-20"), ("2024-02", "2024-03-20"), ("2025-03", "2025-04-20"), ("2025-04", "2025-05-20"),
      ("2025-05", "2025-06-20"), ("2026-12", "2027-01-20"),
    ])
  func movedHeadersAddUp(newest: String, asOf: String) throws {
    let month = try #require(World.Month(newest))
    for seed in [UInt64(1), 2] { try expectHeadersAddUp(seed: seed, newest: month) }
    let served = World.make(seed: 1, lines: 100, newest: month).served
    #expect(served.asOf == Int64(try Date(asOf + "T00:00:00Z", strategy: .iso8601).timeIntervalSince1970))
    #expect(served.exchangeRates.keys.max() == newest.filter { $0 != "-" })
    #expect(served.exportOnly.isEmpty == (newest <= "2025-03"))
  }

  private func expectHeadersAddUp(seed: UInt64, newest: World.Month) throws {
    let (served, key) = World.make(seed: seed, lines: 700, plants: .none, newest: newest)
    #expect(key.planted.isEmpty)
    #expect(served.pagesServedTwice.isEmpty)
    for document in try served.documents() where document.documentType != "void_note" {
      let lines = try served.billedLines(of: document.id)
      #expect(!lines.isEmpty)
      #expect(lines.allSatisfy { $0.currency == document.currencyCode })
      var expected = lines.reduce(Decimal(0)) { $0 + $1.total }
      if document.currencyCode == "AUD" {
        // Ten percent on the total, rounded half up.
        var tax = lines.reduce(Decimal(0)) { $0 + $1.subtotal } / 10
        var cents = Decimal()
        NSDecimalRound(&cents, &tax, 2, .plain)
        expected += cents
      }
      if document.documentType == "credit_note" { expected = -expected }
      #expect(document.totalCharges == expected, "seed \(seed), \(newest), \(document.id)")
    }
  }

  @Test("A voided invoice has no lines and its adjustment note has them", arguments: [UInt64(1), 2, 3])
  func voidedInvoice(seed: UInt64) throws {
    let served = World.make(seed: seed, lines: 700, plants: .none).served
    let documents = try served.documents()
    let voided = try #require(documents.first { $0.documentType == "void_note" })
    let adjustment = try #require(voided.amendments?.first)
    #expect(try served.billedLines(of: voided.id).isEmpty)
    #expect(adjustment.documentType == "adjustment_note")
    #expect(try !served.billedLines(of: adjustment.id).isEmpty)
    #expect(documents.filter { $0.documentType == "credit_note" }.count == 1)
  }

  @Test("The sample world is large enough and holds every kind of error twice")
  func sampleWorld() throws {
    let (served, key) = World.make(seed: 1, lines: 700, plants: .all)
    #expect(served.customers.count >= 26)
    #expect(served.billingLineCount >= 600)
    #expect(served.summaries.count == 4)
    #expect(Set(try served.documents().map(\.currencyCode)) == ["EUR", "GBP", "USD", "AUD"])
    #expect(key.planted.count >= 30)
    for kind in Self.kinds {
      #expect(key.planted.filter { "\($0.name) \($0.mCode)" == kind }.count >= 2, "\(kind)")
    }
    let names = key.planted.map { "\($0.name) \($0.customer) \($0.invoice) \($0.currency) \($0.amount ?? "-")" }
    #expect(Set(names).count == names.count, "each entry can be told from the others")
  }

  @Test("Over twenty seeds every kind of error is planted at least three times")
  func drawnErrors() {
    var counts: [String: Int] = [:]
    for seed in UInt64(100)...119 {
      let planted = World.make(seed: seed, lines: 700).key.planted
      #expect((10...25).contains(planted.count), "seed \(seed)")
      for error in planted { counts["\(error.name) \(error.mCode)", default: 0] += 1 }
    }
    #expect(Set(counts.keys) == Set(Self.kinds))
    for kind in Self.kinds { #expect(counts[kind, default: 0] >= 3, "\(kind)") }
  }

  @Test(
    "The sample world wears every harmless oddity",
    arguments: [
      "amounts-as-text", "another-availability", "azure-credit-offer", "binary-artefact", "cancelled-with-refund",
      "e5-on-two-lines", "formula-name", "guid-case", "included-entitlements", "line-item-id-as-text",
      "mixed-case-charge-type", "order-of-march", "order-of-the-last-minutes", "org-prefix", "paid-amount-negative",
      "refund-next-month", "reseller-forms", "reservation-order-on-seats", "riorder-prefix", "sentinel-date",
      "sentinel-payment-date", "short-order-id", "sku-zeros-lost", "split-migration", "trial-converted",
      "trial-zero-line", "two-order-ids-in-a-cell", "unit-truncated-price", "upgrade", "wiped-and-recreated-seats",
    ])
  func decoys(name: String) {
    #expect(World.make(seed: 1, lines: 700, plants: .all).key.decoys[name, default: 0] > 0)
  }

  @Test("A world has about as many billing lines as were asked for", arguments: [700, 3000])
  func size(lines: Int) {
    let count = World.make(seed: 9, lines: lines, plants: .none).served.billingLineCount
    #expect((lines...(lines + 60)).contains(count))
  }

  /// Name and number in the catalogue of mismatches (reconciliation.md §14).
  private static let kinds = [
    "invoice-total M01", "invoice-total M02", "invoice-total M09", "invoice-total M46", "line-total ", "line-amount ",
    "line-amount M14", "invoice-currency M13", "order-missing ", "order-line-missing ", "subscription-missing ",
    "subscription-missing M43", "entitlement-missing ", "quantity-ordered ", "quantity-entitled ", "charged-twice ",
    "order-unbilled ", "subscription-unbilled ", "charge-type-unknown ", "balance-details ", "balance-open-invoices ",
  ]
}
