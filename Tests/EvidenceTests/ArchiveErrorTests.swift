import Foundation
import Testing

@testable import Evidence

@Suite("An archive that cannot be used")
struct ArchiveErrorTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  @Test("A folder without a journal is no archive")
  func missing() throws {
    #expect(throws: ArchiveError.missing(path: scratch.path)) { try Archive(reading: scratch.path) }
  }

  @Test("A journal that is a folder is refused for reading and writing")
  func journalIsFolder() throws {
    try scratch.write("x", to: "journal.jsonl/x")
    let error = ArchiveError.journalIsFolder(path: "\(scratch.path)/journal.jsonl")
    #expect(throws: error) { try Archive(reading: scratch.path) }
    #expect(throws: error) { try Archive(at: scratch.path) }
  }

  @Test("A file where a folder should be is named")
  func fileInTheWay() throws {
    try scratch.write("x", to: "bodies")
    let error = #expect(throws: ArchiveError.self) { try Archive(at: scratch.path) }
    #expect(
      error?.description == "\(scratch.path)/bodies cannot be used as a folder: Not a directory. "
        + "Move away what stands in its place.")
  }

  @Test("A folder that may not be read is named", .enabled(if: getuid() != 0, "root may read everything"))
  func unreadable() throws {
    try scratch.write(runLine + "\n", to: "journal.jsonl")
    try scratch.write(Page.packed, to: Page.file)
    let folder = "\(scratch.path)/bodies/05"
    #expect(chmod(folder, 0) == 0)
    defer { chmod(folder, 0o700) }
    let error = #expect(throws: ArchiveError.self) { try Archive(reading: scratch.path).verify() }
    #expect(
      error?.description
        == "\(folder) cannot be read: Permission denied. Give the account that runs tieout access to it.")
  }

  @Test("A full disk is told, with what helps", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func diskFull() throws {
    let error = #expect(throws: ArchiveError.self) { try OpenFile(appendingTo: "/dev/full").append([1, 2, 3]) }
    #expect(
      error?.description == "/dev/full cannot be written: No space left on device. "
        + "Make room and start again: what the archive has written so far is whole.")
  }

  @Test("The name of a body is no path", arguments: ["", "../x", Page.sha256.uppercased(), "\(Page.sha256)0"])
  func name(_ name: String) throws {
    #expect(throws: ArchiveError.nameMalformed(name)) { try Archive(at: scratch.path).body(sha256: name) }
  }

  @Test(
    "Each failure is a sentence",
    arguments: [
      (
        ArchiveError.missing(path: "a"),
        "There is no archive at a: it has no journal.jsonl. Check the path, or record one with `tieout run`."
      ),
      (
        .journalIsFolder(path: "a/journal.jsonl"),
        "a/journal.jsonl is a folder where the archive keeps its journal, a file. Move the folder away, "
          + "or choose another archive."
      ),
      (
        .file(FileFailure(action: "read", path: "a", code: EACCES)),
        "a cannot be read: Permission denied. Give the account that runs tieout access to it."
      ),
      (
        .file(FileFailure(action: "written", path: "a", code: EIO)),
        "a cannot be written: Input/output error. Check the disk, then start again."
      ),
      (
        .file(FileFailure(action: "written", path: "a", code: EROFS)),
        "a cannot be written: Read-only file system. "
          + "The disk is mounted read-only: choose another place for the archive."
      ),
      (
        .beingWritten(path: "a"),
        "Another run is writing into the archive at a. Wait until it has ended, or give this run its own archive."
      ),
      (
        .runExists("n1"),
        "The archive has a run n1 already, and a run is written once. Give the new run another id."
      ),
      (
        .runEnded("n1"),
        "Run n1 has ended in the archive and takes no more answers: tieout went on asking after it had finished. "
          + "Please report this."
      ),
      (
        .runUnknown("n9", known: []),
        "The archive has no run n9. It has none at all: record one with `tieout run`."
      ),
      (
        .runUnknown("n9", known: ["a", "b", "c", "d", "e", "f"]),
        "The archive has no run n9. It has 6, the last are b, c, d, e, f."
      ),
      (
        .nameMalformed("x"),
        "“x” cannot be the name of a body: that is 64 small hexadecimal digits. Take it from journal.jsonl."
      ),
    ])
  func sentence(error: ArchiveError, sentence: String) {
    #expect(error.description == sentence)
  }
}
