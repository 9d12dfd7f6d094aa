/// When to try again, and how long to rest before: contract §6.2, §6.4.
public struct Retry: Sendable {
  /// What a try came to, as far as another one depends on it.
  public struct Failure: Hashable, Sendable {
    public var isTransient: Bool
    /// What the service asked for.
    public var retryAfter: Duration?

    public init(isTransient: Bool, retryAfter: Duration? = nil) {
      self.isTransient = isTransient
      self.retryAfter = retryAfter
    }
  }

  /// How patient to be.
  public struct Policy: Hashable, Sendable {
    public var attemptsMax: Int
    /// Rest after the first failure; it doubles with each further one.
    public var restFirst: Duration
    public var restMax: Duration
    /// The longest `Retry-After` that is waited for; a longer one ends the tries.
    public var retryAfterMax: Duration

    public init(
      attemptsMax: Int = 6, restFirst: Duration = .milliseconds(500), restMax: Duration = .seconds(60),
      retryAfterMax: Duration = .seconds(600)
    ) {
      self.attemptsMax = attemptsMax
      self.restFirst = restFirst
      self.restMax = restMax
      self.retryAfterMax = retryAfterMax
    }
  }

  /// Time-outs, throttling and servers in trouble; everything else is an answer.
  public static let statusesTransient: Set<Int> = [408, 429, 500, 502, 503, 504]

  public let policy: Policy
  public private(set) var attempts = 0

  public init(_ policy: Policy = Policy()) { self.policy = policy }

  /// How long to rest before the next try, or `nil` when it is time to report the failure.
  ///
  /// Half of the back-off is fixed and half is chance, so that calls which failed together do not return together. A
  /// `Retry-After` is never undercut.
  ///
  /// - Parameter perMille: A random number from 0 to 999.
  public mutating func rest(after failure: Failure, perMille: Int) -> Duration? {
    attempts += 1
    guard failure.isTransient, attempts < policy.attemptsMax else { return nil }
    let asked = failure.retryAfter ?? .zero
    guard asked <= policy.retryAfterMax else { return nil }
    var backOff = policy.restFirst
    for _ in 1..<attempts where backOff < policy.restMax { backOff *= 2 }
    backOff = min(backOff, policy.restMax)
    return max(asked, backOff * (500 + perMille / 2) / 1_000)
  }
}

extension Retry.Failure {
  init(_ failure: TransportFailure) {
    self.init(isTransient: failure.isTransient, retryAfter: failure.retryAfter)
  }

  /// What an answer asks for: only a transient status asks for another try.
  init(_ response: APIResponse, message: String) {
    self.init(
      isTransient: Retry.statusesTransient.contains(response.status),
      retryAfter: Self.seconds(header: response.headers["retry-after"]) ?? Self.seconds(message: message))
  }

  /// `Retry-After` in whole seconds. The other form, a date, needs both clocks to agree: then the usual rest is taken.
  static func seconds(header: String?) -> Duration? {
    guard let text = header?.filter({ $0 != " " }), let seconds = Int(text), seconds >= 0 else { return nil }
    return .seconds(seconds)
  }

  /// “Rate limit is exceeded. Try again in 57 seconds.”: a 429 may come without its header (contract §6.1 B).
  static func seconds(message: String) -> Duration? {
    let words = message.lowercased().split { !$0.isLetter && !$0.isNumber }
    guard let place = words.firstIndex(of: "in"), place + 2 < words.count, words[place + 2].hasPrefix("second"),
      let seconds = Int(words[place + 1]), seconds >= 0
    else { return nil }
    return .seconds(seconds)
  }
}
