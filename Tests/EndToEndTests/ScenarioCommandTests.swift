import Foundation
import PartnerCenterEmulator
import Testing

/// Questions outside a run, as a shell asks them.
@Suite("Commands that look", .enabled(if: Tool.path != nil, "the tieout executable is not built"))
struct ScenarioCommandTests {
  typealias Desk = ScenarioCommandDesk

  @Test("The catalogue is walked from a product to the id a cart takes")
  func catalogue() async throws {
    try await Desk.with { desk in
      let products = try await desk.json("products", "list", "--country", "US", "--view", "OnlineServices")
      #expect(products.texts("products", "product_id").contains("CFQ7TTC0LH18"))
      let product = try await desk.json("products", "show", "CFQ7TTC0LH18", "--customer", desk.customer(in: "DE"))
      #expect(product.one("product").text("title") == "Microsoft 365 Business Basic")
      let skus = try await desk.json("skus", "list", "CFQ7TTC0LH18", "--country", "US")
      #expect(skus.texts("skus", "sku_id") == ["0001"])
      let sku = try await desk.json("skus", "show", "DZH318Z0BQ4B", "000Z", "--country", "US")
      #expect(
        sku.one("sku").members["prerequisites"] as? [String] == ["AzureSubscriptionRegistration", "InventoryCheck"])
      let availabilities = try await desk.json(
        "availabilities", "list", "CFQ7TTC0LH18", "0001", "--customer", desk.customer(in: "DE"))
      #expect(availabilities.texts("availabilities", "catalog_item_id") == [Desk.seats])
      #expect(availabilities.texts("availabilities", "currency") == ["EUR"])
      let shown = try await desk.run(
        "availabilities", "show", "CFQ7TTC0LH18", "0001", "CFQ7TTC0Q4M2", "--country", "US")
      #expect(shown.output.contains("catalog_item_id  \(Desk.seats)\n"), "\(shown.output)")
      #expect(shown.output.contains("\nP1Y   Monthly "), "\(shown.output)")
    }
  }

  @Test("A view without products is said in words, and an unknown product in a sentence")
  func nothing() async throws {
    try await Desk.with { desk in
      let none = try await desk.run("products", "list", "--country", "US", "--view", "SoftwareSUSELinux")
      #expect(none.output == "The catalogue shows no products in this view.\n")
      #expect(none.status == 0)
      let unknown = try await desk.run("products", "show", "NOSUCHTHING1", "--country", "US")
      #expect(unknown.status == 3)
      #expect(unknown.complaint.contains("The catalogue does not know the product in this country."))
    }
  }

  @Test("The inventory is asked only about SKUs that want it")
  func inventory() async throws {
    try await Desk.with { desk in
      let customer = try desk.customer(in: "US")
      let found = try await desk.json(
        "inventory", "check", "--country", "US", "--item", "CFQ7TTC0LH18:0001", "--item", "DZH318Z0BQ3W:007J", "--item",
        "DZH318Z0BQ4B", "--context", "customerId=\(customer)"
      ).list("inventory")
      #expect(found.map { $0.text("sku_id") } == ["0001", "007J", "000Z"])
      #expect(found.map { $0.members["is_restricted"] as? Bool } == [nil, true, false])
      #expect(found.first?.text("remark") == "not asked: the SKU wants no inventory check")
      let always = try await desk.json(
        "inventory", "check", "--country", "US", "--item", "CFQ7TTC0LH18:0001", "--always")
      #expect(always.list("inventory").map { $0.members["is_restricted"] as? Bool } == [false])
    }
  }

  @Test("A registration is started and followed to its end")
  func registration() async throws {
    try await Desk.with(.init(registrationPolls: 0)) { desk in
      let azure = try desk.azure()
      let place = ["--customer", azure.customer, "--subscription", azure.subscription]
      let before = try await desk.run(["registration", "status"] + place)
      #expect(before.output.contains("not registered"), "\(before.output)")
      let start = try await desk.run(["registration", "start"] + place)
      #expect(start.status == 0, "\(start.complaint)")
      #expect(start.output.hasPrefix("The service accepted the registration"))
      let after = try await desk.run(["registration", "status", "--follow"] + place)
      #expect(after.status == 0, "\(after.complaint)")
      #expect(after.output.hasSuffix("status           registered\n"), "\(after.output)")
    }
  }

  @Test("Customers and what they hold are listed")
  func customers() async throws {
    try await Desk.with { desk in
      let customers = try await desk.json("customers", "list").list("customers")
      #expect(customers.count == desk.world.customers.count)
      let customer = try desk.azure().customer
      let subscriptions = try await desk.json("subscriptions", "list", "--customer", customer).list("subscriptions")
      #expect(subscriptions.count == desk.world.subscriptions[customer]?.count)
      let id = try desk.azure().subscription
      let shown = try await desk.json("subscriptions", "show", id, "--customer", customer)
      #expect(shown.one("subscription").text("subscription_id")?.lowercased() == id.lowercased())
      let plan = try await desk.json("subscriptions", "azure", id, "--customer", customer)
      #expect(plan.texts("azure_subscriptions", "status") == ["active"])
      let orders = try await desk.json("orders", "list", "--customer", customer).list("orders")
      #expect(!orders.isEmpty)
      let order = try #require(orders.first?.text("order_id"))
      let one = try await desk.json("orders", "show", order, "--customer", customer)
      #expect(one.one("order").text("order_id") == order)
      #expect(!one.list("lines").isEmpty)
    }
  }

  // MARK: What is billed

  @Test("Invoices, their lines and their balance are those of the world, to the digit")
  func invoices() async throws {
    try await Desk.with { desk in
      let invoices = try await desk.json("invoices", "list").list("invoices")
      let set = try #require(
        desk.world.lines.filter { $0.key.provider == "onetime" && $0.key.lineItemType == "billinglineitems" }
          .max { $0.value.count < $1.value.count })
      let invoice = try #require(invoices.first { $0.text("invoice_id") == set.key.invoice })
      let lines = try await desk.json("invoices", "lines", set.key.invoice, "--provider", "onetime").list("lines")
      #expect(lines.count == set.value.count)
      // Of a new-commerce invoice the lines add up to its total.
      let sum = lines.compactMap { $0.text("total") }.compactMap { Decimal(string: $0) }.reduce(0, +)
      #expect(Decimal(string: invoice.text("total") ?? "") == sum)
      let shown = try await desk.run("invoices", "lines", set.key.invoice)
      #expect(shown.output.split(separator: "\n").count == set.value.count + 1)
      let one = try await desk.json("invoices", "show", set.key.invoice)
      #expect(one.one("invoice").text("total") == invoice.text("total"))
      let balance = try await desk.json("balance", "--all-currencies").list("balances")
      #expect(balance.count { $0.text("invoice_type") == "all" } == desk.world.summaries.count)
      #expect(try await desk.json("balance").list("balances").first?.text("invoice_type") == "all")
    }
  }

  @Test("An invoice that is not there, and a set it has not, are sentences")
  func invoiceUnknown() async throws {
    try await Desk.with { desk in
      let unknown = try await desk.run("invoices", "lines", "G999999999")
      #expect(unknown.status == 64)
      #expect(unknown.complaint.contains("The account has no invoice G999999999."), "\(unknown.complaint)")
      let legacy = try #require(desk.world.lines.keys.first { $0.provider == "office" }?.invoice)
      let other = try await desk.run("invoices", "lines", legacy, "--provider", "onetime")
      #expect(other.status == 64)
      #expect(other.complaint.contains("It has office-billing"), "\(other.complaint)")
    }
  }

  @Test("A statement is saved beside the evidence, or where it is wanted")
  func statement() async throws {
    try await Desk.with { desk in
      let id = try #require(try await desk.json("invoices", "list").list("invoices").first?.text("invoice_id"))
      let saved = try await desk.run("invoices", "statement", id)
      let path = desk.workplace.path("evidence/documents/Invoice_\(id).pdf")
      #expect(saved.output == path + "\n", "\(saved.complaint)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)).starts(with: Data("%PDF".utf8)))
      let elsewhere = try await desk.json("invoices", "statement", id, "--out", desk.workplace.path("mine.pdf"))
      #expect(elsewhere.text("path") == desk.workplace.path("mine.pdf"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: desk.workplace.path).contains("mine.pdf"))
    }
  }

  @Test("An answer that is no PDF is not saved")
  func noPDF() async throws {
    let page = Fault(pathContains: "documents/statement", times: 9, kind: .body("<html>Sign in</html>"))
    try await Desk.with(.init(faults: [page])) { desk in
      let id = try #require(try await desk.json("invoices", "list").list("invoices").first?.text("invoice_id"))
      let result = try await desk.run("invoices", "statement", id)
      #expect(result.status == 3)
      #expect(result.complaint.contains("is no PDF"), "\(result.complaint)")
      #expect(!FileManager.default.fileExists(atPath: desk.workplace.path("evidence/documents")))
    }
  }

  @Test("Estimates and where they are to be had")
  func unbilled() async throws {
    try await Desk.with { desk in
      let links = try await desk.json("unbilled", "links", "--currency", "EUR").list("links")
      #expect(!links.isEmpty)
      for month in ["current", "previous"] {
        let usage = try await desk.json("unbilled", "lines", "--currency", "EUR", "--month", month, "--usage")
        #expect(usage.members["lines"] is [Any])
        let lines = try await desk.json("unbilled", "lines", "--currency", "EUR", "--month", month).list("lines")
        #expect(lines.allSatisfy { $0.text("total") == "0" })
      }
    }
  }

  @Test("A price sheet and exchange rates are tables like any other")
  func prices() async throws {
    try await Desk.with { desk in
      let sheet = try await desk.json("prices", "sheet", "--market", "DE", "--view", "updatedlicensebased")
      let basic = sheet.list("prices").first {
        $0.text("product_id") == "CFQ7TTC0LH18" && $0.text("term") == "P1Y"
      }
      #expect(basic?.text("currency") == "EUR")
      let rates = try await desk.json("prices", "rates", "--month", "2025-02")
      #expect(rates.texts("rates", "currency").contains("EUR"))
    }
  }
}

extension ScenarioCommandDesk {
  /// A customer with an active Azure subscription of the old offer.
  func azure() throws -> (customer: String, subscription: String) {
    for (customer, texts) in world.subscriptions.sorted(by: { $0.key < $1.key }) {
      for text in texts where text.contains(#""offerId":"MS-AZR-0145P""#) && text.contains(#""status":"active""#) {
        let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return (customer, try #require(json?["id"] as? String))
      }
    }
    throw CancellationError()
  }
}
