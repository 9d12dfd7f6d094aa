import GRDB

/// The database of a partner's months: what the service said, and what became of each line.
///
/// Everything in it can be made again from the archive. Ingestion replaces what it is given in one transaction and skips
/// what has not changed, so ingesting twice is ingesting once. All methods block; they may be called from any thread,
/// readers beside the one writer.
public final class Ledger: Sendable {
  public let path: String
  let pool: DatabasePool

  /// Which reading of bodies made the rows.
  ///
  /// Raise it when bodies come to be decoded differently: every set and every customer is then decoded anew although
  /// its bodies are the same.
  package static let decoding = 1

  /// Opens the database, and creates it where there is none.
  ///
  /// - Throws: `LedgerError`, before anything is written, when the file is not one of ours.
  public init(path: String, createsFile: Bool = true) throws {
    self.path = path
    try Self.inspect(path, createsFile: createsFile)
    var configuration = Configuration()
    configuration.label = "ledger"
    configuration.busyMode = .timeout(10)
    configuration.maximumReaderCount = 4
    do {
      pool = try DatabasePool(path: path, configuration: configuration)
      try pool.writeWithoutTransaction { database in
        // A pool sets NORMAL, which may lose the last transactions with the power.
        try database.execute(sql: "PRAGMA synchronous = FULL")
        // 32 MiB: a large set's indices do not fit into less, and each page would be written again and again.
        try database.execute(sql: "PRAGMA cache_size = -32768")
      }
      try pool.write { try Schema.migrate($0) }
    } catch let error as DatabaseError {
      throw LedgerError(error, path: path)
    }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try pool.read(body)
    } catch let error as DatabaseError {
      throw LedgerError(error, path: path)
    } catch let error as UnreadableValue {
      throw LedgerError.unreadable(path: path, column: error.column, text: error.text)
    }
  }

  /// One transaction: all of it is kept, or nothing.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    do {
      return try pool.write(body)
    } catch let error as DatabaseError {
      throw LedgerError(error, path: path)
    } catch let error as UnreadableValue {
      throw LedgerError.unreadable(path: path, column: error.column, text: error.text)
    }
  }

  /// Lets many transactions follow each other without waiting for the disk after each.
  ///
  /// When the power fails, the last of them may be gone, but never an earlier one without the later: what is left is a state
  /// in which the stage is not finished yet. What is written afterwards waits for all of them.
  public func hurrying<Value>(_ body: () throws -> Value) throws -> Value {
    try setSynchronous("NORMAL")
    let result = Result { try body() }
    try setSynchronous("FULL")
    return try result.get()
  }

  private func setSynchronous(_ level: String) throws {
    do {
      try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = \(level)") }
    } catch let error as DatabaseError {
      throw LedgerError(error, path: path)
    }
  }

  /// Answers a question asked in SQL, each value as text and NULL as `nil`.
  package func rows(_ sql: String) throws -> [[String?]] {
    do {
      return try pool.writeWithoutTransaction { database in
        try Row.fetchAll(database, sql: sql).map { row in
          row.databaseValues.map { value in
            switch value.storage {
            case .null: nil
            case .string(let text): text
            case .int64(let number): String(number)
            case .double(let number): String(number)
            case .blob(let bytes): String(decoding: bytes, as: UTF8.self)
            }
          }
        }
      }
    } catch let error as DatabaseError {
      throw LedgerError(error, path: path)
    }
  }
}
