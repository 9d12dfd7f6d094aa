import Billing
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Testing

/// Purchases that do not go as they should, through the commands a person types.
@Suite("Purchases that go wrong", .enabled(if: Tool.path != nil, "the tieout executable is not built"))
struct ScenarioVariantTests {
  typealias Desk = ScenarioCommandDesk

  /// 20 March 2025: customers in the United States, Andorra and Germany, and nothing bought.
  private static let world = World.blank(seed: 21)
  private static let seats = "\(Desk.seats),quantity=4,term=P1Y,cycle=monthly"
  private static let software = "\(Desk.perpetual),quantity=3,cycle=onetime"

  private func with(
    _ configuration: Emulator.Configuration = .init(), _ body: (Desk) async throws -> Void
  ) async throws {
    var configuration = configuration
    configuration.witness = EmulatorWitness()
    try await Desk.with(configuration, world: Self.world, body)
  }

  private func cart(_ desk: Desk, _ customer: String, _ items: String...) async throws -> String {
    let words = ["cart", "create", "--customer", customer] + items.flatMap { ["--item", $0] } + ["--json"]
    let result = try await desk.run(words)
    #expect(result.status == 0, "\(result.complaint)")
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    return try #require(Desk.Object(members: object ?? [:]).one("cart").text("cart_id"))
  }

  private func purchases(_ desk: Desk) throws -> [Purchase] {
    try PurchaseJournal(database: desk.workplace.path("tieout.sqlite")).purchases()
  }

  // MARK: Refused

  @Test("Perpetual software without qualification is refused in words, and nothing is written down as bought")
  func unqualified() async throws {
    try await with(.init(sellsPerpetualSoftware: false)) { desk in
      let customer = try desk.customer(in: "US")
      let refused = try await desk.run("cart", "create", "--customer", customer, "--item", Self.software)
      #expect(refused.status == 1)
      #expect(refused.complaint.contains("sold only by partners qualified for them"), "\(refused.complaint)")
      #expect(try purchases(desk).isEmpty)
      // Nothing else is in the way of the partner's other business.
      let cart = try await cart(desk, customer, Self.seats)
      let swapped = try await desk.run(
        "cart", "update", cart, "--customer", customer, "--item", Self.software)
      #expect(swapped.status == 1)
      #expect(try purchases(desk).isEmpty)
      #expect(desk.asked("POST", "/checkout") == 0)
    }
  }

  @Test("A software subscription for a closed market is stopped before anything is sent")
  func closedMarket() async throws {
    try await with { desk in
      let customer = try desk.customer(in: "AD")
      let item = "\(Desk.softwareSubscription),quantity=1,term=P1Y,cycle=onetime"
      let stopped = try await desk.run("cart", "create", "--customer", customer, "--item", item)
      #expect(stopped.status == 64)
      #expect(stopped.complaint.contains("are not sold in Andorra (AD). Nothing was sent."), "\(stopped.complaint)")
      #expect(desk.asked("POST", "/v1/") == 0)
      // Neither does it get into a cart that is there.
      let cart = try await cart(desk, customer, Self.software)
      let changed = try await desk.run("cart", "update", cart, "--customer", customer, "--item", item)
      #expect(changed.status == 64)
      #expect(desk.asked("PUT", "/carts") == 0)
    }
  }

  @Test("A third party's line fails alone, and both halves are told line by line")
  func thirdParty() async throws {
    let clock = EmulatorClock()
    try await with(.init(clock: clock)) { desk in
      let customer = try desk.customer(in: "US")
      let cart = try await cart(desk, customer, Self.seats, "\(Desk.backup),quantity=5,term=P1M,cycle=monthly")
      let result = try await desk.run("cart", "checkout", cart, "--customer", customer)
      #expect(result.status == 1)
      let paragraphs = result.output.components(separatedBy: "\n\n")
      try #require(paragraphs.count == 5, "\(result.output)")
      #expect(paragraphs[0].hasPrefix("order_group  order_id"))
      #expect(paragraphs[1].contains(Desk.seats))
      #expect(paragraphs[2].contains("800069"))
      #expect(paragraphs[3].contains(Desk.backup) && !paragraphs[3].contains(Desk.seats))
      #expect(paragraphs[4].hasPrefix("Only a part was bought."))
      // The half that was bought ties out, and nobody misses the other.
      clock.advance(by: .seconds(20 * 86_400))
      let run = try await desk.run("run")
      #expect(run.status == 0, "\(run.output)\(run.complaint)")
    }
  }

  // MARK: A lost answer

