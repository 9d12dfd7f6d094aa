import Synchronization

/// Something that goes wrong on purpose, for as many requests as it says.
public struct Fault: Sendable {
  public enum Kind: Sendable {
    /// Another status instead of the answer, with the body the service prints for it (contract §6.1): shape B for 429,
    /// a gateway's HTML from 500 on and for 408, shape A otherwise.
    case status(Int, retryAfterSeconds: Int? = nil)
    /// A refusal with a code of contract §6.3 in shape A, such as 409 with 800064 for a cart that is busy.
    case refused(Int, code: String)
    /// The connection is cut in the middle of the body.
    case cutBody
    /// The connection stays open in the middle of the body and says nothing for a while, then the rest comes.
    case stalledBody(Duration)
    /// A complete HTTP answer whose JSON ends in the middle.
    case truncatedJSON
    /// The body rewritten: a byte-order mark in front, other items, garbage behind.
    case edited(@Sendable (String) -> String)

    /// A literal body instead of the answer's.
    public static func body(_ text: String) -> Kind { .edited { _ in text } }
  }

  /// The fault meets requests whose path and query contain this text, without regard to case; "" meets all.
  public var pathContains: String
  /// Requests that pass before the first is hit.
  public var passes: Int
  /// Requests that are hit.
  public var times: Int
  public var kind: Kind

  public init(pathContains: String, passes: Int = 0, times: Int = 1, kind: Kind) {
    self.pathContains = pathContains
    self.passes = passes
    self.times = times
    self.kind = kind
  }
}

/// Hands faults out, first come, first hit; a request meets one fault at most.
final class FaultCounter: Sendable {
  private let faults: Mutex<[Fault]>

  init(_ faults: [Fault]) {
    self.faults = Mutex(faults)
  }

  func next(for target: String) -> Fault.Kind? {
    let target = target.lowercased()
    return faults.withLock { faults in
      for index in faults.indices where faults[index].times > 0 {
        let wanted = faults[index].pathContains.lowercased()
        guard wanted.isEmpty || target.contains(wanted) else { continue }
        guard faults[index].passes == 0 else {
          faults[index].passes -= 1
          continue
        }
        faults[index].times -= 1
        return faults[index].kind
      }
      return nil
    }
  }
}

extension Refusal {
  /// What a status fault prints.
  static func fault(_ status: Int, retryAfterSeconds: Int?) -> Refusal {
    var refusal =
      switch status {
      case 401: unauthenticated(code: "400", "Access denied.")
      case 429: throttled(seconds: retryAfterSeconds)
      case 408, 500...: gateway(status)
      default: Refusal(status, code: "800002", "The request was refused on purpose.")
      }
    if let retryAfterSeconds { refusal.answer.headers.append(("Retry-After", "\(retryAfterSeconds)")) }
    return refusal
  }
}
