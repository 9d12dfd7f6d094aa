/// What can be bought: the world's price list, as products with SKUs with one availability each (contract §8.2).
enum Catalogue {
  /// One SKU, with the availability under which it is sold now.
  struct Item: Sendable {
    let product: World.Product
    /// Somebody else than Microsoft sells it, and its orders are refused by the risk check.
    var isThirdParty = false

    var id: String { product.id }
    var sku: String { product.sku }
    /// Catalogues change: what was bought under an earlier availability is sold under the later one today.
    var availability: String { product.availabilityLater }
    var catalogItemID: String { "\(id):\(sku):\(availability)" }
    /// No data centre of its region takes it.
    var isRestricted: Bool { catalogItemID.hasPrefix(Catalogue.restricted) }
  }

  static let items: [Item] =
    (World.seats + [World.telephony, World.trial] + World.softwareSubscriptions + World.perpetual
    + World.reservations + [World.savingsPlan, World.azurePlan]).map { Item(product: $0) } + [
      Item(
        product: World.Product(
          .seats, "DZH318Z0C7SR:0001:DZH318Z0C8RN", "Granite Backup for Microsoft 365", [250, 220, 300, 410]),
        isThirdParty: true)
    ]

  /// The reservation in UK South.
  static let restricted = "DZH318Z0BQ3W:007J:"

  static func item(_ catalogItemID: String) -> Item? {
    items.first { $0.catalogItemID.lowercased() == catalogItemID.lowercased() }
  }

  static func skus(of product: String) -> [Item] { items.filter { $0.id.lowercased() == product.lowercased() } }

  /// What a target view shows, in query spelling; nil for a view nobody knows.
  static func items(in view: String) -> [Item]? {
    func these(_ categories: World.Product.Category...) -> [Item] {
      items.filter { categories.contains($0.product.category) && !$0.isThirdParty }
    }
    return switch view {
    case "azure": these(.reservation, .savingsPlan)
    case "azurereservations": these(.reservation)
    case "azurereservationsvm": these(.reservation).filter { $0.product.name.contains("_VM_") }
    case "azurereservationssql": these(.reservation).filter { $0.product.name.contains("_SQL_") }
    case "azurereservationscosmosdb", "softwaresuselinux": []
    case "microsoftazure": these(.azurePlan)
    case "onlineservices": items.filter { $0.isThirdParty } + these(.seats, .trial)
    case "software": these(.perpetual, .softwareSubscription)
    case "softwareperpetual": these(.perpetual)
    case "softwaresubscriptions": these(.softwareSubscription)
    default: nil
    }
  }
}

extension Catalogue {
  /// A market: prices and links are its own.
  struct Market: Sendable {
    /// ISO 3166 alpha-2 in capitals.
    var country: String
    /// What stands before `/products` in links: empty, or the customer's path.
    var prefix: String

    /// Index of the currency the market is billed in.
    var money: Int {
      switch country {
      case "GB": World.Money.pound
      case "AU", "NZ": World.Money.australianDollar
      case "DE", "FR", "NL", "AT", "CH", "ES", "IT", "BE", "IE", "FI", "PT", "LU": World.Money.euro
      default: World.Money.dollar
      }
    }

    /// Index of the currency a product is priced in: Azure is priced in USD everywhere (reconciliation.md §7.2).
    func money(for item: Item) -> Int {
      switch item.product.category {
      case .reservation, .savingsPlan, .azurePlan: World.Money.dollar
      default: money
      }
    }

    func link(_ path: String) -> String { "\(prefix)/products/\(path)" + (prefix.isEmpty ? "?country=\(country)" : "") }
  }
}
