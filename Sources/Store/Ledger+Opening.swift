import Foundation
import GRDB

extension Ledger {
  /// Looks at what stands at a path before anything touches it.
  static func inspect(_ path: String, createsFile: Bool) throws(LedgerError) {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      guard createsFile else { throw .missing(path: path) }
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      guard FileManager.default.fileExists(atPath: folder, isDirectory: &isDirectory), isDirectory.boolValue else {
        throw .folderMissing(path: path)
      }
      return
    }
    guard !isDirectory.boolValue else { throw .directory(path: path) }
    guard FileManager.default.isReadableFile(atPath: path) else { throw .forbidden(path: path) }
    try inspectFile(path)
  }

  /// Opening a file for writing switches it to a write-ahead log, so a foreign file is found out before.
  private static func inspectFile(_ path: String) throws(LedgerError) {
    let found: (application: Int, version: Int, objects: Int)
    do {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(10)
      found = try DatabaseQueue(path: path, configuration: configuration).read { database in
        (
          application: try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
          version: try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0,
          objects: try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
        )
      }
    } catch let error as DatabaseError {
      throw LedgerError(error, path: path)
    } catch {
      throw .failed(path: path, reason: "\(error)")
    }
    let isEmpty = found.application == 0 && found.version == 0 && found.objects == 0
    guard found.application == Schema.applicationID || isEmpty else { throw .foreign(path: path) }
    guard found.version <= Schema.version else {
      throw .tooNew(path: path, found: found.version, known: Schema.version)
    }
  }
}
