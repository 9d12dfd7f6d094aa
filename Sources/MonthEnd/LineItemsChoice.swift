import Billing
import PartnerCenter

/// Which of the two line-item APIs is asked for the lines of new-commerce invoices.
public enum LineItemsChoice: String, Hashable, Sendable, CaseIterable {
  /// As the service announced it (contract §1), for each invoice by its month.
  case auto
  case api
  case export
  /// Both, and one is compared with the other.
  case both
}

/// Where the lines of an invoice come from.
enum LineSource: Hashable, Sendable {
  /// The synchronous line items (contract §9.3).
  case api
  /// The asynchronous export (contract §11).
  case export
  /// An export that was downloaded earlier.
  case folder

  /// How a sentence names it.
  var name: String {
    switch self {
    case .api: "the line items"
    case .export: "the export"
    case .folder: "the downloaded export"
    }
  }

  /// The endpoints under which its bodies are filed.
  var endpoints: (list: BodyKey.Endpoint?, lines: BodyKey.Endpoint) {
    switch self {
    case .api: (nil, .lineItems)
    case .export: (.manifest, .blob)
    case .folder: (.folderManifest, .folderBlob)
    }
  }
}

extension LineItemsChoice {
  /// The last month the synchronous line items serve; for months before `exportOnly` they alone count (contract §1).
  static let apiLast = Month("2025-03")
  /// Since this month both serve, the synchronous one until `apiUntil`.
  static let bothFirst = Month("2024-02")
  /// The day from which months since `bothFirst` come by export only.
  static let apiUntil = Day("2025-04-21")
  /// The export begins with the invoices of this month.
  static let exportFirst = Month("2023-09")

  /// The sources of one set, the one that counts first.
  ///
  /// Legacy sets come by the synchronous API only.
  ///
  /// - Parameter isInFolder: Whether a downloaded export has the set: then nothing is fetched but to compare with.
  func sources(of set: LineSet, month: Month, asOf: Instant, isInFolder: Bool) -> [LineSource] {
    let fetched = sources(of: set, month: month, asOf: asOf)
    return isInFolder ? [.folder] + (self == .both ? fetched : []) : fetched
  }

  private func sources(of set: LineSet, month: Month, asOf: Instant) -> [LineSource] {
    guard set.provider == "onetime" else { return [.api] }
    if let first = Self.exportFirst, month < first { return [.api] }
    switch self {
    case .api: return [.api]
    case .export: return [.export]
    case .auto: return [Self.announced(month: month, asOf: asOf)]
    case .both:
      let first = Self.announced(month: month, asOf: asOf)
      return first == .api ? [.api, .export] : [.export, .api]
    }
  }

  private static func announced(month: Month, asOf: Instant) -> LineSource {
    guard let apiLast, let bothFirst, let apiUntil else { return .api }
    if month > apiLast { return .export }
    return month >= bothFirst && asOf.day >= apiUntil ? .export : .api
  }
}
