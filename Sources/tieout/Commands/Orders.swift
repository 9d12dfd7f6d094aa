import ArgumentParser
import Billing
import MonthEnd
import PartnerCenter

/// What was bought.
struct Orders: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "orders", abstract: "See a customer's orders.",
    subcommands: [List.self, Show.self, Provisioning.self])

  struct List: AccountStep {
    static let words = "orders list"
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List a customer's orders, all or those of one billing cycle.",
      discussion: "An order can take up to 15 minutes to be listed; `orders show` finds it at once.")

    @Option(help: ArgumentHelp("The customer.", valueName: "id")) var customer: CustomerID
    @Option(help: ArgumentHelp("onetime, monthly, annual, none or triennial. (default: all)", valueName: "cycle"))
    var cycle: BillingCycle?
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let orders = try await desk.account.orders(customer: customer, cycle: cycle?.rawValue)
      return desk.print { printout in
        printout.add(
          "orders", Order.columns, orders,
          nothing: "The service lists no \(cycle.map { "\($0.rawValue) " } ?? "")orders of this customer.")
      }
    }
  }

  struct Show: AccountStep {
    static let words = "orders show"
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show one order and its lines, also one just submitted.")

    @Argument(help: ArgumentHelp("The order: its long or its short id.", valueName: "order")) var order: OrderID
    @Option(help: ArgumentHelp("The customer.", valueName: "id")) var customer: CustomerID
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let found = try await desk.account.reading { try await $0.order(order, customer: customer) }
      return desk.print { printout in
        printout.add("order", Order.columns, one: found)
        printout.add("lines", Order.Line.columns, found.lines, nothing: "It has no lines.")
      }
    }
  }

  struct Provisioning: AccountStep {
    static let words = "orders provisioning"
    static let configuration = CommandConfiguration(
      commandName: "provisioning", abstract: "Say how far the lines of an order are provisioned. Takes a user.")

    @Argument(help: ArgumentHelp("The order: its long or its short id.", valueName: "order")) var order: OrderID
    @Option(help: ArgumentHelp("The customer.", valueName: "id")) var customer: CustomerID
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let lines = try await desk.account.reading { try await $0.provisioning(of: order, customer: customer) }
      return desk.print { printout in
        printout.add(
          "lines", OrderLineProvisioning.columns, lines, nothing: "Nothing is known about provisioning yet.")
      }
    }
  }
}

/// How often something is billed, in the spelling of the query (contract §8.5).
enum BillingCycle: String, CaseIterable, ExpressibleByArgument {
  case onetime, monthly, annual, none, triennial, unknown

  /// `one_time` and `OneTime`, too.
  init?(argument: String) { self.init(rawValue: argument.lowercased().filter { $0 != "_" }) }

  /// In the spelling of bodies.
  var wire: String { self == .onetime ? "one_time" : rawValue }
}

extension Order {
  static var columns: [Column<Self>] {
    [
      .id("order_id") { $0.id }, .id("alternate_id") { $0.alternateID }, .id("created") { $0.created },
      .words("status") { $0.status }, .id("billing_cycle") { $0.billingCycle }, .id("currency") { $0.currency },
      .count("line_count") { $0.lines.count }, .list("products") { $0.lines.map(\.name) },
    ]
  }
}

extension Order.Line {
  static var columns: [Column<Self>] {
    [
      .count("line") { $0.number }, .id("offer_id") { $0.offer }, .words("name") { $0.name },
      .figure("quantity") { $0.quantity }, .id("term") { $0.termDuration }, .id("transaction") { $0.transactionType },
      .figure("price") { $0.price }, .figure("extended_price") { $0.extendedPrice },
      .id("subscription_id") { $0.subscription },
    ]
  }
}

extension OrderLineProvisioning {
  static var columns: [Column<Self>] {
    [
      .count("line") { $0.line }, .words("status") { $0.status },
      .list("parts") { $0.parts.map { "\($0.quantity?.description ?? "?") \($0.status)" } },
    ]
  }
}
