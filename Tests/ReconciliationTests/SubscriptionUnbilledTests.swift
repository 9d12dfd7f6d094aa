import Billing
import Reconciliation
import Testing

@Suite("A running subscription is charged for the next cycle")
struct SubscriptionUnbilledTests {
  @Test("What was charged until 31 January and not from 1 February on is missed at February's price")
  func missed() throws {
    let mismatch = try tied().only(.subscriptionUnbilled)
    #expect(mismatch.difference == (try amount("100")))
    #expect(mismatch.subject.invoice?.printed == Known.february)
    #expect(
      mismatch.cause == "The subscription is active and was charged until 2025-01-31, but not from 2025-02-01 on.")
  }

  @Test(
    "The end is read, never computed: bought on 30 January, charged until 26 or 27 February (M63)",
    arguments: ["2025-02-26", "2025-02-27"])
  func readEnd(end: String) throws {
    let mismatch = try tied(end: end).only(.subscriptionUnbilled)
    #expect(mismatch.cause.contains("until \(end)"))
  }

  @Test("Not due: charged into a month without an invoice, for a year, or not running any more")
  func notDue() throws {
    #expect(try tied(end: "2025-02-28").mismatches.isEmpty)
    #expect(try tied(end: "2026-01-14").mismatches.isEmpty)
    for status in ["expired", "deleted", "suspended", "disabled"] {
      #expect(try tied(subscription: subscription(status: status)).mismatches.isEmpty)
    }
    let ending = try subscription(commitmentEnd: "2025-01-31", autoRenews: false)
    #expect(try tied(subscription: ending).mismatches.isEmpty)
    let staying = try subscription(commitmentEnd: "2025-01-31", autoRenews: true)
    #expect(try tied(subscription: staying).causes == [.subscriptionUnbilled])
  }

  @Test("Seats that were all given back are not due; those that stay are")
  func seatsLeft() throws {
    func tied(_ refunded: String, _ subtotal: String, type: String) throws -> PartitionResult {
      let refund = try seats(type, price: "-10", refunded, subtotal: subtotal, on: Known.january) {
        $0.chargeStart = try day("2025-01-01")
        $0.chargeEnd = try day("2025-01-31")
      }
      return try self.tied(also: [refund], subscription: subscription(quantity: nil))
    }
    #expect(try tied("10", "-100", type: "cancelImmediate").mismatches.isEmpty)
    #expect(try tied("10", "-100", type: "convert").mismatches.isEmpty)
    #expect(try tied("4", "-40", type: "convert").causes == [.subscriptionUnbilled])
  }

  @Test("A trial that is over is not due (M21)")
  func trial() throws {
    let free = try seats(price: "0", "25", subtotal: "0", on: Known.january) { $0.chargeEnd = try day("2025-01-31") }
    let bought = try order(cycle: "none", lines: [line("\(Known.seats):CFQ7TTC0K971", "25", price: "0")])
    #expect(try tie([free], orders: [bought], subscriptions: [subscription()]).mismatches.isEmpty)
  }

  @Test("A charge whose end cannot be read may be the one that seems to be missing: nothing is concluded")
  func unreadableEnd() throws {
    let february = try seats("cycleCharge", price: "10", "10", subtotal: "100") { $0.chargeEnd = nil }
    #expect(try tied(also: [february]).mismatches.isEmpty)
  }

  private func tied(
    end: String = "2025-01-31", also: [Charge] = [], subscription running: Subscription? = nil
  ) throws -> PartitionResult {
    let charge = try seats(price: "10", "10", subtotal: "100", on: Known.january) {
      $0.chargeStart = try day("2025-01-01")
      $0.chargeEnd = try day(end)
    }
    return try tie([charge] + also, orders: [seatOrder()], subscriptions: [running ?? subscription()])
  }
}
