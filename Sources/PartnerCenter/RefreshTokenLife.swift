public import Billing

/// A refresh token as a sign-in brought it.
public struct IssuedRefreshToken: Hashable, Sendable {
  public var token: Secret
  /// From now on, where the answer says so: `refresh_token_expires_in`.
  public var lifetimeSeconds: Int?
  /// Counts up within a run: of two, the higher one came later.
  public var ordinal: Int

  public init(_ token: Secret, lifetimeSeconds: Int? = nil, ordinal: Int) {
    self.token = token
    self.lifetimeSeconds = lifetimeSeconds
    self.ordinal = ordinal
  }
}

/// How long a refresh token is good for, as far as that is known.
///
/// It dies 90 days after it was issued; using it brings a new one and does not make the old one live longer.
public struct RefreshTokenLife: Hashable, Sendable {
  public static let daysMax = 90
  /// From here on somebody has to do something soon.
  static let daysScarce = 30

  /// The day it was issued, where somebody knows.
  public let issued: Day?
  /// The last day, where the service told it or the day of issue tells.
  public private(set) var end: Day?

  public init(issued: Day?) {
    self.issued = issued
    end = issued?.advanced(by: Self.daysMax)
  }

  /// Of a token that came just now.
  init(issuedAt now: Instant, lifetimeSeconds: Int?) {
    self.init(issued: now.day)
    if let lifetimeSeconds { end = now.advanced(bySeconds: Int64(lifetimeSeconds)).day }
  }

  /// What the service says about the token itself stands above what was reckoned.
  mutating func learn(lifetimeSeconds: Int, at now: Instant) {
    end = now.advanced(bySeconds: Int64(lifetimeSeconds)).day
  }

  /// What the service says about a token's successor: the older one does not outlive it.
  mutating func learn(successorSeconds: Int, at now: Instant) {
    let theirs = now.advanced(bySeconds: Int64(successorSeconds)).day
    end = end.map { min($0, theirs) }
  }

  /// Whole days left; zero or less where it is dead, `nil` where nobody knows.
  public func daysLeft(on day: Day) -> Int? { end.map { $0 - day } }

  /// Whether somebody should do something, or nobody knows better.
  public func isScarce(on day: Day) -> Bool { daysLeft(on: day).map { $0 <= Self.daysScarce } ?? true }

  /// The days left, in words, and what helps.
  public func sentence(on day: Day) -> String {
    guard let days = daysLeft(on: day) else {
      return "It is not known when the refresh token was issued, so nobody can say when it dies: set "
        + "refresh-token-issued to the day of the consent, or keep the token in a file of its own (refresh-token-file)."
    }
    let issued = issued.map { ", issued \($0)," } ?? ""
    guard days > 0 else {
      return "The refresh token\(issued) should be dead by now: let the user consent again and configure the new one."
    }
    return "The refresh token\(issued) has \(days) \(days == 1 ? "day" : "days") left."
      + (days <= Self.daysScarce ? " Let the user consent again before that, and configure the new one." : "")
  }
}
