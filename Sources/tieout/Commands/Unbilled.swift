import ArgumentParser
import Billing
import MonthEnd
import PartnerCenter

/// What no invoice has yet.
struct Unbilled: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unbilled", abstract: "See estimates of what is not billed yet.",
    subcommands: [Lines.self, Links.self])

  struct Lines: AccountStep {
    static let words = "unbilled lines"
    static let configuration = CommandConfiguration(
      commandName: "lines", abstract: "List charges, or daily usage, that no invoice has yet.",
      discussion: "They are estimates: tax and total of a charge are 0 by design.")

    @Option(help: ArgumentHelp("The currency, such as EUR.", valueName: "code")) var currency: Currency
    @Option(help: ArgumentHelp("current or previous.", valueName: "month")) var month: EstimatePeriod
    @Flag(help: "Daily usage in place of charges.") var usage = false
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let nothing = "Nothing is unbilled in \(currency) for the \(month) month."
      guard usage else {
        return try await desk.list("lines", Charge.columns, nothing: nothing) { listing in
          try await desk.account.unbilledCharges(currency: currency, period: month) { listing.add($0) }
        }
      }
      return try await desk.list("lines", UsageRecord.columns, nothing: nothing) { listing in
        try await desk.account.unbilledUsage(currency: currency, period: month) { listing.add($0) }
      }
    }
  }

  struct Links: AccountStep {
    static let words = "unbilled links"
    static let configuration = CommandConfiguration(
      commandName: "links", abstract: "List which estimates the service offers.")

    @Option(help: ArgumentHelp("The currency, such as EUR.", valueName: "code")) var currency: Currency
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let links = try await desk.account.reading { try await $0.estimateLinks(currency: currency) }
      return desk.print { printout in
        printout.add("links", EstimateLink.columns, links, nothing: "The service offers no estimates in \(currency).")
      }
    }
  }
}

extension EstimateLink {
  static var columns: [Column<Self>] {
    [
      .id("type") { $0.type }, .id("month") { $0.period }, .words("title") { $0.title },
      .words("description") { $0.words }, .id("link") { $0.link },
    ]
  }
}
