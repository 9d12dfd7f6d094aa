/// What can be chosen, by one name: `api-url` in the file, `--api-url` as an option, `TIEOUT_API_URL` in the environment.
enum Key: String, CaseIterable, Sendable {
  case database, reports, archive, period
  case asOf = "as-of"
  case config

  case apiURL = "api-url"
  case loginURL = "login-url"
  case graphURL = "graph-url"
  case pricingURL = "pricing-url"
  case exportURL = "export-url"
  case tenant
  case clientID = "client-id"
  case clientSecretFile = "client-secret-file"
  case clientSecretCredential = "client-secret-credential"
  case clientSecretCommand = "client-secret-command"
  case refreshTokenFile = "refresh-token-file"
  case refreshTokenCredential = "refresh-token-credential"
  case refreshTokenCommand = "refresh-token-command"
  case refreshTokenIssued = "refresh-token-issued"

  /// A table of its own: currency to rate.
  case taxOnTotal = "tax-on-total"
  case mismatchesAllowed = "mismatches-allowed"
  case windowMonths = "window-months"
  case lineItems = "line-items"
  case exportFolder = "export-folder"
  case refetch

  case pageSize = "page-size"
  case requestsMax = "requests-max"
  case readSecondsMax = "read-seconds-max"
  case bodySecondsMax = "body-seconds-max"
  case attemptsMax = "attempts-max"
  case callsPerMinute = "calls-per-minute"
  case exportSecondsMax = "export-seconds-max"
  case resumeHoursMax = "resume-hours-max"

  case logFormat = "log-format"
  case logLevel = "log-level"

  /// Keys that make no sense inside the configuration file.
  static let outsideFile: Set<Key> = [.config]

  /// `TIEOUT_API_URL`
  var variable: String { "TIEOUT_" + rawValue.uppercased().split(separator: "-").joined(separator: "_") }
}
