import Billing
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Reconciliation
import Testing

/// One after the other: beside each other they would time out where none of them should.
@Suite("Every fault of the service", .serialized)
struct FaultTableTests {
  private static let testsAll = ProcessInfo.processInfo.environment["TIEOUT_TEST_ALL"] == "1"
  static let all = FaultCase.answers + FaultCase.pages + FaultCase.members + FaultCase.exports

  @Test(
    "ends in the same reports, in one sentence or in one mismatch; 0 means the same bytes, and the next run is as good as new",
    arguments: all)
  func fault(_ fault: FaultCase) async throws {
    let workplace = try Workplace()
    let ending = try await fault.stage.run(
      in: workplace, faults: fault.faults, configure: fault.configure, change: fault.change)
    let healthy = try await fault.stage.reports()
    #expect(!healthy.isEmpty)
    let reports = try FaultRehearsal.reports(in: workplace)
    if ending.code == .tiedOut { #expect(reports == healthy) }

    switch fault.ending {
    case .same: #expect(ending.code == .tiedOut, "\(ending.sentence) \(ending.causes)")
    case .stops(let words, let code):
      #expect(ending.code == code, "\(ending.sentence) \(ending.causes)")
      for word in words { #expect(ending.sentence.contains(word), "\(ending.sentence)") }
      #expect(!ending.sentence.contains("\n") && ending.sentence.hasSuffix("."), "\(ending.sentence)")
      #expect(!ending.sentence.contains("sig="), "\(ending.sentence)")
      #expect(reports.isEmpty)
    case .mismatch(let rule, let mCode, let others):
      #expect(ending.code == .mismatches, "\(ending.sentence)")
      let listed = ending.outcome?.findings.listed ?? []
      #expect(listed.first?.rule == rule && listed.first?.mCode == mCode, "\(ending.causes)")
      #expect(Set(listed.map(\.rule)).subtracting(others) == [rule], "\(ending.causes)")
    }

    // Many faults that stop a run are followed by a healthy one in any case (FaultStopTests).
    guard Self.testsAll else { return }
    let next = try await fault.stage.run(in: workplace)
    #expect(next.code == .tiedOut, "\(next.sentence) \(next.causes)")
    #expect(try FaultRehearsal.reports(in: workplace) == healthy)
  }

  @Test("A lost page is missed by exactly what stood on it", arguments: [FaultStage.charges, FaultStage.usage])
  func lostPage(path: String) async throws {
    let workplace = try Workplace()
    let stage = FaultStage.pages
    let isUsage = path == FaultStage.usage
    let fault = FaultCase("", .same, at: path, passes: 1, .page(.lost))
    let outcome = try #require(try await stage.run(in: workplace, faults: fault.faults).outcome)
    let mismatch = try #require(outcome.findings.listed.first)
    let set: ServedWorld.LineSet = isUsage ? .spoiltUsage : .spoilt
    let member = isUsage ? "billingPreTaxTotal" : "totalForCustomer"
    let lost = try #require(stage.world.lines[set]).dropFirst(4).prefix(4)
    let sum = try lost.reduce(Amount.zero) { sum, line in
      try sum + Amount((line.member(member) ?? "").filter { $0 != "\"" }).withoutBinaryArtefact
    }
    // Between days and charges there is a cent for each charge.
    let distance = try #require(try mismatch.difference.map { try ($0 - sum).magnitude })
    #expect(isUsage ? distance < (try Amount("0.1")) : distance.isZero, "\(mismatch.cause) \(sum)")
    #expect(!sum.isZero)
  }
}

extension RunEnding {
  /// What a run found, for messages.
  var causes: [String] {
    (outcome?.findings.listed ?? []).map { "\($0.rule.rawValue) \($0.mCode) \($0.subject): \($0.cause)" }
  }
}
