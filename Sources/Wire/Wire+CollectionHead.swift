import CSimdjson

/// What paging needs to know of a collection, without reading its items into nouns (contract §5).
public struct CollectionHead: Hashable, Sendable {
  public var itemCount: Int
  /// As printed, for the log only: the service's own samples contradict it.
  public var totalCount: Int?
  public var continuationToken: String?
  public var hasNextLink: Bool
  /// The `id` of each item that has one.
  public var itemIDs: [String]
  /// Which bytes of the body are the list of items.
  public var itemsBytes: Range<Int>
}

extension Wire {
  /// Reads the head of a collection, and makes sure that the whole body is JSON.
  public static func collectionHead(_ body: [UInt8]) throws(WireError) -> CollectionHead {
    let tape = try Tape.read(body, as: .answer)
    let items = try tape.items()
    var count = 0
    var ids: [String] = []
    for item in items.elements {
      count += 1
      if let id = item.text("id") { ids.append(id) }
    }
    let next = tape.root["links"]?["next"]
    return CollectionHead(
      itemCount: count, totalCount: tape.root.text("totalCount").flatMap { Int($0) },
      continuationToken: tape.root.text("continuationToken") ?? next.flatMap(token), hasNextLink: next?.kind == .object,
      itemIDs: ids, itemsBytes: items.range)
  }

  /// The token among the headers that the next link asks for: the same value as the member (contract §5).
  private static func token(inHeadersOf link: JSONValue) -> String? {
    guard let headers = link["headers"], headers.kind == .array else { return nil }
    for header in headers.elements where header.text("key")?.lowercased() == "ms-continuationtoken" {
      return header.text("value")
    }
    return nil
  }
}
