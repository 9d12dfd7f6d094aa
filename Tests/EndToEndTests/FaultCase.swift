import Billing
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Reconciliation
import Testing

/// A fault of the service, and what a run makes of it.
struct FaultCase: Sendable, CustomTestStringConvertible {
  enum Ending: Sendable {
    /// The same reports as without the fault, to the byte.
    case same
    /// No report; the sentence has these words.
    case stops([String], code: ExitCode = .dataIncomplete)
    /// Mismatches of this rule, the largest first; what else was found is its consequence, or of the rules named besides.
    case mismatch(Rule, String = "", besides: Set<Rule> = [])
  }

  var name: String
  var stage = FaultStage.lines
  var faults: [Fault] = []
  var configure: @Sendable (inout Emulator.Configuration) -> Void = { _ in }
  var change: @Sendable (inout Settings) -> Void = { _ in }
  var ending: Ending

  var testDescription: String { name }
}

extension FaultCase {
  init(
    _ name: String, _ ending: Ending, on stage: FaultStage? = nil, at path: String = FaultStage.charges,
    passes: Int = 0, times: Int = 1, credential: Fault.Credential? = nil, _ kind: Fault.Kind,
    change: @escaping @Sendable (inout Settings) -> Void = { _ in }
  ) {
    let hasPages = if case .page = kind { true } else { false }
    self.init(
      name: name, stage: stage ?? (hasPages ? .pages : .lines),
      faults: [Fault(pathContains: path, passes: passes, times: times, credential: credential, kind: kind)],
      change: change, ending: ending)
  }

  /// A fault of exports alone.
  init(_ name: String, _ ending: Ending, export: @escaping @Sendable (inout ExportFaults) -> Void) {
    self.init(name: name, stage: .exports, configure: { export(&$0.exportFaults) }, ending: ending)
  }

  /// How often is for good.
  static let always = 9_999
}

/// A clean partner whose month is served one way or the other.
enum FaultStage: Sendable, CaseIterable {
  /// The synchronous line items, 40 to a page.
  case lines
  /// The same, four to a page.
  case pages
  /// The export, 25 lines to a file.
  case exports

  var world: ServedWorld {
    switch self {
    case .lines: FaultRehearsal.world
    case .pages: FaultRehearsal.worldOfShortPages
    case .exports: Self.exported
    }
  }

  private static let exported = World.make(
    seed: 42, lines: 150, pageSizeMaximum: 40, plants: .none, newest: "2025-04"
  ).served

  /// The requests for charges that get spoilt, and those for the daily usage behind them.
  static let charges = ServedWorld.LineSet.spoilt.path
  static let usage = ServedWorld.LineSet.spoiltUsage.path
  static let invoice = ServedWorld.LineSet.spoilt.invoice
  /// The requests for the longest set of legacy licences.
  static let licences =
    FaultRehearsal.world.lines.filter { $0.key.provider == "office" }
    .max { ($0.value.count, $0.key.invoice) < ($1.value.count, $1.key.invoice) }?.key.path ?? ""

  /// What a healthy run reports.
  func reports() async throws -> [String: Data] {
    try await (self == .exports ? Self.exportsReports : FaultRehearsal.reports).value
  }

  private static let exportsReports = Task<[String: Data], any Error> {
    let workplace = try Workplace()
    let ending = try await FaultStage.exports.run(in: workplace)
    return ending.code == .tiedOut ? try FaultRehearsal.reports(in: workplace) : [:]
  }

  /// One run; two attempts for each call unless told otherwise, hardly any rest between them.
  func run(
    in workplace: Workplace, faults: [Fault] = [],
    configure: (inout Emulator.Configuration) -> Void = { _ in }, change: (inout Settings) -> Void = { _ in }
  ) async throws -> RunEnding {
    var configuration = Emulator.Configuration(faults: faults)
    configuration.blobLinesMax = 25
    configure(&configuration)
    return try await FaultRehearsal.run(in: workplace, world: world, configuration: configuration) { settings in
      // Being slowed down has tests of its own.
      settings.callsPerMinute = 1_000_000
      change(&settings)
    }
  }
}
