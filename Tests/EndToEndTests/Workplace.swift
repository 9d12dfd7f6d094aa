import Billing
import Foundation
import Logging
import MonthEnd
import PartnerCenter
import PartnerCenterEmulator

/// A folder of its own for one test, gone afterwards.
final class Workplace: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("tieout-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(_ name: String) -> String { "\(path)/\(name)" }

  /// All files below a folder by their relative paths.
  static func files(below folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      var isFolder: ObjCBool = false
      let path = "\(folder)/\(name)"
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else { continue }
      files[name] = try Data(contentsOf: URL(fileURLWithPath: path))
    }
    return files
  }
}

/// The project's folder, found from this file.
let projectFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().path

let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

extension Settings {
  /// Settings of a run in a workplace against an emulator, as of its world's day, with Australia's tax on the total.
  static func test(
    in workplace: Workplace, baseURL: String, world: ServedWorld, name: String = "run",
    configuration: Emulator.Configuration = Emulator.Configuration()
  ) throws -> Settings {
    var settings = Settings(
      database: workplace.path("\(name).sqlite"), archive: workplace.path("archive"),
      reports: workplace.path("\(name)-reports"), asOf: Instant(seconds: world.asOf),
      credentials: try credentials(of: configuration, tenant: world.partnerTenant), apiURL: baseURL, loginURL: baseURL,
      graphURL: baseURL, pageSize: 100)
    if let australian = Currency("AUD") { settings.taxOnTotal[australian] = try Amount("0.10") }
    return settings
  }

  private static func credentials(of configuration: Emulator.Configuration, tenant: String) throws -> Credentials? {
    guard let secret = Secret(configuration.clientSecret) else { return nil }
    return Credentials(
      tenant: tenant, clientID: configuration.clientID, clientSecret: secret,
      refreshToken: Secret(configuration.refreshToken))
  }
}
