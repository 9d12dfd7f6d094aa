import Foundation
import MonthEnd
import Testing

/// Places on the disk that are not what they should be.
@Suite("A place that cannot be used")
struct FaultPlaceTests {
  struct Place: Sendable, CustomTestStringConvertible {
    var name: String
    var words: [String]
    /// The file or folder in the way, in the workplace.
    var path: String
    /// Its content; `nil` makes it a folder.
    var content: String?

    var testDescription: String { name }
  }

  static let all = [
    Place(name: "a folder where the database belongs", words: ["run.sqlite is a directory"], path: "run.sqlite"),
    Place(
      name: "a text where the database belongs", words: ["run.sqlite is not a SQLite database", "was left as it is"],
      path: "run.sqlite", content: String(repeating: "Dear diary, today I met a ledger.\n", count: 100)),
    Place(
      name: "a file where the reports belong", words: ["run-reports is not a folder", "--reports"],
      path: "run-reports", content: "mine"),
    Place(
      name: "a folder where the journal belongs",
      words: ["archive/journal.jsonl is a folder", "choose another archive"],
      path: "archive/journal.jsonl"),
    Place(name: "a file where the archive belongs", words: ["archive"], path: "archive", content: "mine"),
  ]

  @Test("is named in one sentence and left alone; without it the next run is as good as new", arguments: all)
  func inTheWay(_ place: Place) async throws {
    let workplace = try Workplace()
    let path = workplace.path(place.path)
    try FileManager.default.createDirectory(
      atPath: place.content == nil ? path : URL(fileURLWithPath: path).deletingLastPathComponent().path,
      withIntermediateDirectories: true)
    if let content = place.content { try content.write(toFile: path, atomically: false, encoding: .utf8) }

    let ending = try await FaultRehearsal.run(in: workplace)
    #expect(ending.outcome == nil)
    #expect(ending.code == .usage, "\(ending.sentence)")
    for word in place.words { #expect(ending.sentence.contains(word), "\(ending.sentence)") }
    #expect(!ending.sentence.contains("\n"))
    if let content = place.content { #expect(try String(contentsOfFile: path, encoding: .utf8) == content) }

    try FileManager.default.removeItem(atPath: path)
    let healthy = try await FaultRehearsal.run(in: workplace)
    #expect(healthy.code == .tiedOut, "\(healthy.sentence)")
    #expect(try FaultRehearsal.reports(in: workplace) == (try await FaultRehearsal.reports.value))
  }

  @Test("A database that cannot be used is found out before anything is fetched", arguments: ["run.sqlite"])
  func early(name: String) async throws {
    let workplace = try Workplace()
    try FileManager.default.createDirectory(atPath: workplace.path(name), withIntermediateDirectories: true)
    let ending = try await FaultRehearsal.run(in: workplace)
    #expect(ending.code == .usage)
    #expect(!FileManager.default.fileExists(atPath: workplace.path("archive")))
  }

  @Test("A damaged database is named, and the archive makes it anew")
  func databaseDamaged() async throws {
    let workplace = try Workplace()
    _ = try await FaultRehearsal.run(in: workplace)
    let database = URL(fileURLWithPath: workplace.path("run.sqlite"))
    var bytes = try Data(contentsOf: database)
    // All but the page that holds the schema.
    bytes.replaceSubrange(4096..., with: Data(repeating: 0xff, count: bytes.count - 4096))
    try bytes.write(to: database)
    let ending = try await FaultRehearsal.run(in: workplace)
    #expect(ending.code == .dataIncomplete, "\(ending.sentence)")
    #expect(ending.sentence.contains("run.sqlite is damaged"), "\(ending.sentence)")
    #expect(ending.sentence.contains("replay the archive"), "\(ending.sentence)")
    let expected = try await FaultRehearsal.reports.value
    #expect(try FaultRehearsal.reports(in: workplace) == expected)

    for name in try FileManager.default.contentsOfDirectory(atPath: workplace.path) where name.hasPrefix("run.sqlite") {
      try FileManager.default.removeItem(atPath: workplace.path(name))
    }
    let anew = try await FaultRehearsal.replay(in: workplace, name: "run")
    #expect(anew.code == .tiedOut, "\(anew.sentence)")
    #expect(try FaultRehearsal.reports(in: workplace) == expected)
  }

  @Test("A database whose folder is missing is named")
  func folderMissing() async throws {
    let workplace = try Workplace()
    let ending = try await FaultRehearsal.run(in: workplace) { $0.database = workplace.path("nowhere/run.sqlite") }
    #expect(ending.code == .usage, "\(ending.sentence)")
    #expect(ending.sentence.contains("nowhere/run.sqlite"), "\(ending.sentence)")
  }

  @Test("A replay of an archive that is not there says where it looked")
  func archiveMissing() async throws {
    let workplace = try Workplace()
    let ending = try await FaultRehearsal.replay(in: workplace)
    #expect(ending.code == .usage, "\(ending.sentence)")
    #expect(ending.sentence.contains("There is no archive at \(workplace.path("archive"))"), "\(ending.sentence)")
  }
}
