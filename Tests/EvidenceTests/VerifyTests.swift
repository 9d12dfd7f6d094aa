import Evidence
import Foundation
import Testing

@Suite("Verifying an archive")
struct VerifyTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
    try write(runLine, pageLine, endLine)
    try scratch.write(Page.packed, to: Page.file)
  }

  private func write(_ lines: String...) throws {
    try scratch.write(lines.joined(separator: "\n") + "\n", to: "journal.jsonl")
  }

  private func flaws() throws -> [String] { try Archive(reading: scratch.path).verify().map(\.description) }

  @Test("An archive as it was written has no flaw")
  func sound() throws { #expect(try flaws() == []) }

  static let restore = "Restore the journal from a backup."

  @Test(
    "A line that cannot be read is named with the reason",
    arguments: [
      ("{", "it is no JSON"),
      ("", "it is empty"),
      ("[]", "it is no JSON object"),
      (#"{"kind":1}"#, "“kind” has another type than it should"),
      (#"{"run":"n1"}"#, "“kind” is absent"),
      (#"{"kind":"end","run":"n1","complete":true}"#, "“exchanges” is absent"),
      (#"{"kind":"cut","bytes":3}"#, "it calls the line before a stump, which it is not"),
      (pageLine.replacing(#""seq":1"#, with: #""seq":0"#), "“seq” is 0"),
      (pageLine.replacing(#""bytes":46"#, with: #""bytes":"46""#), "“bytes” has another type than it should"),
      (pageLine.replacing(#""bytes":46"#, with: #""bytes":-1"#), "“bytes” is -1"),
      (pageLine.replacing(#""bytes":46"#, with: #""bytes":0"#), "“bytes” is 0 and “sha256” is \(Page.sha256)"),
      (pageLine.replacing(#""method":"GET""#, with: #""method":"DELETE""#), "“method” is “DELETE”"),
      (pageLine.replacing(#""credentials":"app""#, with: #""credentials":"me""#), "“credentials” is “me”"),
      (pageLine.replacing(#""status":200,"#, with: ""), "it needs either “status” or “failure”"),
      (pageLine.replacing("200,", with: "20,"), "“status” is 20"),
      (pageLine.replacing(Page.sha256, with: "../../etc/passwd"), "“sha256” is not 64 small hexadecimal digits"),
    ])
  func brokenLine(line: String, reason: String) throws {
    try write(runLine, pageLine, line, endLine)
    #expect(try flaws() == ["journal.jsonl, line 3 cannot be read: \(reason). \(Self.restore)"])
    #expect(throws: Flaw.brokenLine(3, reason: reason)) { try Archive(reading: scratch.path).runs() }
  }

  @Test("A kind from the future asks for its build")
  func unknownKind() throws {
    try write(runLine, pageLine, #"{"kind":"note"}"#, endLine)
    #expect(
      try flaws() == [
        "journal.jsonl, line 3 is of the kind “note”, which this build does not know. Install the build that wrote it."
      ])
  }

  @Test("A last line that stops in the middle is told of a run without an end")
  func stump() throws {
    try scratch.write("\(runLine)\n\(pageLine)\n{\"kind\"", to: "journal.jsonl")
    #expect(try flaws() == [])
    let run = try #require(Archive(reading: scratch.path).runs().first)
    #expect(run.ending == .cutOff)
    #expect(
      run.remark
        == "Run n1 was cut off after 1 request: it has no end. Line 3 of journal.jsonl stops in the middle and "
        + "is not counted. Run again: the next run goes on with it.")
  }

  @Test("A last line that stops in the middle is a flaw when every run has ended")
  func stumpAfterEnd() throws {
    try scratch.write("\(runLine)\n\(pageLine)\n\(endLine)\n{\"kind\"", to: "journal.jsonl")
    #expect(
      try flaws() == [
        "journal.jsonl, line 4 cannot be read: it stops in the middle, and no run was under way. \(Self.restore)"
      ])
  }

  @Test("A last line that is broken but ends is a flaw")
  func brokenEnd() throws {
    try write(runLine, pageLine, "{")
    #expect(try flaws() == ["journal.jsonl, line 3 cannot be read: it is no JSON. \(Self.restore)"])
  }

  @Test("Lines keep to their runs")
  func runs() throws {
    try write(pageLine, runLine, pageLine, pageLine, endLine, pageLine, runLine)
    #expect(
      try flaws() == [
        "journal.jsonl, line 1 belongs to run n1, which no line before it begins. \(Self.restore)",
        "journal.jsonl, line 4 is request 1 of run n1 a second time, or one more than the run counted. \(Self.restore)",
        "journal.jsonl, line 6 belongs to run n1, which had ended before it. \(Self.restore)",
        "journal.jsonl, line 7 begins run n1 a second time: two archives were joined. "
          + "Keep each archive in its own folder.",
      ])
  }

  @Test(
    "A line that was taken out is missed",
    arguments: [
      ([runLine, endLine], 1, 1),
      ([runLine, pageLine.replacing(#""seq":1"#, with: #""seq":3"#)], 1, 2),
      ([runLine, pageLine, endLine.replacing(#""exchanges":1"#, with: #""exchanges":9000000000"#)], 2, 8_999_999_999),
    ])
  func gap(lines: [String], first: Int, count: Int) throws {
    try scratch.write(lines.joined(separator: "\n") + "\n", to: "journal.jsonl")
    #expect(
      try flaws() == [
        "journal.jsonl lacks \(count) of the requests of run n1, the first is number \(first): lines were taken out. "
          + Self.restore
      ])
  }

  static let restoreBody =
    "Restore it from a backup, or delete it: the next run writes it again if the service still gives the same answer."

  @Test("A body that is gone is named with the line that needs it")
  func missing() throws {
    try scratch.remove(Page.file)
    #expect(try flaws() == ["\(Page.file) is missing, named by journal.jsonl, line 2. Restore it from a backup."])
    #expect(throws: Flaw.bodyMissing(sha256: Page.sha256, line: nil)) {
      try Archive(reading: scratch.path).body(sha256: Page.sha256)
    }
  }

  @Test(
    "A body that cannot be unpacked says why",
    arguments: [
      (Array(Page.packed.dropLast(9)), GzipError.truncated),
      ([], .truncated),
      (Page.packed + [10], .trailing(bytes: 1)),
      (Page.packed + Page.packed, .severalMembers(at: Page.packed.count)),
      (Array(Page.text.utf8), .notGzip),
    ] as [([UInt8], GzipError)])
  func damaged(packed: [UInt8], error: GzipError) throws {
    try scratch.write(packed, to: Page.file)
    #expect(try flaws() == ["\(Page.file) cannot be unpacked. \(error.description) \(Self.restoreBody)"])
  }

  @Test("A body with another text is found by its hash")
  func altered() throws {
    try scratch.write(EmptyPage.packed, to: Page.file)
    #expect(
      try flaws() == [
        "\(Page.file) holds another text than its name says: its SHA-256 is \(EmptyPage.sha256). \(Self.restoreBody)"
      ])
  }

  @Test("A size that is not the body's is the journal's flaw")
  func length() throws {
    try write(
      runLine, pageLine.replacing(#""bytes":46"#, with: #""bytes":47"#),
      pageLine.replacing(#""seq":1"#, with: #""seq":2"#),
      endLine.replacing(#""exchanges":1"#, with: #""exchanges":2"#))
    #expect(try flaws() == ["\(Page.file) has 46 bytes and journal.jsonl, line 2 says 47. \(Self.restore)"])
  }

  @Test("What does not belong there is named, sorted")
  func foreign() throws {
    try scratch.write("x", to: "bodies/readme.txt")
    try scratch.write("x", to: "bodies/05/0566.gz")
    try scratch.write("x", to: "bodies/05/\(EmptyPage.sha256).gz")
    try scratch.write("x", to: "bodies/ab/.DS_Store")
    try scratch.write("x", to: "bodies/05/\(Page.sha256).77-1.tmp")
    #expect(
      try flaws() == [
        "bodies/05/0566.gz is no body of this archive: nothing here has such a name. Move it away.",
        "bodies/05/\(Page.sha256).77-1.tmp was being written when a run was cut off. Nothing needs it: delete it.",
        "bodies/05/\(EmptyPage.sha256).gz is no body of this archive: nothing here has such a name. Move it away.",
        "bodies/ab/.DS_Store is no body of this archive: nothing here has such a name. Move it away.",
        "bodies/readme.txt is no body of this archive: nothing here has such a name. Move it away.",
      ])
  }

  @Test("A body that no line names is missed only where every run ended completely")
  func unnamed() throws {
    try scratch.write(EmptyPage.packed, to: EmptyPage.file)
    #expect(
      try flaws() == [
        "\(EmptyPage.file) is named by no line of journal.jsonl although every run ended completely: "
          + "lines were taken out. \(Self.restore)"
      ])
    try write(runLine, pageLine)
    #expect(try flaws() == [])
  }
}
