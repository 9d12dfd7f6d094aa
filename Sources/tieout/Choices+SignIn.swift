import Billing
import Glibc
import Logging
import MonthEnd
import PartnerCenter

extension Choices {
  /// Who signs in. A run needs all of it but the refresh token, without which only app-only calls work.
  func credentials() throws -> Credentials { try signIn().credentials }

  /// Who signs in, and where the refresh token came from.
  func signIn() throws -> (credentials: Credentials, refreshToken: FoundSecret?) {
    // Before any command is run: a run that cannot begin asks nobody for a secret.
    let tenant = text(.tenant)
    let clientID = text(.clientID)
    let isComplete = tenant != nil && clientID != nil
    let secret = isComplete ? try secret(.clientSecret)?.secret : nil
    guard let tenant, let clientID, let secret else {
      var missing: [String] = []
      if tenant == nil { missing.append("--tenant") }
      if clientID == nil { missing.append("--client-id") }
      if try isComplete || source(of: .clientSecret) == nil { missing.append(SecretKeys.clientSecret.variable) }
      throw UsageError.credentialsMissing(missing)
    }
    let token = try self.secret(.refreshToken)
    let credentials = Credentials(
      tenant: tenant, clientID: clientID, clientSecret: secret, refreshToken: token?.secret)
    return (credentials, token)
  }

  /// The day the refresh token was issued, as far as somebody says: the configuration, or the file's last change.
  func refreshTokenIssued(_ token: FoundSecret) throws -> Day? {
    let told = try understood(.refreshTokenIssued, "a day such as 2025-01-05") { Day($0) }
    guard case .file(let path) = token.source else { return told }
    var info = stat()
    guard stat(path, &info) == 0 else { return told }
    let changed = Instant(seconds: Int64(info.st_mtim.tv_sec)).day
    // A file that was written back to is younger than what a person once wrote down.
    return told.map { max($0, changed) } ?? changed
  }
}

extension Workplace {
  /// Lets whatever follows sign in, and keeps new refresh tokens where the configured one came from.
  mutating func signIn() throws {
    let (credentials, token) = try choices.signIn()
    settings.credentials = credentials
    settings.refreshTokenKeeper = try token.map { token in
      RefreshTokenKeeper(
        token.secret, from: token.source, issued: try choices.refreshTokenIssued(token), logger: logger)
    }
  }
}
