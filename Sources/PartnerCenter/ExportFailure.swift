/// An export cannot be had, or not whole: nothing of it may be used.
public struct ExportFailure: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// Accepted, but without saying where to ask on.
    case noOperation
    /// A link leads away from where such links lead.
    case linkRefused(String)
    /// The service tried and gave up.
    case failed(code: String, message: String)
    case notFinished(seconds: Int, status: String)
    /// Operation or manifest were gone, each time anew.
    case expired(submissions: Int)
    /// The manifest contradicts itself, each time anew.
    case inconsistent(announced: Int, listed: Int)
    /// A manifest that names files and not how to reach them.
    case noManifest
    case fileUnnameable(String)
    case fileMissing(String)
    case fileRefused(String)
    case fileBroken(String)
    /// The data changed while its files were being read, each time anew.
    case changing(rounds: Int)
  }

  public let kind: Kind
  public let job: ExportJob

  public init(_ kind: Kind, of job: ExportJob) {
    self.kind = kind
    self.job = job
  }
}

extension ExportFailure: CustomStringConvertible {
  public var description: String {
    switch kind {
    case .noOperation:
      "\(job.phrase) was accepted without a link to its operation, so nobody can ask whether it is ready. Run again; if "
        + "that does not help, check the address of the service."
    case .linkRefused(let link):
      "\(job.phrase) goes on at “\(Self.shown(link))”, which is not where exports of this service go on, so the link is "
        + "not followed. Check the address of the service."
    case .failed(let code, let message):
      "\(job.phrase) failed: \(Self.said(message, code)) Run again later; if it fails again, ask the service's support."
    case .notFinished(let seconds, let status):
      "\(job.phrase) is not ready after \(seconds) seconds; its status is “\(status.prefix(40))”. Run again later, or "
        + "wait longer."
    case .expired(let submissions):
      "\(job.phrase) was asked for \(submissions) times, and each time it had expired before it could be read. Run again "
        + "later."
    case .inconsistent(let announced, let listed):
      "\(job.phrase) announces \(announced) files and lists \(listed), or lists one twice, and did so again when asked "
        + "anew. Run again later."
    case .noManifest:
      "\(job.phrase) succeeded and has neither a manifest nor a link to one. Look at the archived operation, and look for "
        + "a newer version of this program."
    case .fileUnnameable(let name):
      "\(job.phrase) lists a file “\(name.prefix(100))”, which is no name inside its folder. Nothing of it was read; report "
        + "the archived manifest to the service."
    case .fileMissing(let name):
      "\(job.phrase) lists the file \(name.prefix(100)), which is not there (status 404). Run again later."
    case .fileRefused(let name):
      "\(job.phrase) may not be read: the storage refuses the file \(name.prefix(100)) even with a fresh signature (status "
        + "403). Check this machine's clock and what a proxy does to addresses, and run again."
    case .fileBroken(let name):
      "\(job.phrase): the file \(name.prefix(100)) does not unpack to its end, several times over. Run again later."
    case .changing(let rounds):
      "\(job.phrase) changed while its files were being read, \(rounds) times in a row. Run again when the service has "
        + "finished its work on it."
    }
  }

  /// Behind the question mark there may be a signature.
  private static func shown(_ link: String) -> String {
    String((link.split(separator: "?", omittingEmptySubsequences: false).first ?? "").prefix(200))
  }

  private static func said(_ message: String, _ code: String) -> String {
    let message = message.isEmpty ? "the service gives no reason" : String(message.prefix(300))
    let ended = message.last?.isPunctuation == true ? message : message + (code.isEmpty ? "." : "")
    return code.isEmpty ? ended : "\(ended) (code \(code))."
  }
}
