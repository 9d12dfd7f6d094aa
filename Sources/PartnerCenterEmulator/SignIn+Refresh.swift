import Foundation
import Synchronization

/// The refresh tokens that are good, with how often each was used.
///
/// A new one puts no earlier one out of use, as with Microsoft Entra.
final class RefreshTokens: Sendable {
  private let configuration: Emulator.Configuration
  private let uses: Mutex<[String: Int]>

  init(_ configuration: Emulator.Configuration) {
    self.configuration = configuration
    uses = Mutex([configuration.refreshToken: 0])
  }

  /// The token to use from now on: a new one, or the same where tokens do not rotate.
  func next(after token: String) throws(Refusal) -> String {
    try uses.withLock { (uses) throws(Refusal) -> String in
      guard let count = uses[token] else {
        throw .signIn("invalid_grant", "AADSTS9002313: Invalid request. The refresh token is malformed or not valid.")
      }
      guard !configuration.demandsSecondFactor else {
        throw .signIn(
          "interaction_required",
          "AADSTS50076: Due to a configuration change made by your administrator, or because you moved to a new "
            + "location, you must use multi-factor authentication to access the resource.")
      }
      guard count < configuration.refreshTokenDeadAfter ?? .max else {
        throw .signIn(
          "invalid_grant",
          "AADSTS700082: The refresh token has expired due to inactivity. The token was inactive for 90.00:00:00.")
      }
      uses[token] = count + 1
      guard configuration.rotatesRefreshTokens else { return token }
      let next = "emulated-refresh-\(UUID().uuidString)"
      uses[next] = 0
      return next
    }
  }
}
