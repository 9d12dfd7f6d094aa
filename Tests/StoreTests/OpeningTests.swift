import Foundation
import Store
import Testing

@Suite("Opening the database")
struct OpeningTests {
  @Test("A new file is durable, keeps foreign keys and has the tables")
  func opensNew() throws {
    let place = try Place()
    let ledger = try place.ledger()
    #expect(try ledger.rows("PRAGMA synchronous") == [["2"]])
    #expect(try ledger.rows("PRAGMA journal_mode") == [["wal"]])
    #expect(try ledger.rows("PRAGMA foreign_keys") == [["1"]])
    #expect(try ledger.rows("PRAGMA user_version") == [["2"]])
    #expect(try ledger.verify() == [])
  }

  @Test("A file is opened again with what it holds, by a reader as well")
  func opensAgain() throws {
    let place = try Place()
    try place.ledger().ingest([try charge(0)])
    #expect(try Ledger(path: place.path, createsFile: false).count("charge") == 1)
  }

  @Test("An empty file, such as `mktemp` makes, becomes a database")
  func opensEmpty() throws {
    let place = try Place()
    try Data().write(to: URL(fileURLWithPath: place.path))
    #expect(try place.ledger().verify() == [])
  }

  @Test("A folder is named as one")
  func refusesFolder() throws {
    let place = try Place()
    #expect(throws: LedgerError.directory(path: place.folder.path)) { try Ledger(path: place.folder.path) }
  }

  @Test("A file that is no database is left as it is")
  func refusesGarbage() throws {
    let place = try Place()
    let garbage = Data(String(repeating: "id,amount\n", count: 200).utf8)
    try garbage.write(to: URL(fileURLWithPath: place.path))
    #expect(throws: LedgerError.notADatabase(path: place.path)) { try place.ledger() }
    #expect(try Data(contentsOf: URL(fileURLWithPath: place.path)) == garbage)
  }

  @Test("A database of another program is left as it is")
  func refusesForeign() throws {
    let place = try Place()
    try {
      let ledger = try place.ledger()
      _ = try ledger.rows("PRAGMA application_id = 17")
    }()
    #expect(throws: LedgerError.foreign(path: place.path)) { try place.ledger() }
  }

  @Test("A newer schema asks for a newer build")
  func refusesNewer() throws {
    let place = try Place()
    try {
      let ledger = try place.ledger()
      _ = try ledger.rows("PRAGMA user_version = 99")
    }()
    #expect(throws: LedgerError.tooNew(path: place.path, found: 99, known: 2)) { try place.ledger() }
  }

  @Test("A missing folder and a missing file are told apart")
  func refusesMissing() throws {
    let place = try Place()
    let deep = place.folder.appendingPathComponent("no/such/tieout.sqlite").path
    #expect(throws: LedgerError.folderMissing(path: deep)) { try Ledger(path: deep) }
    #expect(throws: LedgerError.missing(path: place.path)) { try Ledger(path: place.path, createsFile: false) }
  }

  private static let sentences: [(LedgerError, String)] = [
    (
      .missing(path: "t.sqlite"),
      """
      There is no database at t.sqlite. Run `tieout run` or `tieout replay` first, or name another file with \
      --database.
      """
    ),
    (
      .folderMissing(path: "no/t.sqlite"),
      """
      The folder of the database no/t.sqlite does not exist. Create it, or name another file with --database.
      """
    ),
    (
      .directory(path: "reports"),
      """
      reports is a directory, and the database is a file. Name a file in it with --database.
      """
    ),
    (
      .forbidden(path: "t.sqlite"),
      """
      The database t.sqlite cannot be opened for reading and writing. Check who owns the file and its folder.
      """
    ),
    (
      .notADatabase(path: "t.csv"),
      """
      t.csv is not a SQLite database and was left as it is. Name another file with --database.
      """
    ),
    (
      .foreign(path: "mail.db"),
      """
      mail.db is a database of another program and was left as it is. Name another file with --database.
      """
    ),
    (
      .tooNew(path: "t.sqlite", found: 7, known: 6),
      """
      The database t.sqlite uses schema 7; this build knows up to 6. Install a newer build.
      """
    ),
    (
      .diskFull(path: "t.sqlite"),
      """
      The disk is full: the last step was not written to t.sqlite. Free some space and run again.
      """
    ),
    (
      .busy(path: "t.sqlite"),
      """
      The database t.sqlite is locked by another program. Close that program and run again.
      """
    ),
    (
      .damaged(path: "t.sqlite", reason: "disk image is malformed"),
      """
      The database t.sqlite is damaged (disk image is malformed). Move it away, but keep it for the purchases noted \
      in it, and replay the archive: that makes the rest anew.
      """
    ),
    (
      .refused(path: "t.sqlite", reason: "FOREIGN KEY constraint failed"),
      """
      The database t.sqlite refused a row that breaks its rules (FOREIGN KEY constraint failed). Nothing of the \
      step was kept. This is a fault of the program: report it with the archive.
      """
    ),
    (
      .unreadable(path: "t.sqlite", column: "total", text: "12,3"),
      """
      The database t.sqlite holds “12,3” in total, which this program does not write there. Move the file away, but \
      keep it for the purchases noted in it, and replay the archive: that makes the rest anew.
      """
    ),
    (
      .documentUnknown(invoice: "G1"),
      """
      Lines came for the document G1, which is not among the documents served. Replay the archive: documents \
      are read before their lines.
      """
    ),
    (
      .customerUnknown(customer: "c-1"),
      """
      Orders came for the customer c-1, who is not among the customers served. Replay the archive: customers \
      are read before their orders.
      """
    ),
    (
      .runUnknown(run: "r-1"),
      """
      A stage of the run r-1 ended, but the database has no such run. Begin the run before its stages.
      """
    ),
    (
      .failed(path: "t.sqlite", reason: "disk I/O error"),
      """
      The database t.sqlite could not be used: disk I/O error. Check the disk, and run `tieout verify`.
      """
    ),
  ]

  @Test("Every error says what happened and what helps", arguments: sentences)
  func sentence(error: LedgerError, sentence: String) {
    #expect(error.description == sentence)
  }
}
