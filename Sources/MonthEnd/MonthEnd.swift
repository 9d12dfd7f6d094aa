import Billing
import Crypto
import Evidence
import Foundation
public import Logging
import PartnerCenter
import Reconciliation
import Reports
import Store
import Wire

/// The pipeline: fetch, ingest, tie, render. The library's front door.
public struct MonthEnd: Sendable {
  let settings: Settings
  let logger: Logger
  let progress: @Sendable (Progress) -> Void

  public init(
    settings: Settings, logger: Logger, progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    self.settings = settings
    self.logger = logger
    self.progress = progress
  }

  /// Fetches from the service, keeps the evidence, ties and writes the reports.
  ///
  /// - Throws: what stops a run; `exitCode(for:)` gives its number, its description the sentence.
  public func run() async throws -> Outcome {
    guard let credentials = settings.credentials else { throw Stop.noCredentials }
    let lock = try RunLock(database: settings.database, holder: Self.holder)
    defer { withExtendedLifetime(lock) {} }

    let api = try ServiceAddress(settings.apiURL, option: "--api-url")
    let signIn = try ServiceAddress(settings.loginURL, option: "--login-url")
    // A database that cannot be used is found out before hours of fetching.
    _ = try Ledger(path: settings.database)
    let archive = try Archive(at: settings.archive)
    let record = RunRecord(
      id: Self.newRunID(), asOf: settings.asOf.description, period: settings.period?.description ?? "",
      rules: Rule.version, configuration: settings.decisive, apiURL: settings.apiURL)
    let recorder = try archive.begin(run: record)
    let configuration = HTTPTransport.Configuration(
      api: api, signIn: signIn, credentials: credentials, correlationID: UUID().uuidString.lowercased(),
      readMax: .seconds(settings.readSecondsMax), answerMax: .seconds(settings.bodySecondsMax))
    do {
      let outcome = try await HTTPTransport.withTransport(configuration, logger: logger) { http in
        let recording = RecordingTransport(next: http, recorder: recorder, itemCount: Self.itemCount)
        let policy = Retry.Policy(
          attemptsMax: settings.attemptsMax, restFirst: .milliseconds(settings.restMillisecondsFirst))
        let transport = RetryingTransport(next: recording, policy: policy, logger: logger)
        let fetched = try await fetch(through: transport)
        // From here on the archive has everything: the rest can be replayed.
        try recorder.end(complete: true, period: fetched.period.description)
        return try finish(fetched, archive: archive, record: record)
      }
      return outcome
    } catch {
      // A run that has ended already keeps its ending.
      try? recorder.end(complete: false)
      throw error
    }
  }

  /// Does what a run did, offline, from its archive: all runs in their order, or one.
  ///
  /// Business time, period and settings come from the journal, so the reports are the same to the byte. Where a period is
  /// set, runs of other months are left out, so that database, reports and outcome are of the month asked for.
  public func replay(run id: String? = nil) async throws -> [Outcome] {
    let lock = try RunLock(database: settings.database, holder: Self.holder)
    defer { withExtendedLifetime(lock) {} }

    let archive = try Archive(reading: settings.archive)
    let all = try archive.runs()
    let runs = all.filter { id == nil || $0.record.id == id }
    if let id, runs.isEmpty { throw ArchiveError.runUnknown(id, known: all.map(\.record.id)) }
    var outcomes: [Outcome] = []
    var periods: Set<Month> = []
    var stopped: (any Error)?
    for run in runs {
      guard run.isComplete else {
        let remark = run.remark ?? "Run \(run.record.id) is not complete."
        if id != nil { throw Stop.incomplete(remark) }
        logger.warning("run skipped", metadata: ["run": "\(run.record.id)", "reason": "\(remark)"])
        // A later complete run makes up for it; without one the newest night is missing, and that is no success.
        stopped = Stop.incomplete(remark)
        continue
      }
      if run.record.rules != Rule.version {
        logger.warning(
          "replayed by other rules than those of the run",
          metadata: ["run": "\(run.record.id)", "recorded": "\(run.record.rules)", "these": "\(Rule.version)"])
      }
      let past = MonthEnd(settings: try settings.replaying(run), logger: logger, progress: progress)
      let transport = try ReplayTransport(archive: archive, run: run.record.id)
      do {
        let fetched = try await past.fetch(through: transport)
        periods.insert(fetched.period)
        stopped = nil
        if let period = settings.period, fetched.period != period { continue }
        outcomes.append(try past.finish(fetched, archive: archive, record: run.record))
      } catch let error where Self.isAboutData(error) {
        // It stopped when it was recorded, too, and must not keep the nights after it from being replayed.
        logger.warning("run stopped by its data", metadata: ["run": "\(run.record.id)", "reason": "\(error)"])
        stopped = error
      }
    }
    if let stopped { throw stopped }
    guard !outcomes.isEmpty else {
      if let period = settings.period, !periods.isEmpty {
        let known = periods.sorted().map(\.description).joined(separator: ", ")
        throw Stop.badSetting("The archive \(settings.archive) holds no complete run of \(period). It holds \(known).")
      }
      let remark = runs.last?.remark.map { " \($0)" } ?? ""
      throw Stop.incomplete("The archive \(settings.archive) holds no complete run.\(remark)")
    }
    return outcomes
  }

  /// Whether what the service said stops a run, as opposed to a damaged archive.
  private static func isAboutData(_ error: any Error) -> Bool {
    if case Stop.incomplete = error { return true }
    return error is WireError || error is ArithmeticError
  }

