import ArgumentParser
import Billing
import MonthEnd
import PartnerCenter

/// What a customer may use.
struct Entitlements: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "entitlements", abstract: "See what a customer may use.", subcommands: [List.self])

  struct List: AccountStep {
    static let words = "entitlements list"
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List a customer's software and reservations. Takes a user.")

    @Option(help: ArgumentHelp("The customer.", valueName: "id")) var customer: CustomerID
    @Option(help: ArgumentHelp("software or reservedInstance. (default: both)", valueName: "type"))
    var type: EntitlementType?
    @Flag(help: "Ask for expiry dates; on-premises software has none.") var expiry = false
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let entitlements = try await desk.account.entitlements(customer: customer, type: type, showsExpiry: expiry)
      return desk.print { printout in
        printout.add(
          "entitlements", Entitlement.columns(withExpiry: expiry), entitlements,
          nothing: "The customer has no such entitlements.")
      }
    }
  }
}

/// One reservation order, behind the link of its artifact.
struct Reservation: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reservation", abstract: "See a customer's reservations.", subcommands: [Show.self])

  struct Show: AccountStep {
    static let words = "reservation show"
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show the reservations of one reservation order. Takes a user.",
      discussion: "`entitlements list --type reservedInstance` names the reservation orders.")

    @Option(help: ArgumentHelp("The customer.", valueName: "id")) var customer: CustomerID
    @Option(help: ArgumentHelp("The reservation order.", valueName: "id")) var order: ReservationOrderID
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let reservations = try await desk.account.reservations(order: order, customer: customer)
      return desk.print { printout in
        printout.add(
          "reservations", ReservationDetail.columns, reservations,
          nothing: "No entitlement of this customer leads to the reservation order \(order). "
            + "It may not be provisioned yet, which takes about 15 minutes.")
      }
    }
  }
}

extension Entitlement {
  static func columns(withExpiry: Bool) -> [Column<Self>] {
    let columns: [Column<Self>] = [
      .id("type") { $0.type }, .id("product_id") { $0.product }, .id("sku_id") { $0.sku },
      .figure("quantity") { $0.quantity }, .id("order_id") { $0.referenceOrder }, .count("order_line") { $0.orderLine },
      .list("reservation_orders") { $0.reservations.map(\.order.printed) }, .count("included") { $0.includedCount },
    ]
    return columns + (withExpiry ? [.id("expires") { $0.expires }] : [])
  }
}

extension ReservationDetail {
  static var columns: [Column<Self>] {
    [
      .id("reservation_id") { $0.id }, .words("name") { $0.name }, .id("scope") { $0.scope },
      .list("scopes_applied") { $0.scopesApplied }, .figure("quantity") { $0.quantity },
      .id("effective") { $0.effective }, .id("expires") { $0.expires }, .id("state") { $0.state },
    ]
  }
}
