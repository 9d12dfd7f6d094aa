/// How many calls may be sent in any minute, and how long everybody rests when the service asks for it: contract §6.4.
///
/// A value without a clock. Every window of 60 seconds counts, whichever second it begins with: a budget that fills up on
/// the minute would let twice as many calls through around its edge.
public struct RateBudget: Sendable {
  public typealias Instant = ContinuousClock.Instant

  /// The ceiling published for a tenant.
  public static let callsPerMinutePublished = 500
  /// No refusal brings the ceiling below this.
  public static let callsPerMinuteMin = 30

  static let window = Duration.seconds(60)

  /// What is allowed as long as nothing was refused; at least one.
  public let callsPerMinute: Int
  /// When the calls of the last minute were sent, oldest first; those before `first` are forgotten.
  private var sent: [Instant] = []
  private var first = 0
  private var reduced: Int
  /// The last refusal that halved the ceiling, and until when the service asked to rest.
  private var refusal: (at: Instant, restUntil: Instant)?

  public init(callsPerMinute: Int = callsPerMinutePublished) {
    self.callsPerMinute = min(max(1, callsPerMinute), 1_000_000)
    reduced = self.callsPerMinute
  }

  /// What is allowed now: less after a refusal, and a tenth of the original more for each minute without another.
  public func ceiling(at now: Instant) -> Int {
    guard let refusal, reduced < callsPerMinute else { return callsPerMinute }
    // Minutes of rest show nothing: nobody calls.
    let seconds = (now - max(refusal.at, refusal.restUntil)).components.seconds
    let minutes = Int(min(max(0, seconds / 60), 1_000))
    return min(callsPerMinute, reduced + callsPerMinute * minutes / 10)
  }

  /// Takes a turn, or says how long to rest before asking again.
  ///
  /// - Returns: Zero when the call may be sent now; then it counts.
  public mutating func turn(at now: Instant) -> Duration {
    if let refusal, now < refusal.restUntil { return refusal.restUntil - now }
    forget(before: now)
    let ceiling = ceiling(at: now)
    let count = sent.count - first
    guard count >= ceiling else {
      sent.append(now)
      return .zero
    }
    // After a refusal there may be more of them than are allowed now.
    return sent[first + count - ceiling].advanced(by: Self.window) - now
  }

  /// Notes a refusal: everybody rests, and the ceiling is halved.
  ///
  /// Calls that were under way together are refused together. They lengthen the rest and halve the ceiling once.
  ///
  /// - Parameters:
  ///   - end: Until when the service asked to rest; `now` when it did not say.
  ///   - turn: When the refused call had its turn.
  public mutating func slowDown(until end: Instant, turn: Instant, at now: Instant) {
    let restUntil = max(end, now, refusal?.restUntil ?? now)
    if let before = refusal, turn <= before.at {
      refusal = (before.at, restUntil)
      return
    }
    reduced = max(min(Self.callsPerMinuteMin, callsPerMinute), ceiling(at: now) / 2)
    refusal = (now, restUntil)
  }

  private mutating func forget(before now: Instant) {
    while first < sent.count, sent[first].advanced(by: Self.window) <= now { first += 1 }
    // Rarely, so that a turn costs the same on average however many calls there were.
    guard first > callsPerMinute else { return }
    sent.removeFirst(first)
    first = 0
  }
}
