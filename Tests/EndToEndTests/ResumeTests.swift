import Billing
import Evidence
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Testing

/// What the run after one that was cut off does.
@Suite("Going on with a run")
struct ResumeTests {
  typealias Rehearsal = ResumeRehearsal

  private static let spoilt = ServedWorld.LineSet.spoilt

  /// The last page of the longest set: half of the run is behind it.
  private static func isLastPage(_ exchange: Exchange) -> Bool {
    exchange.isAbout(spoilt) && exchange.continuationToken != nil
  }

  @Test("An interrupted run has no end and no report, and the next one goes on with it under its day")
  func cancelled() async throws {
    let workplace = try Workplace()
    try await Rehearsal.serve(to: workplace) { baseURL in
      let settings = try Rehearsal.settings(in: workplace, at: baseURL)
      let canceller = Canceller()
      let task = Task {
        try await MonthEnd(settings: settings, logger: quiet) { if $0.done == 3 { canceller.cancel() } }.run()
      }
      canceller.cancels(task)
      await #expect(throws: CancellationError.self) { try await task.value }
      let run = try #require(try Rehearsal.runs(in: workplace).last)
      #expect(run.ending == .cutOff)
      #expect(!FileManager.default.fileExists(atPath: settings.reports))

      let next = try await Rehearsal.run(in: workplace, at: baseURL) {
        $0.asOf = Instant(seconds: Rehearsal.world.asOf + 86_400)
        $0.asOfIsGiven = false
      }
      #expect(next.code == .tiedOut, "\(next.sentence)")
      #expect(next.outcome?.runID == run.record.id)
      #expect(next.outcome?.asOf.description == run.record.asOf)
      #expect(try FaultRehearsal.reports(in: workplace) == (try await FaultRehearsal.reports.value))
    }
  }

  @Test("A run that was interrupted while it read into the database is finished without the service")
  func cancelledInIngest() async throws {
    let workplace = try Workplace()
    let id = try await Rehearsal.serve(to: workplace) { baseURL in
      let settings = try Rehearsal.settings(in: workplace, at: baseURL)
      let canceller = Canceller()
      let task = Task {
        try await MonthEnd(settings: settings, logger: quiet) {
          if $0.stage == .ingest && $0.done == 3 { canceller.cancel() }
        }.run()
      }
      canceller.cancels(task)
      await #expect(throws: CancellationError.self) { try await task.value }
      #expect(!FileManager.default.fileExists(atPath: settings.reports))
      return try #require(try Rehearsal.runs(in: workplace).last?.record.id)
    }
    try await finishedOffline(in: workplace, id)
  }

  /// Runs with nobody to ask.
  private func finishedOffline(in workplace: Workplace, _ id: String) async throws {
    let nowhere = "http://127.0.0.1:9"
    try Rehearsal.editJournal(of: workplace) { $0.replacing(/http:\/\/127\.0\.0\.1:\d+/, with: nowhere) }
    let before = try Workplace.files(below: workplace.path("archive"))
    let next = try await Rehearsal.run(in: workplace, at: nowhere)
    #expect(next.code == .tiedOut, "\(next.sentence)")
    #expect(next.outcome?.runID == id)
    #expect(try Workplace.files(below: workplace.path("archive")) == before)
    #expect(try FaultRehearsal.reports(in: workplace) == (try await FaultRehearsal.reports.value))
  }

  @Test("A database that was lost is made again without the service")
  func databaseLost() async throws {
    let workplace = try Workplace()
    let first = try await Rehearsal.serve(to: workplace) { try await Rehearsal.run(in: workplace, at: $0) }
    try Rehearsal.forgetDatabase(of: workplace)
    try await finishedOffline(in: workplace, try #require(first.outcome?.runID))
  }

  @Test("Nothing that was answered is asked again, and a set goes on behind its last page")
  func goesOn() async throws {
    let workplace = try Workplace()
    try await Rehearsal.serve(to: workplace) { baseURL in
      let first = try await Rehearsal.run(in: workplace, at: baseURL)
      try Rehearsal.cut(workplace, behind: Self.isLastPage)
      let before = try #require(try Rehearsal.runs(in: workplace).last?.exchanges)
      let next = try await Rehearsal.run(in: workplace, at: baseURL)
      #expect(next.code == .tiedOut, "\(next.sentence)")
      let id = try #require(next.outcome?.runID)
      #expect(id == first.outcome?.runID)
      #expect(before > 20)
      #expect(try Rehearsal.asked(by: id, in: workplace).values.allSatisfy { $0 == 1 })
      #expect(try FaultRehearsal.reports(in: workplace) == (try await FaultRehearsal.reports.value))
      #expect(try MonthEnd(settings: Rehearsal.settings(in: workplace, at: baseURL), logger: quiet).verify() == [])
    }
  }

  @Test("A run that ended incomplete is left as it is")
  func incomplete() async throws {
    let workplace = try Workplace()
    let broken = Fault(pathContains: Self.spoilt.path, times: 2, kind: .status(503))
    try await Rehearsal.serve(faults: [broken], to: workplace) { baseURL in
      let first = try await Rehearsal.run(in: workplace, at: baseURL)
      #expect(first.code == .dataIncomplete)
      let next = try await Rehearsal.run(in: workplace, at: baseURL)
      #expect(next.code == .tiedOut, "\(next.sentence)")
      #expect(try Rehearsal.runs(in: workplace).map(\.ending) == [.incomplete, .complete])
      #expect(try FaultRehearsal.reports(in: workplace) == (try await FaultRehearsal.reports.value))
    }
  }

  /// What the second run is told otherwise, and whether it goes on with the first.
  struct Otherwise: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var goesOn = false
    var change: @Sendable (inout Settings) -> Void
  }

