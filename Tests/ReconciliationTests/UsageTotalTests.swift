import Billing
import Reconciliation
import Testing

@Suite("Daily usage explains the consumption charged (S5)")
struct UsageTotalTests {
  private static let charges = LineSet(provider: "one_time", isUsage: false)
  private static let days = LineSet(provider: "one_time", isUsage: true)
  private static let plan = "DZH318Z0BPS6:0001"

  /// Charges, credits and days of one subscription, each as the line prints it.
  private func proved(
    charges: [String], days: [String], credits: [String] = [], other: [String] = [], repeated: [String] = [],
    fetched: Set<LineSet> = [charges, days], edit: (inout Consumption) -> Void = { _ in }
  ) throws -> UsageTotal {
    let invoice = try #require(InvoiceID(Known.february))
    var usage = UsageTotal(repeatedPages: [PageID(invoice: invoice, set: Self.days, page: 1)])
    let parts: [(Consumption.Kind, LineSet, Int, [String])] = [
      (.monthly, Self.charges, 0, charges), (.credit, Self.charges, 0, credits), (.other, Self.charges, 0, other),
      (.daily, Self.days, 0, days), (.daily, Self.days, 1, repeated),
    ]
    for (kind, set, page, figures) in parts {
      for figure in figures {
        let item = try #require(CatalogItem(offer: Self.plan))
        var part = Consumption(
          page: PageID(invoice: invoice, set: set, page: page), kind: kind,
          subscription: SubscriptionID(Known.subscription), product: item.product, sku: item.sku, currency: try euro(),
          count: 1, sum: try amount(figure))
        edit(&part)
        try usage.add(part)
      }
    }
    try usage.prove([try document(Known.february)], fetchedSets: [invoice: fetched])
    return usage
  }

  @Test("Ten decimals a day and two a month tie: 0.486031696515249 + 0.490235765325545 for 0.97")
  func rounding() throws {
    let usage = try proved(charges: ["0.97"], days: ["0.486031696515249", "0.490235765325545"])
    #expect(usage.mismatches.isEmpty)
    #expect(usage.roundings == [try euro(): try amount("-0.006267461840794")])
  }

  @Test(
    "A cent for each charge is granted, and not more",
    arguments: [
      (["10", "20"], ["30.02"], true), (["10", "20"], ["29.98"], true), (["10", "20"], ["30.0200001"], false),
      (["10", "20"], ["29.9799999"], false), (["30"], ["30.02"], false), ([], ["0.01"], true), ([], ["0.02"], false),
      (["-5"], ["-5"], true),
    ])
  func granted(charges: [String], days: [String], isTied: Bool) throws {
    let usage = try proved(charges: charges, days: days)
    #expect(usage.mismatches.isEmpty == isTied, "\(usage.mismatches.map(\.cause))")
  }

  @Test("A day that is missing is M01 with its amount")
  func missing() throws {
    let usage = try proved(charges: ["30"], days: ["10.5"])
    let mismatch = try #require(usage.mismatches.first)
    #expect(usage.mismatches.count == 1)
    #expect(mismatch.rule == .usageTotal)
    #expect(mismatch.mCode == "M01")
    #expect(mismatch.difference == (try amount("19.5")))
    #expect(mismatch.subject.invoice == InvoiceID(Known.february))
    #expect(mismatch.subject.subscription == SubscriptionID(Known.subscription))
    #expect(mismatch.cause.contains("19.5 less"))
    #expect(usage.roundings.isEmpty)
  }

  @Test("No days at all are not “no usage”")
  func empty() throws {
    let mismatch = try #require(try proved(charges: ["30"], days: []).mismatches.first)
    #expect(mismatch.actual == .zero)
    #expect(mismatch.cause.contains("not “no usage”"))
  }

  @Test("Days without a charge, and more of them than are charged, say so")
  func more() throws {
    #expect(
      try proved(charges: [], days: ["5"]).mismatches.map(\.cause.description) == [
        "The daily usage adds up to 5, and the invoice charges nothing for it."
      ])
    #expect(
      try proved(charges: ["4"], days: ["5"]).mismatches.map(\.cause.description) == [
        "The daily usage adds up to 1 more than the consumption charged."
      ])
  }

  @Test("A page that came twice is M02; one that is needed is not")
  func repeated() throws {
    let surplus = try proved(charges: ["30"], days: ["10", "20"], repeated: ["10"])
    #expect(surplus.mismatches.map(\.mCode) == ["M02"])
    #expect(surplus.mismatches.map(\.difference) == [try amount("-10")])
    #expect(try proved(charges: ["20"], days: ["10"], repeated: ["10"]).mismatches.isEmpty)
  }

  @Test(
    "A credit may stand on days, or by the month only",
    arguments: [("100", true), ("60", true), ("80", true), ("59.97", false), ("100.03", false)])
  func credit(days: String, isTied: Bool) throws {
    let usage = try proved(charges: ["100"], days: [days], credits: ["-40"])
    #expect(usage.mismatches.isEmpty == isTied)
    // Which of both it is nobody can say, so no rounding is told.
    #expect(usage.roundings.isEmpty)
  }

  @Test("What third parties charge may stand on days or not: nothing is concluded")
  func thirdParty() throws {
    #expect(try proved(charges: [], days: ["5"], other: ["9"]).mismatches.isEmpty)
    #expect(try proved(charges: [], days: [], other: ["9"]).mismatches.isEmpty)
  }

  @Test("A day without an amount cannot be added up; a charge without one has a rule of its own")
  func unknown() throws {
    let days = try proved(charges: ["30"], days: ["30"]) { part in
      if part.kind == .daily { part.unknownCount = 1 }
    }
    #expect(days.mismatches.map(\.actual) == [nil])
    #expect(days.mismatches.first?.cause.contains("1 of its lines print no amount") == true)
    #expect(
      try proved(charges: ["30"], days: ["1"]) { part in
        if part.kind == .monthly { part.unknownCount = 1 }
      }.mismatches.isEmpty)
  }

  @Test("Where a day names no product, or no subscription, more is compared at once")
  func vague() throws {
    for isLoose in [false, true] {
      for (days, isTied) in [("30", true), ("29", false)] {
        let usage = try proved(charges: ["30"], days: [days]) { part in
          guard part.kind == .daily else { return }
          part.sku = nil
          if isLoose { part.subscription = nil }
        }
        #expect(usage.mismatches.isEmpty == isTied)
        #expect(usage.mismatches.allSatisfy { $0.subject.item == nil })
      }
    }
  }

  @Test("Without days, or without charges, nothing is concluded", arguments: [charges, days])
  func notFetched(only set: LineSet) throws {
    #expect(try proved(charges: ["30"], days: ["1"], fetched: [set]).mismatches.isEmpty)
  }

  @Test("Surplus pages of charges are not counted")
  func surplus() throws {
    let invoice = try #require(InvoiceID(Known.february))
    let page = PageID(invoice: invoice, set: Self.charges, page: 1)
    var usage = UsageTotal(surplusPages: [page])
    for (kind, place) in [
      (Consumption.Kind.monthly, page), (.daily, PageID(invoice: invoice, set: Self.days, page: 0)),
    ] {
      try usage.add(
        Consumption(
          page: place, kind: kind, subscription: SubscriptionID(Known.subscription), product: nil, sku: nil,
          currency: try euro(), count: 1, sum: try amount("5")))
    }
    try usage.prove([try document(Known.february)], fetchedSets: [invoice: [Self.charges, Self.days]])
    #expect(usage.mismatches.map(\.actual) == [try amount("5")])
    #expect(usage.mismatches.map(\.expected) == [.zero])
  }
}
