import Billing
import PartnerCenter

/// The lines of one set as one source served them.
struct LineSide: Sendable {
  let source: LineSource
  /// In the order of their pages.
  let bodies: [BodyReference]
}

extension Settings {
  /// The sources from which a set was read, the one that counts first.
  ///
  /// - Parameter bodies: All that is filed under the set. A source without any was not read, which is not an empty set.
  func sides(of set: LineSet, _ document: Invoice, in bodies: [BodyReference]) -> [LineSide] {
    let byEndpoint = Dictionary(grouping: bodies, by: \.key.endpoint)
    let isInFolder = byEndpoint[BodyKey.Endpoint.folderManifest.rawValue] != nil
    return lineItems.sources(of: set, month: document.month, asOf: asOf, isInFolder: isInFolder).compactMap { source in
      let endpoints = source.endpoints
      let lines = byEndpoint[endpoints.lines.rawValue]
      // An export without data is a manifest without files.
      guard lines != nil || endpoints.list.map({ byEndpoint[$0.rawValue] != nil }) ?? false else { return nil }
      return LineSide(source: source, bodies: lines ?? [])
    }
  }
}
