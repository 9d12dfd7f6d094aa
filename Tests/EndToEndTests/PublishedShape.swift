import Foundation

/// What a published request line says about the requests it stands for.
///
/// Ids stand for any id, names of the query have no case, and the two documented ways to write the path of line items
/// are one (contract §4, §9.3).
struct PublishedShape: Sendable {
  enum Match: Hashable {
    /// How much of the line was matched word by word.
    case same(words: Int)
    /// Another page of a list that is read by offset.
    case otherPage
  }

  /// `nil` for a line in words: any request.
  private let method: String?
  private let segments: [String]
  private let query: [String: String]

  /// - Parameter line: `GET https://graph.microsoft.com/v1.0/reports/…` or `any throttled endpoint`.
  init(_ line: String) {
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    guard words.count == 2, ["GET", "POST", "PUT", "PATCH"].contains(words[0]), words[1].contains("/") else {
      self.init(method: nil, segments: [], query: [:])
      return
    }
    self.init(words[0], target: words[1])
  }

  private init(method: String?, segments: [String], query: [String: String]) {
    self.method = method
    self.segments = segments
    self.query = query
  }

  init(_ method: String, target: String) {
    var target = target
    if let scheme = target.range(of: "://") { target = String(target[scheme.upperBound...]) }
    // What stands before the first slash is a host or its placeholder.
    target = target.firstIndex(of: "/").map { String(target[$0...]) } ?? target
    let halves = target.split(separator: "?", maxSplits: 1).map(String.init)
    var segments = (halves.first ?? "").split(separator: "/").map { Self.plain($0) }
    var query: [String: String] = [:]
    // Printed links have a second question mark (contract §5).
    for pair in (halves.count > 1 ? halves[1] : "").split(whereSeparator: { $0 == "&" || $0 == "?" }) {
      let parts = pair.split(separator: "=", maxSplits: 1).map { Self.plain($0) }
      query[parts[0]] = parts.count > 1 ? parts[1] : ""
    }
    if segments.count > 2, segments[segments.count - 3] == "lineitems", segments.contains("invoices") {
      query["invoicelineitemtype"] = segments.removeLast()
      query["provider"] = segments.removeLast()
    }
    self.init(method: method, segments: segments, query: query)
  }

  var isAnything: Bool { method == nil }

  func match(_ request: PublishedShape) -> Match? {
    guard method != nil else { return .same(words: 0) }
    guard method == request.method, segments.count == request.segments.count else { return nil }
    var words = 0
    for (segment, asked) in zip(segments, request.segments) {
      if segment == asked {
        words += 1
      } else if Self.isVersion(segment) {
        guard Self.isVersion(asked) else { return nil }
      } else {
        guard Self.isID(segment), !Self.reserved.contains(asked) else { return nil }
      }
    }
    guard (query["seekoperation"] == nil) == (request.query["seekoperation"] == nil) else { return nil }
    for (name, value) in query where name != "size" && name != "offset" {
      guard let asked = request.query[name], asked == value || Self.isID(value) else { return nil }
      words += 1
    }
    if let offset = query["offset"], let asked = request.query["offset"], offset != asked { return .otherPage }
    return .same(words: words)
  }

  private static let reserved: Set<String> = ["summary", "summaries", "unbilled", "estimates"]

  private static func plain(_ text: Substring) -> String { (text.removingPercentEncoding ?? String(text)).lowercased() }
  private static func isVersion(_ segment: String) -> Bool { ["v1", "v1.0", "beta"].contains(segment) }
  private static func isID(_ text: String) -> Bool {
    text.hasPrefix("{") || text.hasPrefix("<") || (text.contains(where: \.isNumber) && !text.contains("("))
  }
}
