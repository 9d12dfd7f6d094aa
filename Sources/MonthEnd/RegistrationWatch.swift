public import Billing
import PartnerCenter

/// When to look again whether an Azure subscription may buy reservations: nobody says how long that takes
/// (contract §8.1).
public struct RegistrationWatch: Sendable {
  public enum Step: Hashable, Sendable {
    case rest(Duration)
    case registered
    case failed
    /// It is still under way, and there has been enough waiting.
    case outOfPatience
  }

  private let restMax: Duration
  private let patience: Duration
  private var restNext: Duration
  private var rested: Duration = .zero
  private var hasBegun = false
  private var looksBeforeBegin = 0

  public init(restFirst: Duration = .seconds(2), restMax: Duration = .seconds(60), patience: Duration = .seconds(1_800))
  {
    self.restMax = restMax
    self.patience = patience
    restNext = restFirst
  }

  /// What to do after a status was read.
  ///
  /// `notregistered` right after the request only says that the service has not begun; afterwards it says that it failed.
  public mutating func step(after status: SubscriptionRegistration.Status) -> Step {
    switch status {
    case .registered: return .registered
    case .registering: hasBegun = true
    case .notRegistered:
      looksBeforeBegin += 1
      if hasBegun || looksBeforeBegin > 5 { return .failed }
    case .other: return .failed
    }
    guard rested < patience else { return .outOfPatience }
    let rest = restNext
    rested += rest
    restNext = min(restNext * 2, restMax)
    return .rest(rest)
  }
}

extension Account {
  /// Looks at a registration until it is decided or patience ends.
  ///
  /// - Parameter each: Hears of every status that was read.
  public func followRegistration(
    of subscription: SubscriptionID, customer: CustomerID, watch: RegistrationWatch = RegistrationWatch(),
    sleep: (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    each: (SubscriptionRegistration) throws -> Void = { _ in }
  ) async throws -> (registration: SubscriptionRegistration, end: RegistrationWatch.Step) {
    var watch = watch
    while true {
      let registration = try await reading { try await $0.registrationStatus(of: subscription, customer: customer) }
      try each(registration)
      let step = watch.step(after: registration.status)
      guard case .rest(let rest) = step else { return (registration, step) }
      try await sleep(rest)
    }
  }
}
