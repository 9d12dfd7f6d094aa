import Evidence
import Foundation
import MonthEnd
import Testing

/// Damage done to an archive after a healthy run.
@Suite("A damaged archive")
struct FaultArchiveTests {
  /// What was done to the archive, and what the sentence says.
  struct Damage: Sendable, CustomTestStringConvertible {
    var name: String
    var words: [String]
    var strike: @Sendable (_ archive: String) throws -> Void

    var testDescription: String { name }
  }

  static let all = [
    Damage(name: "a body cut in half", words: ["cannot be unpacked", "cut off", "Restore it from a backup"]) {
      try edit(aBody(in: $0)) { $0.prefix($0.count / 2) }
    },
    Damage(name: "a body without its checksum", words: ["cannot be unpacked", "cut off"]) {
      try edit(aBody(in: $0)) { $0.dropLast(6) }
    },
    Damage(name: "a byte of a body changed", words: ["cannot be unpacked", "damaged"]) {
      try edit(aBody(in: $0)) { packed in
        var packed = packed
        packed[packed.count / 2] ^= 0x10
        return packed
      }
    },
    Damage(name: "another text under a body's name", words: ["holds another text than its name says", "SHA-256"]) {
      let path = try aBody(in: $0)
      try edit(path) { _ in Data(try Gzip.deflate(Array(#"{"items":[]}"#.utf8))) }
    },
    Damage(name: "a body that is gone", words: ["is missing", "Restore it from a backup"]) {
      try FileManager.default.removeItem(atPath: aBody(in: $0))
    },
    Damage(name: "a last line that stops in the middle", words: ["was cut off", "stops in the middle"]) {
      try edit($0 + "/journal.jsonl") { $0.dropLast(20) }
    },
    Damage(name: "a line in the middle that is no JSON", words: ["line 3 cannot be read", "no JSON"]) {
      try editLines(of: $0) { $0[2] = $0[2].dropLast(5) }
    },
    Damage(name: "a line that was taken out", words: ["lacks 1 of the requests", "lines were taken out"]) {
      try editLines(of: $0) { $0.remove(at: 4) }
    },
  ]

  @Test("stops the replay with one sentence and reports nothing; once restored it replays as before", arguments: all)
  func damaged(_ damage: Damage) async throws {
    let workplace = try Workplace()
    let recorded = try await FaultRehearsal.run(in: workplace)
    #expect(recorded.code == .tiedOut, "\(recorded.sentence)")
    let backup = workplace.path("backup")
    try FileManager.default.copyItem(atPath: workplace.path("archive"), toPath: backup)
    try damage.strike(workplace.path("archive"))

    let broken = try await FaultRehearsal.replay(in: workplace)
    #expect(broken.code == .dataIncomplete, "\(broken.sentence)")
    for word in damage.words { #expect(broken.sentence.contains(word), "\(broken.sentence)") }
    #expect(!broken.sentence.contains("\n"))
    #expect(!FileManager.default.fileExists(atPath: workplace.path("replay-reports")))

    try FileManager.default.removeItem(atPath: workplace.path("archive"))
    try FileManager.default.moveItem(atPath: backup, toPath: workplace.path("archive"))
    let restored = try await FaultRehearsal.replay(in: workplace)
    #expect(restored.code == .tiedOut, "\(restored.sentence)")
    #expect(try FaultRehearsal.reports(in: workplace, name: "replay") == (try await FaultRehearsal.reports.value))
  }

  @Test("A journal that stops in the middle takes the next run, and that one replays")
  func stump() async throws {
    let workplace = try Workplace()
    _ = try await FaultRehearsal.run(in: workplace)
    try Self.edit(workplace.path("archive/journal.jsonl")) { $0.dropLast(20) }
    let next = try await FaultRehearsal.run(in: workplace)
    #expect(next.code == .tiedOut, "\(next.sentence)")
    let replayed = try await FaultRehearsal.replay(in: workplace)
    #expect(replayed.code == .tiedOut, "\(replayed.sentence)")
    #expect(try FaultRehearsal.reports(in: workplace, name: "replay") == (try await FaultRehearsal.reports.value))
  }

  @Test("A damaged body is written again by the next run that gets the same answer once it is deleted")
  func rewritten() async throws {
    let workplace = try Workplace()
    _ = try await FaultRehearsal.run(in: workplace)
    try FileManager.default.removeItem(atPath: Self.aBody(in: workplace.path("archive")))
    let next = try await FaultRehearsal.run(in: workplace)
    #expect(next.code == .tiedOut, "\(next.sentence)")
    #expect(try Archive(reading: workplace.path("archive")).verify() == [])
  }

  @Test("A run that its data stopped stops its replay, and keeps no later run from being replayed")
  func stoppedByData() async throws {
    let workplace = try Workplace()
    let spoilt = FaultRehearsal.world.spoiling(0) { $0.setMember("subtotal", #"{"x":1}"#) }
    let first = try await FaultRehearsal.run(in: workplace, world: spoilt)
    let replayed = try await FaultRehearsal.replay(in: workplace)
    #expect(replayed.code == .dataIncomplete)
    #expect(replayed.sentence == first.sentence)
    #expect(!FileManager.default.fileExists(atPath: workplace.path("replay-reports")))

    _ = try await FaultRehearsal.run(in: workplace)
    let later = try await FaultRehearsal.replay(in: workplace)
    #expect(later.code == .tiedOut, "\(later.sentence)")
    #expect(try FaultRehearsal.reports(in: workplace, name: "replay") == (try await FaultRehearsal.reports.value))

    // Of its own accord it would take over the lines of the run that proved them.
    _ = try await FaultRehearsal.run(in: workplace, world: spoilt) { $0.refetches = true }
    let last = try await FaultRehearsal.replay(in: workplace)
    #expect(last.sentence == first.sentence)
    #expect(try FaultRehearsal.reports(in: workplace, name: "replay") == (try await FaultRehearsal.reports.value))
  }

  // MARK: Helpers

  /// A body of the run: the last by name, so that it is the same in every test.
  private static func aBody(in archive: String) throws -> String {
    let names = try FileManager.default.subpathsOfDirectory(atPath: archive + "/bodies").filter { $0.hasSuffix(".gz") }
    return archive + "/bodies/" + (try #require(names.max()))
  }

  private static func edit(_ path: String, _ change: (Data) throws -> Data) throws {
    let url = URL(fileURLWithPath: path)
    try change(Data(contentsOf: url)).write(to: url)
  }

  private static func editLines(of archive: String, _ change: (inout [Data.SubSequence]) -> Void) throws {
    try edit(archive + "/journal.jsonl") { journal in
      var lines = journal.split(separator: 0x0a)
      change(&lines)
      return Data(lines.map { $0 + [0x0a] }.joined())
    }
  }
}
