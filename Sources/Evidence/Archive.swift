import Synchronization

/// A folder that remembers what the service said: bodies by their SHA-256, and a journal of who asked what.
///
/// `Archive.md` describes the files. One run at a time writes into an archive; any number may read.
public final class Archive: Sendable {
  public static let journalName = "journal.jsonl"
  static let bodiesName = "bodies"

  public let path: String
  let bodies: BodyFolder
  private let cache = Mutex<(size: Int, journal: Journal)?>(nil)

  /// Opens the archive at `path` for writing and creates it when there is none.
  public init(at path: String) throws {
    self.path = path
    bodies = BodyFolder(path: "\(path)/\(Self.bodiesName)")
    if case .folder = try Files.kind(of: journalPath) { throw ArchiveError.journalIsFolder(path: journalPath) }
    try Files.createFolder(bodies.path)
  }

  /// Opens an archive that exists and changes nothing in it: it may lie on a read-only disk.
  public init(reading path: String) throws {
    self.path = path
    bodies = BodyFolder(path: "\(path)/\(Self.bodiesName)")
    switch try Files.kind(of: journalPath) {
    case .absent: throw ArchiveError.missing(path: path)
    case .folder: throw ArchiveError.journalIsFolder(path: journalPath)
    case .file, .other: break
    }
  }

  var journalPath: String { "\(path)/\(Self.journalName)" }

  /// Below the archive: `bodies/ab/abcdef….gz`.
  static func bodyPath(_ sha256: String) -> String { "\(bodiesName)/\(sha256.prefix(2))/\(sha256).gz" }
}

extension Archive {
  /// Writes down that a run begins; what it records belongs to that run.
  ///
  /// - Throws: `ArchiveError.runExists` when the archive has a run of this id, `ArchiveError.beingWritten` when another
  ///   run is under way, and the first `Flaw` of a journal that cannot be trusted.
  public func begin(run: RunRecord) throws -> RunRecorder {
    let file = try OpenFile(appendingTo: journalPath)
    guard try file.lock() else { throw ArchiveError.beingWritten(path: path) }
    let bytes = try Files.read(journalPath)
    let journal = try journal(in: bytes)
    guard journal.run(run.id) == nil else { throw ArchiveError.runExists(run.id) }
    if journal.runs.last?.ending == .cutOff { try bodies.removeLeftovers() }
    try mend(bytes, in: file)
    var clean = run
    clean.configuration = Redaction.redact(settings: run.configuration)
    clean.apiURL = Redaction.redact(run.apiURL)
    try file.append(JournalEntry.run(clean).line())
    try Files.sync(folder: path)
    return RunRecorder(run: run.id, journal: file, bodies: bodies)
  }

  /// Goes on writing the last run, which was cut off.
  ///
  /// - Throws: `ArchiveError.runNotCutOff` for any other run, `ArchiveError.beingWritten` when somebody else writes, and
  ///   the first `Flaw` of a journal that cannot be trusted.
  public func resume(run id: String) throws -> RunRecorder {
    let file = try OpenFile(appendingTo: journalPath)
    guard try file.lock() else { throw ArchiveError.beingWritten(path: path) }
    let bytes = try Files.read(journalPath)
    let journal = try journal(in: bytes)
    guard let last = journal.runs.last, last.record.id == id, last.ending == .cutOff else {
      throw ArchiveError.runNotCutOff(id)
    }
    try bodies.removeLeftovers()
    try mend(bytes, in: file)
    return RunRecorder(
      run: id, journal: file, bodies: bodies, exchanges: journal.exchanges(of: id).map(\.seq).max() ?? 0)
  }

  /// Runs in the order in which they began.
  public func runs() throws -> [ArchivedRun] { try journal().runs }

  /// The uncompressed text of a body, its name proved.
  public func body(sha256: String) throws -> [UInt8] {
    guard Digest.isWellFormed(sha256) else { throw ArchiveError.nameMalformed(sha256) }
    return try bodies.body(sha256: sha256)
  }

  /// Whether a body lies in the archive; that it is whole is for `verify()` to say.
  package func holds(sha256: String) throws -> Bool { try bodies.holds(sha256: sha256) }

  /// The journal, which is read again only when it has grown.
  ///
  /// - Throws: its first `Flaw`.
  package func journal() throws -> Journal {
    guard case .file(let size) = try Files.kind(of: journalPath) else { return Journal(reading: []) }
    if let known = cache.withLock({ $0 }), known.size == size { return known.journal }
    return try journal(in: Files.read(journalPath))
  }

  private func journal(in bytes: [UInt8]) throws -> Journal {
    let journal = Journal(reading: bytes)
    if let flaw = journal.flaws.min() { throw flaw }
    cache.withLock { $0 = (bytes.count, journal) }
    return journal
  }

  /// Ends a last line that a cut-off run left, and says so in a line of its own: nothing is ever taken out.
  private func mend(_ bytes: [UInt8], in file: OpenFile) throws {
    guard let last = bytes.last, last != 0x0a else { return }
    let start = bytes.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    if case .entry = JournalEntry.reading(bytes[start...]) {
      try file.append([0x0a])
    } else {
      try file.append([0x0a] + JournalEntry.cut(.init(bytes: bytes.count - start)).line())
    }
  }
}
