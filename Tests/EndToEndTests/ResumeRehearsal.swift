import Billing
import Evidence
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Synchronization

/// Runs of one archive, and what is done to it between them.
enum ResumeRehearsal {
  static let world = FaultRehearsal.worldOfShortPages

  /// Serves a world; an archive that was recorded at another address is at home here.
  static func serve<Result>(
    _ world: ServedWorld = world, faults: [Fault] = [], configuration: Emulator.Configuration = .init(),
    to workplace: Workplace, body: (_ baseURL: String) async throws -> Result
  ) async throws -> Result {
    var configuration = configuration
    configuration.faults += faults
    return try await Emulator.withServer(world: world, configuration: configuration) { baseURL in
      try editJournal(of: workplace) { $0.replacing(/http:\/\/127\.0\.0\.1:\d+/, with: baseURL) }
      return try await body(baseURL)
    }
  }

  /// One request at a time, so that the journal has them in the order of asking.
  static func settings(
    in workplace: Workplace, at baseURL: String, world: ServedWorld = world, name: String = "run"
  ) throws -> Settings {
    var settings = try Settings.test(in: workplace, baseURL: baseURL, world: world, name: name)
    settings.requestsMax = 1
    settings.attemptsMax = 2
    settings.restMillisecondsFirst = 1
    settings.callsPerMinute = 1_000_000
    return settings
  }

  static func run(
    in workplace: Workplace, at baseURL: String, world: ServedWorld = world,
    change: (inout Settings) throws -> Void = { _ in }
  ) async throws -> RunEnding {
    var settings = try settings(in: workplace, at: baseURL, world: world)
    try change(&settings)
    do { return .outcome(try await MonthEnd(settings: settings, logger: quiet).run()) } catch { return .stopped(error) }
  }

  /// What a run of the world reports that begins with nothing.
  static func reportsAnew(
    of world: ServedWorld = world, at baseURL: String, change: (inout Settings) throws -> Void = { _ in }
  ) async throws -> [String: Data] {
    let workplace = try Workplace()
    _ = try await run(in: workplace, at: baseURL, world: world, change: change)
    return try FaultRehearsal.reports(in: workplace)
  }

  // MARK: The archive

  static func runs(in workplace: Workplace) throws -> [ArchivedRun] {
    try Archive(reading: workplace.path("archive")).runs()
  }

  /// Leaves the archive as the run would have left it that was killed behind a line of the journal; the database and the
  /// reports are not yet there.
  ///
  /// - Parameter isLast: Whether an exchange is the last one that was written.
  static func cut(_ workplace: Workplace, behind isLast: (Exchange) -> Bool) throws {
    let archive = try Archive(reading: workplace.path("archive"))
    guard let run = try archive.runs().last?.record.id else { return }
    let exchanges = try archive.journal().exchanges(of: run)
    let kept = exchanges.firstIndex(where: isLast).map { $0 + 1 } ?? exchanges.count
    try editJournal(of: workplace) { journal in
      let lines = journal.split(separator: "\n")
      let beginning = lines.firstIndex { $0.contains(#""kind":"run""#) && $0.contains(run) } ?? 0
      return lines.prefix(beginning + 1 + kept).map { $0 + "\n" }.joined()
    }
    try forgetDatabase(of: workplace)
  }

  static func forgetDatabase(of workplace: Workplace) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: workplace.path)
    where name.hasPrefix("run.sqlite") || name == "run-reports" {
      try FileManager.default.removeItem(atPath: workplace.path(name))
    }
  }

  static func editJournal(of workplace: Workplace, _ edit: (String) -> String) throws {
    let path = workplace.path("archive/\(Archive.journalName)")
    guard FileManager.default.fileExists(atPath: path) else { return }
    try edit(String(contentsOfFile: path, encoding: .utf8)).write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// How often the service itself answered each question about lines, customers and files in a run.
  static func asked(by run: String, in workplace: Workplace) throws -> [Question: Int] {
    let exchanges = try Archive(reading: workplace.path("archive")).journal().exchanges(of: run)
    return Dictionary(
      exchanges.filter { $0.isSuccess && $0.from == nil && $0.isKept }.map { ($0.question, 1) },
      uniquingKeysWith: +)
  }
}

extension Exchange {
  /// Whether it is about something that need not be asked twice: a page, or a file of an export.
  var isKept: Bool {
    service == "storage" || target.contains("/lineitems") || target.hasPrefix("/v1/customers")
  }

  /// Whether it is about a set of lines.
  func isAbout(_ set: ServedWorld.LineSet) -> Bool { target.contains(set.path) }
}

extension ServedWorld {
  /// The same world with an invoice's header printed otherwise.
  func spoilingHeader(of invoice: String, _ edit: (inout String) -> Void) -> ServedWorld {
    var world = self
    for index in world.invoices.indices where world.invoices[index].id == invoice {
      var text = world.invoices[index].json
      edit(&text)
      world.invoices[index].json = text
    }
    return world
  }
}

/// Interrupts a task from within.
final class Canceller: Sendable {
  private let state = Mutex<(isWanted: Bool, task: Task<Outcome, any Error>?)>((false, nil))

  func cancel() {
    state.withLock { state in
      state.isWanted = true
      state.task?.cancel()
    }
  }

  func cancels(_ task: Task<Outcome, any Error>) {
    state.withLock { state in
      state.task = task
      if state.isWanted { task.cancel() }
    }
  }
}
