public import Billing
import PartnerCenter

/// A software subscription that is about to be bought where none are sold.
public struct ClosedMarket: Hashable, Sendable {
  public var product: ProductID
  public var country: String
  /// The country's name.
  public var name: String
}

extension Account {
  /// The first line of a cart that the customer's market does not sell, so that nothing of it is sent (contract §8.2).
  ///
  /// Perpetual software has no term, and it is sold there; what the catalogue does not know is left to the service.
  public func closedMarket(for lines: [CartLine], customer: CustomerID) async throws -> ClosedMarket? {
    let market = Market.customer(customer)
    var items: [CatalogItem] = []
    for line in lines.flatMap({ [$0] + $0.addOns }) where !line.termDuration.isEmpty {
      if let item = line.catalogItem, !items.contains(item) { items.append(item) }
    }
    for item in items {
      do {
        let product = try await reading { try await $0.product(item.product, in: market) }
        guard product.type.lowercased() == "software" else { continue }
        let availabilities = try await reading { try await $0.availabilities(of: item, in: market) }
        let closed = Markets.withoutSoftwareSubscriptions
        if let country = availabilities.map(\.country).first(where: closed.contains) {
          return ClosedMarket(product: item.product, country: country, name: closed.name(of: country) ?? country)
        }
      } catch let refusal as ServiceRefusal where refusal.status == 404 && refusal.isAboutPurchase {
        continue
      }
    }
    return nil
  }
}
