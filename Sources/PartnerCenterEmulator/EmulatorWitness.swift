import Synchronization

/// What an emulator was asked and which secrets it handed out.
///
/// It is for whoever has to prove what was sent over the wire, or that nothing of what was handed out is kept.
public final class EmulatorWitness: Sendable {
  private struct Seen: Sendable {
    var requests: [String] = []
    var secrets: Set<String> = []
  }

  private let seen = Mutex(Seen())

  public init() {}

  /// Method and path with its query, such as `GET /v1/invoices?size=200`, in the order of arrival.
  public var requests: [String] { seen.withLock { $0.requests } }

  /// Every access token, refresh token and storage signature, as it is before anything encodes it.
  public var secrets: Set<String> { seen.withLock { $0.secrets } }

  func note(_ call: Call) { seen.withLock { $0.requests.append("\(call.method) \(call.target)") } }

  func note(secret: String) { _ = seen.withLock { $0.secrets.insert(secret) } }
}
