extension Service {
  /// `POST extensions/product/checkinventory?country=`: a bare array; what nobody sells is left out (contract §8.3).
  func checkInventory(_ call: Call) throws(Refusal) -> Answer {
    _ = try market(named: call)
    guard let targets = try call.json["targetItems"]?.elements, !targets.isEmpty else {
      throw Refusal(400, code: "800002", "The request names no targetItems.")
    }
    var items: [Catalogue.Item] = []
    for target in targets {
      let sku = target["skuId"]?.string?.lowercased()
      items += Catalogue.skus(of: target["productId"]?.string ?? "").filter { sku == nil || $0.sku.lowercased() == sku }
    }
    return .json(World.array(items.map(text)))
  }

  private func text(of item: Catalogue.Item) -> String {
    World.JSONText.object { json in
      json.string("productId", item.id)
      json.string("skuId", item.sku)
      json.flag("isRestricted", item.isRestricted)
      guard item.isRestricted, let region = item.region else { return json.raw("restrictions", "[]") }
      let restriction = World.JSONText.object { json in
        json.string("reasonCode", "NotAvailableForSubscription")
        json.string("description", "Restriction identified of type 'Location' with values '\(region.arm)'.")
        json.object("properties") { json in
          json.string("type", "Location")
          json.string("values", region.arm)
        }
      }
      json.raw("restrictions", World.array([restriction]))
    }
  }
}
