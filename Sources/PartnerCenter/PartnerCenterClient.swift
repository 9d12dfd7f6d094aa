public import Billing
public import Logging
import Wire

/// The reconciliation family of the Partner Center API: contract §7.
///
/// It decides what to ask and when a collection has been read to its end; decoding is somebody else's story. Pages are
/// handed out as they come, so a large invoice is never in memory as a whole.
public struct PartnerCenterClient: Sendable {
  public typealias Handler = (FetchedBody) async throws -> Void

  /// What the service accepts at most for line items (contract §5).
  public static let pageSizeMax = 2_000
  /// Nothing is published for customers; this is modest.
  static let customersMax = 500

  let pageSize: Int
  let transport: any Transport
  let logger: Logger

  public init(
    transport: any Transport, pageSize: Int = pageSizeMax,
    logger: Logger = Logger(label: "partner-center", factory: { _ in SwiftLogNoOpLogHandler() })
  ) {
    self.transport = transport
    self.pageSize = max(1, min(pageSize, Self.pageSizeMax))
    self.logger = logger
  }
}

extension PartnerCenterClient {
  /// `GET customers`: seek paged (contract §8.6).
  public func customers(each: Handler) async throws {
    let size = min(pageSize, Self.customersMax)
    try await pages(Paging(.seek, first: .init(.get, "/v1/customers?size=\(size)")), BodyKey(.customers), each: each)
  }

  /// `GET customers/{c}/orders`, with prices (contract §8.5).
  public func orders(customer: CustomerID, each: Handler) async throws {
    try await whole(
      "/v1/customers/\(customer.segment)/orders?include_price=true", BodyKey(.orders, customer: customer.key),
      each: each)
  }

  /// The orders of one billing cycle type: `onetime`, `monthly`, `annual`, `none`, `triennial` (contract §8.5).
  public func orders(customer: CustomerID, billingCycle: String, each: Handler) async throws {
    // The body spells `one_time`, the query `onetime` (contract §4).
    let cycle = billingCycle.lowercased().filter { $0 != "_" }
    try await whole(
      "/v1/customers/\(customer.segment)/orders?billingType=\(cycle.percentEncoded)&include_price=true",
      BodyKey(.ordersByCycle, customer: customer.key, detail: cycle), each: each)
  }

  /// `GET customers/{c}/orders/{o}`, with prices: there as soon as it was placed (contract §8.5).
  package func boughtOrder(_ order: OrderID, customer: CustomerID, each: Handler) async throws {
    try await one(
      "/v1/customers/\(customer.segment)/orders/\(order.printed.percentEncoded)?include_price=true",
      BodyKey(.order, customer: customer.key, detail: order.key), each: each)
  }

  /// `GET customers/{c}/subscriptions` (contract §8.7).
  public func subscriptions(customer: CustomerID, each: Handler) async throws {
    try await whole(
      "/v1/customers/\(customer.segment)/subscriptions", BodyKey(.subscriptions, customer: customer.key), each: each)
  }

  /// `GET customers/{c}/entitlements`, of all types and with expiry dates unless said otherwise; takes a user
  /// (contract §8.8, §2.2).
  public func entitlements(
    customer: CustomerID, type: EntitlementType? = nil, showsExpiry: Bool = true, each: Handler
  ) async throws {
    let narrowed = type.map { "entitlementType=\($0.rawValue)&" } ?? ""
    try await whole(
      "/v1/customers/\(customer.segment)/entitlements?\(narrowed)showExpiry=\(showsExpiry)",
      credentials: .appAndUser,
      BodyKey(.entitlements, customer: customer.key, detail: type?.rawValue ?? ""), each: each)
  }

  /// The details of a reservation, by the link its artifact carries; takes a user (contract §8.8).
  ///
  /// - Throws: `LinkRefused` for a link that leads elsewhere.
  public func artifact(customer: CustomerID, link: String, each: Handler) async throws {
    let target = try ArtifactLink(link).target
    try await one(
      target, credentials: .appAndUser, BodyKey(.artifact, customer: customer.key, detail: link), each: each)
  }
}

extension PartnerCenterClient {
  /// A list without paging parameters.
  func whole(
    _ target: String, credentials: APIRequest.Credentials = .app, _ key: BodyKey, each: Handler
  ) async throws {
    try await pages(Paging(.seek, first: .init(.get, target, credentials: credentials)), key, each: each)
  }

  /// A resource of its own.
  func one(
    _ target: String, credentials: APIRequest.Credentials = .app, _ key: BodyKey, each: Handler
  ) async throws {
    let request = APIRequest(.get, target, credentials: credentials)
    let response = try await answer(to: request)
    try await each(FetchedBody(key: key, request: request, response: response))
  }

  /// Something of this machine: asked like the service, so that the archive has it.
  package func local(
    _ target: String, _ key: BodyKey, answerKind: APIRequest.AnswerKind, each: Handler
  ) async throws {
    let request = APIRequest(.get, target, of: .local, answerKind: answerKind)
    try await each(FetchedBody(key: key, request: request, response: try await transport.answer(to: request)))
  }

  func pages(_ paging: Paging, _ key: BodyKey, each: Handler) async throws {
    var paging = paging
    var key = key
    while let request = paging.request {
      let response = try await answer(to: request)
      let page = try Paging.Page(response, target: request.target)
      key.page = paging.page
      let verdict = try paging.record(page)
      logger.debug(
        "page received",
        metadata: [
          "target": "\(request.target)", "page": "\(key.page)", "items": "\(page.itemCount)",
          "repeats": "\(verdict == .repeated)",
        ])
      try await each(FetchedBody(key: key, request: request, response: response, repeats: verdict == .repeated))
    }
    if paging.endedWithoutToken {
      logger.warning(
        "the last page announces another one and gives no token to reach it",
        metadata: ["endpoint": "\(key.endpoint)", "invoice": "\(key.invoice)", "set": "\(key.set)"])
    }
  }

  func answer(to request: APIRequest) async throws -> APIResponse {
    let response = try await transport.answer(to: request)
    guard (200..<300).contains(response.status) else { throw ServiceRefusal(response, to: request) }
    // “Item isn't available” is documented with status 200 (contract §6.2); no resource is that short and has a code.
    if response.body.count < 2_048 {
      let refusal = ServiceRefusal(response, to: request)
      if let code = refusal.code, !code.isEmpty { throw refusal }
    }
    return response
  }
}

extension Paging.Page {
  init(_ response: APIResponse, target: String) throws {
    let head = try Wire.collectionHead(response.body)
    self.init(
      itemCount: head.itemCount, itemIDs: head.itemIDs, continuationToken: head.continuationToken,
      hasNextLink: head.hasNextLink)
  }
}

extension CustomerID {
  /// The id as it stands in a path: bare and in small letters, so that one customer has one address.
  var segment: String { key.percentEncoded }
}

extension String {
  /// With everything but letters, digits, `-`, `.`, `_` and `~` as `%XX`.
  var percentEncoded: String {
    var text = ""
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
      }
    }
    return text
  }
}
