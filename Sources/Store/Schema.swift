import GRDB

/// The tables and views, version by version.
enum Schema {
  /// Marks the file as ours in its header: “Tieo”.
  static let applicationID = 0x5469_656f

  /// The scripts that lead from one version to the next; a version is the number of scripts that ran.
  private static let migrations: [[UInt8]] = [PackageResources.v1_sql, PackageResources.v2_sql]

  static var version: Int { migrations.count }

  /// Brings a file to the newest version, inside the caller's transaction.
  static func migrate(_ database: Database) throws {
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard found < version else { return }
    for script in migrations[found...] {
      try database.execute(sql: String(decoding: script, as: UTF8.self))
    }
    // Views hold nothing, so they are made anew with every version.
    try database.execute(sql: String(decoding: PackageResources.views_sql, as: UTF8.self))
    try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    try database.execute(sql: "PRAGMA user_version = \(version)")
  }

  /// Everything that is shipped as SQL.
  static var scripts: [String] {
    (migrations + [PackageResources.views_sql]).map { String(decoding: $0, as: UTF8.self) }
  }
}
