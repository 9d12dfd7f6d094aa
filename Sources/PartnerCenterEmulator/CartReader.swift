/// Reads the lines of a cart and says of each what is wrong with it: contract §8.4.
struct CartReader {
  let market: Catalogue.Market
  let sellsPerpetualSoftware: Bool
  /// What an Azure subscription of the customer allows, by either of its ids.
  let azureSubscription: (_ id: String) -> AzureSubscription

  enum AzureSubscription { case unknown, notRegistered, usable }

  func lines(of body: RawJSON) throws(Refusal) -> [CartLine] {
    guard let items = body["lineItems"]?.elements, !items.isEmpty else {
      throw Refusal(400, code: "800002", "The cart has no line items.")
    }
    var lines: [CartLine] = []
    for item in items { lines.append(try line(item)) }
    if !sellsPerpetualSoftware, lines.contains(where: { $0.item?.product.category == .perpetual }) {
      throw Refusal(403, code: "2006", "The partner is not qualified to sell perpetual software.")
    }
    // What is billed together by the same publisher is ordered together.
    var keys: [String] = []
    for index in lines.indices where lines[index].error == nil {
      let key = "\(lines[index].cycle) \(lines[index].item?.publisher ?? "")"
      if !keys.contains(key) { keys.append(key) }
      lines[index].group = keys.firstIndex(of: key).map { String($0) }
    }
    return lines
  }

  private func line(_ json: RawJSON) throws(Refusal) -> CartLine {
    guard let id = json["catalogItemId"]?.string, let quantity = json["quantity"].flatMap({ Int($0.literal) }) else {
      throw .invalidRequest
    }
    let spelling = json["billingCycle"]?.string ?? ""
    guard let cycle = Self.cycles[spelling.lowercased().replacing("_", with: "")] else {
      throw .notUnderstood("billingCycle", spelling)
    }
    var line = CartLine(
      catalogItemID: id, quantity: quantity, cycle: cycle,
      duration: json["termDuration"]?.string?.uppercased() ?? "", extras: Self.extras(of: json))
    line.item = Catalogue.item(id)
    line.term = line.item?.terms.first { $0.cycle == cycle && $0.duration == line.duration }
    line.error = problem(of: line, json)
    return line
  }

  private func problem(of line: CartLine, _ json: RawJSON) -> CartLine.Problem? {
    let id = line.catalogItemID
    guard let item = line.item else {
      return id.contains(":")
        ? .init(code: "catalog_item_id_is_not_valid", description: "The catalog item \(id) is not sold.")
        : .init(code: "legacy_offer_not_eligible_for_purchase", description: "The offer \(id) is no longer sold.")
    }
    if let currency = json["currencyCode"]?.string?.uppercased(), !currency.isEmpty,
      currency != World.Money.all[market.money(for: item)].code
    {
      return .init(code: "currency_is_not_supported", description: "\(id) is not sold in \(currency).")
    }
    guard item.terms.contains(where: { $0.cycle == line.cycle }) else {
      return .init(code: "billing_plan_not_supported", description: "\(id) is not billed \(line.cycle).")
    }
    guard line.term != nil else {
      return .init(code: "invalid_input", description: "\(id) is not sold for the term '\(line.duration)'.")
    }
    guard line.quantity >= item.quantities.lowerBound else {
      return .init(code: "invalid_input", description: "\(id) is sold from \(item.quantities.lowerBound) on.")
    }
    guard line.quantity <= item.quantities.upperBound else {
      return .init(
        code: "max_allowed_seats_per_subscription_exceeded",
        description: "\(id) is sold up to \(item.quantities.upperBound).")
    }
    if item.isRestricted {
      return .init(code: "inventory_not_available", description: "\(id) is not available in its region.")
    }
    switch item.product.category {
    case .reservation: return problem(ofReservation: json)
    case .savingsPlan where CartLine.commitment(in: line.extras) == nil:
      return .init(
        code: "invalid_input", description: "\(id) needs a purchaseCommitment: an hourly amount from 0.001 USD on.")
    default: return nil
    }
  }

  private func problem(ofReservation json: RawJSON) -> CartLine.Problem? {
    let id = json["provisioningContext"]?["subscriptionId"]?.string ?? ""
    return switch azureSubscription(id) {
    case .usable: nil
    case .unknown: .init(code: "subscription_is_not_valid", description: "'\(id)' is no Azure subscription.")
    case .notRegistered:
      .init(code: "subscription_not_registered", description: "The subscription \(id) is not registered.")
    }
  }

  private static func extras(of json: RawJSON) -> [(name: String, json: String)] {
    [
      "friendlyName", "customTermEndDate", "promotionId", "participants", "provisioningContext", "renewsTo",
      "attestationAccepted", "purchaseCommitment",
    ].compactMap { name in
      guard let value = json[name], value.literal != "null" else { return nil }
      return (name, String(value.text))
    }
  }

  /// Without case and underscores to wire spelling: contract §8.2.
  private static let cycles = [
    "monthly": "monthly", "annual": "annual", "none": "none", "onetime": "one_time", "triennial": "triennial",
    "biennial": "biennial",
  ]
}
