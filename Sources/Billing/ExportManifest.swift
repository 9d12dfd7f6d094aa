/// What an export consists of: which data, in which version, in which files (contract §11.3).
///
/// The signature that opens the files is no part of it: only the rim knows it.
public struct ExportManifest: Hashable, Sendable {
  public var id: String
  /// `schemaVersion`, or the `version` of the older generation.
  public var schemaVersion: String
  /// As printed: `compressedJSON` and `compressedJSONLines` are both gzip of JSON lines.
  public var dataFormat: String
  /// The version of the data: another one replaces everything that was read before.
  public var eTag: String
  public var partnerTenant: String
  /// Where the files are: an address without a slash at its end.
  public var folder: String
  public var partitionType: String
  /// How many files the service says there are.
  public var blobCount: Int
  public var blobs: [ExportBlob]
  public var sizeBytes: Int?
  public var created: Instant?
  /// The operation ended without files because there is nothing to export: a set without lines, not a failure.
  public var hasNoData: Bool

  public init(
    id: String = "", schemaVersion: String = "", dataFormat: String = "", eTag: String, partnerTenant: String = "",
    folder: String, partitionType: String = "", blobCount: Int, blobs: [ExportBlob], sizeBytes: Int? = nil,
    created: Instant? = nil, hasNoData: Bool = false
  ) {
    self.id = id
    self.schemaVersion = schemaVersion
    self.dataFormat = dataFormat
    self.eTag = eTag
    self.partnerTenant = partnerTenant
    self.folder = folder
    self.partitionType = partitionType
    self.blobCount = blobCount
    self.blobs = blobs
    self.sizeBytes = sizeBytes
    self.created = created
    self.hasNoData = hasNoData
  }

  /// What stands for a manifest where there is nothing to export.
  public static let noData = ExportManifest(eTag: "", folder: "", blobCount: 0, blobs: [], hasNoData: true)

  /// Each file announced is listed, and none twice.
  public var isConsistent: Bool { blobCount == blobs.count && Set(blobs.map(\.name)).count == blobs.count }

  /// Whether two readings of a manifest describe the same data in the same files.
  public func isSameVersion(as other: ExportManifest) -> Bool {
    eTag == other.eTag && folder == other.folder && hasNoData == other.hasNoData
      && blobs.map(\.name).sorted() == other.blobs.map(\.name).sorted()
  }
}

/// One file of an export: gzip of one JSON object per line.
public struct ExportBlob: Hashable, Sendable {
  public var name: String
  public var partition: String
  public var sizeBytes: Int?
  public var itemCount: Int?

  public init(name: String, partition: String = "", sizeBytes: Int? = nil, itemCount: Int? = nil) {
    self.name = name
    self.partition = partition
    self.sizeBytes = sizeBytes
    self.itemCount = itemCount
  }
}

extension ExportManifest {
  /// The four kinds of exports (contract §11.1).
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case billedReconciliation = "billed-reconciliation"
    case billedUsage = "billed-usage"
    case unbilledReconciliation = "unbilled-reconciliation"
    case unbilledUsage = "unbilled-usage"

    public var isUsage: Bool { self == .billedUsage || self == .unbilledUsage }
    public var isBilled: Bool { self == .billedReconciliation || self == .billedUsage }
  }

  /// The kind, as far as the folder's name tells: `billedusagefastpath`.
  public var kind: Kind? {
    for segment in folder.split(separator: "/") where !segment.contains("=") && !segment.contains(".") {
      let name = segment.lowercased()
      guard name.contains("billed") else { continue }
      let isBilled = !name.contains("unbilled")
      if name.contains("usage") { return isBilled ? .billedUsage : .unbilledUsage }
      if name.contains("recon") { return isBilled ? .billedReconciliation : .unbilledReconciliation }
    }
    return nil
  }

  public var invoice: InvoiceID? { part("InvoiceId").flatMap { InvoiceID($0) } }
  public var currency: Currency? { part("Currency").flatMap { Currency($0) } }
  /// `202311`, or longer; another one is another issue of the invoice.
  public var invoiceVersion: String { part("InvoiceVersion") ?? "" }
  /// `full` or `basic`.
  public var fragment: String { part("Fragment") ?? "" }

  /// The month billed, printed `202310`.
  public var month: Month? {
    guard let text = part("BillingMonth"), text.utf8.count == 6 else { return nil }
    return Month("\(text.prefix(4))-\(text.suffix(2))")
  }

  /// The value of a segment `Name=value` of the folder's path.
  private func part(_ name: String) -> String? {
    let prefix = name.lowercased() + "="
    let segment = folder.split(separator: "/").first { $0.lowercased().hasPrefix(prefix) }
    return segment.map { String($0.dropFirst(prefix.count)) }
  }
}
