import Billing
import Reconciliation
import Testing

@Suite("A line is in the currency of its invoice")
struct InvoiceCurrencyTests {
  @Test("A line in another currency is M13 and kept apart from the others")
  func otherCurrency() throws {
    let result = try tied(currency: "GBP")
    let mismatch = try result.only(.invoiceCurrency)
    #expect(mismatch.mCode == "M13")
    #expect(mismatch.currency.code == "GBP")
    #expect(mismatch.difference == (try amount("-100")))
    let keys = result.tallies.entries.keys.map(\.currency.code).sorted()
    #expect(keys == ["EUR", "GBP"])
  }

  @Test("A line without a currency is filed under none and shown")
  func noCurrency() throws {
    let mismatch = try tied(currency: nil).only(.invoiceCurrency)
    #expect(mismatch.currency == .none)
    #expect(mismatch.cause == "The line prints no currency; its invoice is in EUR.")
  }

  @Test("A line of an invoice that nobody knows is shown")
  func unknownInvoice() throws {
    let charge = try seats(price: "10", "10", subtotal: "100", on: "G000099999")
    let mismatch = try tie([charge], orders: [seatOrder()], subscriptions: [subscription(status: "expired")])
      .only(.invoiceCurrency)
    #expect(mismatch.cause == "The line is in EUR, its invoice not among the account's documents.")
  }

  private func tied(currency: String?) throws -> PartitionResult {
    let charge = try seats(price: "10", "10", subtotal: "100")
    let foreign = try seats("cycleCharge", price: "10", "10", subtotal: "100") {
      $0.currency = try currency.map { try .code($0) }
      $0.pricingCurrency = $0.currency
    }
    return try tie([charge, foreign], orders: [seatOrder()], subscriptions: [subscription(status: "expired")])
  }
}
