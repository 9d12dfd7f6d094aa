extension Service {
  /// `/v1.0/sales/…/$value`: CSV for users with a role, errors in shape D (contract §10.3).
  func sales(_ call: Call, _ kind: SignIn.Kind) throws(Refusal) -> Answer {
    guard call.method == "GET" else { throw Refusal(Answer(status: 405, headers: [("Allow", "GET")], body: [])) }
    guard kind == .appAndUser else {
      throw .shapeD(403, "accessDenied", "Price lists and exchange rates take a user.")
    }
    guard call.path.count == 4, call.path[3].lowercased() == "$value",
      let (name, values) = Self.function(call.path[2])
    else { throw .shapeDNotFound("The path") }
    switch name {
    case "pricesheets": return .csv(try priceSheet(values, call))
    case "fxrates": return .csv(try exchangeRates(values))
    default: throw .shapeDNotFound("The path")
    }
  }

  private func priceSheet(_ values: [String: String], _ call: Call) throws(Refusal) -> String {
    guard let market = values["market"]?.uppercased(), market.utf8.count == 2 else {
      throw .shapeDInvalid("The Market is no country code of two letters.")
    }
    guard let view = values["pricesheetview"].flatMap({ PriceSheet.View(rawValue: $0.lowercased()) }) else {
      throw .shapeDInvalid("The PricesheetView is not known.")
    }
    switch call.value("timeline") ?? "current" {
    case "current": break
    case "history":
      guard let month = call.value("month").flatMap({ World.Month(digits: $0) }) else {
        throw .shapeDInvalid("A timeline of history needs a month such as 202501.")
      }
      guard month.firstDay <= World.Instant(seconds: now).day else { throw .shapeDNotFound("The price list") }
    case "future": throw .shapeDNotFound("The price list")
    default: throw .shapeDInvalid("The timeline is not known.")
    }
    return PriceSheet(market: Catalogue.Market(country: market, prefix: ""), view: view).text
  }

  /// What a unit of each currency is worth in USD: the inverse of what the lines of that month print.
  private func exchangeRates(_ values: [String: String]) throws(Refusal) -> String {
    guard let month = values["month"].flatMap({ World.Month(digits: $0) }) else {
      throw .shapeDInvalid("The Month is not one such as 202501.")
    }
    guard month.firstDay <= World.Instant(seconds: now).day else { throw .shapeDNotFound("The list of rates") }
    let known = index.world.exchangeRates
    // Outside the world's months the nearest one counts.
    let nearest = known.keys.filter { $0 <= month.digits }.max() ?? known.keys.min()
    var rates = nearest.flatMap { known[$0] } ?? [:]
    for money in World.Money.all where rates[money.code] == nil {
      rates[money.code] = World.Exact(mantissa: Int128(money.ratePerDollar), scale: 9).text
    }
    return PriceSheet.rates(rates, year: month.year)
  }

  /// Takes `pricesheets(Market='US',PricesheetView='software')` apart, names in lower case.
  private static func function(_ text: String) -> (name: String, values: [String: String])? {
    guard let open = text.firstIndex(of: "("), text.hasSuffix(")") else { return nil }
    var values: [String: String] = [:]
    for pair in text[text.index(after: open)...].dropLast().split(separator: ",") {
      let halves = pair.split(separator: "=", maxSplits: 1)
      guard halves.count == 2 else { return nil }
      values[halves[0].lowercased()] = halves[1].filter { $0 != "'" }
    }
    return (text[..<open].lowercased(), values)
  }
}

extension World.Month {
  /// Reads `202501`.
  init?(digits: String) {
    guard digits.utf8.count == 6 else { return nil }
    self.init("\(digits.prefix(4))-\(digits.suffix(2))")
  }
}

extension Answer {
  fileprivate static func csv(_ text: String) -> Answer {
    Answer(headers: [("Content-Type", "application/octet-stream")], body: [text])
  }
}
