import ArgumentParser
import Billing
import MonthEnd
import PartnerCenter

/// The forms a product comes in.
struct Skus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skus", abstract: "Look into the catalogue: the SKUs of a product.",
    subcommands: [List.self, Show.self])

  struct List: AccountStep {
    static let words = "skus list"
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the SKUs of a product.")

    @Argument(help: ArgumentHelp("The product, such as CFQ7TTC0LH18.", valueName: "product")) var product: ProductID
    @OptionGroup var place: MarketOptions
    @Option(help: ArgumentHelp("commercial, education, government or nonprofit.", valueName: "segment"))
    var segment: TargetSegment?
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let skus = try await desk.account.reading {
        try await $0.skus(of: product, in: place.market, segment: segment, scope: place.scope)
      }
      return desk.print { printout in
        printout.add("skus", Sku.columns, skus, nothing: "\(product) has no SKUs here.")
      }
    }
  }

  struct Show: AccountStep {
    static let words = "skus show"
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show one SKU, with what it asks for before a purchase.")

    @Argument(help: ArgumentHelp("The product, such as CFQ7TTC0LH18.", valueName: "product")) var product: ProductID
    @Argument(help: ArgumentHelp("The SKU, such as 0001.", valueName: "sku")) var sku: SkuID
    @OptionGroup var place: MarketOptions
    @OptionGroup var desk: DeskOptions

    func perform(at desk: Desk) async throws -> Ending {
      let item = CatalogItem(product: product, sku: sku)
      let found = try await desk.account.reading { try await $0.sku(item, in: place.market, scope: place.scope) }
      return desk.show("sku", Sku.columns + Sku.detailColumns, found)
    }
  }
}

extension Sku {
  static var columns: [Column<Self>] {
    [
      .id("product_id") { $0.product }, .id("sku_id") { $0.id }, .words("title") { $0.title },
      .count("quantity_min") { $0.quantityMin }, .count("quantity_max") { $0.quantityMax },
      .flag("is_trial") { $0.isTrial }, .list("billing_cycles") { $0.billingCycles },
      .list("prerequisites") { $0.prerequisites },
    ]
  }

  static var detailColumns: [Column<Self>] {
    [
      .words("description") { $0.words }, .list("inventory_variables") { $0.inventoryVariables },
      .list("provisioning_variables") { $0.provisioningVariables },
      Column(name: "attributes", kind: .words) { sku in
        .object(sku.dynamicAttributes.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })
      },
    ]
  }
}
