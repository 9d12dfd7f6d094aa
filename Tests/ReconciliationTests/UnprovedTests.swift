import Billing
import Reconciliation
import Testing

@Suite("What nothing proves is said")
struct UnprovedTests {
  // MARK: Credits

  @Test("A credit of more than is charged for the product in the window is said (M31)")
  func creditBeyondCharges() throws {
    let charge = try consumption(price: "1", "100", subtotal: "100")
    let credit = try consumption("customerCredit", price: "-1", "100.01", subtotal: "-100.01")
    let result = try tie([charge, credit], subscriptions: [subscription()])
    #expect(result.outcomes == [.tied, .noted])
    #expect(
      result.ties[1].notes == ["more is credited for this product than is charged for it in the window"])
    #expect(result.ties[1].matchedBy == "subscription id")
  }

  @Test("Charges in another currency do not cover a credit")
  func creditInAnotherCurrency() throws {
    let charge = try consumption(price: "1", "100", subtotal: "100") { $0.currency = try .code("GBP") }
    let credit = try consumption("customerCredit", price: "-1", "50", subtotal: "-50")
    let result = try tie([charge, credit], subscriptions: [subscription()])
    #expect(result.ties[1].outcome == .noted)
  }

  @Test("A credit that takes money is not proved by being a credit")
  func creditThatCharges() throws {
    let credit = try consumption("customerCredit", price: "1", "100", subtotal: "100")
    let result = try tie([credit], subscriptions: [subscription()])
    #expect(result.ties[0].notes.contains("a charge of the kind “customerCredit” that takes money"))
    let reversed = try consumption("customerCredit", price: "-1", "100", subtotal: "100")
    #expect(try tie([reversed], subscriptions: [subscription()]).only(.lineAmount).difference == amount("-200"))
  }

  // MARK: Signs, §5.1

  @Test(
    "A line against the sign of its kind is said",
    arguments: [("new", "-10", "-100"), ("renew", "-10", "-100"), ("cycleCharge", "-10", "-100")])
  func againstItsSign(type: String, price: String, subtotal: String) throws {
    let result = try tie(
      [seats(type, price: price, "10", subtotal: subtotal)], orders: [seatOrder()],
      subscriptions: [subscription(status: "expired")])
    #expect(result.ties[0].notes.contains("a charge of the kind “\(type)” that gives money back"))
  }

  @Test("A cancellation that takes money is said; one that gives it back is tied")
  func cancellation() throws {
    func tied(_ price: String, _ subtotal: String) throws -> PartitionResult {
      try tie(
        [seats("cancelImmediate", price: price, "10", subtotal: subtotal)], orders: [seatOrder()],
        subscriptions: [subscription(status: "deleted")])
    }
    #expect(try tied("10", "100").ties[0].notes == ["a charge of the kind “cancelImmediate” that takes money"])
    #expect(try tied("-10", "-100").outcomes[0] == .tied)
  }

  // MARK: Orders and subscriptions

  @Test("Seats that were added under an order nobody knows are joined by their subscription, and that is said (O1)")
  func addedUnderUnknownOrder() throws {
    let added = try seats("addQuantity", price: "10", "12", subtotal: "120") {
      $0.orders = OrderID.all(in: "ffffffffffff")
    }
    let result = try tie([added], orders: [seatOrder()], subscriptions: [subscription()])
    #expect(result.ties[0].outcome == .noted)
    #expect(result.ties[0].notes == ["order ffffffffffff is not known; joined by the subscription"])
  }

  @Test("A refund of a product that neither order nor subscription has is said")
  func refundOfAnotherProduct() throws {
    for cell in [Known.order, "ffffffffffff"] {
      let refund = try seats("removeQuantity", price: "-10", "2", subtotal: "-20") {
        $0.product = ProductID("CFQ7TTC0XXXX")
        $0.orders = OrderID.all(in: cell)
      }
      let result = try tie([refund], orders: [seatOrder()], subscriptions: [subscription()])
      #expect(result.ties[0].outcome == .noted)
      #expect(result.ties[0].notes.first?.hasPrefix("a refund of a product that ") == true)
    }
  }

  @Test("Where a seat's subscription id leads nowhere, its order and product do, and that is said (§2.1)")
  func subscriptionByOrder() throws {
    let charge = try seats(price: "10", "10", subtotal: "100") {
      $0.subscription = SubscriptionID("00000000-0000-0000-0000-000000000001")
    }
    let result = try tie([charge], orders: [seatOrder()], subscriptions: [subscription()])
    #expect(result.outcomes == [.noted])
    #expect(result.ties[0].subscription?.printed == Known.subscription)
    let other = try subscription(offer: "CFQ7TTC0XXXX:0001:A")
    #expect(try tie([charge], orders: [seatOrder()], subscriptions: [other]).causes == [.subscriptionMissing])
  }

  @Test("A cycle for other seats than the subscription has, or the order, is said (O5)")
  func seatsOfCycle() throws {
    func tied(_ quantity: String, _ subtotal: String, subscribed: String) throws -> [String] {
      try tie(
        [seats("cycleCharge", price: "10", quantity, subtotal: subtotal)], orders: [seatOrder("10")],
        subscriptions: [subscription(quantity: subscribed)]
      ).ties[0].notes
    }
    #expect(try tied("10", "100", subscribed: "10").isEmpty)
    #expect(try tied("10", "100", subscribed: "12").isEmpty)
    #expect(try tied("12", "120", subscribed: "12").isEmpty)
    #expect(try tied("15", "150", subscribed: "12") == ["15 seats are charged, the subscription has 12"])
  }

  @Test("A third party's seats are as many as ordered")
  func thirdParty() throws {
    let charge = try seats(price: "10", "12", subtotal: "120") {
      $0.publisherName = "Fabrikam"
      $0.publisherID = "21223810"
    }
    #expect(try tie([charge], orders: [seatOrder("10")]).only(.quantityOrdered).difference == amount("-20"))
    #expect(try tie([charge], orders: [seatOrder("12")]).outcomes == [.tied])
  }

  @Test("A cancelled order line that was charged and never given back is said (M24)")
  func cancelledWithoutRefund() throws {
    let bought = try seats(price: "10", "10", subtotal: "100")
    let result = try tie([bought], orders: [seatOrder("0")], subscriptions: [subscription(status: "deleted")])
    #expect(result.ties[0].notes == ["the order line was cancelled, and nothing was given back"])
  }

  @Test("A reservation whose details could not be read is not proved to be delivered in full")
  func unreadReservation() throws {
    let artifact = Entitlement.Reservation(
      order: try #require(ReservationOrderID(Known.reservationOrder)), quantity: nil)
    let held = try entitlement(
      of: Known.reservation, quantity: nil, type: "reservedinstance", reservations: [artifact])
    let result = try tie([reservation("4", subtotal: "1600")], orders: [reservationOrder()], entitlements: [held])
    #expect(result.outcomes == [.noted])
    #expect(result.ties[0].notes == ["how many the customer is entitled to is not known"])
  }

  @Test("Consumption under an order of licences is said")
  func consumptionUnderLicences() throws {
    let charge = try consumption(price: "1", "10", subtotal: "10") { $0.subscription = nil }
    func outcome(_ billingType: String) throws -> Tie.Outcome {
      try tie([charge], orders: [seatOrder()], subscriptions: [subscription(billingType: billingType)])
        .ties[0].outcome
    }
    #expect(try outcome("license") == .noted)
    #expect(try outcome("usage") == .tied)
  }

  @Test("Seats that are charged after their subscription ended are said")
  func afterTheEnd() throws {
    func notes(status: String, end: String) throws -> [String] {
      let charge = try seats("cycleCharge", price: "10", "10", subtotal: "100")
      return try tie(
        [charge], orders: [seatOrder()], subscriptions: [subscription(status: status, commitmentEnd: end)]
      ).ties[0].notes
    }
    #expect(
      try notes(status: "deleted", end: "2025-01-31")
        == ["charged from 2025-02-01 on; the subscription is deleted and ended on 2025-01-31"])
    #expect(try notes(status: "deleted", end: "2025-02-01").isEmpty)
    #expect(try notes(status: "active", end: "2025-01-31").isEmpty)
  }

  // MARK: Legacy

  @Test("A licence for another offer than its subscription's is said (M44); a refund may name the offer that was left")
  func otherOffer() throws {
    func tied(_ type: String, _ subtotal: String) throws -> Tie.Outcome {
      let charge = try licence(type, price: subtotal, "1", subtotal: subtotal) {
        $0.offer = OfferID("2F707C7C-2433-49A5-A437-9CA7CF40D3EB")
      }
      return try tie([charge], subscriptions: [subscription(offer: "69C67983-CF78-4102-83F6-3E5FD246864F")])
        .ties[0].outcome
    }
    #expect(try tied("Cycle fee", "16") == .noted)
    #expect(try tied("Cancel fee", "-16") == .tied)
  }

  @Test("An Azure plan is not the legacy Azure subscription that a line may fall back to")
  func azurePlan() throws {
    let charge = try charge(
      "Assess usage fee for current cycle", of: "", price: nil, nil, subtotal: "10", on: Known.legacy, family: .azure
    ) { $0.subscription = SubscriptionID("C9201ED1-0000-0000-0000-000000000000") }
    let plan = try subscription(offer: "DZH318Z0BPS6:0001:DZH318Z0B2ZQ", billingType: "usage")
    #expect(try tie([charge], subscriptions: [plan]).causes == [.subscriptionMissing])
  }
}
