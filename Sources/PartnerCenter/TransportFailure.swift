/// No whole answer came to a request.
public struct TransportFailure: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// Nothing came for too long, or not all of it in time.
    case timedOut
    /// No connection, or it broke before the answer began.
    case connection
    /// The answer began and did not end properly: cut, stalled, or JSON that is not whole.
    case bodyIncomplete
    /// The answer is larger than what is accepted.
    case bodyTooLarge
    /// The sign-in service could not be reached or was busy; refusals are a `SignInError`.
    case signIn
    /// An archive holds no answer to the request.
    case notRecorded
  }

  public var kind: Kind
  /// What was asked: `/v1/invoices?size=200`, or the sign-in.
  public var target: String
  /// What the layer below said, without secrets.
  public var detail: String
  public var retryAfter: Duration?

  public init(_ kind: Kind, target: String, detail: String = "", retryAfter: Duration? = nil) {
    self.kind = kind
    self.target = target
    self.detail = detail
    self.retryAfter = retryAfter
  }

  /// Another try may help.
  public var isTransient: Bool {
    switch kind {
    case .timedOut, .connection, .bodyIncomplete, .signIn: true
    case .bodyTooLarge, .notRecorded: false
    }
  }
}

extension TransportFailure: CustomStringConvertible {
  public var description: String {
    let detail = detail.isEmpty ? "" : " (\(detail))"
    return switch kind {
    case .timedOut:
      "The service did not answer \(target) in time\(detail). Run again later; large sets may need a longer deadline."
    case .connection:
      "The service could not be reached for \(target)\(detail). Check the network and the address of the API."
    case .bodyIncomplete:
      "The answer to \(target) is not whole\(detail). It was not kept; run again."
    case .bodyTooLarge:
      "The answer to \(target) is larger than accepted\(detail). Ask for smaller pages."
    case .signIn:
      "The sign-in service gave no answer\(detail) when \(target) needed a token. Check the network and the sign-in "
        + "address, or run again later."
    case .notRecorded:
      "The archive holds no answer to \(target)\(detail). Only what a run recorded can be replayed."
    }
  }
}
