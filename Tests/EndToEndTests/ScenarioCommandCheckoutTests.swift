import Billing
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Testing

/// A purchase from cart to order, as a shell makes it.
@Suite("Commands that buy", .enabled(if: Tool.path != nil, "the tieout executable is not built"))
struct ScenarioCommandCheckoutTests {
  typealias Desk = ScenarioCommandDesk

  private static let seatsItem = "\(Desk.seats),quantity=10,term=P1Y,cycle=monthly"
  private static let softwareItem = "\(Desk.perpetual),quantity=3,cycle=onetime"
  private static let backupItem = "\(Desk.backup),quantity=5,term=P1M,cycle=monthly"

  /// Makes a cart and gives its id.
  private func cart(_ desk: Desk, _ customer: String, _ items: String...) async throws -> String {
    let words = ["cart", "create", "--customer", customer] + items.flatMap { ["--item", $0] } + ["--json"]
    let result = try await desk.run(words)
    #expect(result.status == 0, "\(result.complaint)")
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    return try #require(Desk.Object(members: object ?? [:]).one("cart").text("cart_id"))
  }

  private func journal(_ desk: Desk) throws -> PurchaseJournal {
    try PurchaseJournal(database: desk.workplace.path("tieout.sqlite"))
  }

  @Test("A cart is created, changed and bought, and its orders are read by id at once")
  func wholeLife() async throws {
    let clock = EmulatorClock()
    try await Desk.with(.init(clock: clock)) { desk in
      let customer = try desk.customer(in: "DE")
      let cart = try await cart(desk, customer, Self.seatsItem, Self.softwareItem)
      let shown = try await desk.json("cart", "show", cart, "--customer", customer)
      #expect(shown.texts("lines", "order_group") == ["0", "1"])
      #expect(shown.texts("lines", "price") == ["5.6", "415.12"])
      // The whole term: 5.60 × 10 × 12.
      #expect(shown.texts("lines", "extended_price").first == "672")
      let changed = try await desk.json(
        "cart", "update", cart, "--customer", customer, "--line", "0", "--quantity", "4", "--remove", "1", "--item",
        "\(Desk.perpetual),quantity=2,cycle=one_time")
      #expect(changed.list("lines").map { $0.members["quantity"] as? Int } == [4, 2])

      let bought = try await desk.json("cart", "checkout", cart, "--customer", customer)
      #expect(bought.text("outcome") == "bought")
      #expect(bought.texts("orders", "order_group") == ["0", "1"])
      #expect(bought.texts("order_lines", "quantity") == ["4", "2"])
      let order = try #require(bought.texts("orders", "order_id").first ?? nil)
      let one = try await desk.json("orders", "show", order, "--customer", customer)
      #expect(one.texts("lines", "extended_price") == ["22.4"])
      let purchases = try journal(desk).purchases()
      #expect(purchases.map(\.state) == [.done])
      #expect(purchases.first?.orders.map(\.id.printed) == bought.texts("orders", "order_id"))
      #expect(purchases.first?.lines.map(\.priceSeen?.description) == ["5.6", "415.12"])

      let again = try await desk.run("cart", "checkout", cart, "--customer", customer)
      #expect(again.status == 64)
      #expect(again.complaint.contains("was bought already"), "\(again.complaint)")
      clock.advance(by: .seconds(900))
      let provisioning = try await desk.json("orders", "provisioning", order, "--customer", customer)
      #expect(provisioning.texts("lines", "status") == ["fulfilled"])
    }
  }

