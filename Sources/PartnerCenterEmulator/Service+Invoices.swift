extension Service {
  /// `GET invoices`: everything at once; past offset 0 there is nothing left (contract §9.2).
  func invoices(_ call: Call) throws(Refusal) -> Answer {
    let size = try call.count("size")
    let offset = try call.count("offset") ?? 0
    let invoices = offset == 0 ? index.world.invoices.map(\.json) + boughtInvoices.map(\.text) : []
    let query = size.map { "?size=\($0)&offset=\(offset)" } ?? ""
    return Listing(invoices, itself: "/invoices\(query)").answer(salt: call.target)
  }

  func document(_ id: String) throws(Refusal) -> WorldIndex.Document {
    guard let document = anyDocument(id) else {
      throw Refusal(404, code: "1000", "The invoice \(id) was not found.")
    }
    return document
  }

  /// The line items of one document: contract §9.3.
  ///
  /// A set the invoice does not have is an empty list, as on the service.
  func lines(
    of document: WorldIndex.Document, provider: String?, type: String?, _ call: Call
  ) throws(Refusal) -> Answer {
    guard let spelling = Self.spelling(provider: provider, type: type), let provider, let type else {
      throw .invalidRequest
    }
    // The legacy names of commercial consumption lead to the same lines.
    let served = ["marketplace", "all"].contains(provider) ? "onetime" : provider
    var lines = anyLines(.init(invoice: document.id, provider: served, lineItemType: type))
    if isExportOnly(document.id) { lines = [] }
    var currency = ""
    if served == "onetime", type == "usagelineitems" {
      guard let asked = call.value("currencycode") else { throw .invalidRequest }
      if asked != document.currency.lowercased() { lines = [] }
      currency = "&currencycode=\(asked)"
    }
    let size = try call.count("size") ?? index.world.pageSizeMaximum
    guard size > 0 else { throw .invalidRequest }
    let uri = "/invoices/\(document.id)/lineitems?\(spelling)\(currency)&size=\(size)"
    let sizeServed = min(size, index.world.pageSizeMaximum)
    return served == "onetime"
      ? try seek(lines, set: .init(invoice: document.id, provider: served, lineItemType: type), sizeServed, uri, call)
      : try offset(lines, sizeServed, uri, call)
  }

  private func seek(
    _ lines: [String], set: ServedWorld.LineSet, _ size: Int, _ uri: String, _ call: Call
  ) throws(Refusal) -> Answer {
    let page = try call.seekPage(of: "invoices/\(set.invoice)/\(set.provider)/\(set.lineItemType)", size: size)
    let following = page.following(count: lines.count, servedTwice: index.world.pagesServedTwice[set] ?? [])
    // The sample of daily-rated usage prints a sound link, the others a second question mark (contract §5).
    let separator = set.lineItemType == "usagelineitems" ? "&" : "?"
    let next = following.map { Listing.Link("\(uri)\(separator)seekOperation=Next", token: $0.token) }
    return Listing(lines[page.range(of: lines.count)], itself: .init(uri), next: next)
      .answer(salt: call.target + page.token)
  }

  private func offset(_ lines: [String], _ size: Int, _ uri: String, _ call: Call) throws(Refusal) -> Answer {
    let start = min(try call.count("offset") ?? 0, lines.count)
    let end = min(start + size, lines.count)
    // The published sample leaves the offset of the next page empty.
    let next = end < lines.count ? Listing.Link("\(uri)&offset=") : nil
    return Listing(lines[start..<end], itself: .init("\(uri)&offset=\(start)"), next: next).answer(salt: call.target)
  }

  /// The query as the service prints it in its links: PascalCase, and for billing lines the first letter of
  /// `invoicelineitemtype` missing. Nil for names it does not know; `one_time` is one of them.
  private static func spelling(provider: String?, type: String?) -> String? {
    let providers = [
      "office": "Office", "azure": "Azure", "onetime": "OneTime", "marketplace": "Marketplace", "all": "All",
    ]
    guard let provider, let type, let printed = providers[provider] else { return nil }
    return switch type {
    case "billinglineitems": "provider=\(printed)&nvoicelineitemtype=BillingLineItems"
    case "usagelineitems" where provider == "azure": "provider=\(printed)&nvoicelineitemtype=UsageLineItems"
    case "usagelineitems" where provider != "office": "provider=\(provider)&invoicelineitemtype=usagelineitems"
    default: nil
    }
  }
}
