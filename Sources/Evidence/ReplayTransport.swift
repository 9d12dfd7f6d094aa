public import PartnerCenter

/// Answers as the service did in one recorded run, without a network.
///
/// Of several answers to one question the last whole success counts, else the last: what the run itself went on with.
public struct ReplayTransport: Transport {
  private let archive: Archive
  private let run: String
  private let answers: [Question: Exchange]

  /// - Throws: `ArchiveError.runUnknown`, or the first `Flaw` of a journal that cannot be trusted.
  public init(archive: Archive, run id: String) throws {
    let journal = try archive.journal()
    guard journal.run(id) != nil else {
      throw ArchiveError.runUnknown(id, known: journal.runs.map(\.record.id))
    }
    self.archive = archive
    run = id
    answers = Dictionary(journal.exchanges(of: id).map { ($0.question, $0) }, uniquingKeysWith: Self.better)
  }

  public func answer(to request: APIRequest) async throws -> APIResponse {
    let question = Question(request)
    guard let exchange = answers[question] else {
      throw ArchiveError.noAnswer(question.description, run: run)
    }
    guard exchange.status != nil else {
      throw ArchiveError.noWholeAnswer(question.description, run: run, failure: exchange.failure ?? "")
    }
    return try archive.response(of: exchange)
  }

  /// Decides by number, not by place: nothing hangs on the order of lines.
  private static func better(_ left: Exchange, _ right: Exchange) -> Exchange {
    if left.isSuccess != right.isSuccess { return left.isSuccess ? left : right }
    return left.seq < right.seq ? right : left
  }
}
