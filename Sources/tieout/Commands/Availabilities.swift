import ArgumentParser
import Billing
import MonthEnd
import PartnerCenter

/// What is on sale, with the id a cart names.
struct Availabilities: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "availabilities", abstract: "Look into the catalogue: on what terms a SKU is on sale.",
    discussion: "Availabilities change over time: look them up right before a purchase.",
    subcommands: [List.self, Show.self])

  struct List: AccountStep {
    static let words = "availabilities list"
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the availabilities of a SKU, with the catalogue item id a cart takes.")

    @Argument(help: ArgumentHelp("The product, such as CFQ7TTC0LH18.", valueName: "product")) var product: ProductID
    @Argument(help: ArgumentHelp("The SKU, such as 0001.", valueName: "sku")) var sku: SkuID
    @OptionGroup var place: MarketOptions
    @Option(
      help: ArgumentHelp(
        "commercial, education, government or nonprofit. (default: all but nonprofit)", valueName: "segment"))
    var segment: TargetSegment?
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let item = CatalogItem(product: product, sku: sku)
      let found = try await desk.account.reading {
        try await $0.availabilities(of: item, in: place.market, segment: segment, scope: place.scope)
      }
      return desk.print { printout in
        printout.add("availabilities", Availability.columns, found, nothing: "\(item) is not on sale here.")
      }
    }
  }

  struct Show: AccountStep {
    static let words = "availabilities show"
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show one availability and its terms.")

    @Argument(help: ArgumentHelp("The product, such as CFQ7TTC0LH18.", valueName: "product")) var product: ProductID
    @Argument(help: ArgumentHelp("The SKU, such as 0001.", valueName: "sku")) var sku: SkuID
    @Argument(help: ArgumentHelp("The availability, such as CFQ7TTC0K971.", valueName: "availability"))
    var availability: AvailabilityID
    @OptionGroup var place: MarketOptions
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let item = CatalogItem(product: product, sku: sku)
      let found = try await desk.account.reading {
        try await $0.availability(availability, of: item, in: place.market)
      }
      return desk.print { printout in
        printout.add("availability", Availability.columns, one: found)
        printout.add("terms", Availability.Term.columns, found.terms, nothing: "It names no terms.")
      }
    }
  }
}

extension Availability {
  static var columns: [Column<Self>] {
    [
      .id("catalog_item_id") { $0.catalogItemID }, .id("country") { $0.country }, .id("segment") { $0.segment },
      .id("currency") { $0.currency }, .flag("is_purchasable") { $0.isPurchasable },
      .flag("is_renewable") { $0.isRenewable },
      .list("offered") { $0.terms.map { "\($0.duration) \($0.billingCycle.lowercased())".trimmed } },
    ]
  }
}

extension Availability.Term {
  static var columns: [Column<Self>] {
    [
      .id("term") { $0.duration }, .id("billing_cycle") { $0.billingCycle }, .words("description") { $0.words },
      .list("refunds") { term in
        term.refunds.map { $0.expiresAfter.isEmpty ? $0.type : "\($0.type) within \($0.expiresAfter)" }
      },
      .id("term_id") { $0.id },
    ]
  }
}

extension String {
  /// Without a blank at the end.
  fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
