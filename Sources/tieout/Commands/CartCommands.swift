import ArgumentParser
import Billing
import MonthEnd
import PartnerCenter

/// What is about to be bought.
struct CartCommands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cart", abstract: "Put a purchase together, look at its prices, and check it out.",
    discussion: """
      Lines with the same order group become one order. Every cart and every check-out is written down in the database, so \
      that what is billed can be compared with what was bought.
      """,
    subcommands: [Create.self, Show.self, Update.self, Checkout.self])

  struct Create: CartStep {
    static let words = "cart create"
    static let configuration = CommandConfiguration(
      commandName: "create", abstract: "Put lines into a new cart. Nothing is bought by that.",
      discussion: CartItem.discussion)

    @Option(help: ArgumentHelp("The customer.", valueName: "id")) var customer: CustomerID
    @Option(
      name: .customLong("item"), help: ArgumentHelp("A line of the cart; may be repeated.", valueName: "line"),
      transform: { try CartItem($0) })
    var items: [CartItem]
    @Flag(name: .customLong("reseller-attested"), help: "The reseller of record has confirmed its part.")
    var isResellerAttested = false
    @OptionGroup var desk: DeskOptions

    func validate() throws {
      guard !items.isEmpty else { throw ValidationError("Name at least one --item.") }
    }

    func trade(at desk: Desk) async throws -> Ending {
      let lines = try CartItem.lines(items)
      let journal = try desk.openJournal()
      try await desk.checkMarket(of: lines, customer: customer)
      let cart = try await desk.account.reading {
        try await $0.createCart(
          customer: customer, lines: lines, isResellerAttested: isResellerAttested ? true : nil,
          requestID: APIRequest.makeID())
      }
      // The service has the cart now: it is shown whatever becomes of the note.
      let ending = desk.print { $0.add(cart) }
      try journal.noteCart(cart, customer: customer, seenAt: desk.settings.asOf)
      return ending
    }
  }

  struct Show: CartStep {
    static let words = "cart show"
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show a cart, its lines by order group, and what is wrong with them.")

    @OptionGroup var place: CartOptions
    @OptionGroup var desk: DeskOptions

    func trade(at desk: Desk) async throws -> Ending {
      let cart = try await desk.account.reading { try await $0.cart(place.cart, customer: place.customer) }
      return desk.print { $0.add(cart) }
    }
  }

  struct Update: CartStep {
    static let words = "cart update"
    static let configuration = CommandConfiguration(
      commandName: "update", abstract: "Change a cart: read it, change it, put it back.",
      discussion: CartItem.discussion)

    @OptionGroup var place: CartOptions
    @Option(help: ArgumentHelp("The line whose quantity changes.", valueName: "number")) var line: Int?
    @Option(help: ArgumentHelp("Its new quantity.", valueName: "number")) var quantity: Int?
    @Option(help: ArgumentHelp("A line to take out; may be repeated.", valueName: "number")) var remove: [Int] = []
    @Option(
      name: .customLong("item"), help: ArgumentHelp("A line to add; may be repeated.", valueName: "line"),
      transform: { try CartItem($0) })
    var items: [CartItem] = []
    @OptionGroup var desk: DeskOptions

    var change: CartChange {
      var quantities: [Int: Int] = [:]
      if let line, let quantity { quantities[line] = quantity }
      return CartChange(removed: remove, quantities: quantities, added: items)
    }

    func validate() throws {
      guard (line == nil) == (quantity == nil) else { throw ValidationError("--line and --quantity go together.") }
      guard quantity.map({ $0 > 0 }) ?? true else {
        throw ValidationError("A quantity is at least 1; --remove takes a line out.")
      }
      guard !change.isEmpty else {
        throw ValidationError("Say what to change: --item, --line and --quantity, or --remove.")
      }
    }

    func trade(at desk: Desk) async throws -> Ending {
      let journal = try desk.openJournal()
      let before = try await desk.account.reading { try await $0.cart(place.cart, customer: place.customer) }
      let wanted = try change.applied(to: before)
      try await desk.checkMarket(of: wanted.lines, customer: place.customer)
      let cart = try await desk.account.reading {
        try await $0.updateCart(wanted, customer: place.customer, requestID: APIRequest.makeID())
      }
      let ending = desk.print { $0.add(cart) }
      try journal.noteCart(cart, customer: place.customer, seenAt: desk.settings.asOf)
      return ending
    }
  }
}

/// Which cart of which customer.
struct CartOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The cart.", valueName: "cart")) var cart: CartID
  @Option(help: ArgumentHelp("The customer.", valueName: "id")) var customer: CustomerID
}

extension CartItem {
  static let discussion = """
    A line reads CATALOGITEM,quantity=10,term=P1Y,cycle=monthly. `tieout availabilities list` names the catalogue item. \
    Perpetual software has no term; its cycle is onetime, as that of reservations; a trial's cycle is none. Further: \
    promotion=…, name=…, ends=2025-12-31, renews-to=P1Y, attested=yes, addon-of=0 (the line it is an add-on of), \
    provisioning.scope=…, provisioning.subscriptionId=…, participant.transaction_reseller=…, commitment.amount=0.05, \
    commitment.currency=USD.
    """
}

/// A step around a cart: what the service refuses to sell ends with a sentence and 1.
protocol CartStep: AccountStep {
  func trade(at desk: Desk) async throws -> Ending
}

extension CartStep {
  func perform(at desk: Desk) async throws -> Ending {
    do {
      return try await trade(at: desk)
    } catch let refusal as ServiceRefusal where refusal.isAboutPurchase {
      Screen.shared.complain("\(refusal)")
      return .mismatches
    }
  }
}

extension Desk {
  /// The journal of purchases, which tells by its times whether an order is late or was bought twice.
  ///
  /// - Throws: `CommandError.timeTyped` where another time than the machine's would get into it; only an emulator, which is
  ///   on this machine, lives in a time of its own.
  func openJournal() throws -> PurchaseJournal {
    guard !isTimeTyped || settings.apiURL.lowercased().hasPrefix("http:") else {
      throw CommandError.timeTyped(settings.asOf)
    }
    return try PurchaseJournal(database: settings.database)
  }

  /// Stops before anything is sent where the customer's market does not sell what is wanted.
  func checkMarket(of lines: [CartLine], customer: CustomerID) async throws {
    if let closed = try await account.closedMarket(for: lines, customer: customer) {
      throw CommandError.marketClosed(product: closed.product, country: closed.country, name: closed.name)
    }
  }
}
