import Billing
import PartnerCenter
import Synchronization
import Testing

/// One export after the other against literal answers, one thing going wrong at a time.
@Suite("Exporting")
struct ExportingTests {
  private static let operations = "/v1.0/reports/partners/billing/operations/"
  private static let manifests = "/v1.0/reports/partners/billing/manifests/"

  /// What came of an export.
  private struct Outcome {
    var asked: [String]
    var rests: [Duration]
    var handedOut: [String]
    var manifest: ExportManifest?
    var failure: ExportFailure.Kind?
  }

  private func run(
    _ answers: [APIResponse], job: ExportJob? = nil, patience: Exporting.Patience = .init(),
    isWhole: @escaping @Sendable ([UInt8]) -> Bool = { _ in true }
  ) async throws -> Outcome {
    let transport = ScriptedTransport { request, call in
      guard call < answers.count else { throw TransportFailure(.notRecorded, target: request.target) }
      return answers[call]
    }
    let job = try job ?? .billedReconciliation(#require(InvoiceID("G1")))
    let bodies = Collector()
    let rests = Mutex<[Duration]>([])
    var manifest: ExportManifest?
    var failure: ExportFailure.Kind?
    do {
      manifest = try await PartnerCenterClient(transport: transport).export(
        job, patience: patience, isWhole: isWhole, sleep: { rest in rests.withLock { $0.append(rest) } }
      ) { await bodies.add($0) }
    } catch let error as ExportFailure {
      failure = error.kind
    }
    return Outcome(
      asked: transport.asked.map { "\($0.method.rawValue) \($0.target)" }, rests: rests.withLock { $0 },
      handedOut: await bodies.bodies.map {
        $0.key.endpoint == "manifest" ? "manifest" : "\($0.key.page) \($0.key.detail)"
      }, manifest: manifest, failure: failure)
  }

  private static func accepted(_ id: String = "o", retryAfter: String? = nil) -> APIResponse {
    var headers = ["location": "https://graph.microsoft.com\(operations)\(id)"]
    headers["retry-after"] = retryAfter
    return APIResponse(status: 202, headers: headers)
  }

  private static func status(_ status: String, retryAfter: String? = nil) -> APIResponse {
    .json(#"{"status":"\#(status)"}"#, headers: retryAfter.map { ["retry-after": $0] } ?? [:])
  }

  private static func manifest(eTag: String = "e1", count: Int? = nil, _ names: String...) -> String {
    let blobs = names.map { #"{"name":"\#($0)"}"# }.joined(separator: ",")
    return #"{"eTag":"\#(eTag)","rootDirectory":"https://s.example/x","sasToken":"<redacted>","#
      + #""blobCount":\#(count ?? names.count),"blobs":[\#(blobs)]}"#
  }

  private static func succeeded(_ manifest: String) -> APIResponse {
    .json(#"{"status":"succeeded","resourceLocation":\#(manifest)}"#)
  }

  private static let file = APIResponse(status: 200, body: [1])
  private static let two = succeeded(manifest("a", "b"))
  private static let submit = "POST /v1.0/reports/partners/billing/reconciliation/billed/export"
  private static let operation = "GET \(operations)o"

  @Test("Submit, ask, read the files in the manifest's order, and look whether it is still the same")
  func plain() async throws {
    let outcome = try await run([
      Self.accepted(), Self.status("notStarted"), Self.status("running", retryAfter: "3"), Self.two, Self.file,
      Self.file, Self.two,
    ])
    #expect(
      outcome.asked == [
        Self.submit, Self.operation, Self.operation, Self.operation, "GET https://s.example/x/a",
        "GET https://s.example/x/b", Self.operation,
      ])
    #expect(outcome.rests == [.seconds(10), .seconds(3)])
    #expect(outcome.handedOut == ["manifest", "0 a", "1 b"])
    #expect(outcome.manifest?.eTag == "e1")
    #expect(outcome.failure == nil)
  }

  @Test("The keys name the export, its invoice and its set")
  func keys() async throws {
    let transport = ScriptedTransport([Self.accepted(), Self.two, Self.file, Self.file, Self.two])
    let bodies = Collector()
    try await PartnerCenterClient(transport: transport).export(
      .billedReconciliation(try #require(InvoiceID("G1"))), sleep: { _ in }
    ) { await bodies.add($0) }
    #expect(
      await bodies.bodies.map(\.key) == [
        BodyKey(
          endpoint: "manifest", invoice: "G1", set: "onetime-billing", detail: "billed-reconciliation G1 full"),
        BodyKey(endpoint: "blob", invoice: "G1", set: "onetime-billing", page: 0, detail: "a"),
        BodyKey(endpoint: "blob", invoice: "G1", set: "onetime-billing", page: 1, detail: "b"),
      ])
    #expect(await bodies.bodies.map(\.request.service) == [.graph, .storage, .storage])
    #expect(await bodies.bodies.map(\.request.answerKind) == [.json, .blob, .blob])
  }

  @Test("A manifest behind a link is asked for, and asked again at the end")
  func link() async throws {
    let manifest = APIResponse.json(Self.manifest("a"))
    let outcome = try await run([
      Self.accepted(),
      .json(
        #"{"status":"Completed","resourceLocation@odata.navigationLink":"https://graph.microsoft.com\#(Self.manifests)m"}"#
      ),
      manifest, Self.file, manifest,
    ])
    #expect(
      outcome.asked.suffix(3) == ["GET \(Self.manifests)m", "GET https://s.example/x/a", "GET \(Self.manifests)m"])
    #expect(outcome.handedOut == ["manifest", "0 a"])
    #expect(outcome.rests.isEmpty)
  }

  @Test("The older generation goes its own way to the same end")
  func v2() async throws {
    let host = "https://ep-billingreconservice-prod-d5bfczcnfvbqbdhx.z01.azurefd.net"
    let manifest = APIResponse.json(
      #"{"version":"1","eTag":"0x5","rootFolder":"https://s.example/y/","rootFolderSAS":"<redacted>","blobCount":1,"#
        + #""blobs":[{"name":"a.json.gz","sizeinBytes":500,"partitionValue":"1"}]}"#)
    let outcome = try await run(
      [
        APIResponse(
          status: 202, headers: ["operation-location": "\(host)/v1/billingoperations/1", "retry-after": "7"]),
        Self.status("notstarted", retryAfter: "10"),
        .json(#"{"status":"succeeded","resourceLocation":"\#(host)/v1/billingmanifests/2"}"#), manifest, Self.file,
        manifest,
      ], job: .billedUsage(try #require(InvoiceID("G1")), generation: .v2))
    #expect(
      outcome.asked == [
        "POST /v1/billedusage/invoices/G1?fragment=full", "GET /v1/billingoperations/1",
        "GET /v1/billingoperations/1", "GET /v1/billingmanifests/2", "GET https://s.example/y/a.json.gz",
        "GET /v1/billingmanifests/2",
      ])
    #expect(outcome.rests == [.seconds(7), .seconds(10)])
    #expect(outcome.handedOut == ["manifest", "0 a.json.gz"])
  }

  @Test("No data is an export without files, not a failure")
  func noData() async throws {
    let outcome = try await run([
      Self.accepted(), .json(#"{"status":"failed","error":{"message":"No data available","code":"5000"}}"#),
    ])
    #expect(outcome.handedOut == ["manifest"])
    #expect(outcome.manifest?.hasNoData == true)
    #expect(outcome.failure == nil)
  }

  @Test("A manifest without files is checked, too")
  func noFiles() async throws {
    let empty = Self.succeeded(Self.manifest())
    let outcome = try await run([Self.accepted(), empty, empty])
    #expect(outcome.handedOut == ["manifest"])
    #expect(outcome.manifest?.hasNoData == false)
  }

  @Test("Another failure stops and is named")
  func failed() async throws {
    let outcome = try await run([
      Self.accepted(), .json(#"{"status":"Failed","error":{"message":"Broken","code":"7"}}"#),
    ])
    #expect(outcome.failure == .failed(code: "7", message: "Broken"))
    #expect(outcome.handedOut.isEmpty)
  }

  @Test("The rests have a budget, and a question without a rest counts as a second")
  func budget() async throws {
    let patience = Exporting.Patience(waitMax: .seconds(25))
    let running = Array(repeating: Self.status("running"), count: 9)
    let waiting = try await run([Self.accepted()] + running, patience: patience)
    #expect(waiting.rests == [.seconds(10), .seconds(10)])
    #expect(waiting.failure == .notFinished(seconds: 21, status: "running"))
    let hasty = Array(repeating: Self.status("pondering", retryAfter: "0"), count: 40)
    let busy = try await run([Self.accepted()] + hasty, patience: patience)
    #expect(busy.rests.isEmpty)
    #expect(busy.asked.count == 26)
    #expect(busy.failure == .notFinished(seconds: 25, status: "pondering"))
  }

  @Test("An operation or a manifest that is gone is asked for anew, twice")
  func expired() async throws {
    let gone = APIResponse.json(#"{"error":{"code":"gone","message":"Gone"}}"#, status: 410)
    let mended = try await run([
      Self.accepted("1"), gone, Self.accepted("2"), Self.two, Self.file, Self.file, gone, Self.accepted("3"), Self.two,
      Self.file, Self.file, Self.two,
    ])
    #expect(mended.failure == nil)
    #expect(mended.handedOut == ["manifest", "0 a", "1 b", "manifest", "0 a", "1 b"])
    #expect(mended.asked.count { $0 == Self.submit } == 3)
    let lost = try await run([Self.accepted(), gone, Self.accepted(), gone, Self.accepted(), gone])
    #expect(lost.failure == .expired(submissions: 3))
    #expect(lost.asked.count == 6)
  }

  @Test("A manifest that contradicts itself is asked for anew, once")
  func inconsistent() async throws {
    let wrong = Self.succeeded(Self.manifest(count: 3, "a", "b"))
    let mended = try await run([
      Self.accepted(), wrong, Self.accepted(), Self.two, Self.file, Self.file, Self.two,
    ])
    #expect(mended.handedOut == ["manifest", "0 a", "1 b"])
    let stays = try await run([Self.accepted(), wrong, Self.accepted(), wrong])
    #expect(stays.failure == .inconsistent(announced: 3, listed: 2))
    let twice = Self.succeeded(Self.manifest("a", "a"))
    #expect(
      try await run([Self.accepted(), twice, Self.accepted(), twice]).failure == .inconsistent(announced: 2, listed: 2))
  }

  @Test("A file that is refused or missing gets one fresh signature", arguments: [403, 404])
  func renewed(status: Int) async throws {
    let no = APIResponse(status: status, body: Array("<?xml version=\"1.0\"?><Error/>".utf8))
    let mended = try await run([
      Self.accepted(), Self.two, no, Self.two, Self.file, no, Self.two, Self.file, Self.two,
    ])
    #expect(mended.handedOut == ["manifest", "0 a", "1 b"])
    #expect(
      mended.asked.suffix(7) == [
        "GET https://s.example/x/a", Self.operation, "GET https://s.example/x/a", "GET https://s.example/x/b",
        Self.operation, "GET https://s.example/x/b", Self.operation,
      ])
    let stays = try await run([Self.accepted(), Self.two, Self.file, no, Self.two, no])
    #expect(stays.failure == (status == 403 ? .fileRefused("b") : .fileMissing("b")))
  }

  @Test("Data that changed while it was read are read anew, twice, and the last round counts")
  func changed() async throws {
    func round(_ before: String, _ after: String) -> [APIResponse] {
      [
        Self.accepted(), Self.succeeded(Self.manifest(eTag: before, "a")), Self.file,
        Self.succeeded(Self.manifest(eTag: after, "a")),
      ]
    }
    let mended = try await run(round("1", "2") + round("2", "3") + round("3", "3"))
    #expect(mended.handedOut == ["manifest", "0 a", "manifest", "0 a", "manifest", "0 a"])
    #expect(mended.manifest?.eTag == "3")
    let stays = try await run(round("1", "2") + round("2", "3") + round("3", "4"))
    #expect(stays.failure == .changing(rounds: 3))
    #expect(stays.asked.count == 12)
  }

  @Test("A fresh signature for other data begins a new round")
  func changedWhileRenewing() async throws {
    let outcome = try await run([
      Self.accepted(), Self.two, Self.file, APIResponse(status: 403), Self.succeeded(Self.manifest(eTag: "e2", "c")),
      Self.accepted(), Self.succeeded(Self.manifest(eTag: "e2", "c")), Self.file,
      Self.succeeded(Self.manifest(eTag: "e2", "c")),
    ])
    #expect(outcome.handedOut == ["manifest", "0 a", "manifest", "0 c"])
  }

  @Test("Files in another order are the same files")
  func otherOrder() async throws {
    let outcome = try await run([
      Self.accepted(), Self.two, Self.file, Self.file, Self.succeeded(Self.manifest("b", "a")),
    ])
    #expect(outcome.failure == nil)
    #expect(outcome.handedOut == ["manifest", "0 a", "1 b"])
  }

  @Test("A file that does not unpack is fetched again, twice")
  func broken() async throws {
    let cut = APIResponse(status: 200, body: [0])
    let mended = try await run(
      [Self.accepted(), Self.two, cut, cut, Self.file, cut, Self.file, Self.two], isWhole: { $0 == [1] })
    #expect(mended.handedOut == ["manifest", "0 a", "1 b"])
    let stays = try await run([Self.accepted(), Self.two, cut, cut, cut], isWhole: { $0 == [1] })
    #expect(stays.failure == .fileBroken("a"))
    #expect(stays.handedOut == ["manifest"])
  }

  @Test("An answer that leads nowhere is refused in words")
  func nowhere() async throws {
    #expect(try await run([APIResponse(status: 202)]).failure == .noOperation)
    let elsewhere = APIResponse(status: 202, headers: ["location": "https://evil.example/steal"])
    #expect(try await run([elsewhere]).failure == .linkRefused("https://evil.example/steal"))
    #expect(try await run([Self.accepted(), Self.status("succeeded")]).failure == .noManifest)
    let out = Self.succeeded(Self.manifest("a", "../b"))
    #expect(try await run([Self.accepted(), out]).failure == .fileUnnameable("../b"))
  }

  @Test("A refusal stays a refusal", arguments: [400, 401, 403, 404, 500])
  func refused(status: Int) async throws {
    let body = #"{"error":{"code":"accessDenied","message":"No."}}"#
    let refusal = await #expect(throws: ServiceRefusal.self) { try await run([.json(body, status: status)]) }
    #expect(refusal?.code == "accessDenied")
    #expect(refusal?.method == .post)
    // Behind the submission as well, and for a file when the storage is in trouble.
    await #expect(throws: ServiceRefusal.self) { try await run([Self.accepted(), .json(body, status: status)]) }
    if status >= 500 || status == 400 {
      await #expect(throws: ServiceRefusal.self) {
        try await run([Self.accepted(), Self.two, .json("", status: status)])
      }
    }
  }

  @Test("In a replay each question has its last answer, and the export comes out without a rest")
  func replayed() async throws {
    // What an archive remembers of a run that polled, was refused once and began anew once.
    let transport = ScriptedTransport { request, _ in
      switch (request.method, request.service) {
      case (.post, _): Self.accepted("2")
      case (_, .storage): Self.file
      default: Self.two
      }
    }
    let bodies = Collector()
    try await PartnerCenterClient(transport: transport).export(
      .billedReconciliation(try #require(InvoiceID("G1"))), sleep: { _ in Issue.record("A replay rested.") }
    ) { await bodies.add($0) }
    #expect(await bodies.bodies.map(\.key.endpoint) == ["manifest", "blob", "blob"])
  }

  @Test("Files of two currencies that share a name keep keys of their own")
  func unbilledKeys() async throws {
    var keys: Set<BodyKey> = []
    for code in ["EUR", "USD"] {
      let transport = ScriptedTransport([Self.accepted(), Self.two, Self.file, Self.file, Self.two])
      let bodies = Collector()
      try await PartnerCenterClient(transport: transport).export(
        .unbilledUsage(try #require(Currency(code)), .current), sleep: { _ in }
      ) { await bodies.add($0) }
      keys.formUnion(await bodies.bodies.map(\.key))
    }
    #expect(keys.count == 6)
    #expect(keys.allSatisfy { $0.invoice.isEmpty && $0.set == "onetime-usage" })
  }
}