  @Test("A lost answer is found out by reading; one check-out goes over the wire, and one order is billed")
  func lostAnswer() async throws {
    let clock = EmulatorClock()
    var configuration = Emulator.Configuration(clock: clock)
    configuration.losesCheckoutAnswers = 1
    try await with(configuration) { desk in
      let customer = try desk.customer(in: "DE")
      let cart = try await cart(desk, customer, Self.seats)
      let result = try await desk.run("cart", "checkout", cart, "--customer", customer)
      #expect(result.status == 0, "\(result.complaint)")
      #expect(
        result.output.contains("The answer to the check-out was lost, but the cart was bought. Do not buy it again."),
        "\(result.output)")
      #expect(try purchases(desk).map(\.state) == [.resolved])
      clock.advance(by: .seconds(900))
      let again = try await desk.run("cart", "checkout", cart, "--customer", customer)
      #expect(again.status == 64)
      #expect(desk.asked("POST", "/checkout") == 1)
      #expect(try await desk.json("orders", "list", "--customer", customer).list("orders").count == 1)
      clock.advance(by: .seconds(20 * 86_400))
      let run = try await desk.run("run")
      #expect(run.status == 0, "\(run.output)\(run.complaint)")
      #expect(desk.asked("POST", "/checkout") == 1)
    }
  }

  // MARK: Billed otherwise than bought

  struct Billing: Sendable {
    var how: Emulator.PurchaseBilling
    var rule: String
    var expected: String?
    var actual: String?
    /// What explaining it says; a consequence is explained with its cause.
    var words: String
  }

  @Test(
    "What is billed otherwise than bought ends with 1, and explaining it shows the purchase",
    arguments: [
      // 4 × 5.60 and 4 × 6.60 EUR
      Billing(
        how: .dearer(by: "1.00"), rule: "purchase-price", expected: "22.4", actual: "26.4",
        words: "A unit was bought at 5.6 EUR, and 6.6 is charged."),
      Billing(
        how: .moreUnits(2), rule: "quantity-ordered", expected: "22.4", actual: "33.6",
        words: "4 were bought with cart"),
      Billing(how: .twice, rule: "charged-twice", expected: "0", actual: "22.4", words: "Purchase with cart"),
      Billing(how: .never, rule: "order-unbilled", expected: "22.4", actual: "0", words: "Purchase with cart"),
    ], [0, 1])
  func billed(_ billing: Billing, answersLost: Int) async throws {
    let clock = EmulatorClock()
    var configuration = Emulator.Configuration(clock: clock)
    configuration.billsPurchases = billing.how
    configuration.losesCheckoutAnswers = answersLost
    try await with(configuration) { desk in
      let customer = try desk.customer(in: "DE")
      let cart = try await cart(desk, customer, Self.seats)
      let bought = try await desk.run("cart", "checkout", cart, "--customer", customer)
      #expect(bought.status == 0, "\(bought.complaint)")
      clock.advance(by: .seconds(20 * 86_400))
      let run = try #require(try await desk.json("run", ending: 1).list("runs").first)
      let found = run.list("mismatches")
      #expect(found.map { $0.text("rule") } == [billing.rule])
      #expect(found.map { $0.text("expected") } == [billing.expected])
      #expect(found.map { $0.text("actual") } == [billing.actual])
      #expect(found.map { $0.text("currency") } == ["EUR"])
      let explained = try await explain(desk, try #require(found.first?.text("id")))
      // Of a lost answer no order is written down: only what compares with the purchase leads to it.
      guard billing.rule.hasPrefix("purchase-") || answersLost == 0 else { return }
      #expect(explained.contains(billing.words), "\(explained)")
      #expect(explained.contains("\nPurchase with cart \(cart), checked out at 2025-03-20T00:00:00Z, "), "\(explained)")
      #expect(explained.contains("\n  4 × \(Desk.seats), price 5.6 EUR\n  from body "), "\(explained)")
      #expect(explained.contains(#""cart":"\#(cart)""#), "\(explained)")
    }
  }

  @Test("A quantity bought is told as the consequence of the quantity ordered, and has its own explanation")
  func consequence() async throws {
    let clock = EmulatorClock()
    var configuration = Emulator.Configuration(clock: clock)
    configuration.billsPurchases = .moreUnits(2)
    try await with(configuration) { desk in
      let customer = try desk.customer(in: "DE")
      let cart = try await cart(desk, customer, Self.seats)
      _ = try await desk.run("cart", "checkout", cart, "--customer", customer)
      clock.advance(by: .seconds(20 * 86_400))
      let run = try #require(try await desk.json("run", ending: 1).list("runs").first)
      let cause = try #require(run.list("mismatches").first?.text("id"))
      let told = try await explain(desk, cause).split(separator: "\n").first { $0.contains("purchase-quantity:") }
      let id = try #require(told?.split(separator: " ").first).description
      let explained = try await explain(desk, id)
      #expect(
        explained.hasPrefix(
          "\(id): purchase-quantity, open\n4 were bought with cart \(cart), 6 are billed.\n"
            + "expected 22.40 EUR, actual 33.60 EUR, difference -11.20 EUR\n"), "\(explained)")
      #expect(explained.contains("\nPurchase with cart \(cart)"), "\(explained)")
    }
  }

  @Test("The same bought with two carts within minutes is asked about")
  func twice() async throws {
    let clock = EmulatorClock()
    try await with(.init(clock: clock)) { desk in
      let customer = try desk.customer(in: "DE")
      let first = try await cart(desk, customer, Self.seats)
      _ = try await desk.run("cart", "checkout", first, "--customer", customer)
      clock.advance(by: .seconds(300))
      let second = try await cart(desk, customer, Self.seats)
      _ = try await desk.run("cart", "checkout", second, "--customer", customer)
      clock.advance(by: .seconds(20 * 86_400))
      let run = try #require(try await desk.json("run", ending: 1).list("runs").first)
      let found = run.list("mismatches")
      #expect(found.map { $0.text("rule") } == ["purchase-twice"])
      // The whole term of the second: 5.60 × 4 × 12.
      #expect(found.map { $0.text("actual") } == ["268.8"])
      let explained = try await explain(desk, try #require(found.first?.text("id")))
      #expect(explained.contains("\nPurchase with cart \(first), checked out at 2025-03-20T00:00:00Z"), "\(explained)")
      #expect(explained.contains("\nPurchase with cart \(second), checked out at 2025-03-20T00:05:00Z"))
    }
  }

  /// The words of `explain`, which takes no way to the service.
  private func explain(_ desk: Desk, _ id: String) async throws -> String {
    let result = try await Tool(arguments: [
      "explain", id, "--database", desk.workplace.path("tieout.sqlite"), "--archive",
      desk.workplace.path("evidence"),
    ]).run()
    #expect(result.status == 0, "\(result.complaint)")
    return result.output
  }

  // MARK: The time of a purchase

  @Test("A day in the environment dates no purchase; a day that is typed does so for an emulator alone")
  func time() async throws {
    try await with { desk in
      let customer = try desk.customer(in: "US")
      let common = [
        "--customer", customer, "--item", Self.seats, "--tenant", desk.world.partnerTenant, "--client-id",
        desk.configuration.clientID, "--database", desk.workplace.path("other.sqlite"), "--login-url", desk.base,
      ]
      let secret = ["TIEOUT_CLIENT_SECRET": desk.configuration.clientSecret]
      let begin = Int64(Date().timeIntervalSince1970)
      let dated = try await Tool(
        arguments: ["cart", "create", "--json", "--api-url", desk.base] + common,
        environment: secret.merging(["TIEOUT_AS_OF": "2025-03-20"]) { $1 }
      ).run()
      #expect(dated.status == 0, "\(dated.complaint)")
      let object = try JSONSerialization.jsonObject(with: Data(dated.output.utf8)) as? [String: Any]
      let cart = try #require(Desk.Object(members: object ?? [:]).one("cart").text("cart_id"))
      let bought = try await Tool(
        arguments: ["cart", "checkout", cart, "--api-url", desk.base]
          + common.filter { $0 != "--item" && $0 != Self.seats },
        environment: secret.merging(["TIEOUT_AS_OF": "2025-03-20"]) { $1 }
      ).run()
      #expect(bought.status == 0, "\(bought.complaint)")
      let journal = try PurchaseJournal(database: desk.workplace.path("other.sqlite"))
      #expect(try #require(journal.purchases().first).checkedOutAt >= Instant(seconds: begin))

      let asked = desk.configuration.witness?.requests.count
      let typed = try await Tool(
        arguments: ["cart", "create", "--api-url", "https://api.example.com", "--as-of", "2025-03-20"] + common,
        environment: secret
      ).run()
      #expect(typed.status == 64)
      #expect(
        typed.complaint.contains("--as-of would date it 2025-03-20T00:00:00Z. Leave --as-of out;"), "\(typed.complaint)"
      )
      #expect(desk.configuration.witness?.requests.count == asked)
    }
  }
}
