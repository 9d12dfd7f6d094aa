import Billing
import Reconciliation
import Testing

@Suite("The word for why a line exists is one we know")
struct ChargeTypeTests {
  @Test(
    "Words of the documentation in any case",
    arguments: ["new", "New", "NEW", "renew", "cycleCharge", "CycleCharge", "addQuantity", "convert", "Convert"])
  func known(word: String) throws {
    let result = try tied(word)
    #expect(result.mismatches.isEmpty)
  }

  @Test("Unknown words are shown, and so is none", arguments: ["quantumFee", ""])
  func unknown(word: String) throws {
    let mismatch = try tied(word).only(.chargeTypeUnknown)
    #expect(mismatch.difference == nil)
    #expect(mismatch.actual == (try amount("100")))
  }

  private func tied(_ word: String) throws -> PartitionResult {
    try tie(
      [seats(word, price: "10", "10", subtotal: "100")], orders: [seatOrder()],
      subscriptions: [subscription(status: "expired")])
  }
}
