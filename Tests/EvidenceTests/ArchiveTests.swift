import Evidence
import Foundation
import PartnerCenter
import Testing

@Suite("Writing an archive")
struct ArchiveTests {
  let scratch: Scratch
  var folder: String { scratch.path }

  init() throws { scratch = try Scratch() }

  @Test("A run is three kinds of lines, and a body under its hash")
  func files() throws {
    let recorder = try Archive(at: folder).begin(run: .sample("n1"))
    try recorder.record(APIRequest(.get, "/v1/invoices?size=200"), .page, count: { _ in 1 })
    try recorder.end(complete: true)
    #expect(try scratch.lines() == [runLine, pageLine, endLine])
    #expect(try scratch.files().keys.sorted() == [Page.file, "journal.jsonl"])
    #expect(try scratch.bytes(Page.file) == Page.packed)
    #expect(try Archive(reading: folder).verify() == [])
  }

  @Test("Equal runs give equal files")
  func determinism() throws {
    let other = try Scratch()
    for path in [folder, other.path] {
      let recorder = try Archive(at: path).begin(run: .sample("n1"))
      for number in 1...20 {
        try recorder.record(
          APIRequest(.get, "/v1/customers/\(number)/orders"),
          APIResponse(
            status: 200, headers: ["etag": "\(number)", "ms-requestid": "r"], body: Array("[\(number)]".utf8)))
      }
      try recorder.end(complete: true)
    }
    #expect(try scratch.files() == other.files())
  }

  @Test("A body that is there is not written again")
  func writtenOnce() throws {
    func identity() throws -> [String] {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(Page.file)")
      return [FileAttributeKey.systemFileNumber, .modificationDate].map { "\(attributes[$0] ?? "none")" }
    }
    let first = try Archive(at: folder).begin(run: .sample("n1"))
    try first.record(APIRequest(.get, "/v1/invoices"), .page)
    try first.end(complete: true)
    let before = try identity()
    let second = try Archive(at: folder).begin(run: .sample("n2"))
    try second.record(APIRequest(.get, "/v1/invoices"), .page)
    try second.end(complete: true)
    #expect(try identity() == before)
    #expect(try scratch.lines().count == 6)
    #expect(try Archive(reading: folder).verify() == [])
  }

  @Test("A body of no bytes is what a full disk left, and is written again")
  func emptyFile() throws {
    try scratch.write([], to: Page.file)
    let recorder = try Archive(at: folder).begin(run: .sample("n1"))
    try recorder.record(APIRequest(.get, "/v1/invoices"), .page)
    #expect(try scratch.bytes(Page.file) == Page.packed)
  }

