import Evidence
import Foundation
import PartnerCenter

/// Answers what a run asks of this machine, in the way the service answers: so the archive has it, and a replay needs neither
/// the folder nor the journal.
struct LocalTransport: Transport {
  /// The exports that lie in the folder, as a JSON list of their manifests' paths in it.
  static let exports = "/exports"
  /// What was bought through this program.
  static let purchases = "/purchases"

  let next: any Transport
  let folder: ExportFolder?
  let readPurchases: @Sendable () throws -> [UInt8]

  func answer(to request: APIRequest) async throws -> APIResponse {
    guard request.service == .local else { return try await next.answer(to: request) }
    let body: [UInt8]
    switch request.target {
    case Self.purchases: body = try readPurchases()
    case Self.exports: body = Array(try JSONEncoder().encode(folder?.manifests() ?? []))
    default:
      guard let folder, request.target.hasPrefix(Self.exports + "/") else { return APIResponse(status: 404) }
      body = try folder.file(String(request.target.dropFirst(Self.exports.count + 1)))
    }
    return APIResponse(status: 200, body: body)
  }
}

/// A folder with exports that were downloaded earlier: manifests, and the files of each beside it.
struct ExportFolder: Sendable {
  let path: String

  /// The paths of all manifests below the folder, in alphabetical order: files of JSON that are no file of an export.
  func manifests() throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue,
      let names = FileManager.default.enumerator(atPath: path)
    else {
      throw Stop.badSetting("--export-folder names \(path), which is no folder. Name the folder the exports lie in.")
    }
    let found = names.compactMap { $0 as? String }.filter { $0.lowercased().hasSuffix(".json") }.sorted()
    guard !found.isEmpty else {
      throw Stop.badSetting(
        "The folder \(path) holds no manifest of an export: a file ending in .json beside the files it lists.")
    }
    return found
  }

  func file(_ name: String) throws -> [UInt8] {
    // A manifest names its files; a name must not lead out of the folder.
    guard !name.split(separator: "/").contains("..") else {
      throw Stop.incomplete("A manifest in \(path) lists “\(name)”, which is not a file inside the folder.")
    }
    var isFolder: ObjCBool = false
    guard !FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder) || !isFolder.boolValue
    else {
      throw Stop.incomplete("\(name) of an export in \(path) is a folder and not a file. Download the export again.")
    }
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
    } catch {
      throw Stop.incomplete(
        "The file \(name) of an export in \(path) cannot be read: \(error.localizedDescription) Download the export again."
      )
    }
  }
}
