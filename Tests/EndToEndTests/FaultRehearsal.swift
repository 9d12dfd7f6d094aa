import Billing
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Synchronization

/// How a run ended: with an outcome, or stopped with a sentence.
enum RunEnding {
  case outcome(Outcome)
  case stopped(any Error)

  var code: ExitCode {
    switch self {
    case .outcome(let outcome): outcome.exitCode
    case .stopped(let error): exitCode(for: error)
    }
  }

  /// What the person at the terminal reads; "" where nothing stopped the run.
  var sentence: String {
    switch self {
    case .outcome: ""
    case .stopped(let error): "\(error)"
    }
  }

  var outcome: Outcome? {
    if case .outcome(let outcome) = self { outcome } else { nil }
  }
}

/// A small partner without errors, run against a service that may be out of order.
enum FaultRehearsal {
  static let world = World.make(seed: 41, lines: 150, pageSizeMaximum: 40, plants: .none).served
  /// The same partner, its lines spread over more pages.
  static let worldOfShortPages = {
    var short = Self.world
    short.pageSizeMaximum = 4
    return short
  }()

  /// What a healthy run of it reports.
  static let reports = Task<[String: Data], any Error> {
    let workplace = try Workplace()
    guard case .outcome(let outcome) = try await run(in: workplace), outcome.exitCode == .tiedOut else { return [:] }
    return try reports(in: workplace)
  }

  /// One run in a workplace; two attempts for each call, hardly any rest between them.
  static func run(
    in workplace: Workplace, world: ServedWorld = world, faults: [Fault] = [],
    change: (inout Settings) -> Void = { _ in }
  ) async throws -> RunEnding {
    try await run(in: workplace, world: world, configuration: Emulator.Configuration(faults: faults), change: change)
  }

  /// The same with an emulator of its own.
  static func run(
    in workplace: Workplace, world: ServedWorld, configuration: Emulator.Configuration,
    change: (inout Settings) -> Void = { _ in }
  ) async throws -> RunEnding {
    try await Emulator.withServer(world: world, configuration: configuration) { baseURL in
      var settings = try Settings.test(in: workplace, baseURL: baseURL, world: world, configuration: configuration)
      settings.attemptsMax = 2
      settings.restMillisecondsFirst = 1
      change(&settings)
      return await ending { try await MonthEnd(settings: settings, logger: quiet).run() }
    }
  }

  /// Replays all runs of the workplace's archive into a database of their own.
  static func replay(in workplace: Workplace, name: String = "replay") async throws -> RunEnding {
    var settings = try Settings.test(in: workplace, baseURL: "http://127.0.0.1:9", world: world, name: name)
    settings.credentials = nil
    let month = MonthEnd(settings: settings, logger: quiet)
    return await ending {
      guard let last = try await month.replay().last else { throw CancellationError() }
      return last
    }
  }

  static func reports(in workplace: Workplace, name: String = "run") throws -> [String: Data] {
    let folder = workplace.path("\(name)-reports")
    return FileManager.default.fileExists(atPath: folder) ? try Workplace.files(below: folder) : [:]
  }

  private static func ending(_ body: () async throws -> Outcome) async -> RunEnding {
    do { return .outcome(try await body()) } catch { return .stopped(error) }
  }
}

extension ServedWorld.LineSet {
  /// The set that gets spoilt: the billing lines of the longest new-commerce invoice whose lines carry their tax.
  static let spoilt =
    FaultRehearsal.world.lines.filter { set, lines in
      set.provider == "onetime" && set.lineItemType == "billinglineitems" && set.invoice.hasPrefix("G")
        && !lines[0].contains(#""currency":"AUD""#)
    }
    .max { ($0.value.count, $0.key.invoice) < ($1.value.count, $1.key.invoice) }?.key
    ?? ServedWorld.LineSet(invoice: "", provider: "", lineItemType: "")

  /// The daily usage behind it.
  static let spoiltUsage = ServedWorld.LineSet(
    invoice: spoilt.invoice, provider: spoilt.provider, lineItemType: "usagelineitems")

  /// What the requests for its pages have in common.
  var path: String { "invoices/\(invoice)/lineitems?provider=\(provider)&invoicelineitemtype=\(lineItemType)" }
}

extension ServedWorld {
  /// The same world with one of its lines printed otherwise.
  func spoiling(_ index: Int, _ edit: (inout String) -> Void) -> ServedWorld {
    var world = self
    edit(&world.lines[.spoilt, default: []][index])
    return world
  }

  var spoiltLines: [String] { lines[.spoilt] ?? [] }

  /// A charge for ten seats or more, of an ordinary kind and with ordinary amounts.
  var ordinaryLine: Int {
    spoiltLines.firstIndex { line in
      let quantity = line.member("billableQuantity").flatMap { Int($0) } ?? 0
      let cents = line.member("subtotal").flatMap { $0.split(separator: ".").last?.count } ?? 9
      return line.member("chargeType") == #""cycleCharge""# && quantity >= 10 && cents <= 2
        && line.member("subtotal")?.hasPrefix("-") == false
    } ?? 0
  }
}

extension String {
  /// The literal of a member, as it is spelt; `nil` where the object has none.
  func member(_ name: String) -> String? {
    place(of: name).map { String(self[$0.value]) }
  }

  /// Prints another literal for a member; `nil` takes the member out.
  mutating func setMember(_ name: String, _ literal: String?) {
    guard let place = place(of: name) else { return }
    if let literal { replaceSubrange(place.value, with: literal) } else { removeSubrange(place.whole) }
  }

  private func place(of name: String) -> (whole: Range<Index>, value: Range<Index>)? {
    guard let start = range(of: "\"\(name)\":") else { return nil }
    let rest = self[start.upperBound...]
    let end =
      rest.first == "\""
      ? rest.dropFirst().firstIndex(of: "\"").map { index(after: $0) } ?? endIndex
      : rest.firstIndex { $0 == "," || $0 == "}" } ?? endIndex
    let whole = end < endIndex && self[end] == "," ? index(after: end) : end
    return (start.lowerBound..<whole, start.upperBound..<end)
  }
}

/// Remembers the first page of the spoilt set, and gives it where another page was asked for.
enum FirstPage {
  static func repeated(times: Int) -> [Fault] {
    let page = Kept()
    return [
      Fault(pathContains: ServedWorld.LineSet.spoilt.path, times: 1, kind: .edited { page.keep($0) }),
      Fault(pathContains: ServedWorld.LineSet.spoilt.path, times: times, kind: .edited { _ in page.text }),
    ]
  }

  private final class Kept: Sendable {
    private let kept = Mutex("")
    var text: String { kept.withLock { $0 } }

    func keep(_ text: String) -> String {
      kept.withLock { $0 = text }
      return text
    }
  }
}
