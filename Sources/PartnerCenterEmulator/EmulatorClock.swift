import Synchronization

/// The emulator's own time: it stands still at the world's as-of until somebody moves it.
///
/// What takes time on the service (an order that shows late, software that is being provisioned) takes this time.
public final class EmulatorClock: Sendable {
  private let passed = Mutex<Int64>(0)

  public init() {}

  /// Lets whole seconds go by.
  public func advance(by duration: Duration) {
    passed.withLock { $0 += duration.components.seconds }
  }

  /// Seconds since the world's as-of.
  public var seconds: Int64 { passed.withLock { $0 } }
}
