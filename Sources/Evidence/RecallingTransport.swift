public import PartnerCenter

/// Answers from the archive what a run was told before.
///
/// A run that was cut off goes on so, without fetching twice, and asks the service for the rest; and a run takes over an
/// earlier one's answers where it knows that asking again would bring the same.
public struct RecallingTransport: Transport {
  private let next: (any Transport)?
  private let archive: Archive
  private let run: String
  private let answers: [Question: Exchange]
  private let recorder: RunRecorder?

  /// Recalls a run's own answers, of the time before it was cut off.
  ///
  /// - Parameter next: Is asked for the rest.
  /// - Throws: the first `Flaw` of a journal that cannot be trusted.
  public init(next: any Transport, archive: Archive, run id: String) throws {
    try self.init(next: next, archive: archive, run: id, recorder: nil)
  }

  /// Takes over the answers of an earlier run, all that is asked or none: half a set of before and half of now are no set.
  ///
  /// - Parameter recorder: Writes down what was taken over.
  /// - Throws: the first `Flaw` of a journal that cannot be trusted.
  public init(archive: Archive, run id: String, recorder: RunRecorder) throws {
    try self.init(next: nil, archive: archive, run: id, recorder: recorder)
  }

  private init(next: (any Transport)?, archive: Archive, run id: String, recorder: RunRecorder?) throws {
    self.next = next
    self.archive = archive
    run = id
    self.recorder = recorder
    answers = Dictionary(
      try archive.journal().exchanges(of: id).filter(\.isSuccess).map { ($0.question, $0) },
      uniquingKeysWith: { $0.seq < $1.seq ? $1 : $0 })
  }

  public func answer(to request: APIRequest) async throws -> APIResponse {
    guard recorder != nil || Self.outlastsCutOff(request), let exchange = answers[Question(request)],
      let response = try? archive.response(of: exchange)
    else {
      guard let next else { throw ArchiveError.noAnswer(Question(request).description, run: run) }
      return try await next.answer(to: request)
    }
    try recorder?.record(reused: exchange)
    return response
  }

  /// Whether an answer still holds when the run goes on: pages and files do; how far an export is, what its signature is
  /// and what lies on this machine has to be asked again.
  private static func outlastsCutOff(_ request: APIRequest) -> Bool {
    // A file is known by the version of its data; one without could be any.
    (request.service == .api && request.method == .get)
      || (request.service == .storage && request.version?.isEmpty == false)
  }
}

extension Archive {
  /// An answer as it was handed on when it was recorded, its body proved.
  func response(of exchange: Exchange) throws -> APIResponse {
    var response = APIResponse(status: exchange.status ?? 0, headers: exchange.headers)
    if let sha256 = exchange.sha256 {
      response.body = try body(sha256: sha256)
      response.headers[APIResponse.digestHeader] = sha256
    }
    return response
  }
}
