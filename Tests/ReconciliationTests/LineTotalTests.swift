import Billing
import Reconciliation
import Testing

@Suite("A line's total is its amount before tax plus its tax (I1)")
struct LineTotalTests {
  @Test(
    "To the last digit",
    arguments: [
      ("720", "73", "793", nil),
      ("100.80", "19.15", "119.95", nil),
      ("-94.08", "-17.87", "-111.95", nil),
      ("100.80", "19.15", "119.96", "-0.01"),
      ("100.80", "0", "119.95", "-19.15"),
    ] as [(String, String, String, String?)])
  func sum(subtotal: String, tax: String, total: String, difference: String?) throws {
    let charge = try seats(price: subtotal, "1", subtotal: subtotal) {
      $0.tax = try amount(tax)
      $0.total = try amount(total)
    }
    // Of a month without an invoice: a refund alone would leave an order of February uncharged.
    let bought = try order(created: "2024-06-01", lines: [line("\(Known.seats):CFQ7TTC0K971", "1")])
    let result = try tie([charge], orders: [bought], subscriptions: [subscription(status: "expired")])
    guard let difference else {
      #expect(result.mismatches.isEmpty)
      return
    }
    #expect(try result.only(.lineTotal).difference == amount(difference))
    #expect(result.outcomes == [.mismatched])
  }

  @Test("A line without a total is a mismatch without an amount")
  func missingTotal() throws {
    let charge = try seats(price: "10", "10", subtotal: "100") { $0.total = nil }
    let mismatch = try tie([charge], orders: [seatOrder()], subscriptions: [subscription(status: "expired")])
      .only(.amountMissing)
    #expect(mismatch.difference == nil)
    #expect(mismatch.actual == nil)
  }

  @Test("A tax that is in the total and not printed is a mismatch without a difference")
  func hiddenTax() throws {
    let charge = try seats(price: "10", "10", subtotal: "100") {
      $0.tax = nil
      $0.total = try amount("119")
    }
    let mismatch = try tie([charge], orders: [seatOrder()], subscriptions: [subscription(status: "expired")])
      .only(.lineTotal)
    #expect(mismatch.actual == (try amount("119")))
    #expect(mismatch.difference == nil)
    #expect(mismatch.cause.contains("prints no tax"))
  }

  @Test("A line without tax is noted, and one without an amount before tax is a mismatch")
  func missingParts() throws {
    let taxless = try seats(price: "10", "10", subtotal: "100") { $0.tax = nil }
    let bare = try seats("cycleCharge", price: "10", "10", subtotal: nil) { $0.total = try amount("100") }
    let result = try tie(
      [taxless, bare], orders: [seatOrder()], subscriptions: [subscription(status: "expired")])
    #expect(result.outcomes == [.noted, .mismatched])
    #expect(try result.only(.amountMissing).cause.contains("no amount before tax"))
  }
}
