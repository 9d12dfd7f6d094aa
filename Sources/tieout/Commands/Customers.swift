import ArgumentParser
import Billing
import MonthEnd

/// Who buys.
struct Customers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "customers", abstract: "See the partner's customers.", subcommands: [List.self])

  struct List: AccountStep {
    static let words = "customers list"
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the partner's customers.")

    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      try await desk.list("customers", Customer.columns, nothing: "The partner has no customers.") { listing in
        try await desk.account.customers { listing.add($0) }
      }
    }
  }
}

extension Customer {
  static var columns: [Column<Self>] {
    [.id("customer_id") { $0.id }, .words("name") { $0.name }, .id("domain") { $0.domain }]
  }
}
