public import Billing
import CSimdjson

extension Wire {
  /// Reads the manifest of an export, alone or inside the operation that brought it forth (contract §11.2, §11.3).
  ///
  /// An operation that failed because there is no data reads as `ExportManifest.noData`.
  public static func exportManifest(_ body: [UInt8]) throws(WireError) -> Decoded<ExportManifest> {
    try Reading(body, as: .resource("Export manifest")).one { (value, reading) throws(WireError) in
      guard value["status"] != nil, value["blobs"] == nil else {
        return try ExportManifest(Record(value, reading))
      }
      let operation = try Record<ExportOperationMember>(value, reading)
      if ExportOperation(operation).hasNoData { return .noData }
      guard let inline = operation.object(.resourceLocation) else { throw operation.missing(.resourceLocation) }
      return try ExportManifest(Record(inline, reading))
    }
  }
}

/// The manifest of either generation; names the samples misspell included (contract §11.3).
enum ExportManifestMember: Int, WireMember {
  case id, version, schemaVersion, dataFormat, createdDateTime, utcCreatedDateTime, utcCretedDateTime, eTag
  case partnerTenantId, rootDirectory, rootFolder, partitionType, blobCount, sizeInBytes, blobs

  static let resource = "ExportManifest"
  /// The signatures are the rim's business.
  static let unread = "sasToken rootFolderSAS @odata.type @odata.context @odata.etag @odata.id"
  static let index = MemberIndex(Self.self)
}

enum ExportBlobMember: Int, WireMember {
  case name, partitionValue, sizeInBytes, itemCount

  static let resource = "ExportBlob"
  static let unread = "@odata.type"
  static let index = MemberIndex(Self.self)
}

extension ExportManifest {
  /// Without its folder, its files and their number nothing could be fetched or proved whole, so they are demanded.
  init(_ record: Record<ExportManifestMember>) throws(WireError) {
    guard var folder = record.text(.rootDirectory) ?? record.text(.rootFolder) else {
      throw record.missing(.rootDirectory)
    }
    while folder.hasSuffix("/") { folder.removeLast() }
    guard let blobCount = record.whole(.blobCount) else { throw record.unusable(.blobCount, "a number") }
    guard record.list(.blobs) != nil else { throw record.missing(.blobs) }
    var blobs: [ExportBlob] = []
    for blob in try record.nestedList(.blobs, as: ExportBlobMember.self) {
      guard let name = blob.text(.name) else { throw blob.missing(.name) }
      blobs.append(
        ExportBlob(
          name: name, partition: blob.words(.partitionValue), sizeBytes: blob.whole(.sizeInBytes),
          itemCount: blob.whole(.itemCount)))
    }
    self.init(
      id: record.words(.id), schemaVersion: record.words(.schemaVersion, or: .version),
      dataFormat: record.words(.dataFormat), eTag: record.words(.eTag), partnerTenant: record.words(.partnerTenantId),
      folder: folder, partitionType: record.words(.partitionType), blobCount: blobCount, blobs: blobs,
      sizeBytes: record.whole(.sizeInBytes),
      created: record.instant(.createdDateTime) ?? record.instant(.utcCreatedDateTime)
        ?? record.instant(.utcCretedDateTime))
  }
}
