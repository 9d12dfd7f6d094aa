extension Service {
  /// `GET products…`: the market is named in the query.
  func products(_ path: [String], _ call: Call) throws(Refusal) -> Answer {
    try products(path, in: market(named: call), call)
  }

  /// `GET customers/{c}/products…`: the customer's own market.
  func products(_ path: [String], of customer: String, _ call: Call) throws(Refusal) -> Answer {
    var market = market(of: customer)
    market.prefix = "/customers/\(customer)"
    return try products(path, in: market, call)
  }

  func market(of customer: String) -> Catalogue.Market {
    Catalogue.Market(country: index.world.countries[customer.lowercased()] ?? "US", prefix: "")
  }

  func market(named call: Call) throws(Refusal) -> Catalogue.Market {
    guard let country = call.value("country"), country.utf8.count == 2 else { throw .invalidRequest }
    return Catalogue.Market(country: country.uppercased(), prefix: "")
  }

  /// The four levels of contract §8.2.
  private func products(
    _ path: [String], in market: Catalogue.Market, _ call: Call
  ) throws(Refusal) -> Answer {
    let isSold = try isSold(to: call.value("targetsegment"))
    let isForAzurePlan = call.value("reservationscope") == "azureplan"
    let own = market.link(path.joined(separator: "/"))
    let itself = path.isEmpty ? own.replacing("/products/", with: "/products") : own
    guard let product = path.first else {
      guard let view = call.value("targetview") else { throw .invalidRequest }
      guard let items = Catalogue.items(in: view) else {
        throw Refusal(403, code: "400036", "The target view '\(view)' is not allowed.")
      }
      var seen: Set<String> = []
      let firsts = items.filter { seen.insert($0.id).inserted }
      return list(isSold ? firsts.map { $0.productText(in: market) } : [], itself, call)
    }
    let skus = Catalogue.skus(of: product)
    guard let first = skus.first else { throw Refusal(404, code: "400013", "The product \(product) was not found.") }
    let words = path.map { $0.lowercased() }
    guard path.count > 1 else { return .json(first.productText(in: market)) }
    guard words[1] == "skus" else { throw .unknownPath(call.path) }
    guard path.count > 2 else {
      return list(isSold ? skus.map { $0.skuText(in: market, isForAzurePlan: isForAzurePlan) } : [], itself, call)
    }
    guard let item = skus.first(where: { $0.sku.lowercased() == words[2] }) else {
      throw Refusal(404, code: "400018", "The SKU \(path[2]) was not found.")
    }
    guard path.count > 3 else { return .json(item.skuText(in: market, isForAzurePlan: isForAzurePlan)) }
    guard words[3] == "availabilities", path.count < 6 else { throw .unknownPath(call.path) }
    guard path.count > 4 else { return list(isSold ? [item.availabilityText(in: market)] : [], itself, call) }
    guard item.availability.lowercased() == words[4] else {
      throw Refusal(404, code: "400019", "The availability \(path[4]) was not found.")
    }
    return .json(item.availabilityText(in: market))
  }

  private func list(_ items: [String], _ itself: String, _ call: Call) -> Answer {
    Listing(items, itself: itself).answer(salt: call.target)
  }

  /// The emulator sells to companies only.
  private func isSold(to segment: String?) throws(Refusal) -> Bool {
    guard let segment else { return true }
    guard ["commercial", "education", "government", "nonprofit"].contains(segment) else {
      throw Refusal(403, code: "400030", "The target segment '\(segment)' is not allowed.")
    }
    return segment == "commercial"
  }
}
