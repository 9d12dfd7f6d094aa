import Billing
import Reconciliation
import Testing

@Suite("Software subscriptions are billed only where they are sold")
struct MarketClosedTests {
  /// A software subscription of a month, without anything to join it to.
  private func subscribed(
    in country: String, term: String = "1 Month Subscription", type: String = "new", subtotal: String = "250",
    on invoice: String = Known.february
  ) throws -> Charge {
    let price = subtotal.hasPrefix("-") ? "-250" : subtotal == "0" ? "0" : "250"
    return try software(type, price: price, "1", subtotal: subtotal, on: invoice) {
      $0.customerCountry = country
      $0.termAndBillingCycle = term
    }
  }

  @Test(
    "A customer in a listed market, and a line that charges a software subscription",
    arguments: [
      ("AD", "1 Month Subscription", "new", "250", true), ("br", "1 Month Subscription", "new", "250", true),
      ("DE", "1 Month Subscription", "new", "250", false), ("", "1 Month Subscription", "new", "250", false),
      ("AD", "One-Year commitment for monthly/yearly billing", "new", "250", false), ("AD", "", "new", "250", false),
      ("AD", "1 Month Subscription", "cancelImmediate", "-250", false),
      ("AD", "1 Month Subscription", "customerCredit", "-250", false),
      ("AD", "1 Month Subscription", "new", "0", false),
    ])
  func closed(country: String, term: String, type: String, subtotal: String, isReported: Bool) throws {
    let result = try tie([subscribed(in: country, term: term, type: type, subtotal: subtotal)], commerceIsKnown: false)
    let found = result.mismatches.filter { $0.rule == .marketClosed }
    #expect(found.count == (isReported ? 1 : 0))
    guard let mismatch = found.first else { return }
    #expect(mismatch.expected == .zero)
    #expect(mismatch.actual == (try amount(subtotal)))
    #expect(result.outcomes == [.mismatched])
  }

  @Test("It says where, and months of one subscription are one question")
  func months() throws {
    let result = try tie(
      [subscribed(in: "AD", on: Known.january), subscribed(in: "AD", on: Known.february)], commerceIsKnown: false)
    let mismatch = try #require(result.mismatches.first { $0.rule == .marketClosed })
    #expect(
      mismatch.cause
        == "The line charges a software subscription to a customer in Andorra (AD), where none are sold.")
    #expect(mismatch.count == 2)
    #expect(mismatch.actual == (try amount("500")))
  }
}
