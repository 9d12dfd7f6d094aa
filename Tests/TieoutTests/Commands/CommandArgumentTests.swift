import ArgumentParser
import Billing
import MonthEnd
import PartnerCenter
import Testing

@testable import tieout

@Suite("Arguments of the commands outside a run")
struct CommandArgumentTests {
  private static let customer = ["--customer", "28045616-f6b9-462f-9701-0d89b5e65c44"]

  @Test(
    "Each command is understood",
    arguments: [
      ["registration", "start", "--subscription", "s1"] + customer,
      ["registration", "status", "--subscription", "s1", "--follow"] + customer,
      ["products", "list", "--country", "US", "--view", "onlineservices", "--segment", "Commercial"],
      ["products", "list", "--view", "Azure", "--reservation-scope", "azureplan"] + customer,
      ["products", "show", "CFQ7TTC0LH18", "--country", "de"],
      ["skus", "list", "CFQ7TTC0LH18", "--country", "US"], ["skus", "show", "CFQ7TTC0LH18", "1", "--country", "US"],
      ["availabilities", "list", "CFQ7TTC0LH18", "0001"] + customer,
      ["availabilities", "show", "CFQ7TTC0LH18", "0001", "CFQ7TTC0K971", "--country", "US"],
      [
        "inventory", "check", "--country", "US", "--item", "DZH318Z0BQ4B:000Z", "--item", "DZH318Z0BQ3W", "--context",
        "customerId=c1", "--always",
      ],
      ["cart", "create", "--item", "A:1:B,quantity=1,cycle=onetime"] + customer, ["cart", "show", "k1"] + customer,
      ["cart", "update", "k1", "--line", "0", "--quantity", "5", "--remove", "1", "--remove", "2"] + customer,
      ["cart", "checkout", "k1", "--json"] + customer, ["orders", "list", "--cycle", "one_time"] + customer,
      ["orders", "show", "o1"] + customer, ["orders", "provisioning", "o1"] + customer,
      ["entitlements", "list", "--type", "ReservedInstance", "--expiry"] + customer,
      ["reservation", "show", "--order", "r1"] + customer, ["balance", "--all-currencies"], ["invoices", "list"],
      ["invoices", "show", "G000024135"], ["invoices", "lines", "G000024135", "--provider", "onetime", "--usage"],
      ["invoices", "statement", "G000024135", "--out", "x.pdf"], ["invoices", "receipt", "G000024135", "8602768"],
      ["unbilled", "lines", "--currency", "eur", "--month", "current", "--usage"],
      ["unbilled", "links", "--currency", "EUR"], ["customers", "list"], ["subscriptions", "list"] + customer,
      ["subscriptions", "list", "--order", "o1"] + customer, ["subscriptions", "show", "s1"] + customer,
      ["subscriptions", "provisioning", "s1"] + customer, ["subscriptions", "azure", "s1"] + customer,
      [
        "prices", "sheet", "--market", "US", "--view", "updatedlicensebased", "--timeline", "history", "--month",
        "2025-01",
      ],
      ["prices", "rates", "--month", "2025-01"],
    ])
  func understood(arguments: [String]) throws {
    let service = ["--api-url", "http://127.0.0.1:1", "--tenant", "t", "--as-of", "2025-03-20"]
    let step = try #require(try Tieout.parseAsRoot(arguments + service) as? any AccountStep)
    #expect(
      type(of: step).words == arguments.prefix { !$0.hasPrefix("-") }.prefix(2).joined(separator: " ")
        || type(of: step).words == arguments[0])
  }

  @Test(
    "What contradicts itself is refused before anything is asked",
    arguments: [
      (["products", "list", "--view", "Azure"], "either --country or --customer"),
      (["products", "list", "--view", "Azure", "--country", "US"] + customer, "either --country or --customer"),
      (["products", "list", "--view", "Azure", "--country", "USA"], "“USA” is no country"),
      (["products", "list", "--view", "Everything", "--country", "US"], "Everything"),
      (["cart", "update", "k1", "--line", "0"] + customer, "--line and --quantity go together"),
      (["cart", "update", "k1", "--line", "0", "--quantity", "0"] + customer, "at least 1"),
      (["cart", "update", "k1"] + customer, "Say what to change"),
      (["cart", "create", "--item", "A:1:B,quantity=none,cycle=monthly"] + customer, "“none” is no quantity"),
      (["subscriptions", "list", "--order", "o1", "--reseller", "517285"] + customer, "not by both"),
      (["prices", "sheet", "--market", "US", "--view", "software", "--month", "2025-01"], "go together"),
      (["orders", "list", "--customer", ""], "customer"),
    ])
  func refused(arguments: [String], words: String) {
    let error = #expect(throws: (any Error).self) { try Tieout.parseAsRoot(arguments) }
    let sentence = error.map { Tieout.message(for: $0) } ?? ""
    #expect(sentence.contains(words), "\(sentence)")
  }

  // MARK: Items

  @Test("A line of a cart is read with all that can be said about it")
  func item() throws {
    let item = try CartItem(
      "CFQ7TTC0LH18:0001:CFQ7TTC0K971,quantity=10,term=p1y,cycle=monthly,promotion=39NFJQT1PJQB:0001:39NFJQT1Q5KN,"
        + "provisioning.scope=shared,provisioning.subscriptionId=s1,participant.transaction_reseller=5357564,"
        + "participant.additional_transaction_reseller=517285,ends=2025-12-31,renews-to=P1Y,attested=yes,name=Seats,"
        + "commitment.amount=0.05,commitment.currency=usd")
    var line = CartLine(
      number: 0, catalogItemID: "CFQ7TTC0LH18:0001:CFQ7TTC0K971", quantity: 10, billingCycle: "monthly",
      termDuration: "P1Y", provisioningContext: ["scope": "shared", "subscriptionId": "s1"])
    line.promotion = "39NFJQT1PJQB:0001:39NFJQT1Q5KN"
    line.participants = [
      Participant(role: "transaction_reseller", partner: "5357564"),
      Participant(role: "additional_transaction_reseller", partner: "517285"),
    ]
    line.customTermEnd = Instant(try #require(Day(year: 2025, month: 12, day: 31)))
    line.renewsToTerm = "P1Y"
    line.isAttested = true
    line.name = "Seats"
    line.commitment = PurchaseCommitment(amount: try Amount("0.05"), currency: Currency("USD"), grain: "hourly")
    #expect(item.line == line)
  }

  @Test(
    "The cycle is sent in the spelling of bodies",
    arguments: [
      ("onetime", "one_time"), ("One_Time", "one_time"),
      ("ANNUAL", "annual"), ("none", "none"),
    ])
  func cycle(typed: String, sent: String) throws {
    #expect(try CartItem("A:1:B,quantity=1,cycle=\(typed)").line.billingCycle == sent)
  }

  @Test(
    "What is wrong with an item is said",
    arguments: [
      ("", "does not begin with a catalogue item"),
      ("quantity=1,cycle=monthly", "does not begin with a catalogue item"),
      ("A:1:B,cycle=monthly", "quantity is missing"), ("A:1:B,quantity=1", "cycle is missing"),
      ("A:1:B,quantity=0,cycle=monthly", "“0” is no quantity"),
      ("A:1:B,quantity=1.5,cycle=monthly", "“1.5” is no quantity"),
      ("A:1:B,quantity=1,cycle=weekly", "“weekly” is no cycle"), ("A:1:B,quantity=1,cycle=unknown", "is no cycle"),
      ("A:1:B,quantity", "“quantity” is no name=value"), ("A:1:B,colour=red", "“colour” is not known"),
      ("A:1:B,quantity=1,cycle=none,ends=soon", "“soon” is no day"),
      ("A:1:B,quantity=1,cycle=none,attested=maybe", "attested is yes or no"),
      ("A:1:B,quantity=1,cycle=onetime,commitment.amount=0.05", "an amount, a currency"),
    ])
  func itemRefused(text: String, reason: String) {
    let error = #expect(throws: CommandError.self) { try CartItem(text) }
    #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
  }

  @Test("Lines are numbered, and an add-on stands in its line")
  func lines() throws {
    let items = try ["A:1:B", "C:1:D", "E:1:F,addon-of=4"].map { try CartItem("\($0),quantity=1,cycle=monthly") }
    let lines = try CartItem.lines(items, from: 4)
    #expect(lines.map(\.number) == [4, 5])
    #expect(lines.map { $0.addOns.map(\.catalogItemID) } == [["E:1:F"], []])
    #expect(throws: CommandError.addOnLoose("E:1:F", base: 4)) { try CartItem.lines(Array(items.reversed())) }
  }

  // MARK: Changes

  private func cart(_ numbers: Int..., status: String = "Active") throws -> Cart {
    Cart(
      id: try #require(CartID("k1")), status: status,
      lines: numbers.map { CartLine(number: $0, catalogItemID: "A:1:\($0)", quantity: 1, billingCycle: "monthly") })
  }

  @Test("A change takes out, changes and adds, and leaves the other lines their numbers")
  func change() throws {
    let added = try CartItem("N:1:W,quantity=3,cycle=annual")
    let change = CartChange(removed: [1], quantities: [2: 7], added: [added])
    let after = try change.applied(to: try cart(0, 1, 2))
    #expect(after.lines.map(\.number) == [0, 2, 3])
    #expect(after.lines.map(\.quantity) == [1, 7, 3])
    #expect(after.lines.map(\.catalogItemID) == ["A:1:0", "A:1:2", "N:1:W"])
  }

  @Test("A change that cannot be made is refused")
  func changeRefused() throws {
    let id = try #require(CartID("k1"))
    #expect(throws: CommandError.lineUnknown(4, id, known: [0, 1])) {
      try CartChange(quantities: [4: 1]).applied(to: try cart(0, 1))
    }
    #expect(throws: CommandError.cartEmptied(id)) { try CartChange(removed: [0]).applied(to: try cart(0)) }
    #expect(throws: CommandError.cartOrdered(id)) {
      try CartChange(removed: [0]).applied(to: try cart(0, 1, status: "Ordered"))
    }
  }

  // MARK: Sentences

  @Test("Errors speak to the person at the terminal")
  func sentences() throws {
    let cart = try #require(CartID("k1"))
    let product = try #require(ProductID("DG7GMGF0FKZV"))
    let invoice = try #require(InvoiceID("G000024135"))
    #expect(
      CommandError.lineUnknown(4, cart, known: [0, 1]).description == "Cart k1 has no line 4. It has 0, 1.")
    #expect(
      CommandError.timeTyped(Instant(seconds: 1_742_428_800)).description
        == "A purchase is dated by this machine's clock, and --as-of would date it 2025-03-20T00:00:00Z. Leave --as-of "
        + "out; it is for an emulator on this machine. Nothing was sent.")
    #expect(CommandError.cartOrdered(cart).description.hasPrefix("Cart k1 was bought already"))
    #expect(CommandError.cartEmptied(cart).description.hasPrefix("Nothing would be left in cart k1."))
    #expect(
      CommandError.marketClosed(product: product, country: "IM", name: "Isle of Man").description
        == "DG7GMGF0FKZV is a software subscription, and these are not sold in Isle of Man (IM). Nothing was sent. "
        + "Perpetual software may be on sale there.")
    #expect(
      CommandError.invoiceUnknown(invoice).description
        == "The account has no invoice G000024135. `tieout invoices list` names those it has.")
    #expect(Ending(for: CommandError.cartEmptied(cart)) == .usage)
  }

  @Test("What an inventory check leaves out is said, and so is what was not asked")
  func inventory() throws {
    let product = try #require(ProductID("P1"))
    let (first, second) = (try #require(SkuID("0001")), try #require(SkuID("0002")))
    let finds = Inventory.Find.all(
      [InventoryTarget(product: product, sku: first), InventoryTarget(product: product, sku: second)],
      [
        InventoryItem(
          product: product, sku: first, isRestricted: true,
          restrictions: [.init(reason: "NotAvailableForSubscription", words: "Not in japanwest.")])
      ])
    #expect(finds.map(\.isRestricted) == [true, nil])
    #expect(finds.map(\.remark) == ["Not in japanwest.", "the service does not know it"])
  }
}
