import Billing
import Evidence
import Foundation
import Logging
import PartnerCenter
import Wire

/// The exports that lie in a folder, by the set of lines each of them has.
struct DownloadedExports: Sendable {
  private struct Key: Hashable {
    var invoice: InvoiceID
    var set: LineSet
  }

  private struct Export {
    var manifest: BodyReference
    /// Its files' paths in the folder.
    var files: [String]
  }

  private var exports: [Key: Export] = [:]
  /// The list of manifests.
  private(set) var bodies: [BodyReference] = []

  init() {}

  /// Reads every manifest in the folder.
  ///
  /// - Throws: `Stop.incomplete` where two exports hold the same lines, or one does not say whose it holds.
  init(reading client: PartnerCenterClient, logger: Logger) async throws {
    var paths: [String] = []
    try await client.downloaded("", BodyKey(.folder)) { body in
      bodies.append(try BodyReference(body))
      paths = try JSONDecoder().decode([String].self, from: Data(body.response.body))
    }
    for path in paths {
      try await client.downloaded("/\(path)", BodyKey(.folderManifest, detail: path)) { body in
        let manifest = try Self.manifest(in: body, path)
        guard let invoice = manifest.invoice, let kind = manifest.kind, kind.isBilled else {
          logger.notice("an export in the folder is not about an invoice", metadata: ["manifest": "\(path)"])
          return
        }
        guard manifest.isConsistent else {
          throw Stop.incomplete(
            "The manifest \(path) announces \(manifest.blobCount) files and lists \(manifest.blobs.count).")
        }
        let set = kind.isUsage ? LineSet.exportedUsage : .exportedCharges
        var reference = try BodyReference(body)
        reference.key = BodyKey(.folderManifest, invoice: invoice.printed, set: set.description, detail: path)
        let folder = path.split(separator: "/").dropLast().map { $0 + "/" }.joined()
        let export = Export(manifest: reference, files: manifest.blobs.map { folder + $0.name })
        guard exports.updateValue(export, forKey: Key(invoice: invoice, set: set)) == nil else {
          throw Stop.incomplete("The folder holds two exports of the \(set) lines of \(invoice). Keep the newer one.")
        }
      }
    }
  }

  private static func manifest(in body: FetchedBody, _ path: String) throws -> ExportManifest {
    do {
      return try Wire.exportManifest(body.response.body).value
    } catch {
      let flaw =
        error.isBrokenText ? "its JSON is not whole" : "“\(error.member ?? "its text")” is missing or unreadable"
      throw Stop.incomplete(
        "The file \(path) in the folder of downloaded exports is no manifest: \(flaw). Move it out of the folder, or download "
          + "the export again.")
    }
  }

  func holds(_ invoice: InvoiceID, _ set: LineSet) -> Bool { exports[Key(invoice: invoice, set: set)] != nil }

  /// Manifest and files of one export.
  func files(of invoice: InvoiceID, _ set: LineSet, from client: PartnerCenterClient) async throws -> [BodyReference] {
    guard let export = exports[Key(invoice: invoice, set: set)] else { return [] }
    var bodies = [export.manifest]
    for (place, path) in export.files.enumerated() {
      let key = BodyKey(.folderBlob, invoice: invoice.printed, set: set.description, page: place, detail: path)
      try await client.downloaded("/\(path)", key, isFile: true) { body in
        guard GzipReader.isWhole(body.response.body) else {
          throw Stop.incomplete(
            "The file \(path) of a downloaded export does not unpack to its end: download it again.")
        }
        bodies.append(try BodyReference(body))
      }
    }
    return bodies
  }
}

extension PartnerCenterClient {
  /// What lies in the folder of downloaded exports: the list of manifests, a manifest, or one of its files.
  func downloaded(_ path: String, _ key: BodyKey, isFile: Bool = false, each: Handler) async throws {
    try await local(LocalTransport.exports + path, key, answerKind: isFile ? .blob : .json, each: each)
  }

  /// What was bought through this program.
  func purchases(each: Handler) async throws {
    try await local(LocalTransport.purchases, BodyKey(.purchases), answerKind: .json, each: each)
  }
}
