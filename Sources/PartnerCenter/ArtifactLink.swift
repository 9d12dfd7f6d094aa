/// The link of a reservation artifact, once it is known to lead where such links lead.
///
/// Its group and line-item ids cannot be built, only followed (contract §8.8), so a text from a body decides where the
/// next request goes, and with it the token.
struct ArtifactLink: Hashable, Sendable {
  /// `/v1/customers/…/artifacts/reservedinstance/groups/…`
  let target: String

  /// Accepts a path relative to the API's base, with or without `/v1` (contract §4).
  init(_ link: String) throws(LinkRefused) {
    var path = link
    if !path.hasPrefix("/") { path = "/" + path }
    if path.lowercased().hasPrefix("/v1/") { path.removeFirst(3) }
    let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    guard path.utf8.allSatisfy(Self.isPlain), segments.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }),
      segments.count > 4, segments[0].lowercased() == "customers", segments[2].lowercased() == "artifacts",
      Self.kinds.contains(segments[3].lowercased())
    else { throw LinkRefused(link: link) }
    target = "/v1" + path
  }

  /// The second is what services before V1.9 print (contract §8.8).
  private static let kinds: Set<String> = ["reservedinstance", "virtualmachinereservedinstance"]

  /// Letters, digits and what stands between them in an id; no escapes, no query, no other host.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      true
    case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."): true
    default: false
    }
  }
}

/// A link in a body leads somewhere a token must not go.
public struct LinkRefused: Error, Hashable, Sendable, CustomStringConvertible {
  public let link: String

  public init(link: String) { self.link = link }

  public var description: String {
    "The entitlement's artifact link “\(link.prefix(200))” is not followed: it does not lead to a reservation below "
      + "/customers of this service. The reservation's quantity stays unknown."
  }
}
