public import ArgumentParser
public import Billing
import MonthEnd
import PartnerCenter

/// Whether something is to be had.
struct Inventory: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inventory", abstract: "Ask whether SKUs are to be had.", subcommands: [Check.self])

  struct Check: AccountStep {
    static let words = "inventory check"
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Ask the inventory about SKUs that want to be asked about.",
      discussion: """
        The SKU is looked at first: only where its prerequisites name InventoryCheck is the inventory asked. A SKU that is \
        restricted cannot be had; what the service leaves out of its answer it does not know.
        """)

    @Option(help: ArgumentHelp("The country, such as US.", valueName: "cc")) var country: String
    @Option(
      name: .customLong("item"),
      help: ArgumentHelp("PRODUCT:SKU, or PRODUCT for all its SKUs; may be repeated.", valueName: "product[:sku]"))
    var items: [InventoryTarget]
    @Option(
      name: .customLong("context"),
      help: ArgumentHelp(
        "customerId=…, azureSubscriptionId=…, armRegionName=…, as the SKU's inventory variables name them; may be repeated.",
        valueName: "name=value"))
    var context: [NamedValue] = []
    @Option(
      name: .customLong("reservation-scope"),
      help: ArgumentHelp("AzurePlan: reservations for Azure plans. (default: for MS-AZR-0145P)", valueName: "scope"))
    var scope: ReservationScope?
    @Flag(help: "Ask the inventory even where the SKU does not want it.") var always = false
    @OptionGroup var desk: DeskOptions

    func validate() throws {
      guard country.isCountryCode else {
        throw ValidationError("“\(country)” is no country: wanted is one like US.")
      }
      guard !items.isEmpty else { throw ValidationError("Name at least one --item.") }
    }

    func perform(at desk: Desk) async throws -> Ending {
      var finds: [Find] = []
      var asked: [InventoryTarget] = []
      for item in items {
        if always {
          asked.append(item)
          continue
        }
        for sku in try await skus(of: item, at: desk) {
          let target = InventoryTarget(product: sku.product, sku: sku.id)
          if sku.needsInventoryCheck { asked.append(target) } else { finds.append(Find(notAsked: target)) }
        }
      }
      if !asked.isEmpty {
        let context = Dictionary(context.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        let inventory = try await desk.account.reading {
          try await $0.inventory(of: asked, context: context, country: country)
        }
        finds += Find.all(asked, inventory)
      }
      return desk.print { $0.add("inventory", Find.columns, finds, nothing: "There is no such SKU.") }
    }

    private func skus(of item: InventoryTarget, at desk: Desk) async throws -> [Sku] {
      let market = Market.country(country)
      guard let sku = item.sku else {
        return try await desk.account.reading { try await $0.skus(of: item.product, in: market, scope: scope) }
      }
      let catalogItem = CatalogItem(product: item.product, sku: sku)
      return [try await desk.account.reading { try await $0.sku(catalogItem, in: market, scope: scope) }]
    }
  }
}

extension Inventory {
  /// What is known of one SKU after the check.
  struct Find: Hashable {
    var product: ProductID
    var sku: SkuID?
    /// `nil` where nobody was asked or nothing was said.
    var isRestricted: Bool?
    var remark: String

    init(notAsked target: InventoryTarget) {
      product = target.product
      sku = target.sku
      remark = "not asked: the SKU wants no inventory check"
    }

    init(_ item: InventoryItem) {
      product = item.product
      sku = item.sku
      isRestricted = item.isRestricted
      remark = item.restrictions.map { $0.words.isEmpty ? $0.reason : $0.words }.joined(separator: " ")
    }

    /// What the service said, and what it said nothing about: it leaves out what it does not know (contract §8.3).
    static func all(_ asked: [InventoryTarget], _ said: [InventoryItem]) -> [Find] {
      let silent = asked.filter { target in
        !said.contains { $0.product == target.product && (target.sku == nil || $0.sku == target.sku) }
      }
      return said.map { Find($0) }
        + silent.map { target in
          var find = Find(notAsked: target)
          find.remark = "the service does not know it"
          return find
        }
    }

    static var columns: [Column<Self>] {
      [
        .id("product_id") { $0.product }, .id("sku_id") { $0.sku }, .flag("is_restricted") { $0.isRestricted },
        .words("remark") { $0.remark },
      ]
    }
  }
}

extension InventoryTarget: ExpressibleByArgument {
  /// Reads `DZH318Z0BQ4B:000Z` or `DZH318Z0BQ4B`.
  public init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, let product = parts.first.flatMap({ ProductID($0) }) else { return nil }
    guard parts.count == 2 else {
      self.init(product: product)
      return
    }
    guard let sku = SkuID(parts[1]) else { return nil }
    self.init(product: product, sku: sku)
  }
}

/// `name=value`
struct NamedValue: Hashable, Sendable, ExpressibleByArgument {
  let name: String
  let value: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    name = parts[0]
    value = parts[1]
  }
}
