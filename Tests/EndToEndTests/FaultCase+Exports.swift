import MonthEnd
import PartnerCenterEmulator

/// What goes wrong with an export.
extension FaultCase {
  static let exports = [
    FaultCase("an operation that failed", .stops(["failed", "The report could not be made", "5001"])) {
      $0.operationFails = .init(code: "5001", message: "The report could not be made")
    },
    FaultCase("an operation expired (410), once", .same) { $0.operationsGone = 1 },
    FaultCase("each operation expired (410)", .stops(["had expired before it could be read"])) {
      $0.operationsGone = always
    },
    FaultCase("a manifest expired (410), once", .same) { $0.manifestsGone = 1 },
    FaultCase("each manifest expired (410)", .stops(["had expired before it could be read"])) {
      $0.manifestsGone = always
    },
    FaultCase("a file missing, once", .same) { $0.blobMissing = .init(ordinal: 2) },
    FaultCase("a file missing for good", .stops(["part-00001-", "is not there (status 404)"])) {
      $0.blobMissing = .init(ordinal: 2, times: always)
    },
    FaultCase("a file truncated, once", .same) { $0.blobTruncated = .init(ordinal: 1) },
    FaultCase("a file truncated for good", .stops(["part-00000-", "does not unpack to its end"])) {
      $0.blobTruncated = .init(ordinal: 1, times: always)
    },
    FaultCase("a signature expired, once", .same) { $0.signaturesExpired = 1 },
    FaultCase("each signature expired", .stops(["even with a fresh signature"])) { $0.signaturesExpired = always },
    FaultCase("another eTag between manifest and files, once", .same) { $0.reissues = 1 },
    FaultCase("another eTag each time", .stops(["changed while its files were being read"])) { $0.reissues = always },
    FaultCase("a manifest that counts a file too many", .stops(["announces", "lists"])) {
      $0.countsOneBlobTooMany = true
    },
    FaultCase("a last line that ends in the middle", .stops(["-billing/", "was cut off"])) { $0.cutsLastLine = true },
  ]
}
