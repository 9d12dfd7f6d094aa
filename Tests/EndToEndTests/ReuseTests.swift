import Billing
import Evidence
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Reconciliation
import Testing

/// What the run of the next night takes over from the one before.
@Suite("The next night")
struct ReuseTests {
  typealias Rehearsal = ResumeRehearsal

  private static let tomorrow = Instant(seconds: FaultRehearsal.world.asOf + 86_400)

  /// What a run's journal says about lines: the invoices it asked for, and those it took over and from which run.
  private struct Lines {
    var asked: Set<String> = []
    var takenOver: [String: Set<String>] = [:]

    init(of run: String, in workplace: Workplace) throws {
      let exchanges = try Archive(reading: workplace.path("archive")).journal().exchanges(of: run)
      for exchange in exchanges where exchange.isSuccess {
        guard let invoice = exchange.invoice else { continue }
        if let from = exchange.from { takenOver[from, default: []].insert(invoice) } else { asked.insert(invoice) }
      }
    }
  }

  /// The second of two nights, with nothing new but what is done between them.
  private func secondNight(
    in workplace: Workplace, _ world: ServedWorld = Rehearsal.world, then changed: ServedWorld? = nil,
    between: () throws -> Void = {}, change: @Sendable (inout Settings) -> Void = { _ in }
  ) async throws -> (first: Outcome, second: Outcome, expected: [String: Data]) {
    func night(_ baseURL: String, _ world: ServedWorld) async throws -> (RunEnding, [String: Data]) {
      let tomorrow = Instant(seconds: world.asOf + 86_400)
      let ending = try await Rehearsal.run(in: workplace, at: baseURL, world: world) {
        $0.asOf = tomorrow
        change(&$0)
      }
      return (ending, try await Rehearsal.reportsAnew(of: world, at: baseURL) { $0.asOf = tomorrow })
    }
    let first: RunEnding
    let second: RunEnding
    let expected: [String: Data]
    if let changed {
      first = try await Rehearsal.serve(world, to: workplace) {
        try await Rehearsal.run(in: workplace, at: $0, world: world)
      }
      (second, expected) = try await Rehearsal.serve(changed, to: workplace) { try await night($0, changed) }
    } else {
      (first, second, expected) = try await Rehearsal.serve(world, to: workplace) { baseURL in
        let first = try await Rehearsal.run(in: workplace, at: baseURL, world: world)
        try between()
        let (second, expected) = try await night(baseURL, world)
        return (first, second, expected)
      }
    }
    return (
      try #require(first.outcome, "\(first.sentence)"), try #require(second.outcome, "\(second.sentence)"), expected
    )
  }

  /// Replays one run alone into a database of its own.
  private func replayed(_ run: String, in workplace: Workplace) async throws -> [String: Data] {
    var settings = try Rehearsal.settings(in: workplace, at: "http://127.0.0.1:9", name: "replay")
    settings.credentials = nil
    _ = try await MonthEnd(settings: settings, logger: quiet).replay(run: run)
    #expect(try MonthEnd(settings: settings, logger: quiet).verify() == [])
    return try FaultRehearsal.reports(in: workplace, name: "replay")
  }

  @Test(
    "Lines of proved invoices are not asked for, others are, and the reports are those of a run that asks for all",
    arguments: [(UInt64(411), "2025-02"), (413, "2025-04")] as [(UInt64, World.Month)])
  func nothingNew(seed: UInt64, newest: World.Month) async throws {
    let (world, _) = World.make(seed: seed, lines: 300, pageSizeMaximum: 20, plants: .drawn, newest: newest)
    let workplace = try Workplace()
    let (first, second, expected) = try await secondNight(in: workplace, world)
    #expect(second.runID != first.runID)
    let before = try Lines(of: first.runID, in: workplace)
    let after = try Lines(of: second.runID, in: workplace)
    #expect(before.takenOver.isEmpty)
    let mismatched = Set(
      first.findings.mismatches.flatMap { mismatch in
        (mismatch.positions.map(\.invoice) + [mismatch.subject.invoice].compactMap(\.self)).map(\.printed)
      })
    let proved = Set(first.findings.invoices.filter(\.isTied).map(\.document.id.printed)).subtracting(mismatched)
    #expect(!mismatched.isEmpty && !proved.isDisjoint(with: before.asked), "seed \(seed)")
    #expect(after.asked == before.asked.subtracting(proved), "seed \(seed)")
    #expect(after.takenOver == [first.runID: before.asked.intersection(proved)], "seed \(seed)")

    #expect(try FaultRehearsal.reports(in: workplace) == expected, "seed \(seed)")
    #expect(try await replayed(second.runID, in: workplace) == expected, "seed \(seed)")
    let settings = try Rehearsal.settings(in: workplace, at: "http://127.0.0.1:9", world: world)
    #expect(try MonthEnd(settings: settings, logger: quiet).verify() == [], "seed \(seed)")
  }

