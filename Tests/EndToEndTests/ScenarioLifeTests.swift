import Billing
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Testing

/// A purchase from the first look into the catalogue to the month that ties out, through the commands a person types.
@Suite("A purchase's whole life", .enabled(if: Tool.path != nil, "the tieout executable is not built"))
struct ScenarioLifeTests {
  typealias Desk = ScenarioCommandDesk

  /// 10 February 2025, with no invoice, no order and one Azure subscription of the old offer.
  private static let world = World.blank(seed: 5, asOf: 1_739_145_600)
  private static let day: Int64 = 86_400

  @Test("Registered, found, bought, listed late, entitled, invoiced and tied out")
  func life() async throws {
    let clock = EmulatorClock()
    var configuration = Emulator.Configuration(clock: clock, registrationPolls: 1)
    configuration.witness = EmulatorWitness()
    try await Desk.with(configuration, world: Self.world) { desk in
      let customer = try await firstMonth(desk)
      // On 20 March February is invoiced, and March is bought.
      clock.advance(by: .seconds(38 * Self.day))
      let azure = try await azureSubscription(desk, customer)
      let offers = try await offers(desk, customer, azure)
      try await register(desk, customer, azure, offers)
      let cart = try await fill(desk, customer, azure, offers)
      let orders = try await buy(desk, customer, cart)
      try await pending(desk)

      clock.advance(by: .seconds(900))
      try await provisioned(desk, customer, orders)
      // The invoice of March comes on 8 April.
      clock.advance(by: .seconds(20 * Self.day))
      let invoice = try await invoiced(desk, customer, orders)
      try await tiedOut(desk, invoice)
      #expect(desk.asked("POST", "/checkout") == 2)
    }
  }

  // MARK: February

  /// Buys one licence, so that there is an invoice when March is bought; before there is any, a run says so.
  private func firstMonth(_ desk: Desk) async throws -> String {
    let customers = try await desk.json("customers", "list").list("customers")
    let customer = try #require(customers.first { $0.text("name") == "Customer 1" }?.text("customer_id"))
    let early = try await desk.run("run")
    #expect(early.status == 75, "\(early.complaint)")
    #expect(early.complaint.contains("The account has no invoice before this day."), "\(early.complaint)")
    let cart = try await desk.json(
      "cart", "create", "--customer", customer, "--item", "\(Desk.perpetual),quantity=1,cycle=onetime")
    _ = try await desk.json(
      "cart", "checkout", try #require(cart.one("cart").text("cart_id")), "--customer", customer)
    return customer
  }

  // MARK: Looking around

  private func azureSubscription(_ desk: Desk, _ customer: String) async throws -> String {
    let held = try await desk.json("subscriptions", "list", "--customer", customer).list("subscriptions")
    #expect(held.map { $0.text("name") } == ["Microsoft Azure"])
    return try #require(held.first?.text("subscription_id"))
  }

  private struct Offers {
    var software: String
    var reservation: String
    var seats: String
  }

  /// Walks the catalogue to what a cart takes, and asks the inventory about what wants to be asked about.
  private func offers(_ desk: Desk, _ customer: String, _ azure: String) async throws -> Offers {
    func offer(_ view: String, _ title: String) async throws -> String {
      let products = try await desk.json("products", "list", "--customer", customer, "--view", view).list("products")
      let product = try #require(products.first { $0.text("title") == title }?.text("product_id"), "\(title)")
      let skus = try await desk.json("skus", "list", product, "--customer", customer).list("skus")
      let sku = try #require(skus.first)
      let id = try #require(sku.text("sku_id"))
      if (sku.members["prerequisites"] as? [String])?.contains("InventoryCheck") == true {
        let found = try await desk.json(
          "inventory", "check", "--country", "US", "--item", "\(product):\(id)", "--context", "customerId=\(customer)",
          "--context", "azureSubscriptionId=\(azure)")
        #expect(found.list("inventory").map { $0.members["is_restricted"] as? Bool } == [false])
      }
      let sold = try await desk.json("availabilities", "list", product, id, "--customer", customer)
      return try #require(sold.texts("availabilities", "catalog_item_id").first ?? nil)
    }
    let offers = try await Offers(
      software: offer("SoftwarePerpetual", "Office LTSC Standard 2024"),
      reservation: offer("AzureReservationsVM", "Reserved_VM_Instance_Standard_D2s_v3_EU_West_1_Year"),
      seats: offer("OnlineServices", "Microsoft 365 Business Basic"))
    #expect(desk.asked("POST", "/checkinventory") == 1)
    return offers
  }

  private func item(reservation: String, _ azure: String) -> String {
    "\(reservation),quantity=2,term=P1Y,cycle=onetime,provisioning.scope=shared,provisioning.subscriptionId=\(azure)"
  }

  /// Without registration the reservation is refused in words; then it is registered.
  private func register(_ desk: Desk, _ customer: String, _ azure: String, _ offers: Offers) async throws {
    let early = try await desk.json(
      "cart", "create", "--customer", customer, "--item", item(reservation: offers.reservation, azure))
    #expect(early.texts("line_errors", "error_code") == ["SubscriptionNotRegistered"])
    let cart = try #require(early.one("cart").text("cart_id"))
    let refused = try await desk.run("cart", "checkout", cart, "--customer", customer)
    #expect(refused.status == 1)
    #expect(
      refused.output.hasPrefix("Nothing was bought: lines of the cart have errors. Mend or take them out.\n"),
      "\(refused.output)")
    #expect(
      refused.output.contains(" is not registered. The Azure subscription is not registered: register it first.\n"),
      "\(refused.output)")