  static let otherwise = [
    Otherwise(testDescription: "the same day", goesOn: true) { _ in },
    Otherwise(testDescription: "no day", goesOn: true) {
      $0.asOf = Instant(seconds: FaultRehearsal.world.asOf + 86_400)
      $0.asOfIsGiven = false
    },
    Otherwise(testDescription: "other places", goesOn: true) {
      $0.database += ".other"
      $0.requestsMax = 3
    },
    Otherwise(testDescription: "another day") { $0.asOf = Instant(seconds: FaultRehearsal.world.asOf + 86_400) },
    Otherwise(testDescription: "a month") { $0.period = Month("2025-01") },
    Otherwise(testDescription: "another window") { $0.windowMonths = 1 },
    Otherwise(testDescription: "another page size") { $0.pageSize = 50 },
    Otherwise(testDescription: "another source of lines") { $0.lineItems = .api },
    Otherwise(testDescription: "another tax") { $0.taxOnTotal = [:] },
    Otherwise(testDescription: "everything again") { $0.refetches = true },
    Otherwise(testDescription: "no patience with old runs") { $0.resumeHoursMax = -1 },
  ]

  @Test("Who asks the same question goes on, who asks another one begins anew", arguments: otherwise)
  func otherSettings(_ otherwise: Otherwise) async throws {
    let workplace = try Workplace()
    try await Rehearsal.serve(to: workplace) { baseURL in
      let first = try await Rehearsal.run(in: workplace, at: baseURL)
      try Rehearsal.cut(workplace, behind: Self.isLastPage)
      let next = try await Rehearsal.run(in: workplace, at: baseURL, change: otherwise.change)
      let outcome = try #require(next.outcome, "\(next.sentence)")
      #expect((outcome.runID == first.outcome?.runID) == otherwise.goesOn)
      #expect(try Rehearsal.runs(in: workplace).count == (otherwise.goesOn ? 1 : 2))
      guard !otherwise.goesOn else { return }
      #expect(try Rehearsal.asked(by: outcome.runID, in: workplace).count > 20)
      #expect(
        try FaultRehearsal.reports(in: workplace)
          == (try await Rehearsal.reportsAnew(at: baseURL, change: otherwise.change)))
    }
  }

  @Test("A run that was cut off longer ago than a day is not gone on with", arguments: [(23, true), (25, false)])
  func old(hours: Int, goesOn: Bool) async throws {
    let workplace = try Workplace()
    try await Rehearsal.serve(to: workplace) { baseURL in
      _ = try await Rehearsal.run(in: workplace, at: baseURL)
      try Rehearsal.cut(workplace, behind: Self.isLastPage)
      let began = Date.now.addingTimeInterval(Double(-hours * 3_600)).formatted(.iso8601)
      try Rehearsal.editJournal(of: workplace) {
        $0.replacing(/"started":"[^"]*"/, with: #""started":"\#(began)""#)
      }
      let next = try await Rehearsal.run(in: workplace, at: baseURL)
      #expect(next.code == .tiedOut, "\(next.sentence)")
      #expect(try Rehearsal.runs(in: workplace).count == (goesOn ? 1 : 2))
    }
  }

  @Test("Pages of an invoice whose header has changed since are asked for again, and no others")
  func headerChanged() async throws {
    let workplace = try Workplace()
    _ = try await Rehearsal.serve(to: workplace) { try await Rehearsal.run(in: workplace, at: $0) }
    try Rehearsal.cut(workplace) { $0.target.contains("/entitlements") }
    let before = try Rehearsal.asked(by: try #require(Rehearsal.runs(in: workplace).last?.record.id), in: workplace)
    let world = Rehearsal.world.spoilingHeader(of: Self.spoilt.invoice) { $0.setMember("paidAmount", "0.01") }
    try await Rehearsal.serve(world, to: workplace) { baseURL in
      let next = try await Rehearsal.run(in: workplace, at: baseURL, world: world)
      let id = try #require(next.outcome?.runID, "\(next.sentence)")
      #expect(try Rehearsal.runs(in: workplace).count == 1)
      let asked = try Rehearsal.asked(by: id, in: workplace)
      for (question, count) in asked {
        let isChanged = question.target.contains("/invoices/\(Self.spoilt.invoice)/lineitems")
        #expect(count == (isChanged && before[question] != nil ? 2 : 1), "\(question)")
      }
      #expect(asked.contains { $0.value == 2 })
      #expect(
        try FaultRehearsal.reports(in: workplace) == (try await Rehearsal.reportsAnew(of: world, at: baseURL)))
    }
  }

  @Test("Pages from before an invoice was issued anew are not mixed with those from after")
  func issuedAnew() async throws {
    let workplace = try Workplace()
    let anew = Fault(
      pathContains: Self.spoilt.path, passes: 1, times: 1,
      kind: .reissued(invoice: Self.spoilt.invoice, amount: "1.00"))
    try await Rehearsal.serve(faults: [anew], to: workplace) { baseURL in
      _ = try await Rehearsal.run(in: workplace, at: baseURL)
      // Behind the header that says so, and before the pages that are read again.
      var headers = 0
      try Rehearsal.cut(workplace) { exchange in
        headers += exchange.target == "/v1/invoices/\(Self.spoilt.invoice)" ? 1 : 0
        return headers == 2
      }
      let next = try await Rehearsal.run(in: workplace, at: baseURL)
      #expect(next.outcome != nil, "\(next.sentence)")
      #expect(try Rehearsal.runs(in: workplace).count == 1)
      let expected = try await Rehearsal.reportsAnew(at: baseURL)
      #expect(try FaultRehearsal.reports(in: workplace) == expected)
    }
  }

  @Test(
    "A page whose token has expired is read from the beginning of its collection",
    arguments: [ServedWorld.LineSet.spoilt.path, "/v1/customers?"])
  func tokenExpired(path: String) async throws {
    let workplace = try Workplace()
    _ = try await Rehearsal.serve(to: workplace) { try await Rehearsal.run(in: workplace, at: $0) }
    try Rehearsal.cut(workplace) { $0.target.contains(path) }
    let first = try #require(try Rehearsal.runs(in: workplace).last?.record.id)
    let expired = Fault(pathContains: path, times: 1, kind: .status(400))
    try await Rehearsal.serve(faults: [expired], to: workplace) { baseURL in
      let next = try await Rehearsal.run(in: workplace, at: baseURL)
      #expect(next.code == .tiedOut, "\(next.sentence)")
      #expect(next.outcome?.runID == first)
      let asked = try Rehearsal.asked(by: first, in: workplace)
      let pages = asked.filter { $0.key.target.contains(path) }
      #expect(pages.count > 1)
      #expect(pages.values.filter { $0 == 2 }.count == 1)
      #expect(asked.filter { !$0.key.target.contains(path) }.values.allSatisfy { $0 == 1 })
      #expect(try FaultRehearsal.reports(in: workplace) == (try await FaultRehearsal.reports.value))
    }
  }

  @Test("A run that was stopped by its data behind its fetch is not finished over and over")
  func stoppedByData() async throws {
    let workplace = try Workplace()
    let spoilt = Rehearsal.world.spoiling(0) { $0.setMember("subtotal", #"{"x":1}"#) }
    let first = try await Rehearsal.serve(spoilt, to: workplace) { try await Rehearsal.run(in: workplace, at: $0) }
    #expect(first.code == .dataIncomplete)
    #expect(try Rehearsal.runs(in: workplace).map(\.ending) == [.complete])
    try await Rehearsal.serve(to: workplace) { baseURL in
      let next = try await Rehearsal.run(in: workplace, at: baseURL)
      #expect(next.code == .tiedOut, "\(next.sentence)")
      #expect(try Rehearsal.runs(in: workplace).map(\.ending) == [.complete, .complete])
      #expect(try FaultRehearsal.reports(in: workplace) == (try await FaultRehearsal.reports.value))
    }
  }

  @Test("A run that was killed while it began leaves a journal that the next one can use")
  func stumpOfBeginning() async throws {
    let workplace = try Workplace()
    try await Rehearsal.serve(to: workplace) { baseURL in
      _ = try await Rehearsal.run(in: workplace, at: baseURL)
      try Rehearsal.editJournal(of: workplace) { $0 + #"{"apiURL":"http://127"# }
      let next = try await Rehearsal.run(in: workplace, at: baseURL) {
        $0.asOf = Instant(seconds: Rehearsal.world.asOf + 86_400)
      }
      #expect(next.code == .tiedOut, "\(next.sentence)")
      #expect(try Rehearsal.runs(in: workplace).map(\.ending) == [.complete, .complete])
      #expect(try MonthEnd(settings: Rehearsal.settings(in: workplace, at: baseURL), logger: quiet).verify() == [])
    }
  }
}
