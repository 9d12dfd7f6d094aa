import Evidence
import PartnerCenter
import Testing

@Suite("Replaying a run")
struct ReplayTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Answers what it was given, in order.
  private actor Scripted: Transport {
    struct Silence: Error, CustomStringConvertible {
      let description = "The connection was closed."
    }
    private var answers: [APIResponse?]

    init(_ answers: [APIResponse?]) { self.answers = answers }

    func answer(to request: APIRequest) throws -> APIResponse {
      guard !answers.isEmpty, let answer = answers.removeFirst() else { throw Silence() }
      return answer
    }
  }

  private func exchange(_ seq: Int, _ result: String, target: String = "/v1/invoices") -> String {
    #"{"credentials":"app","headers":{},"kind":"exchange","method":"GET","run":"n1","#
      + #""seq":\#(seq),"target":"\#(target)",\#(result)}"#
  }

  private let page = #""bytes":46,"sha256":"\#(Page.sha256)","status":200"#
  private let empty = #""bytes":27,"sha256":"\#(EmptyPage.sha256)","status":200"#
  private let busy = #""bytes":0,"status":503"#
  private let silent = #""bytes":0,"failure":"The connection was closed.""#

  private func replay(_ lines: [String]) throws -> ReplayTransport {
    try scratch.write(([runLine] + lines).joined(separator: "\n") + "\n", to: "journal.jsonl")
    try scratch.write(Page.packed, to: Page.file)
    try scratch.write(EmptyPage.packed, to: EmptyPage.file)
    return try ReplayTransport(archive: Archive(reading: scratch.path), run: "n1")
  }

  @Test("A run and its replay see the same answers")
  func sameAnswers() async throws {
    let archive = try Archive(at: scratch.path)
    let recorder = try archive.begin(run: .sample("n1"))
    let answers = [
      APIResponse.page, APIResponse(status: 200, headers: ["etag": "x"], body: Array(#"{"sasToken":"a"}"#.utf8)),
      APIResponse(status: 404, body: Array(#"{"code":"1000"}"#.utf8)), APIResponse(status: 204),
    ]
    let live = RecordingTransport(next: Scripted(answers), recorder: recorder, itemCount: { $0.count > 40 ? 1 : nil })
    let requests = [
      APIRequest(.get, "/v1/invoices"), APIRequest(.get, "/v1/invoices", continuationToken: "a,b/c=="),
      APIRequest(.get, "/v1/invoices/G1", credentials: .appAndUser), APIRequest(.post, "/v1/invoices"),
    ]
    var seen: [APIResponse] = []
    for request in requests { seen.append(try await live.answer(to: request)) }
    try recorder.end(complete: true)
    let replay = try ReplayTransport(archive: archive, run: "n1")
    for (request, answer) in zip(requests, seen).reversed() {
      #expect(try await replay.answer(to: request) == answer)
    }
    #expect(seen.map(\.digest).first == Page.sha256)
    #expect(try archive.journal().exchanges(of: "n1").map(\.count) == [1, nil, nil, nil])
  }

  @Test("A failed attempt is journalled and handed on")
  func failedAttempt() async throws {
    let archive = try Archive(at: scratch.path)
    let recorder = try archive.begin(run: .sample("n1"))
    let live = RecordingTransport(next: Scripted([nil, .page]), recorder: recorder)
    await #expect(throws: Scripted.Silence.self) { try await live.answer(to: APIRequest(.get, "/v1/invoices")) }
    let answer = try await live.answer(to: APIRequest(.get, "/v1/invoices"))
    try recorder.end(complete: true)
    #expect(try archive.journal().exchanges(of: "n1").map(\.failure) == ["The connection was closed.", nil])
    let replay = try ReplayTransport(archive: archive, run: "n1")
    #expect(try await replay.answer(to: APIRequest(.get, "/v1/invoices")) == answer)
  }

  @Test("Of several answers the last whole success counts, wherever its line stands")
  func lastWins() async throws {
    let expected = (status: 200, digest: EmptyPage.sha256)
    for lines in [
      [exchange(1, page), exchange(2, empty), exchange(3, busy), exchange(4, silent)],
      [exchange(4, silent), exchange(2, empty), exchange(3, busy), exchange(1, page)],
      [exchange(1, silent), exchange(2, busy), exchange(3, empty)],
    ] {
      let answer = try await replay(lines).answer(to: APIRequest(.get, "/v1/invoices"))
      #expect(answer.status == expected.status)
      #expect(answer.digest == expected.digest)
      #expect(answer.body == Array(EmptyPage.text.utf8))
    }
  }

  @Test("Without a success the last answer counts, a refusal too")
  func refusal() async throws {
    let answer = try await replay([exchange(1, silent), exchange(2, busy)]).answer(to: APIRequest(.get, "/v1/invoices"))
    #expect(answer == APIResponse(status: 503))
  }

  @Test("Where no whole answer came, the replay says so")
  func silence() async throws {
    let replay = try replay([exchange(1, busy), exchange(2, silent)])
    let error = await #expect(throws: ArchiveError.self) {
      try await replay.answer(to: APIRequest(.get, "/v1/invoices"))
    }
    #expect(
      error?.description == "No whole answer came to GET /v1/invoices when run n1 was recorded: "
        + "The connection was closed. Record a new run.")
  }

  @Test("A question the archive does not know has no answer")
  func unknown() async throws {
    let replay = try replay([exchange(1, page)])
    for request in [
      APIRequest(.post, "/v1/invoices"), APIRequest(.get, "/v1/invoices?size=1"),
      APIRequest(.get, "/v1/invoices", continuationToken: "t"),
    ] {
      await #expect(throws: ArchiveError.self) { try await replay.answer(to: request) }
    }
    let error = await #expect(throws: ArchiveError.self) {
      try await replay.answer(to: APIRequest(.get, "/v1/invoices", continuationToken: "t"))
    }
    #expect(
      error?.description
        == "The archive has no answer to GET /v1/invoices with the continuation token t in run n1: it was "
        + "recorded by another version or is incomplete. "
        + "Replay it with the build that recorded it, or record a new run."
    )
  }

  @Test("A signature is no part of the question")
  func signature() async throws {
    let replay = try replay([exchange(1, page, target: "/b?sig=<redacted>&sp=r")])
    #expect(try await replay.answer(to: APIRequest(.get, "/b?sig=abc&sp=r")).status == 200)
  }

  @Test("A body is proved each time it is read")
  func proof() async throws {
    let replay = try replay([exchange(1, page)])
    #expect(try await replay.answer(to: APIRequest(.get, "/v1/invoices")).status == 200)
    try scratch.write(EmptyPage.packed, to: Page.file)
    await #expect(throws: Flaw.bodyAltered(sha256: Page.sha256, found: EmptyPage.sha256)) {
      try await replay.answer(to: APIRequest(.get, "/v1/invoices"))
    }
  }

  @Test("A run the archive does not have is answered with those it has")
  func runUnknown() throws {
    try scratch.write(runLine + "\n", to: "journal.jsonl")
    let error = #expect(throws: ArchiveError.self) {
      try ReplayTransport(archive: Archive(reading: scratch.path), run: "n7")
    }
    #expect(error?.description == "The archive has no run n7. It has n1.")
  }
}
