/// A price list as CSV, every field in quotes: contract §10.3.
struct PriceSheet: Sendable {
  enum View: String, Sendable {
    case consumption = "azure_consumption"
    case reservations = "azure_reservations"
    case licences = "updatedlicensebased"
    case marketplace, software
  }

  let market: Catalogue.Market
  let view: View

  var text: String { Self.csv([view.columns] + rows) }

  private var rows: [[String]] {
    switch view {
    case .consumption: World.meters.map { row($0) }
    case .reservations: rows(Catalogue.items(in: "azure"), tags: "Reservation")
    case .licences: rows(Catalogue.items(in: "onlineservices")?.filter { !$0.isThirdParty }, tags: "License")
    case .marketplace: rows(Catalogue.items.filter(\.isThirdParty), tags: "ThirdParty")
    case .software: rows(Catalogue.items(in: "software"), tags: "Software")
    }
  }

  private func row(_ meter: World.Meter) -> [String] {
    let name = "\(meter.category) - \(meter.name) - \(meter.region)"
    return [
      meter.category, World.azurePlan.id, World.azurePlan.sku, name, "Microsoft", name, meter.unit, "payG-1",
      market.country, "USD", meter.price.text, "", "", Self.start, Self.end, meter.id, meter.unit, "Azure",
    ]
  }

  private func rows(_ items: [Catalogue.Item]?, tags: String) -> [[String]] {
    (items ?? []).flatMap { item in item.terms.map { row(item, $0, tags: tags) } }
  }

  private func row(_ item: Catalogue.Item, _ term: Catalogue.Term, tags: String) -> [String] {
    let isSoftware = view == .software
    let price = item.price(term, in: market)
    let isTrial = item.product.category == .trial
    var row = [
      item.product.name, item.id, item.sku, item.product.name, item.publisher, "\(item.product.name).", "",
      term.duration.isEmpty ? "OneTime" : term.duration, term.plan, market.country,
      World.Money.all[market.money(for: item)].code, price.text, "", "", isSoftware ? Self.isoStart : Self.start,
      isSoftware ? Self.isoEnd : Self.end, isTrial ? "Trial" : tags,
      (price * World.Exact(cents: 125)).text,
    ]
    if isSoftware {
      row[16] = item.product.category == .perpetual ? "Software;Perpetual" : tags
      row.append("Commercial")
    }
    return row
  }

  /// - Parameter rates: Pricing (USD) to billing currency, by currency code.
  static func rates(_ rates: [String: String], year: Int) -> String {
    let rows = rates.sorted { $0.key < $1.key }.compactMap { code, literal -> [String]? in
      guard code != "USD", let rate = World.Exact(text: literal), !rate.isZero else { return nil }
      let inverse = World.Exact.one.dividedTruncating(by: rate, digits: 17).text
      let whole = inverse.prefix { $0 != "." }
      let fraction = inverse.dropFirst(whole.count + 1)
      return [code, "\(whole).\(fraction)" + String(repeating: "0", count: 17 - fraction.count), String(year)]
    }
    return csv([["CurrencyCode", "USDPerUnit", "Month"]] + rows)
  }

  private static func csv(_ rows: [[String]]) -> String {
    rows.map { row in row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\n" }.joined()
  }

  private static let start = "2/1/2019 12:00:00 AM"
  private static let end = "11/30/9999 11:59:59 PM"
  private static let isoStart = "2019-02-01T00:00:00.0000000Z"
  private static let isoEnd = "9999-11-30T23:59:59.0000000Z"
}

extension PriceSheet.View {
  fileprivate var columns: [String] {
    let head = [
      "ProductTitle", "ProductId", "SkuId", "SkuTitle", "Publisher", "SkuDescription", "UnitOfMeasure", "TermDuration",
    ]
    let middle = [
      "Market", "Currency", "UnitPrice", "PricingTierRangeMin", "PricingTierRangeMax", "EffectiveStartDate",
      "EffectiveEndDate",
    ]
    return switch self {
    case .consumption: head + middle + ["MeterIds", "MeterType", "Tags"]
    case .software: head + ["BillingPlan"] + middle + ["Tags", "ERP Price", "Segment"]
    default: head + ["BillingPlan"] + middle + ["Tags", "ERP Price"]
    }
  }
}

extension Catalogue.Term {
  /// As price lists name it.
  fileprivate var plan: String {
    switch cycle {
    case "monthly": "Monthly"
    case "annual": "Annual"
    default: ""
    }
  }
}
