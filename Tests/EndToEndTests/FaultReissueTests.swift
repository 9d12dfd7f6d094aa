import Billing
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Reconciliation
import Testing

@Suite("An invoice that is issued again while it is read")
struct FaultReissueTests {
  private static let invoice = FaultStage.invoice

  @Test("is read again as a whole: the run says what the next one says", arguments: [1, 2])
  func betweenPages(passes: Int) async throws {
    let world = FaultStage.pages.world
    let fault = Fault(
      pathContains: FaultStage.charges, passes: passes, kind: .reissued(invoice: Self.invoice, amount: "12.34"))
    let configuration = Emulator.Configuration(faults: [fault])
    let (first, second) = (try Workplace(), try Workplace())
    let (torn, whole) = try await Emulator.withServer(world: world, configuration: configuration) { baseURL in
      var endings: [RunEnding] = []
      for workplace in [first, second] {
        let settings = try Settings.test(in: workplace, baseURL: baseURL, world: world)
        endings.append(.outcome(try await MonthEnd(settings: settings, logger: quiet).run()))
      }
      return (endings[0], endings[1])
    }
    // The summary is not issued again, and one line no longer follows from its own figures.
    #expect(torn.code == .mismatches)
    #expect(!(torn.outcome?.findings.mismatches ?? []).contains { $0.rule == .invoiceTotal }, "\(torn.causes)")
    #expect(torn.causes == whole.causes)
    #expect(!torn.causes.isEmpty)
    #expect(try FaultRehearsal.reports(in: first) == FaultRehearsal.reports(in: second))
  }

}
