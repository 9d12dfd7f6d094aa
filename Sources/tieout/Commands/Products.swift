import ArgumentParser
import Billing
import MonthEnd
import PartnerCenter

/// What can be bought.
struct Products: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "products", abstract: "Look into the catalogue: products.", subcommands: [List.self, Show.self])

  struct List: AccountStep {
    static let words = "products list"
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the products of one part of the catalogue.")

    @OptionGroup var place: MarketOptions
    @Option(help: ArgumentHelp("Part of the catalogue: \(TargetView.allNames).", valueName: "view")) var view:
      TargetView
    @Option(help: ArgumentHelp("commercial, education, government or nonprofit.", valueName: "segment"))
    var segment: TargetSegment?
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let products = try await desk.account.reading {
        try await $0.products(in: place.market, view: view, segment: segment, scope: place.scope)
      }
      return desk.print { printout in
        printout.add("products", Product.columns, products, nothing: "The catalogue shows no products in this view.")
      }
    }
  }

  struct Show: AccountStep {
    static let words = "products show"
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one product.")

    @Argument(help: ArgumentHelp("The product, such as CFQ7TTC0LH18.", valueName: "product")) var product: ProductID
    @OptionGroup var place: MarketOptions
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let found = try await desk.account.reading {
        try await $0.product(product, in: place.market, scope: place.scope)
      }
      return desk.show("product", Product.columns + [.words("description") { $0.words }], found)
    }
  }
}

extension TargetView {
  static var allNames: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

extension Product {
  static var columns: [Column<Self>] {
    [
      .id("product_id") { $0.id }, .words("title") { $0.title }, .id("type") { $0.type }, .id("subtype") { $0.subtype },
      .words("publisher") { $0.publisher }, .flag("is_microsoft") { $0.isMicrosoft },
    ]
  }
}
