package import PartnerCenter
import Synchronization

/// Writes one run into its archive; safe to use from many requests at once.
///
/// Packing and hashing go side by side, lines one after the other. A recorder that goes away without `end` leaves a run
/// that counts as cut off.
public final class RunRecorder: Sendable {
  public let run: String

  private let journal: OpenFile
  private let bodies: BodyFolder
  private let progress: Mutex<(exchanges: Int, isEnded: Bool)>

  /// - Parameter exchanges: how many the run has written before, where it goes on.
  init(run: String, journal: OpenFile, bodies: BodyFolder, exchanges: Int = 0) {
    self.run = run
    self.journal = journal
    self.bodies = bodies
    progress = Mutex((exchanges: exchanges, isEnded: false))
  }

  /// Keeps an answer and returns it as the archive has it: redacted, with the headers that matter and its digest.
  ///
  /// - Parameter count: how many items the redacted body holds, where that is known.
  @discardableResult
  package func record(
    _ request: APIRequest, _ response: APIResponse, count: @Sendable ([UInt8]) -> Int? = { _ in nil }
  ) throws -> APIResponse {
    var kept = response
    // Only texts have secrets in them; the bytes of a document or of a compressed file stay as they came.
    let isText = request.answerKind == .json || !(200...299).contains(response.status)
    kept.body = isText ? Redaction.redact(response.body) : response.body
    kept.headers = response.headersRedacted
    var exchange = Exchange(of: request, in: run)
    exchange.status = response.status
    exchange.headers = kept.headers
    if !kept.body.isEmpty {
      exchange.bytes = kept.body.count
      exchange.sha256 = try bodies.keep(kept.body)
      exchange.count = exchange.isSuccess ? count(kept.body) : nil
    }
    try append(exchange)
    kept.headers[APIResponse.digestHeader] = exchange.sha256
    return kept
  }

  /// Writes down that an earlier run's answer was taken over: from here on it is this run's, too.
  package func record(reused exchange: Exchange) throws {
    var reused = exchange
    reused.from = exchange.from ?? exchange.run
    reused.run = run
    try append(reused)
  }

  /// Writes down that no whole answer came.
  package func record(_ request: APIRequest, failure: String) throws {
    var exchange = Exchange(of: request, in: run)
    exchange.failure = Redaction.redact(failure)
    try append(exchange)
  }

  /// Closes the run; from here on the disk has all of it.
  ///
  /// - Parameters:
  ///   - complete: whether everything the run asked for was answered.
  ///   - period: the month the run decided on, `2025-02`: with it a replay need not decide again which one is the newest.
  public func end(complete: Bool, period: String? = nil) throws {
    try bodies.sync()
    try progress.withLock { progress in
      guard !progress.isEnded else { throw ArchiveError.runEnded(run) }
      let end = JournalEntry.RunEnd(
        run: run, complete: complete, exchanges: progress.exchanges, period: period)
      try journal.append(JournalEntry.end(end).line())
      progress.isEnded = true
      try journal.sync()
      journal.unlock()
    }
  }

  private func append(_ exchange: Exchange) throws {
    try progress.withLock { progress in
      guard !progress.isEnded else { throw ArchiveError.runEnded(run) }
      var exchange = exchange
      exchange.seq = progress.exchanges + 1
      try journal.append(JournalEntry.exchange(exchange).line())
      progress.exchanges = exchange.seq
    }
  }
}

extension Exchange {
  fileprivate init(of request: APIRequest, in run: String) {
    let question = Question(request)
    self.init(
      run: run, seq: 0, service: question.service, method: question.method, target: question.target,
      continuationToken: question.continuationToken, version: question.version, request: question.request,
      credentials: request.credentials.rawValue, status: nil, headers: [:], count: nil, bytes: 0, sha256: nil,
      failure: nil, from: nil)
  }
}
