/// Walks through the pages of one collection: what to ask next, and whether an answer repeats an earlier one.
///
/// `links.next` and the token only say whether to go on. The printed links are malformed (contract §5), so every
/// request is built from our own parameters.
public struct Paging: Sendable {
  public enum Style: Hashable, Sendable {
    /// First without a token, then with `seekOperation=Next` and the token of the page before.
    ///
    /// Lists that come whole are read so, too: should one of them ever carry a token, nothing is lost.
    case seek
    /// Zero-based `offset` of the next item.
    case offset
    /// `/invoices`: by offset, which the service ignores for new-commerce documents (contract §9.2).
    case documents
  }

  /// What paging needs to know of an answer; `totalCount` is not part of it, because it lies (contract §5).
  public struct Page: Hashable, Sendable {
    public var itemCount: Int
    public var itemIDs: [String]
    public var continuationToken: String?
    public var hasNextLink: Bool

    public init(itemCount: Int, itemIDs: [String] = [], continuationToken: String? = nil, hasNextLink: Bool) {
      self.itemCount = itemCount
      self.itemIDs = itemIDs
      self.continuationToken = continuationToken
      self.hasNextLink = hasNextLink
    }
  }

  public enum Verdict: Hashable, Sendable {
    case kept
    /// The answer to this request is a page that was there before: its token was. The request is asked again.
    case repeated
  }

  public let style: Style
  /// What to ask next; `nil` when everything was read.
  public private(set) var request: APIRequest?
  /// Zero-based ordinal of the page asked for.
  public private(set) var page = 0
  /// The last page announced another one and gave no token to reach it.
  public private(set) var endedWithoutToken = false

  private let first: APIRequest
  private let size: Int?
  private let pagesMax: Int
  private let repeatsMax: Int
  private var tokens: Set<String> = []
  private var ids: Set<String> = []
  private var offset = 0
  private var repeats = 0

  /// - Parameters:
  ///   - first: The request for the first page, with its `size` where there is one.
  ///   - size: How many items a page was asked to have.
  ///   - pagesMax: No collection has so many pages; more of them are a service that does not count.
  ///   - repeatsMax: How often the same page may come instead of the next before it is an error.
  public init(_ style: Style, first: APIRequest, size: Int? = nil, pagesMax: Int = 10_000, repeatsMax: Int = 2) {
    self.style = style
    self.first = first
    self.size = size
    self.pagesMax = pagesMax
    self.repeatsMax = repeatsMax
    request = style == .seek ? first : first.adding("offset=0")
  }

  /// Takes note of the answer to `request`.
  public mutating func record(_ answer: Page) throws(PagingFailure) -> Verdict {
    switch style {
    case .seek: return try recordSeek(answer)
    case .offset:
      offset += answer.itemCount
      // A full page is followed by another question even without a next link: rows after the last full page get lost so
      // easily that one call more is cheap.
      let isFull = size.map { answer.itemCount >= $0 } ?? false
      try advance(to: answer.itemCount > 0 && (answer.hasNextLink || isFull) ? first.adding("offset=\(offset)") : nil)
    case .documents:
      let new = answer.itemIDs.filter { ids.insert($0.lowercased()).inserted }
      // New-commerce documents come on every page whatever the offset, so they must not move it past legacy ones.
      let counted = new.count { !$0.uppercased().hasPrefix("G") }
      offset += counted == 0 ? new.count : counted
      // Only a page that adds nothing is the last: whether this collection prints next links is not documented.
      try advance(to: new.isEmpty ? nil : first.adding("offset=\(offset)"))
    }
    return .kept
  }

  private mutating func recordSeek(_ answer: Page) throws(PagingFailure) -> Verdict {
    guard answer.hasNextLink, let token = answer.continuationToken, !token.isEmpty else {
      endedWithoutToken = answer.hasNextLink
      try advance(to: nil)
      return .kept
    }
    guard tokens.insert(token).inserted else {
      // Following the token again would go round in circles, and stopping would lose what comes after: this page is a
      // copy of an earlier one, and the page asked for is still missing.
      repeats += 1
      guard repeats <= repeatsMax else { throw .repeating(target: first.target, page: page) }
      return .repeated
    }
    repeats = 0
    var next = first.adding("seekOperation=Next")
    next.continuationToken = token
    try advance(to: next)
    return .kept
  }

  private mutating func advance(to next: APIRequest?) throws(PagingFailure) {
    request = next
    guard next != nil else { return }
    page += 1
    guard page < pagesMax else { throw .endless(target: first.target, pages: pagesMax) }
  }
}

/// A collection cannot be read to its end.
public enum PagingFailure: Error, Hashable, Sendable {
  case repeating(target: String, page: Int)
  case endless(target: String, pages: Int)
}

extension PagingFailure: CustomStringConvertible {
  public var description: String {
    switch self {
    case .repeating(let target, let page):
      "Page \(page + 1) of \(target) was asked for several times, and each time an earlier page came back. The "
        + "collection is incomplete; run again later."
    case .endless(let target, let pages):
      "\(target) has more than \(pages) pages, which no collection has: the service does not count. Nothing of it is "
        + "used; run again later."
    }
  }
}

extension APIRequest {
  /// The same request with one more query parameter.
  func adding(_ parameter: String) -> APIRequest {
    var request = self
    request.target += (target.contains("?") ? "&" : "?") + parameter
    return request
  }
}
