import Billing
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Reconciliation
import Testing

/// Each member of a line taken away in turn: all of them where everything is tested, some otherwise.
@Suite("A line without one of its members")
struct FaultMemberTests {
  private static let testsAll = ProcessInfo.processInfo.environment["TIEOUT_TEST_ALL"] == "1"

  /// Without these a line cannot be recomputed. That is a note in the reports and no mismatch, so the run may end with 0.
  private static let noted: Set<String> = ["effectiveUnitPrice"]

  static let names: [String] = {
    let line = FaultRehearsal.world.spoiltLines[FaultRehearsal.world.ordinaryLine]
    let all = line.matches(of: /"([A-Za-z]+)":/).map { String($0.output.1) }
    return testsAll ? all : ["customerId", "orderId", "skuId", "subtotal", "taxTotal", "effectiveUnitPrice"]
  }()

  @Test("gives the same reports, or says so: a mismatch or a note", arguments: names)
  func missing(name: String) async throws {
    let workplace = try Workplace()
    let place = FaultRehearsal.world.ordinaryLine
    let fault = Fault(pathContains: FaultStage.charges, kind: .member(name, .removed, item: place))
    let ending = try await FaultStage.lines.run(in: workplace, faults: [fault])
    let isSame = try await FaultRehearsal.reports(in: workplace) == FaultStage.lines.reports()
    guard Self.noted.contains(name) else {
      #expect(isSame == (ending.code == .tiedOut), "\(ending.sentence) \(ending.causes)")
      return
    }
    #expect(ending.code == .tiedOut, "\(ending.sentence) \(ending.causes)")
    let outcome = try #require(ending.outcome)
    let invoice = outcome.findings.tallies.entries.first { $0.key.invoice.printed == FaultStage.invoice }
    #expect((invoice?.value.outcomes[.noted]?.count ?? 0) > 0)
    #expect(!isSame)
  }
}