  /// Renders again what the last run found.
  public func report() throws -> Outcome {
    let ledger = try Ledger(path: settings.database, createsFile: false)
    guard let findings = try ledger.findings() else { throw Stop.nothingTied(database: settings.database) }
    if let period = settings.period, period != findings.period {
      throw Stop.badSetting(
        "\(settings.database) was last tied out for \(findings.period). Run or replay \(period) first.")
    }
    return try render(findings)
  }

  // MARK: Stages

  private func fetch(through transport: any Transport) async throws -> Fetched {
    let client = PartnerCenterClient(transport: transport, pageSize: settings.pageSize, logger: logger)
    return try await FetchStage(client: client, settings: settings, logger: logger, progress: progress).run()
  }

  private func finish(_ fetched: Fetched, archive: Archive, record: RunRecord) throws -> Outcome {
    let ledger = try Ledger(path: settings.database)
    let digest = fetched.digest(settings)
    let run = Ledger.Run(
      id: record.id, asOf: settings.asOf, period: fetched.period, rules: Rule.version,
      configuration: record.configuration, apiURL: record.apiURL)
    // A run that was killed between its findings and the end of its stage left findings that this end is not about.
    if let last = try ledger.lastFinished(stage: .tie), last.digest == digest, let known = try ledger.findings(),
      known.runID == last.run
    {
      logger.info("nothing new since the last run", metadata: ["run": "\(known.runID)"])
      return try render(known)
    }
    for id in Set(try ledger.documents().map(\.id)).subtracting(fetched.documents.map(\.id)).sorted() {
      logger.warning("a document that was here before is not listed any more", metadata: ["document": "\(id)"])
    }
    try ledger.begin(run: run)
    try ledger.finish(stage: .fetch, run: run.id, digest: digest)
    try IngestStage(ledger: ledger, archive: archive, progress: progress).run(fetched)
    try ledger.finish(stage: .ingest, run: run.id, digest: digest)
    try log(ledger.notes())
    let findings = try TieStage(ledger: ledger, settings: settings, progress: progress)
      .run(run.id, period: fetched.period)
    try ledger.finish(stage: .tie, run: run.id, digest: digest)
    let outcome = try render(findings)
    try ledger.finish(stage: .render, run: run.id, digest: digest)
    return outcome
  }

  /// Members nobody knows and bodies that had to be mended are worth a look; the service's binary artefacts are documented
  /// and harmless (catalogue M50).
  private func log(_ notes: [DecodingNote]) {
    for note in notes {
      logger.log(
        level: note.subject.hasPrefix("binary artefact") ? .info : .notice,
        "something was read that this build does not know or had to mend",
        metadata: ["what": "\(note.kind)", "where": "\(note.subject)", "times": "\(note.count)"])
    }
  }

  private func render(_ findings: Findings) throws -> Outcome {
    progress(Progress(stage: .render, done: 0, total: 1))
    let written = try ReportWriter(directory: settings.reports).write(findings)
    progress(Progress(stage: .render, done: 1, total: 1))
    return Outcome(
      runID: findings.runID, period: findings.period, asOf: findings.asOf,
      exitCode: findings.listed.count > settings.mismatchesAllowed ? .mismatches : .tiedOut, findings: findings,
      summary: ReportWriter.summaryLines(findings), reports: written)
  }

  // MARK: Names

  private static func itemCount(of body: [UInt8]) -> Int? { (try? Wire.collectionHead(body))?.itemCount }

  /// By the machine's clock, with random digits: unique, and in order when sorted.
  private static func newRunID() -> String {
    let now = Instant(seconds: Int64(Date.now.timeIntervalSince1970)).description.filter { $0 != "-" && $0 != ":" }
    return "\(now)-\(UUID().uuidString.prefix(8).lowercased())"
  }

  private static var holder: String {
    let process = ProcessInfo.processInfo
    let now = Instant(seconds: Int64(Date.now.timeIntervalSince1970))
    return "process \(process.processIdentifier) on \(process.hostName) since \(now)"
  }
}

extension Settings {
  /// These settings with what decided in an earlier run.
  fileprivate func replaying(_ run: ArchivedRun) throws -> Settings {
    var settings = self
    let record = run.record
    guard case .instant(let asOf) = Instant.reading(record.asOf) else {
      throw Stop.incomplete("Run \(record.id) names “\(record.asOf)” as its day, which is no date.")
    }
    settings.asOf = asOf
    settings.period = Month(run.period ?? record.period)
    settings.taxOnTotal = [:]
    for (name, value) in record.configuration {
      switch name {
      case "mismatches-allowed": settings.mismatchesAllowed = Int(value) ?? settings.mismatchesAllowed
      case "window-months": settings.windowMonths = Int(value) ?? settings.windowMonths
      case "page-size": settings.pageSize = Int(value) ?? settings.pageSize
      default:
        guard name.hasPrefix("tax-on-total."), let currency = Currency(String(name.dropFirst(13))) else { continue }
        settings.taxOnTotal[currency] = try Amount(value)
      }
    }
    return settings
  }
}

extension Fetched {
  /// Of everything that decides the findings: equal digests mean equal reports.
  fileprivate func digest(_ settings: Settings) -> String {
    var hash = SHA256()
    func add(_ text: String) { hash.update(data: Array((text + "\n").utf8)) }
    add("rules \(Rule.version) decoding \(Ledger.decoding) as of \(settings.asOf) period \(period)")
    for (name, value) in settings.decisive.sorted(by: { $0.key < $1.key }) { add("\(name) \(value)") }
    for customer in closedCustomers.sorted() { add("closed \(customer.key)") }
    for body in bodies {
      let key = body.key
      add("\(key.endpoint) \(key.customer) \(key.invoice) \(key.set) \(key.page) \(key.detail) \(body.sha256)")
    }
    return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
