import GRDB

/// Why the database cannot be used.
public enum LedgerError: Error, Hashable, Sendable {
  case missing(path: String)
  case folderMissing(path: String)
  case directory(path: String)
  case forbidden(path: String)
  case notADatabase(path: String)
  case foreign(path: String)
  case tooNew(path: String, found: Int, known: Int)
  case diskFull(path: String)
  case busy(path: String)
  case damaged(path: String, reason: String)
  /// A row breaks a rule of the schema.
  case refused(path: String, reason: String)
  /// A value in the file is not what the program writes there.
  case unreadable(path: String, column: String, text: String)
  case documentUnknown(invoice: String)
  case customerUnknown(customer: String)
  case runUnknown(run: String)
  case failed(path: String, reason: String)

  init(_ error: DatabaseError, path: String) {
    let reason = error.message ?? "SQLite code \(error.resultCode.rawValue)"
    self =
      switch error.resultCode {
      case .SQLITE_NOTADB: .notADatabase(path: path)
      case .SQLITE_FULL: .diskFull(path: path)
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path)
      case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH: .forbidden(path: path)
      case .SQLITE_CORRUPT: .damaged(path: path, reason: reason)
      case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH: .refused(path: path, reason: reason)
      default: .failed(path: path, reason: reason)
      }
  }
}

extension LedgerError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let path):
      "There is no database at \(path). Run `tieout run` or `tieout replay` first, "
        + "or name another file with --database."
    case .folderMissing(let path):
      "The folder of the database \(path) does not exist. Create it, or name another file with --database."
    case .directory(let path):
      "\(path) is a directory, and the database is a file. Name a file in it with --database."
    case .forbidden(let path):
      "The database \(path) cannot be opened for reading and writing. Check who owns the file and its folder."
    case .notADatabase(let path):
      "\(path) is not a SQLite database and was left as it is. Name another file with --database."
    case .foreign(let path):
      "\(path) is a database of another program and was left as it is. Name another file with --database."
    case .tooNew(let path, let found, let known):
      "The database \(path) uses schema \(found); this build knows up to \(known). Install a newer build."
    case .diskFull(let path):
      "The disk is full: the last step was not written to \(path). Free some space and run again."
    case .busy(let path):
      "The database \(path) is locked by another program. Close that program and run again."
    case .damaged(let path, let reason):
      "The database \(path) is damaged (\(reason)). \(Self.remedy("it"))"
    case .refused(let path, let reason):
      "The database \(path) refused a row that breaks its rules (\(reason)). Nothing of the step was kept. "
        + "This is a fault of the program: report it with the archive."
    case .unreadable(let path, let column, let text):
      "The database \(path) holds “\(text)” in \(column), which this program does not write there. "
        + Self.remedy("the file")
    case .documentUnknown(let invoice):
      "Lines came for the document \(invoice), which is not among the documents served. "
        + "Replay the archive: documents are read before their lines."
    case .customerUnknown(let customer):
      "Orders came for the customer \(customer), who is not among the customers served. "
        + "Replay the archive: customers are read before their orders."
    case .runUnknown(let run):
      "A stage of the run \(run) ended, but the database has no such run. Begin the run before its stages."
    case .failed(let path, let reason):
      "The database \(path) could not be used: \(reason). Check the disk, and run `tieout verify`."
    }
  }

  /// What helps where the file cannot be trusted.
  ///
  /// The journal of purchases comes back from no archive, so nobody is told to throw the file away.
  static func remedy(_ file: String) -> String {
    "Move \(file) away, but keep it for the purchases noted in it, and replay the archive: that makes the rest anew."
  }
}