  @Test("People see the cart as a table with its errors, and nothing is bought with them")
  func cartErrors() async throws {
    try await Desk.with { desk in
      let customer = try desk.customer(in: "US")
      let cart = try await cart(desk, customer, "CFQ7TTC0LH18:0001:OLDOLDOLD123,quantity=1,term=P1Y,cycle=monthly")
      let shown = try await desk.run("cart", "show", cart, "--customer", customer)
      #expect(shown.output.contains("\norder_group  line"), "\(shown.output)")
      #expect(shown.output.contains("CatalogItemIdIsNotValid"))
      let result = try await desk.run("cart", "checkout", cart, "--customer", customer)
      #expect(result.status == 1)
      #expect(result.output.hasPrefix("Nothing was bought: lines of the cart have errors."), "\(result.output)")
      #expect(result.output.contains("fetch its availabilities again"))
      #expect(try journal(desk).purchases().isEmpty)
    }
  }

  @Test("A check-out that succeeds only for one group ends with 1 and names the lines of the other")
  func partly() async throws {
    try await Desk.with { desk in
      let customer = try desk.customer(in: "US")
      let cart = try await cart(desk, customer, Self.softwareItem, Self.backupItem)
      let result = try await desk.json("cart", "checkout", cart, "--customer", customer, ending: 1)
      #expect(result.text("outcome") == "partly")
      #expect(result.texts("orders", "order_group") == ["0"])
      #expect(result.list("order_errors").map { $0.members["code"] as? Int } == [800_069])
      #expect(result.texts("lines_not_bought", "catalog_item_id") == [Desk.backup])
      #expect(try journal(desk).purchases().map(\.state) == [.partly])
    }
  }

  @Test("A partner not qualified for perpetual software is told so")
  func unqualified() async throws {
    try await Desk.with(.init(sellsPerpetualSoftware: false)) { desk in
      let result = try await desk.run(
        "cart", "create", "--customer", try desk.customer(in: "US"), "--item", Self.softwareItem)
      #expect(result.status == 1)
      #expect(result.complaint.contains("sold only by partners qualified for them"), "\(result.complaint)")
      #expect(result.output.isEmpty)
    }
  }

  @Test("A market without software subscriptions stops a cart before it is sent, and perpetual software passes")
  func closedMarket() async throws {
    var world = Desk.world
    let customer = try #require(world.countries.filter { $0.value == "US" }.keys.min())
    world.countries[customer] = "IM"
    try await Desk.with(world: world) { desk in
      let result = try await desk.run(
        "cart", "create", "--customer", customer, "--item",
        "\(Desk.softwareSubscription),quantity=1,term=P1Y,cycle=onetime")
      #expect(result.status == 64)
      #expect(result.complaint.contains("are not sold in Isle of Man (IM). Nothing was sent."), "\(result.complaint)")
      #expect(try await !cart(desk, customer, Self.softwareItem, Self.seatsItem).isEmpty)
    }
  }

  // MARK: Lost answers

  @Test("A lost answer is found out by reading, and nothing is bought twice")
  func lostAnswer() async throws {
    let clock = EmulatorClock()
    let lost = Fault(pathContains: "/checkout", times: 9, kind: .cutBody)
    try await Desk.with(.init(faults: [lost], clock: clock)) { desk in
      let customer = try desk.customer(in: "US")
      let before = try await desk.json("orders", "list", "--customer", customer).list("orders").count
      let cart = try await cart(desk, customer, Self.seatsItem)
      let result = try await desk.json("cart", "checkout", cart, "--customer", customer)
      #expect(result.text("outcome") == "bought")
      #expect(result.text("remark")?.contains("which can take 15 minutes") == true)
      #expect(try journal(desk).purchases().map(\.state) == [.resolved])
      clock.advance(by: .seconds(900))
      #expect(try await desk.json("orders", "list", "--customer", customer).list("orders").count == before + 1)
      let again = try await desk.run("cart", "checkout", cart, "--customer", customer)
      #expect(again.status == 64)
      #expect(try await desk.json("orders", "list", "--customer", customer).list("orders").count == before + 1)
    }
  }

