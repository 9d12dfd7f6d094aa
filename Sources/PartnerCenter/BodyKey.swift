/// What a body is about, and its place in the order of ingestion: not the order in which parallel answers came in.
public struct BodyKey: Hashable, Sendable, Codable {
  public enum Endpoint: String, Hashable, Sendable, Codable, CaseIterable {
    case customers, summary, summaries, invoices, invoice
    case lineItems = "lineitems"
    case orders
    case ordersByCycle = "orders-by-cycle"
    case subscriptions, entitlements, artifact, unbilled
    /// One order by its id; what an export says about its files; one of its files; what was bought through Tieout.
    case order, manifest, blob, purchases
    /// The same of an export that was downloaded earlier; the list of those.
    case folder, folderManifest = "folder-manifest", folderBlob = "folder-blob"
  }

  public var endpoint: String
  public var customer: String
  public var invoice: String
  /// `onetime-billing`
  public var set: String
  /// Zero-based, in the order of asking; repeats share the number of the page they stand in for.
  public var page: Int
  /// Billing cycle or artifact link.
  public var detail: String

  public init(
    endpoint: String, customer: String = "", invoice: String = "", set: String = "", page: Int = 0, detail: String = ""
  ) {
    self.endpoint = endpoint
    self.customer = customer
    self.invoice = invoice
    self.set = set
    self.page = page
    self.detail = detail
  }

  package init(
    _ endpoint: Endpoint, customer: String = "", invoice: String = "", set: String = "", page: Int = 0,
    detail: String = ""
  ) {
    self.init(
      endpoint: endpoint.rawValue, customer: customer, invoice: invoice, set: set, page: page, detail: detail)
  }
}

extension BodyKey: Comparable {
  public static func < (left: Self, right: Self) -> Bool {
    let leftNames = (left.endpoint, left.customer, left.invoice, left.set)
    let rightNames = (right.endpoint, right.customer, right.invoice, right.set)
    guard leftNames == rightNames else { return leftNames < rightNames }
    return (left.page, left.detail) < (right.page, right.detail)
  }
}

/// One whole answer, and what it answers.
public struct FetchedBody: Sendable {
  public var key: BodyKey
  public var request: APIRequest
  public var response: APIResponse
  /// The page was there before (its token repeats): its lines must not be counted again.
  public var repeats: Bool

  public init(key: BodyKey, request: APIRequest, response: APIResponse, repeats: Bool = false) {
    self.key = key
    self.request = request
    self.response = response
    self.repeats = repeats
  }
}