  @Test("A third night still says which run asked")
  func thirdNight() async throws {
    let workplace = try Workplace()
    let (first, _, _) = try await secondNight(in: workplace)
    let third = try await Rehearsal.serve(to: workplace) { baseURL in
      try await Rehearsal.run(in: workplace, at: baseURL) { $0.asOf = Instant(seconds: Rehearsal.world.asOf + 172_800) }
    }
    let lines = try Lines(of: try #require(third.outcome?.runID), in: workplace)
    #expect(lines.asked == [])
    #expect(Array(lines.takenOver.keys) == [first.runID])
  }

  @Test("An invoice whose header has changed is asked for again")
  func headerChanged() async throws {
    let workplace = try Workplace()
    let invoice = ServedWorld.LineSet.spoilt.invoice
    let changed = Rehearsal.world.spoilingHeader(of: invoice) { $0.setMember("paidAmount", "0.01") }
    let (first, second, expected) = try await secondNight(in: workplace, then: changed)
    let lines = try Lines(of: second.runID, in: workplace)
    #expect(lines.asked == [invoice])
    #expect(lines.takenOver[first.runID]?.contains(invoice) == false)
    #expect(try FaultRehearsal.reports(in: workplace) == expected)
    #expect(try await replayed(second.runID, in: workplace) == expected)
  }

  @Test("Who wants everything again gets it")
  func refetch() async throws {
    let workplace = try Workplace()
    let (first, second, expected) = try await secondNight(in: workplace, change: { $0.refetches = true })
    let lines = try Lines(of: second.runID, in: workplace)
    #expect(lines.takenOver.isEmpty)
    #expect(lines.asked == (try Lines(of: first.runID, in: workplace).asked))
    #expect(try FaultRehearsal.reports(in: workplace) == expected)
  }

  @Test("A set with a page that is damaged or gone is asked for again as a whole", arguments: [true, false])
  func damaged(isGone: Bool) async throws {
    let workplace = try Workplace()
    let set = ServedWorld.LineSet.spoilt
    let (_, second, expected) = try await secondNight(
      in: workplace,
      between: {
        let archive = try Archive(reading: workplace.path("archive"))
        let run = try #require(try archive.runs().last?.record.id)
        let page = try archive.journal().exchanges(of: run).last { $0.isAbout(set) && $0.continuationToken != nil }
        let name = try #require(page?.sha256)
        let path = workplace.path("archive/bodies/\(name.prefix(2))/\(name).gz")
        if isGone {
          try FileManager.default.removeItem(atPath: path)
        } else {
          try Data("no body".utf8).write(to: URL(fileURLWithPath: path))
        }
      })
    let lines = try Lines(of: second.runID, in: workplace)
    #expect(lines.asked == [set.invoice])
    #expect(try FaultRehearsal.reports(in: workplace) == expected)
    #expect(try await replayed(second.runID, in: workplace) == expected)
    let settings = try Rehearsal.settings(in: workplace, at: "http://127.0.0.1:9")
    #expect(try MonthEnd(settings: settings, logger: quiet).verify() == [])
  }

  @Test("A night that is cut off goes on with what it took over and what it asked for")
  func cutOff() async throws {
    let workplace = try Workplace()
    let (first, second, expected) = try await secondNight(in: workplace)
    // The database of the first night is not there any more, so what was not taken over yet is asked for.
    try Rehearsal.cut(workplace) { $0.isAbout(.spoilt) && $0.from != nil }
    let again = try await Rehearsal.serve(to: workplace) { baseURL in
      try await Rehearsal.run(in: workplace, at: baseURL) { $0.asOf = Self.tomorrow }
    }
    #expect(again.outcome?.runID == second.runID, "\(again.sentence)")
    #expect(try Lines(of: second.runID, in: workplace).takenOver[first.runID] != nil)
    #expect(try FaultRehearsal.reports(in: workplace) == expected)
    #expect(try await replayed(second.runID, in: workplace) == expected)
  }
}

extension Exchange {
  /// The invoice whose lines it is about, as the address, the order of an export or the folder of its file names it.
  fileprivate var invoice: String? {
    if target.hasPrefix("/v1/invoices/"), target.contains("/lineitems") {
      return target.split(separator: "/").dropFirst(2).first.map(String.init)
    }
    if service == "storage", let part = target.split(separator: "/").first(where: { $0.hasPrefix("InvoiceId=") }) {
      return String(part.dropFirst("InvoiceId=".count))
    }
    guard let request, let place = request.range(of: #""invoiceId":""#) else { return nil }
    return request[place.upperBound...].split(separator: "\"").first.map(String.init)
  }
}