  @Test("A check-out the service never saw leaves the cart open, and it can be bought afterwards")
  func neverArrived() async throws {
    let down = Fault(pathContains: "/checkout", kind: .status(503))
    try await Desk.with(.init(faults: [down])) { desk in
      let customer = try desk.customer(in: "US")
      let cart = try await cart(desk, customer, Self.seatsItem)
      let result = try await desk.json("cart", "checkout", cart, "--customer", customer, ending: 1)
      #expect(result.text("outcome") == "not bought")
      #expect(try journal(desk).purchases().isEmpty)
      let again = try await desk.json("cart", "checkout", cart, "--customer", customer)
      #expect(again.text("outcome") == "bought")
      #expect(try journal(desk).purchases().map(\.state) == [.done])
    }
  }

  @Test("After an interruption the next call reads and does not send")
  func interrupted() async throws {
    try await Desk.with { desk in
      let customer = try desk.customer(in: "US")
      let cart = try await cart(desk, customer, Self.seatsItem)
      let now = Instant(seconds: desk.world.asOf)
      try journal(desk).noteCheckout(cart: try #require(CartID(cart)), requestID: "r1", at: now)
      let result = try await desk.json("cart", "checkout", cart, "--customer", customer, ending: 1)
      #expect(result.text("outcome") == "not bought")
      #expect(result.text("cause") == "The program was interrupted before the answer came.")
      #expect(try await desk.json("cart", "show", cart, "--customer", customer).one("cart").text("status") == "Active")
    }
  }

  @Test("When reading does not help either, nobody claims to know")
  func unclear() async throws {
    let lost = Fault(pathContains: "/checkout", times: 9, kind: .cutBody)
    let down = Fault(pathContains: "/carts/", passes: 1, times: 99, method: "GET", kind: .status(503))
    try await Desk.with(.init(faults: [lost, down])) { desk in
      let customer = try desk.customer(in: "US")
      let cart = try await cart(desk, customer, Self.seatsItem)
      let result = try await desk.run("cart", "checkout", cart, "--customer", customer)
      #expect(result.status == 3, "\(result.output)\(result.complaint)")
      #expect(result.complaint.contains("It is not known whether cart \(cart) was bought."), "\(result.complaint)")
      #expect(try journal(desk).unresolvedCheckout(cart: try #require(CartID(cart)))?.state == .unclear)
    }
  }

  @Test("A reservation is bought after its registration, and its details are behind a link")
  func reservation() async throws {
    let clock = EmulatorClock()
    try await Desk.with(.init(clock: clock, registrationPolls: 0)) { desk in
      let azure = try desk.azure()
      _ = try await desk.run(
        "registration", "start", "--customer", azure.customer, "--subscription", azure.subscription)
      _ = try await desk.run(
        "registration", "status", "--customer", azure.customer, "--subscription", azure.subscription)
      let cart = try await cart(
        desk, azure.customer,
        "\(Desk.reservation),quantity=2,term=P1Y,cycle=onetime,provisioning.scope=shared,"
          + "provisioning.subscriptionId=\(azure.subscription)")
      let bought = try await desk.json("cart", "checkout", cart, "--customer", azure.customer)
      let order = try #require(bought.texts("orders", "order_id").first ?? nil)
      clock.advance(by: .seconds(900))
      let entitlements = try await desk.json(
        "entitlements", "list", "--customer", azure.customer, "--type", "reservedInstance", "--expiry")
      let entitlement = try #require(entitlements.list("entitlements").first { $0.text("order_id") == order })
      #expect(entitlement.text("expires") == "2026-03-19T00:00:00Z")
      let reservationOrder = try #require((entitlement.members["reservation_orders"] as? [String])?.first)
      let details = try await desk.json(
        "reservation", "show", "--customer", azure.customer, "--order", reservationOrder)
      #expect(details.texts("reservations", "quantity") == ["2"])
      #expect(details.texts("reservations", "scope") == ["Shared"])
      let unknown = try await desk.run("reservation", "show", "--customer", azure.customer, "--order", "nothing")
      #expect(unknown.output.hasPrefix("No entitlement of this customer leads to"), "\(unknown.output)")
    }
  }
}
