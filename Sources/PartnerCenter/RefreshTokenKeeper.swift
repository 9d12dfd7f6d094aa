public import Billing
import Foundation
public import Logging

/// Puts each new refresh token where the configured one came from, or says that nobody does.
///
/// Every sign-in of a user may bring a new one, and the old one dies 90 days after it was issued whether it is used or not:
/// a token that is never replaced ends some night. Only a file can be written back to; of other places the person is told
/// once how long the configured token will last.
public actor RefreshTokenKeeper {
  public nonisolated let source: SecretSource
  /// Of the token that the next run will find.
  public private(set) var life: RefreshTokenLife

  /// The one that the next run will find, as far as is known here.
  private var kept: Secret
  private var newest = 0
  private var hasSteppedBack = false
  private var hasWarned = false
  private let logger: Logger
  private let now: @Sendable () -> Instant

  /// - Parameter issued: The day the configured token was issued, where somebody knows.
  public init(
    _ token: Secret, from source: SecretSource, issued: Day?, logger: Logger,
    now: (@Sendable () -> Instant)? = nil
  ) {
    self.source = source
    self.logger = logger
    self.now = now ?? { Instant(seconds: Int64(Date.now.timeIntervalSince1970)) }
    kept = token
    life = RefreshTokenLife(issued: issued)
  }

  /// Takes what a sign-in brought; a failure to keep it is a warning, and the run goes on.
  public func keep(_ issued: IssuedRefreshToken) {
    guard issued.ordinal > newest else { return }
    newest = issued.ordinal
    guard issued.token != kept else {
      if let seconds = issued.lifetimeSeconds { life.learn(lifetimeSeconds: seconds, at: now()) }
      return
    }
    guard case .file(let path) = source else { return remainsWhereItIs(issued) }
    guard !hasSteppedBack else { return }
    do {
      guard try SecretFile(path: path).replace(kept, by: issued.token) else {
        // Whoever wrote it has one at least as good: a second process, or a person after a new consent.
        hasSteppedBack = true
        logger.notice(
          "the refresh token's file was changed by somebody else and is left alone", metadata: ["file": "\(path)"])
        return
      }
      kept = issued.token
      life = RefreshTokenLife(issuedAt: now(), lifetimeSeconds: issued.lifetimeSeconds)
      logger.info("refresh token written back", metadata: ["file": "\(path)"])
    } catch {
      learn(issued)
      warn("the new refresh token could not be written to its file; the one in it works until it dies", why: "\(error)")
    }
  }

  private func remainsWhereItIs(_ issued: IssuedRefreshToken) {
    learn(issued)
    warn(
      "a new refresh token came and nobody keeps it, because the configured one does not come from a file",
      why: "Put the token into a file and name it with refresh-token-file: then it is renewed by itself.")
  }

  private func learn(_ issued: IssuedRefreshToken) {
    if let seconds = issued.lifetimeSeconds { life.learn(successorSeconds: seconds, at: now()) }
  }

  private func warn(_ message: Logger.Message, why: String) {
    guard !hasWarned else { return }
    hasWarned = true
    let today = now().day
    logger.log(
      level: life.isScarce(on: today) ? .warning : .notice, message,
      metadata: [
        "source": "\(source)", "days-left": "\(life.daysLeft(on: today).map(String.init) ?? "unknown")",
        "life": "\(life.sentence(on: today))", "help": "\(why)",
      ])
  }
}
