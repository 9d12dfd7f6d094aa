public import Billing

extension PartnerCenterClient {
  /// `GET invoices/summary`: the balance in one currency (contract §9.1).
  public func summary(each: Handler) async throws {
    try await one("/v1/invoices/summary", BodyKey(.summary), each: each)
  }

  /// `GET invoices/summaries`: the balance in every currency; takes a user, unlike `summary` (contract §2.2).
  public func summaries(each: Handler) async throws {
    try await whole("/v1/invoices/summaries", credentials: .appAndUser, BodyKey(.summaries), each: each)
  }

  /// `GET invoices`: every document of every currency and type (contract §9.2).
  ///
  /// Pages may overlap; a document is one by its id.
  public func invoices(each: Handler) async throws {
    let first = APIRequest(.get, "/v1/invoices?size=\(pageSize)")
    try await pages(Paging(.documents, first: first), BodyKey(.invoices), each: each)
  }

  /// `GET invoices/{i}`; takes a user, unlike the collection (contract §2.2).
  public func invoice(_ id: InvoiceID, each: Handler) async throws {
    try await one(
      "/v1/invoices/\(id.printed.percentEncoded)", credentials: .appAndUser, BodyKey(.invoice, invoice: id.printed),
      each: each)
  }

  /// One of the sets an invoice names in its details, page by page (contract §9.3).
  ///
  /// - Parameter currency: The invoice's: daily-rated usage is asked for by currency.
  public func lineItems(invoice: InvoiceID, currency: Currency, set: LineSet, each: Handler) async throws {
    let query = LineItemQuery(set: set, currency: currency, size: pageSize)
    let first = APIRequest(.get, "/v1/invoices/\(invoice.printed.percentEncoded)/lineitems?\(query.text)")
    try await pages(
      Paging(query.style, first: first, size: pageSize),
      BodyKey(.lineItems, invoice: invoice.printed, set: set.description), each: each)
  }
}

/// How one set of line items is asked for: contract §9.3.
struct LineItemQuery: Hashable, Sendable {
  let text: String
  let style: Paging.Style

  init(set: LineSet, currency: Currency, size: Int) {
    let provider = set.provider
    style = provider == "office" || provider == "azure" ? .offset : .seek
    var text = "provider=\(provider.percentEncoded)"
    text += "&invoicelineitemtype=\(set.isUsage ? "usagelineitems" : "billinglineitems")"
    // An issued invoice covers a month that is over when it is asked for: that is `previous`.
    if style == .seek, set.isUsage { text += "&currencycode=\(currency.code.lowercased())&period=previous" }
    self.text = text + "&size=\(size)"
  }
}
