import Billing
import Evidence
import Foundation
import PartnerCenter
import PartnerCenterEmulator
import Testing
import Wire

/// Exports of an emulated world, downloaded into a folder as a person would do it: a folder for each, with the manifest beside
/// its files.
struct ExportDownload {
  let folder: String
  /// Folders of the exports with lines, in it, by `{invoice}/{set}`.
  private(set) var exports: [String: String] = [:]

  /// - Parameter usageGeneration: Which generation's manifests the usage has.
  init(
    of world: ServedWorld, into folder: String, usageGeneration: ExportJob.Generation = .graph,
    _ configuration: Emulator.Configuration = .init(), baseURL: String
  ) async throws {
    self.folder = folder
    let base = try ServiceAddress(baseURL, option: "--api-url")
    let credentials = Credentials(
      tenant: world.partnerTenant, clientID: configuration.clientID,
      clientSecret: try #require(Secret(configuration.clientSecret)),
      refreshToken: Secret(configuration.refreshToken))
    let transport = HTTPTransport.Configuration(
      addresses: ServiceAddresses(api: base, signIn: base, graph: base, pricing: base, export: base),
      credentials: credentials)
    exports = try await HTTPTransport.withTransport(transport, logger: quiet) { transport in
      let client = PartnerCenterClient(transport: transport)
      var invoices: [Invoice] = []
      try await client.invoices { invoices += try Wire.invoices($0.response.body).value }
      var exports: [String: String] = [:]
      for invoice in Invoice.documents(in: invoices) {
        for set in Set(invoice.details) where set.provider == "onetime" {
          let job =
            set.isUsage
            ? ExportJob.billedUsage(invoice.id, generation: usageGeneration) : .billedReconciliation(invoice.id)
          let own = "\(folder)/\(invoice.id)-\(set)"
          if try await Self.save(job, in: own, from: client) { exports["\(invoice.id)/\(set)"] = own }
        }
      }
      return exports
    }
  }

  /// Whether there was something to save.
  private static func save(_ job: ExportJob, in folder: String, from client: PartnerCenterClient) async throws -> Bool {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let manifest = try await client.export(job, sleep: { _ in }) { body in
      let isManifest = body.key.endpoint == "manifest"
      let name = isManifest ? "manifest.json" : body.key.detail
      try Data(body.response.body).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    if manifest.hasNoData { try FileManager.default.removeItem(atPath: folder) }
    return !manifest.hasNoData
  }

  /// The packed files of an export, in alphabetical order.
  static func files(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".gz") }.sorted()
      .map { "\(folder)/\($0)" }
  }
}
