import Billing
import Store
import Testing

@Suite("Runs and stages")
struct RunTests {
  private func run(_ id: String) throws -> Ledger.Run {
    Ledger.Run(
      id: id, asOf: try instant("2025-03-20T06:00:00Z"), period: try some(Month("2025-02")), rules: "1",
      configuration: ["tax.CHF": "0.081", "api": "https://x/v1"], apiURL: "https://x/v1",
      started: try instant("2026-01-01"))
  }

  @Test("Runs come back in the order of their beginning, and beginning again changes nothing")
  func runs() throws {
    let place = try Place()
    let ledger = try place.ledger()
    for id in ["b", "a", "b"] { try ledger.begin(run: try run(id)) }
    #expect(try ledger.runs() == [try run("b"), try run("a")])
    #expect(
      try ledger.rows("SELECT configuration FROM run LIMIT 1")
        == [[#"{"api":"https://x/v1","tax.CHF":"0.081"}"#]])
  }

  @Test("The newest end of a stage is told, over all runs or of one")
  func stages() throws {
    let place = try Place()
    let ledger = try place.ledger()
    #expect(try ledger.lastFinished(stage: .ingest) == nil)
    for id in ["b", "a"] {
      try ledger.begin(run: try run(id))
      try ledger.finish(stage: .ingest, run: id, digest: "d-\(id)")
    }
    #expect(try ledger.lastFinished(stage: .ingest) == Ledger.FinishedStage(run: "a", digest: "d-a"))
    #expect(try ledger.lastFinished(stage: .ingest, run: "b")?.digest == "d-b")
    #expect(try ledger.lastFinished(stage: .tie) == nil)
    try ledger.finish(stage: .ingest, run: "b", digest: "d-c")
    #expect(try ledger.lastFinished(stage: .ingest) == Ledger.FinishedStage(run: "b", digest: "d-c"))
    #expect(throws: LedgerError.runUnknown(run: "z")) { try ledger.finish(stage: .tie, run: "z", digest: "") }
  }

  @Test("A stage that ends again takes the ends of the run's later stages with it")
  func stagesAgain() throws {
    let place = try Place()
    let ledger = try place.ledger()
    for id in ["a", "b"] {
      try ledger.begin(run: try run(id))
      for stage in Ledger.Stage.allCases { try ledger.finish(stage: stage, run: id, digest: "d-\(id)") }
    }
    try ledger.finish(stage: .fetch, run: "b", digest: "d-c")
    #expect(try ledger.lastFinished(stage: .fetch) == Ledger.FinishedStage(run: "b", digest: "d-c"))
    for stage in [Ledger.Stage.ingest, .tie, .render] {
      #expect(try ledger.lastFinished(stage: stage) == Ledger.FinishedStage(run: "a", digest: "d-a"))
    }
  }

  @Test("Other bodies end what was found from the ones before; the same ones do not")
  func otherBodies() throws {
    let place = try Place()
    let ledger = try place.ledger()
    let bodies = [Ledger.Body(endpoint: "orders", customer: "c-1", sha256: "a", byteCount: 1)]
    try ledger.ingestBodies(bodies)
    try tieSample(in: ledger)
    try ledger.ingestBodies(bodies)
    #expect(try ledger.findings() != nil)
    try ledger.ingestBodies([Ledger.Body(endpoint: "orders", customer: "c-1", sha256: "b", byteCount: 1)])
    #expect(try ledger.findings() == nil)
  }

  @Test("Bodies are listed by endpoint and customer")
  func bodies() throws {
    let place = try Place()
    let ledger = try place.ledger()
    let bodies = [
      Ledger.Body(endpoint: "lineitems", invoice: "G1", set: "onetime-billing", page: 1, sha256: "b", byteCount: 2),
      Ledger.Body(endpoint: "orders", customer: "c-1", sha256: "a", byteCount: 1),
    ]
    try ledger.ingestBodies(bodies.reversed())
    #expect(try ledger.bodies() == bodies)
    #expect(try ledger.bodies(endpoint: "orders", customer: "C-1").map(\.sha256) == ["a"])
  }
}
