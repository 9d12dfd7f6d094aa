import Billing
import Reconciliation
import Testing

@Suite("What was due is not excused by what does not charge it")
struct DueTests {
  @Test("An order that prints no currency is due in the month's only one")
  func noCurrency() throws {
    var bought = try softwareOrder()
    bought.currency = nil
    let mismatch = try tie([], orders: [bought]).only(.orderUnbilled)
    #expect(mismatch.currency == (try euro()))
    #expect(mismatch.difference == (try amount("2500")))
    // Of two currencies nobody can tell which is meant.
    let documents = try issued() + [document("G000024199", currency: "GBP")]
    #expect(try tie([], orders: [bought], documents: documents).mismatches.isEmpty)
  }

  @Test("An order in a currency that no invoice has is on none of them")
  func foreignCurrency() throws {
    let bought = try order(currency: "GBP", lines: [line("\(Known.software):DG7GMGF0DWTJ", "10")])
    let mismatch = try tie([], orders: [bought]).only(.orderUnbilled)
    #expect(mismatch.subject.invoice == nil)
    #expect(mismatch.currency == (try .code("GBP")))
    #expect(
      mismatch.cause == "Order \(Known.order) of 2025-02-01 was completed in GBP, in which there is no invoice.")
  }

  @Test("A currency that is invoiced in other months may be late in this one")
  func lateCurrency() throws {
    let bought = try order(currency: "GBP", lines: [line("\(Known.software):DG7GMGF0DWTJ", "10")])
    let documents = try issued() + [document("G000024199", dated: "2025-02-08", currency: "GBP")]
    #expect(try tie([], orders: [bought], documents: documents).mismatches.isEmpty)
  }

  @Test("A month that only a legacy invoice covers is not invoiced for new commerce")
  func legacyMonth() throws {
    let documents = try [
      document(
        Known.legacy, dated: "2025-03-10", type: "Recurring", sets: [LineSet(provider: "office", isUsage: false)])
    ]
    #expect(try tie([], orders: [softwareOrder()], documents: documents).mismatches.isEmpty)
  }

  @Test("An invoice of a type that nobody has documented is new commerce by the lines it names")
  func unknownType() throws {
    let documents = try [document(Known.february, type: "Consolidated")]
    #expect(try tie([], orders: [softwareOrder()], documents: documents).causes == [.orderUnbilled])
  }

  @Test("Seats ordered in February are not carried by January's charge of their subscription")
  func earlierCharge() throws {
    func causes(orderDate: String) throws -> [Rule] {
      let charge = try seats(price: "10", "10", subtotal: "100", on: Known.january) {
        $0.orderDate = try instant(orderDate)
      }
      let more = try order(
        "ABCDEF012345", alternate: nil, created: "2025-02-10T09:00:00Z",
        lines: [line("\(Known.seats):CFQ7TTC0K971", "5", subscription: Known.subscription)])
      let first = try order(
        created: "2025-01-05", lines: [line("\(Known.seats):CFQ7TTC0K971", "10", subscription: Known.subscription)])
      return try tie([charge], orders: [first, more], subscriptions: [subscription()]).causes
    }
    #expect(try causes(orderDate: "2025-01-05T08:00:00Z") == [.orderUnbilled])
    #expect(try causes(orderDate: "2025-02-10T08:00:00Z").isEmpty)
  }

  @Test("A refund alone charges nothing")
  func refundOnly() throws {
    let refund = try software("cancelImmediate", price: "-250", "4", subtotal: "-1000")
    #expect(try tie([refund], orders: [softwareOrder("6")]).causes == [.orderUnbilled])
  }

  @Test(
    "Whatever is charged by cycles is due again: software, reservations, savings plans and third parties",
    arguments: ["1 Month Subscription", "1 Month Reservation", "1 Month Savings Plan", "third party"])
  func cycles(term: String) throws {
    let charge = try seats(price: "10", "10", subtotal: "100", on: Known.january) {
      $0.termAndBillingCycle = term
      $0.chargeStart = try day("2025-01-01")
      $0.chargeEnd = try day("2025-01-31")
      if term == "third party" {
        $0.publisherName = "Fabrikam"
        $0.publisherID = "21223810"
      }
    }
    let result = try tie([charge], orders: [seatOrder()], subscriptions: [subscription()])
    #expect(try result.only(.subscriptionUnbilled).difference == amount("100"))
  }
}