  @Test("Many requests at once lose nothing, and each has its number")
  func concurrency() async throws {
    let archive = try Archive(at: folder)
    let recorder = try archive.begin(run: .sample("n1"))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<300 {
        group.addTask {
          let body = Array("{\"page\":\(number % 50)}".utf8)
          try recorder.record(APIRequest(.get, "/v1/\(number)"), APIResponse(status: 200, body: body))
        }
      }
      try await group.waitForAll()
    }
    try recorder.end(complete: true)
    let journal = try archive.journal()
    #expect(journal.exchanges(of: "n1").map(\.seq) == Array(1...300))
    #expect(Set(journal.exchanges(of: "n1").map(\.target)).count == 300)
    #expect(try scratch.files().count == 51)
    #expect(try archive.verify() == [])
    let replay = try ReplayTransport(archive: archive, run: "n1")
    for number in [0, 49, 50, 299] {
      #expect(
        try await replay.answer(to: APIRequest(.get, "/v1/\(number)")).body == Array("{\"page\":\(number % 50)}".utf8))
    }
  }

  @Test("Secrets are gone before anything is hashed or written, and the caller gets what is kept")
  func redaction() throws {
    let recorder = try Archive(at: folder).begin(
      run: RunRecord(
        id: "n1", asOf: "", period: "", rules: "", configuration: ["client-secret": "s3cr3t", "blob": "?sig=s3cr3t"],
        apiURL: "https://x?sig=s3cr3t"))
    let kept = try recorder.record(
      APIRequest(.get, "/v1/blob?sig=s3cr3t&sp=r"),
      APIResponse(
        status: 202,
        headers: [
          "location": "https://x/op?sig=s3cr3t", "set-cookie": "s3cr3t", "authorization": "s3cr3t", "retry-after": "10",
        ],
        body: Array(#"{"sasToken":"s3cr3t"}"#.utf8)))
    try recorder.record(APIRequest(.get, "/v1/blob?sig=s3cr3t"), failure: "time-out at https://x?sig=s3cr3t")
    try recorder.end(complete: true)
    #expect(kept.body == Array(#"{"sasToken":"<redacted>"}"#.utf8))
    #expect(kept.headers.keys.sorted() == ["location", "retry-after", "x-tieout-sha256"])
    #expect(kept.headers["location"] == "https://x/op?sig=<redacted>")
    #expect(try Archive(reading: folder).body(sha256: kept.digest ?? "") == kept.body)
    #expect(try !scratch.text("journal.jsonl").contains("s3cr3t"))
  }

  @Test("An empty body has no file")
  func emptyBody() throws {
    let recorder = try Archive(at: folder).begin(run: .sample("n1"))
    let kept = try recorder.record(APIRequest(.post, "/v1/x", continuationToken: "t,/="), APIResponse(status: 503))
    try recorder.end(complete: false)
    #expect(kept.digest == nil)
    #expect(
      try scratch.lines()[1] == #"{"bytes":0,"continuationToken":"t,/=","credentials":"app","headers":{},"#
        + #""kind":"exchange","method":"POST","run":"n1","seq":1,"status":503,"target":"/v1/x"}"#)
    #expect(try Archive(reading: folder).verify() == [])
  }

  @Test("A run's id is used once")
  func runRepeated() throws {
    let archive = try Archive(at: folder)
    try archive.begin(run: .sample("n1")).end(complete: true)
    #expect(throws: ArchiveError.runExists("n1")) { try archive.begin(run: .sample("n1")) }
  }

  @Test("One run at a time writes")
  func beingWritten() throws {
    let recorder = try Archive(at: folder).begin(run: .sample("n1"))
    #expect(throws: ArchiveError.beingWritten(path: folder)) { try Archive(at: folder).begin(run: .sample("n2")) }
    try recorder.end(complete: true)
    #expect(throws: ArchiveError.runEnded("n1")) { try recorder.end(complete: true) }
    #expect(throws: ArchiveError.runEnded("n1")) { try recorder.record(APIRequest(.get, "/v1/x"), .page) }
    _ = try Archive(at: folder).begin(run: .sample("n2"))
  }

  @Test("The run after one that was cut off says so, and both can be read")
  func afterCutOff() throws {
    try scratch.write("\(runLine)\n\(pageLine)\n{\"bytes\":46,\"cou", to: "journal.jsonl")
    try scratch.write(Page.packed, to: Page.file)
    try Archive(at: folder).begin(run: .sample("n2")).end(complete: true)
    #expect(try scratch.lines()[2...3] == [#"{"bytes":46,"cou"#, #"{"bytes":16,"kind":"cut"}"#])
    let archive = try Archive(reading: folder)
    #expect(try archive.runs().map(\.ending) == [.cutOff, .complete])
    #expect(try archive.runs()[0].stumpLine == 3)
    #expect(try archive.verify() == [])
  }

  @Test("What a cut-off run was writing is cleared away by the next, and by no other")
  func leftovers() throws {
    let leftover = "bodies/05/\(Page.sha256).77-1.tmp"
    try scratch.write("\(runLine)\n\(endLine.replacing("1,", with: "0,"))\n", to: "journal.jsonl")
    try scratch.write("x", to: leftover)
    _ = try Archive(at: folder).begin(run: .sample("n2"))
    #expect(try scratch.files()[leftover] != nil)
    try Archive(at: folder).begin(run: .sample("n3")).end(complete: true)
    #expect(try scratch.files().keys.sorted() == ["journal.jsonl"])
  }

  @Test("A last line that only lacks its line feed is whole")
  func lineFeedMissing() throws {
    try scratch.write(
      "\(runLine)\n{\"complete\":true,\"exchanges\":0,\"kind\":\"end\",\"run\":\"n1\"}", to: "journal.jsonl")
    try Archive(at: folder).begin(run: .sample("n2")).end(complete: true)
    #expect(try Archive(reading: folder).runs().map(\.ending) == [.complete, .complete])
  }

  @Test("Nothing is appended to a journal that cannot be trusted")
  func brokenJournal() throws {
    try scratch.write("\(runLine)\n{\n\(endLine)\n", to: "journal.jsonl")
    let before = try scratch.files()
    #expect(throws: Flaw.brokenLine(2, reason: "it is no JSON")) { try Archive(at: folder).begin(run: .sample("n2")) }
    #expect(try scratch.files() == before)
  }
}
