import Billing

/// The link to an operation or a manifest, once it is known to lead where such links lead.
///
/// It comes as a whole address in a header or a body, and a token goes along with the request. So only its path is used,
/// below the address that is configured, and only when it is the path of an operation or a manifest (contract §11.1).
struct ExportLink: Hashable, Sendable {
  enum Kind: Hashable, Sendable { case operation, manifest }

  /// `/v1.0/reports/partners/billing/operations/…`
  let target: String

  init?(_ link: String, _ kind: Kind, of generation: ExportJob.Generation) {
    let (folder, versions) = Self.place(kind, generation)
    guard let place = link.firstRange(of: folder) else { return nil }
    let version = link[..<place.lowerBound].split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    let rest = link[place.upperBound...].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let id = rest.first ?? ""
    let query = rest.count > 1 ? "?\(rest[1])" : ""
    guard versions.contains(String(version)), !id.isEmpty, id != ".", id != "..", id.utf8.allSatisfy(Self.isPlain),
      query.utf8.allSatisfy(Self.isQuery)
    else { return nil }
    target = "/\(version)\(folder)\(id)\(query)"
  }

  private static func place(_ kind: Kind, _ generation: ExportJob.Generation) -> (String, versions: Set<String>) {
    switch (generation, kind) {
    case (.graph, .operation): ("/reports/partners/billing/operations/", ["v1.0", "beta"])
    case (.graph, .manifest): ("/reports/partners/billing/manifests/", ["v1.0", "beta"])
    case (.v2, .operation): ("/billingoperations/", ["v1"])
    case (.v2, .manifest): ("/billingmanifests/", ["v1"])
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "~"):
      true
    default: false
    }
  }

  private static func isQuery(_ byte: UInt8) -> Bool {
    isPlain(byte)
      || [UInt8(ascii: "?"), UInt8(ascii: "="), UInt8(ascii: "&"), UInt8(ascii: "%"), UInt8(ascii: "$")]
        .contains(byte)
  }
}

/// The address of one file of an export, without the signature that opens it.
enum ExportFile {
  /// The folder and the name; `nil` where the name is none, but a way out of the folder.
  static func address(of blob: ExportBlob, in folder: String) -> String? {
    let segments = blob.name.split(separator: "/", omittingEmptySubsequences: false)
    guard !folder.contains("?"), !folder.contains("#"),
      segments.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." })
    else { return nil }
    return folder + "/" + segments.map { String($0).percentEncoded }.joined(separator: "/")
  }
}
