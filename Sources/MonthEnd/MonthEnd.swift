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
    guard settings.credentials != nil else { throw Stop.noCredentials }
    _ = try settings.addresses
    let lock = try RunLock(database: settings.database, holder: Self.holder)
    defer { withExtendedLifetime(lock) {} }

    // A database that cannot be used is found out before hours of fetching.
    let ledger = try Ledger(path: settings.database)
    let archive = try Archive(at: settings.archive)
    let now = Self.now
    switch try Beginning(settings, archive: archive, ledger: ledger, now: now) {
    case .anew: break
    case .goOn(let run):
      logger.notice("going on with the run that was cut off", metadata: ["run": "\(run.record.id)"])
      let past = MonthEnd(settings: try settings.replaying(run), logger: logger, progress: progress)
      return try await past.run(
        run.record, archive: archive, ledger: ledger, recorder: archive.resume(run: run.record.id))
    case .finish(let run):
      logger.notice("finishing the run that was cut off after its fetch", metadata: ["run": "\(run.record.id)"])
      do {
        if let outcome = try await replay(run, in: archive, ledger: ledger).outcome { return outcome }
      } catch let error where Self.isAboutData(error) {
        logger.warning("it was stopped by its data, starting anew", metadata: ["reason": "\(error)"])
      }
    }
    let record = RunRecord(
      id: Self.newRunID(now), asOf: settings.asOf.description, period: settings.period?.description ?? "",
      rules: Rule.version, configuration: settings.decisive, apiURL: settings.apiURL, started: now.description)
    return try await run(record, archive: archive, ledger: ledger, recorder: archive.begin(run: record))
  }

  /// - Parameter recorder: of a new run, or of one that is gone on with.
  private func run(
    _ record: RunRecord, archive: Archive, ledger: Ledger, recorder: RunRecorder
  ) async throws -> Outcome {
    guard let credentials = settings.credentials else { throw Stop.noCredentials }
    let addresses = try settings.addresses
    let configuration = HTTPTransport.Configuration(
      addresses: addresses, credentials: credentials, correlationID: UUID().uuidString.lowercased(),
      readMax: .seconds(settings.readSecondsMax), answerMax: .seconds(settings.bodySecondsMax),
      onRefreshToken: settings.onRefreshToken)
    do {
      let outcome = try await HTTPTransport.withTransport(configuration, logger: logger) { http in
        let paced = PacedTransport(
          next: http, budget: RateBudget(callsPerMinute: settings.callsPerMinute), logger: logger)
        let local = LocalTransport(next: paced, folder: settings.exportFolder.map(ExportFolder.init)) {
          try Purchase.encoded(ledger.journaledPurchases())
        }
        let recording = RecordingTransport(next: local, recorder: recorder, itemCount: Self.itemCount)
        let policy = Retry.Policy(
          attemptsMax: settings.attemptsMax, restFirst: .milliseconds(settings.restMillisecondsFirst))
        let live = RetryingTransport(next: recording, policy: policy, logger: logger)
        let fetched = try await fetch(try sources(live, archive: archive, ledger: ledger, recorder: recorder))
        // From here on the archive has everything: the rest can be replayed.
        try recorder.end(complete: true, period: fetched.period.description)
        return try finish(fetched, archive: archive, record: record, in: ledger)
      }
      return outcome
    } catch {
      // Who interrupts a run wants it gone on with, so it gets no end; one that has ended already keeps its ending.
      if !(error is CancellationError) { try? recorder.end(complete: false) }
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
      do {
        let (period, outcome) = try await replay(run, in: archive, unlessOtherThan: settings.period)
        periods.insert(period)
        stopped = nil
        if let outcome { outcomes.append(outcome) }
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

  /// Does what one complete run did.
  ///
  /// - Parameter wanted: The month asked for; a run of another one is read and left at that.
  private func replay(
    _ run: ArchivedRun, in archive: Archive, ledger: Ledger? = nil, unlessOtherThan wanted: Month? = nil
  ) async throws -> (period: Month, outcome: Outcome?) {
    let past = MonthEnd(settings: try settings.replaying(run), logger: logger, progress: progress)
    let fetched = try await past.fetch(
      Sources(live: ReplayTransport(archive: archive, run: run.record.id), rests: false))
    if let wanted, fetched.period != wanted { return (fetched.period, nil) }
    let ledger = try ledger ?? Ledger(path: settings.database)
    return (fetched.period, try past.finish(fetched, archive: archive, record: run.record, in: ledger))
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

  private func fetch(_ sources: Sources) async throws -> Fetched {
    let stage = FetchStage(
      live: client(sources.live), recalling: client(sources.recalling ?? sources.live),
      earlier: sources.earlier.map(client), proved: sources.proved, known: sources.known, recalled: sources.recalled,
      rests: sources.rests, settings: settings, logger: logger, progress: steps)
    begin(.fetch)
    return try await stage.run()
  }

  private func client(_ transport: any Transport) -> PartnerCenterClient {
    PartnerCenterClient(transport: transport, pageSize: settings.pageSize, logger: logger)
  }

  /// Who answers what in a run.
  private struct Sources {
    /// The service itself, or the archive in a replay.
    var live: any Transport
    /// What the run itself was told before it was cut off, else the service.
    var recalling: (any Transport)?
    /// What the last finished run was told, and nobody else: for documents that it proved.
    var earlier: (any Transport)?
    /// The documents the last finished run proved.
    var proved: Set<InvoiceID> = []
    /// The headers the last finished run was told, with their digests.
    var known: [InvoiceID: String] = [:]
    /// The headers the run itself was told, with their digests.
    var recalled: [InvoiceID: String] = [:]
    /// Whether there is something to wait for between questions.
    var rests = true
  }

  private func sources(
    _ live: any Transport, archive: Archive, ledger: Ledger, recorder: RunRecorder
  ) throws -> Sources {
    var sources = Sources(live: live)
    let own = try RecallingTransport(next: live, archive: archive, run: recorder.run)
    sources.recalling = own
    sources.recalled = try archive.headers(of: recorder.run)
    guard !settings.refetches, let findings = try ledger.findings(),
      try archive.runs().contains(where: { $0.record.id == findings.runID && $0.isComplete })
    else { return sources }
    // A total can tie while a line does not: what has any mismatch is asked for again, because the service may mend it.
    var tied = Set(findings.invoices.filter(\.isTied).map(\.document.id))
    for mismatch in findings.mismatches {
      tied.subtract(mismatch.positions.map(\.invoice) + [mismatch.subject.invoice].compactMap(\.self))
    }
    sources.proved = tied
    for body in try ledger.bodies(endpoint: BodyKey.Endpoint.invoice.rawValue) {
      if let id = InvoiceID(body.invoice) { sources.known[id] = body.sha256 }
    }
    sources.earlier = try RecallingTransport(archive: archive, run: findings.runID, recorder: recorder)
    return sources
  }

  private func finish(_ fetched: Fetched, archive: Archive, record: RunRecord, in ledger: Ledger) throws -> Outcome {
    let digest = fetched.digest(settings)
    let run = Ledger.Run(
      id: record.id, asOf: settings.asOf, period: fetched.period, rules: Rule.version,
      configuration: record.configuration, apiURL: record.apiURL)
    // A run that was killed between its findings and the end of its stage left findings that this end is not about.
    if let last = try ledger.lastFinished(stage: .tie), last.digest == digest, let known = try ledger.findings(),
      known.runID == last.run
    {
      logger.info("nothing new since the last run", metadata: ["run": "\(known.runID)"])
      let outcome = try render(known)
      // This run, too, is finished: the next one must not take it for one that was cut off.
      if try ledger.lastFinished(stage: .render, run: run.id) == nil {
        try ledger.begin(run: run)
        try ledger.finish(stage: .render, run: run.id, digest: digest)
      }
      return outcome
    }
    for id in Set(try ledger.documents().map(\.id)).subtracting(fetched.documents.map(\.id)).sorted() {
      logger.warning("a document that was here before is not listed any more", metadata: ["document": "\(id)"])
    }
    try ledger.begin(run: run)
    try ledger.finish(stage: .fetch, run: run.id, digest: digest)
    begin(.ingest)
    try ledger.hurrying {
      try IngestStage(ledger: ledger, archive: archive, settings: settings, progress: steps).run(fetched)
    }
    try ledger.finish(stage: .ingest, run: run.id, digest: digest)
    try log(ledger.notes())
    begin(.tie)
    let findings = try ledger.hurrying {
      try TieStage(ledger: ledger, settings: settings, logger: logger, progress: steps)
        .run(run.id, period: fetched.period)
    }
    try ledger.finish(stage: .tie, run: run.id, digest: digest)
    let outcome = try render(findings)
    try ledger.finish(stage: .render, run: run.id, digest: digest)
    return outcome
  }

  /// Lets a log tell where the time went.
  private func begin(_ stage: Progress.Stage) {
    logger.info("a stage begins", metadata: ["stage": "\(stage)"])
  }

  /// Tells a person how far the run is, and whoever reads its log.
  private var steps: @Sendable (Progress) -> Void {
    { [logger, progress] step in
      logger.trace(
        "step done",
        metadata: [
          "stage": "\(step.stage)", "done": "\(step.done)", "total": "\(step.total.map(String.init) ?? "unknown")",
        ])
      progress(step)
    }
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
    begin(.render)
    steps(Progress(stage: .render, done: 0, total: nil))
    let written = try ReportWriter(directory: settings.reports).write(findings) { done, total in
      steps(Progress(stage: .render, done: done, total: total))
    }
    return Outcome(
      runID: findings.runID, period: findings.period, asOf: findings.asOf,
      exitCode: findings.listed.count > settings.mismatchesAllowed ? .mismatches : .tiedOut, findings: findings,
      summary: ReportWriter.summaryLines(findings), reports: written)
  }

  // MARK: Names

  /// Items of a page, or lines of an export's file.
  private static func itemCount(of body: [UInt8]) -> Int? {
    GzipReader.isFile(body) ? try? GzipReader.lineCount(of: body) : (try? Wire.collectionHead(body))?.itemCount
  }

  /// By the machine's clock, with random digits: unique, and in order when sorted.
  private static func newRunID(_ now: Instant) -> String {
    let time = now.description.filter { $0 != "-" && $0 != ":" }
    return "\(time)-\(UUID().uuidString.prefix(8).lowercased())"
  }

  private static var now: Instant { Instant(seconds: Int64(Date.now.timeIntervalSince1970)) }

  private static var holder: String {
    let process = ProcessInfo.processInfo
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
    settings.lineItems = .auto
    if record.configuration["export-folder"] == nil { settings.exportFolder = nil }
    for (name, value) in record.configuration {
      switch name {
      case "mismatches-allowed": settings.mismatchesAllowed = Int(value) ?? settings.mismatchesAllowed
      case "window-months": settings.windowMonths = Int(value) ?? settings.windowMonths
      case "page-size": settings.pageSize = Int(value) ?? settings.pageSize
      case "line-items": settings.lineItems = LineItemsChoice(rawValue: value) ?? settings.lineItems
      case "export-folder": settings.exportFolder = settings.exportFolder ?? ""
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