    let words = ["--customer", customer, "--subscription", azure]
    let started = try await desk.run(["registration", "start"] + words)
    #expect(
      started.output == "The service accepted the registration of \(azure). See how far it is with "
        + "`tieout registration status`.\n", "\(started.complaint)")
    let first = try await desk.run(["registration", "status"] + words)
    #expect(first.output == "subscription_id  \(azure)\nstatus           registering\n")
    let last = try await desk.run(["registration", "status", "--follow"] + words)
    #expect(last.status == 0, "\(last.complaint)")
    #expect(last.output == "subscription_id  \(azure)\nstatus           registered\n")
  }

  // MARK: Buying

  /// A cart with software, a reservation and seats, with another number of seats than at first.
  private func fill(_ desk: Desk, _ customer: String, _ azure: String, _ offers: Offers) async throws -> String {
    let created = try await desk.json(
      "cart", "create", "--customer", customer, "--item", "\(offers.software),quantity=3,cycle=onetime", "--item",
      item(reservation: offers.reservation, azure), "--item", "\(offers.seats),quantity=10,term=P1Y,cycle=monthly")
    #expect(created.list("line_errors").isEmpty)
    let cart = try #require(created.one("cart").text("cart_id"))
    let number = try #require(
      created.list("lines").first { $0.text("catalog_item_id") == offers.seats }?.members["line"] as? Int)
    _ = try await desk.json(
      "cart", "update", cart, "--customer", customer, "--line", "\(number)", "--quantity", "12")
    let shown = try await desk.run("cart", "show", cart, "--customer", customer)
    let table = shown.output.split(separator: "\n").drop { !$0.hasPrefix("order_group") }.map(Self.words)
    #expect(
      table == [
        [
          "order_group", "line", "addon_of", "catalog_item_id", "name", "quantity", "term", "billing_cycle", "currency",
          "price", "extended_price", "error_code",
        ],
        ["0", "0", "–", offers.software, "3", "one_time", "USD", "451.2", "1353.6", "–"],
        ["0", "1", "–", offers.reservation, "2", "P1Y", "one_time", "USD", "569.4", "1138.8", "–"],
        ["1", "2", "–", offers.seats, "12", "P1Y", "monthly", "USD", "6", "864", "–"],
      ], "\(shown.output)")
    return cart
  }

  private static func words(_ line: Substring) -> [String] { line.split(separator: " ").map(String.init) }

  private func buy(_ desk: Desk, _ customer: String, _ cart: String) async throws -> [String] {
    let bought = try await desk.json("cart", "checkout", cart, "--customer", customer)
    #expect(bought.text("outcome") == "bought")
    #expect(bought.texts("orders", "order_group") == ["0", "1"])
    let orders = bought.texts("orders", "order_id").compactMap(\.self)
    #expect(bought.texts("order_lines", "order_id") == [orders[0], orders[0], orders[1]])
    #expect(bought.texts("order_lines", "quantity") == ["3", "2", "12"])
    return orders
  }

  /// Right after the check-out an order is there by its id and in no list, and a run takes it for late, not for missing.
  private func pending(_ desk: Desk) async throws {
    let journal = try PurchaseJournal(database: desk.workplace.path("tieout.sqlite"))
    let purchase = try #require(journal.purchases().last)
    #expect(purchase.checkedOutAt == desk.now)
    let customer = purchase.customer.printed
    for order in purchase.orders {
      let shown = try await desk.json("orders", "show", order.id.printed, "--customer", customer)
      #expect(shown.one("order").text("status") == "pending")
    }
    let listed = try await desk.json("orders", "list", "--customer", customer).texts("orders", "order_id")
    #expect(listed.count == 1)
    #expect(!listed.contains { $0 == purchase.orders.first?.id.printed })

    let run = try await desk.json("run").list("runs")
    #expect(run.map { $0.text("period") } == ["2025-02"])
    #expect(run.first?.list("mismatches").count == 0)
    // A quarter of an hour later the same silence would be a purchase nobody ordered.
  }

  private func provisioned(_ desk: Desk, _ customer: String, _ orders: [String]) async throws {
    let listed = try await desk.json("orders", "list", "--customer", customer).list("orders")
    #expect(Set(listed.compactMap { $0.text("order_id") }).isSuperset(of: orders))
    #expect(listed.allSatisfy { $0.text("status") == "completed" })
    let entitlements = try await desk.json("entitlements", "list", "--customer", customer).list("entitlements")
    let own = entitlements.filter { $0.text("order_id") == orders[0] }
    #expect(own.map { $0.text("type") } == ["software", "reservedinstance"])
    #expect(own.map { $0.text("quantity") } == ["3", "2"])
    let reservation = try #require((own.last?.members["reservation_orders"] as? [String])?.first)
    let details = try await desk.run("reservation", "show", "--customer", customer, "--order", reservation)
    #expect(details.output.contains("  Reserved_VM_Instance_Standard_D2s_v3_EU…  "), "\(details.output)")
    #expect(details.output.contains("  Shared  "))
    let subscriptions = try await desk.json("subscriptions", "list", "--customer", customer, "--order", orders[1])
    #expect(subscriptions.texts("subscriptions", "quantity") == ["12"])
  }

  // MARK: The invoice

  /// The invoice bills to the cent what was bought: cart, order and line agree in quantity and price.
  private func invoiced(_ desk: Desk, _ customer: String, _ orders: [String]) async throws -> String {
    let invoices = try await desk.json("invoices", "list").list("invoices")
    #expect(invoices.map { $0.text("total") } == ["451.2", "2564.4"])
    let id = try #require(invoices.last?.text("invoice_id"))
    let shown = try await desk.json("invoices", "show", id).one("invoice")
    #expect(shown.text("period_start") == "2025-03-01")
    let lines = try await desk.json("invoices", "lines", id).list("lines").sorted {
      ($0.text("subtotal") ?? "") < ($1.text("subtotal") ?? "")
    }
    // 2 × 569.40, 3 × 451.20, 12 × 6.00
    #expect(lines.map { $0.text("subtotal") } == ["1138.8", "1353.6", "72"])
    #expect(lines.map { $0.text("unit_price") } == ["569.4", "451.2", "6"])
    #expect(lines.map { $0.text("quantity") } == ["2", "3", "12"])
    #expect(lines.map { ($0.members["order_ids"] as? [String])?.first } == [orders[0], orders[0], orders[1]])
    #expect(lines.allSatisfy { $0.text("customer_id") == customer })
    let table = try await desk.run("invoices", "lines", id)
    #expect(table.output.split(separator: "\n").count == 4, "\(table.output)")

    let pdf = try await desk.run("invoices", "statement", id)
    let path = desk.workplace.path("evidence/documents/Invoice_\(id).pdf")
    #expect(pdf.output == path + "\n", "\(pdf.complaint)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)).starts(with: Data("%PDF".utf8)))
    return id
  }

  private func tiedOut(_ desk: Desk, _ invoice: String) async throws {
    let run = try await desk.run("run", "--period", "2025-03")
    #expect(run.status == 0, "\(run.output)\(run.complaint)")
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "Tieout for 2025-03, as of 2025-04-09T00:15:00Z: 1 customer, 2 documents.")
    #expect(
      lines.contains(
        "USD: 2 of 2 documents proved (2025-03: 1 of 1), total 3015.60, 4 lines; no mismatches; balance agrees."),
      "\(run.output)")
    #expect(lines.last == "Nothing is open.")
    let again = try await desk.json("run", "--period", "2025-03").list("runs")
    #expect(again.first?.list("invoices").map { $0.text("residual") } == ["0", "0"])
    // What was bought lies in the evidence, too: a replay elsewhere ties out by it.
    let replay = try await Tool(arguments: [
      "replay", desk.workplace.path("evidence"), "--period", "2025-03", "--database",
      desk.workplace.path("replay.sqlite"), "--reports", desk.workplace.path("replayed"),
    ]).run()
    #expect(replay.status == 0, "\(replay.complaint)")
    #expect(
      try Workplace.files(below: desk.workplace.path("replayed"))
        == Workplace.files(below: desk.workplace.path("reports")))
  }
}
