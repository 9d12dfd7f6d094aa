/// A cart, open or submitted: contract §8.4.
struct Cart: Sendable {
  let id: String
  let customer: String
  let market: Catalogue.Market
  let createdAt: Int64
  var modifiedAt: Int64
  var user: String
  var lines: [CartLine]
  var isOrdered = false

  /// Seven days.
  static let lifetime: Int64 = 7 * 86_400

  var hasErrors: Bool { lines.contains { $0.error != nil } }

  /// The lines that become one order each, in the order of their groups.
  var groups: [(name: String, lines: [CartLine])] {
    var groups: [(name: String, lines: [CartLine])] = []
    for line in lines {
      guard let name = line.group else { continue }
      if let index = groups.firstIndex(where: { $0.name == name }) {
        groups[index].lines.append(line)
      } else {
        groups.append((name, [line]))
      }
    }
    return groups
  }

  var text: String {
    World.JSONText.object(capacity: 1500) { json in
      json.string("id", id)
      json.string("creationTimestamp", World.Instant(seconds: createdAt).text)
      json.string("lastModifiedTimestamp", World.Instant(seconds: modifiedAt).text)
      json.string("expirationTimestamp", World.Instant(seconds: createdAt + Self.lifetime).text)
      json.string("lastModifiedUser", user)
      json.string("status", isOrdered ? "Ordered" : "Active")
      json.raw("lineItems", World.array(lines.enumerated().map { $1.text(number: $0, in: market) }))
      json.object("links") { $0.link("self", "/customers/\(customer)/carts/\(id)") }
      json.attributes("Cart")
    }
  }
}

/// One line of a cart, with what is wrong with it.
struct CartLine: Sendable {
  /// A CartErrorCode in wire spelling (contract §4, §8.4) and a sentence.
  struct Problem: Sendable {
    var code: String
    var description: String
  }

  var catalogItemID: String
  var quantity: Int
  /// Wire spelling.
  var cycle: String
  var duration: String
  /// Members that are handed back as they came, by name.
  var extras: [(name: String, json: String)]
  var item: Catalogue.Item?
  var term: Catalogue.Term?
  var group: String?
  var error: Problem?

  func text(number: Int, in market: Catalogue.Market) -> String {
    World.JSONText.object { json in
      json.integer("id", number)
      json.string("catalogItemId", catalogItemID)
      json.integer("quantity", quantity)
      json.string("currencyCode", World.Money.all[item.map { market.money(for: $0) } ?? market.money].code)
      json.string("billingCycle", cycle)
      if !duration.isEmpty { json.string("termDuration", duration) }
      for extra in extras { json.raw(extra.name, extra.json) }
      if let group { json.string("orderGroup", group) }
      if let item, let term, let price = item.price(term, extras, in: market) {
        let whole = price * World.Exact(quantity) * World.Exact(term.charges)
        json.raw("pricing", Self.pricing(price, extended: whole))
      }
      if let error {
        json.object("error") { json in
          json.string("errorCode", error.code)
          json.string("errorDescription", error.description)
        }
      }
    }
  }

  static func pricing(_ price: World.Exact, extended: World.Exact) -> String {
    World.JSONText.object { json in
      for name in ["listPrice", "discountedPrice", "proratedPrice", "price"] { json.exact(name, price) }
      json.exact("extendedPrice", extended)
    }
  }
}

extension Catalogue.Item {
  /// What one unit costs at each charge; nil where it depends on use.
  ///
  /// A savings plan costs what it commits to, for the 8760 hours of a year (reconciliation.md §8).
  func price(
    _ term: Catalogue.Term, _ extras: [(name: String, json: String)], in market: Catalogue.Market
  ) -> World.Exact? {
    switch product.category {
    case .azurePlan: nil
    case .savingsPlan: CartLine.commitment(in: extras).map { $0 * World.Exact(8760) }
    default: price(term, in: market)
    }
  }
}
