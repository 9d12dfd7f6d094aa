import Billing
import Reconciliation
import Testing

/// The published one-time lines do not obey price × quantity (contract §9.7), so that nothing may wave them through, and
/// nothing may call them something else than what they are.
@Suite("The documentation's own lines through the rules")
struct PublishedLineTests {
  struct Line: Sendable, CustomTestStringConvertible {
    let unitPrice: String
    let price: String
    let billable: String
    let subtotal: String
    let tax: String
    let adjustment: String
    let nearest: String

    var testDescription: String { subtotal }
  }

  /// G000024135, both pages: software by the heuristics of §13, with a meter and a price of something else.
  static let lines = [
    // 496.07 × 0.0159369774 = 7.9058…; a tier may be rounded half up
    Line(
      unitPrice: "431.8", price: "496.07", billable: "0.0159369774", subtotal: "431.8", tax: "38.87",
      adjustment: #"["100.0% Tier 1 Discount"]"#, nearest: "7.91"),
    // 496.07 × 0.0130687981 = 6.4830…
    Line(
      unitPrice: "26.35", price: "496.07", billable: "0.0130687981", subtotal: "26.35", tax: "2.37",
      adjustment: #"["100.0% Tier 1 Discount"]"#, nearest: "6.48"),
    Line(
      unitPrice: "1447", price: "496.07", billable: "0.0130687981", subtotal: "1447", tax: "130.24", adjustment: "",
      nearest: "6.48"),
  ]

  @Test("2018: the list price explains the amount, and the price charged does not", arguments: lines)
  func disagreeing(published: Line) throws {
    let charge = try charge(
      of: "DZH318Z0BQ3P:001F", price: published.price, "1", subtotal: published.subtotal, tax: published.tax
    ) {
      $0.unitPrice = try amount(published.unitPrice)
      $0.billableQuantity = try amount(published.billable)
      $0.orders = OrderID.all(in: Known.order)
      $0.subscription = SubscriptionID(Known.subscription)
      $0.termAndBillingCycle = "1 Month Subscription"
      $0.billingFrequency = "Monthly"
      $0.meterDescription = "Bandwidth - Data Transfer In (GB) - Zone 2"
      $0.priceAdjustmentDescription = published.adjustment
    }
    let bought = try order(
      lines: [line("DZH318Z0BQ3P:001F:DZH318Z0BMXR", "1", subscription: Known.subscription)])
    let result = try tie(
      [charge], orders: [bought], subscriptions: [subscription(offer: "DZH318Z0BQ3P:001F:DZH318Z0BMXR")])
    // 0.0159 of a software licence were billed where one was ordered: that is true of these lines, too.
    #expect(result.causes == [.lineAmount, .quantityOrdered])
    let mismatch = try #require(result.mismatches.first { $0.rule == .lineAmount })
    #expect(mismatch.expected == (try amount(published.nearest)))
    #expect(mismatch.cause.hasPrefix("The line's amount is its list price × its quantity; its price × quantity × "))
    #expect(mismatch.cause.hasSuffix(" gives \(published.nearest)."))
  }

  @Test("2023: amounts as text, a promotion of 16 to 14.4 and a trial of 0 are right as they are printed")
  func agreeing() throws {
    let promotion = try seats(price: "14.4", "50", subtotal: "720") {
      $0.unitPrice = try amount("16")
      $0.tax = try amount("73")
      $0.total = try amount("793")
      $0.reservationOrder = ReservationOrderID("8fdebb4a-7110-496e-9570-623e4c992797")
    }
    let trial = try seats(price: "0", "25", subtotal: "0") {
      $0.subscription = SubscriptionID("86646af9-e80a-4aa0-da80-3fd2b792c2cc")
      $0.orders = OrderID.all(in: "94e858b6d855")
      $0.termAndBillingCycle = "One-Month commitment for trial"
      $0.billingFrequency = ""
    }
    let result = try tie(
      [promotion, trial], orders: [order(alternate: nil, lines: [line("\(Known.seats):A", "50")])],
      subscriptions: [subscription(quantity: "50")])
    #expect(result.mismatches.isEmpty)
    #expect(result.outcomes == [.tied, .noted])
    #expect(result.ties[1].notes == ["no order 94e858b6d855 is known for this line of 0"])
  }

  @Test("2019: a third party's line of 820 prints a total of 0, as an estimate does, and a quantity of 3.1618")
  func thirdParty() throws {
    let charge = try charge(of: "DZH318Z0BXWC:0002", price: "820", "1", subtotal: "820") {
      $0.billableQuantity = try amount("3.1618")
      $0.publisherName = "Test Networks, Inc."
      $0.publisherID = "21223810"
      $0.termAndBillingCycle = "1 Year Subscription"
      $0.meterDescription = "Bandwidth - Data Transfer In (GB) - Zone 2"
      $0.orders = OrderID.all(in: Known.order)
      $0.total = .zero
    }
    let bought = try order(lines: [line("DZH318Z0BXWC:0002:A", "1")])
    let result = try tie([charge], orders: [bought])
    #expect(result.causes.contains(.lineTotal))
    #expect(result.causes.contains(.lineAmount))
  }
}
