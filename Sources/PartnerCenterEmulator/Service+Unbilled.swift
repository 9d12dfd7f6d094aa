extension Service {
  /// `GET invoices/estimates/links?currencycode=`: contract §9.9.
  func estimateLinks(_ call: Call) throws(Refusal) -> Answer {
    guard let currency = call.value("currencycode")?.uppercased() else { throw .invalidRequest }
    let kinds = [
      (
        "daily_rated_usage", "Daily rated usage unbilled",
        "This invoice line items includes unbilled consumption based data only.",
        "provider=Marketplace&invoicelineitemtype=UsageLineItems"
      ),
      (
        "non_consumption", "Unbilled reconciliation line items",
        "This includes reconciliation line items for unbilled data only.",
        "provider=all&invoicelineitemtype=billinglineitems"
      ),
    ]
    let items = kinds.flatMap { type, title, description, query in
      ["Current", "Previous"].map { period in
        World.JSONText.object { json in
          json.string("type", type)
          json.string("title", title)
          json.string("description", description)
          json.string("period", period)
          json.link(
            "link",
            "/invoices/unbilled/lineitems?\(query)&currencycode=\(currency)&period=\(period.lowercased())&size=2000")
        }
      }
    }
    return Listing(items, itself: "/invoices/estimates/links?currencycode=\(currency)").answer(salt: call.target)
  }

  /// `GET invoices/unbilled/lineitems`: estimates of the open and of the previous month (contract §9.3).
  func unbilledLines(_ call: Call) throws(Refusal) -> Answer {
    let type = call.value("invoicelineitemtype") ?? ""
    guard let provider = call.value("provider"), ["onetime", "marketplace", "all"].contains(provider),
      let currency = call.value("currencycode"), let period = call.value("period")
    else { throw .invalidRequest }
    guard ["billinglineitems", "usagelineitems"].contains(type), ["current", "previous"].contains(period) else {
      throw .invalidRequest
    }
    let size = try call.count("size") ?? index.world.pageSizeMaximum
    guard size > 0 else { throw .invalidRequest }
    let estimate = Estimate(index: index, currency: currency, isCurrent: period == "current")
    let lines =
      type == "usagelineitems"
      ? estimate.usage(upTo: World.Instant(seconds: now).day) : estimate.charges + waitingLines(currency, period)
    let page = try call.seekPage(
      of: "invoices/unbilled/\(type)/\(currency)/\(period)", size: min(size, index.world.pageSizeMaximum))
    let query = "provider=\(provider)&invoicelineitemtype=\(type)&currencycode=\(currency)&period=\(period)"
    let uri = "/invoices/unbilled/lineitems?\(query)&size=\(size)"
    let next = page.following(count: lines.count, servedTwice: [])
      .map { Listing.Link("\(uri)&seekOperation=Next", token: $0.token) }
    return Listing(lines[page.range(of: lines.count)], itself: .init(uri), next: next)
      .answer(salt: call.target + page.token)
  }
}
