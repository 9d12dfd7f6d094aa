public import ArgumentParser
public import Billing
import MonthEnd
import PartnerCenter

/// What things cost before they are bought.
struct Prices: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prices", abstract: "See price sheets and exchange rates.", subcommands: [Sheet.self, Rates.self])

  struct Sheet: AccountStep {
    static let words = "prices sheet"
    static let configuration = CommandConfiguration(
      commandName: "sheet", abstract: "List the prices of a market. Takes a user.",
      discussion: "Prices of consumption are in USD in every market.")

    @Option(help: ArgumentHelp("The market, such as US.", valueName: "cc")) var market: String
    @Option(help: ArgumentHelp(PriceView.allCases.map(\.rawValue).joined(separator: ", ") + ".", valueName: "view"))
    var view: PriceView
    @Option(help: ArgumentHelp("current, history or future. (default: current)", valueName: "timeline"))
    var timeline: PriceTimeline = .current
    @Option(help: ArgumentHelp("The month of a sheet of the past; goes with history.", valueName: "yyyy-mm"))
    var month: Month?
    @OptionGroup var desk: DeskOptions

    func validate() throws {
      guard market.isCountryCode else { throw ValidationError("“\(market)” is no market: wanted is one like US.") }
      guard (month != nil) == (timeline == .history) else {
        throw ValidationError("--month and --timeline history go together.")
      }
    }

    func perform(at desk: Desk) async throws -> Ending {
      let rows = try await desk.account.reading {
        try await $0.priceSheet(market: market, view: view, timeline: timeline, month: month)
      }
      return try await desk.list("prices", PriceSheetRow.columns, nothing: "The sheet has no prices.") { $0.add(rows) }
    }
  }

  struct Rates: AccountStep {
    static let words = "prices rates"
    static let configuration = CommandConfiguration(
      commandName: "rates", abstract: "List what currencies were worth in dollars in a month. Takes a user.",
      discussion: "A rate holds for the whole month.")

    @Option(help: ArgumentHelp("The month. (default: that of --as-of)", valueName: "yyyy-mm")) var month: Month?
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let month = month ?? desk.settings.asOf.day.month
      let rates = try await desk.account.reading { try await $0.exchangeRates(month: month) }
      return desk.print { $0.add("rates", ExchangeRate.columns, rates, nothing: "There are no rates for \(month).") }
    }
  }
}

extension PriceView: ExpressibleByArgument {}
extension PriceTimeline: ExpressibleByArgument {}

extension PriceSheetRow {
  static var columns: [Column<Self>] {
    [
      .id("product_id") { $0.product }, .id("sku_id") { $0.sku }, .words("product") { $0.productTitle },
      .words("sku") { $0.skuTitle }, .id("segment") { $0.segment }, .id("term") { $0.term },
      .id("billing_plan") { $0.billingPlan }, .words("unit") { $0.unit }, .id("market") { $0.market },
      .id("currency") { $0.currency }, .figure("unit_price") { $0.unitPrice },
      .figure("retail_price") { $0.retailPrice }, .figure("tier_first") { $0.tierFirst },
      .figure("tier_last") { $0.tierLast }, .id("effective_from") { $0.effectiveFrom },
      .id("effective_until") { $0.effectiveUntil?.shown }, .list("tags") { $0.tags },
    ]
  }
}

extension ExchangeRate {
  static var columns: [Column<Self>] {
    [.id("currency") { $0.currency }, .figure("usd_per_unit") { $0.dollarsPerUnit }, .id("month") { $0.month }]
  }
}
