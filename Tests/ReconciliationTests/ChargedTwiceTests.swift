import Billing
import Reconciliation
import Testing

@Suite("A purchase, a renewal and a cycle are charged once")
struct ChargedTwiceTests {
  @Test("The second line is the copy, on whichever invoice it stands")
  func copy() throws {
    let mismatch = try tied([
      software("10", subtotal: "2500", on: Known.january), software("10", subtotal: "2500"),
    ]).only(.chargedTwice)
    #expect(mismatch.difference == (try amount("-2500")))
    #expect(mismatch.subject.invoice?.printed == Known.february)
    #expect(mismatch.positions.map(\.description) == ["G000024135/onetime-billing/0/1"])
  }

  @Test("Copies are one mismatch with a count, and also found when they print the order's other id")
  func twoCopies() throws {
    let mismatch = try tied([
      software("10", subtotal: "2500"), software("10", subtotal: "2500"),
      software("10", subtotal: "2500") { $0.orders = OrderID.all(in: Known.shortOrder) },
    ]).only(.chargedTwice)
    #expect(mismatch.count == 2)
    #expect(mismatch.difference == (try amount("-5000")))
  }

  @Test("Seats of one cycle are charged once; cycles follow each other")
  func cycles() throws {
    let january = try seats(price: "10", "10", subtotal: "100", on: Known.january) {
      $0.chargeStart = try day("2025-01-01")
      $0.chargeEnd = try day("2025-01-31")
    }
    let february = try seats("cycleCharge", price: "10", "10", subtotal: "100")
    #expect(try tied([january, february]).mismatches.isEmpty)
    #expect(try tied([january, february, february]).causes == [.chargedTwice])
  }

  @Test("Equal events of one day are legal: seats added twice (§2.4)")
  func equalEvents() throws {
    let added = try seats("addQuantity", price: "9.408", "12", subtotal: "112.89")
    #expect(try tied([seats(price: "10", "10", subtotal: "100"), added, added]).mismatches.isEmpty)
  }

  @Test("An order may have two lines of one product, and each is charged")
  func twoOrderLines() throws {
    let offer = "\(Known.software):DG7GMGF0DWTJ"
    let bought = try order(cycle: "one_time", lines: [line(offer, "5", price: "250"), line(offer, "5", price: "250")])
    let entitlements = try [entitlement(line: 0, quantity: "5"), entitlement(line: 1, quantity: "5")]
    let charge = try software("5", subtotal: "1250")
    #expect(try tie([charge, charge], orders: [bought], entitlements: entitlements).mismatches.isEmpty)
    let thrice = try tie([charge, charge, charge], orders: [bought], entitlements: entitlements)
    #expect(try thrice.only(.chargedTwice).difference == amount("-1250"))
  }

  @Test("A credit and its rebill under one reference are netted first")
  func rebilled() throws {
    func line(_ type: String, _ price: String, _ subtotal: String, reference: String) throws -> Charge {
      try software(type, price: price, "10", subtotal: subtotal) { $0.reference = ReferenceID(reference) }
    }
    let original = try line("new", "250", "2500", reference: "first")
    let credit = try line("cancelImmediate", "-250", "-2500", reference: "again")
    let rebill = try line("new", "250", "2500", reference: "again")
    #expect(try tied([original, credit, rebill]).mismatches.isEmpty)
    // The same three lines under three references are not one event.
    let stranger = try line("new", "250", "2500", reference: "other")
    #expect(try tied([original, stranger]).causes == [.chargedTwice])
  }

  @Test("The two lines of an E5-like product are two parts of one order line (M26)")
  func parts() throws {
    let voice = try seats(price: "10", "10", subtotal: "100") { $0.skuName = "Microsoft 365 E5 - Audio Conferencing" }
    #expect(try tied([seats(price: "10", "10", subtotal: "100"), voice]).mismatches.isEmpty)
  }

  @Test("What is wrong with the original is not said again of its copy")
  func copyOfWrong() throws {
    let charge = try software("10", subtotal: "2500")
    let result = try tie([charge, charge], orders: [softwareOrder()])
    #expect(result.causes == [.chargedTwice, .entitlementMissing])
    #expect(result.mismatches.map(\.difference) == [try amount("-2500"), try amount("-2500")])
  }

  private func tied(_ charges: [Charge]) throws -> PartitionResult {
    let isSeats = charges.contains { $0.catalogItem == CatalogItem(offer: Known.seats) }
    return try tie(
      charges, orders: [isSeats ? seatOrder() : softwareOrder()], subscriptions: [subscription()],
      entitlements: [entitlement()])
  }
}
