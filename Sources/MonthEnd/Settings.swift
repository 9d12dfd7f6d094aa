public import Billing
public import PartnerCenter
public import Reconciliation

/// Everything a run is told: options, configuration and secrets, already checked.
public struct Settings: Sendable {
  // Where
  public var database: String
  public var archive: String
  public var reports: String
  /// Base addresses, so that a national cloud, a proxy or an emulator can stand there.
  public var apiURL: String
  public var loginURL: String
  public var graphURL: String
  public var pricingURL: String
  public var exportURL: String

  // Who
  public var credentials: Credentials?
  /// Where new refresh tokens go; without one the run forgets them.
  public var refreshTokenKeeper: RefreshTokenKeeper?

  // What
  /// Business time: what the run believes to be now.
  public var asOf: Instant
  /// Whether somebody said so. A run that was cut off is gone on with under its own as-of, unless another one is given.
  public var asOfIsGiven = true
  /// The month to tie out; `nil` takes the newest invoiced one at `asOf`.
  public var period: Month?
  /// Countries that tax the invoice's total only: their currency and the rate as a fraction (0.10).
  public var taxOnTotal: [Currency: Amount]
  /// How many listed mismatches a run may have and still end with 0.
  public var mismatchesAllowed: Int
  /// How many months before the period belong to the window with it: refunds, credits and annual terms cross months.
  public var windowMonths: Int
  /// Lines asked for per page: the service's own maximum is 2000 (contract §5).
  public var pageSize: Int
  /// Whether everything is fetched again, also invoices that are proved and have not changed.
  public var refetches = false
  /// A run that was cut off longer ago is not gone on with: the service's data has moved on.
  public var resumeHoursMax = 24
  /// Calls a minute, refused ones included: the published ceiling for a tenant (contract §6.4).
  public var callsPerMinute = 500
  /// Which of the two line-item APIs is asked for the lines of new-commerce invoices.
  public var lineItems = LineItemsChoice.auto
  /// A folder with exports that were downloaded earlier; their lines are taken from there.
  public var exportFolder: String?
  /// How long an export may take to be made.
  public var exportSecondsMax = 1_800
  /// Requests under way at once.
  public var requestsMax: Int
  /// Seconds without a byte before an answer is given up, and seconds for a whole answer.
  public var readSecondsMax: Int
  public var bodySecondsMax: Int
  public var attemptsMax: Int
  /// Rest before the second attempt; it doubles with each further one.
  public var restMillisecondsFirst: Int

  public init(
    database: String, archive: String, reports: String, asOf: Instant, period: Month? = nil,
    credentials: Credentials? = nil, apiURL: String = ServiceAddress.partnerCenter.base,
    loginURL: String = ServiceAddress.signIn.base, graphURL: String = ServiceAddress.graph.base,
    pricingURL: String = ServiceAddress.pricing.base, exportURL: String = ServiceAddress.billingExport.base,
    taxOnTotal: [Currency: Amount] = [:], mismatchesAllowed: Int = 0, windowMonths: Int = 12, pageSize: Int = 2000,
    requestsMax: Int = 4,
    readSecondsMax: Int = 60, bodySecondsMax: Int = 600, attemptsMax: Int = 5, restMillisecondsFirst: Int = 500
  ) {
    self.database = database
    self.archive = archive
    self.reports = reports
    self.asOf = asOf
    self.period = period
    self.credentials = credentials
    self.apiURL = apiURL
    self.loginURL = loginURL
    self.graphURL = graphURL
    self.pricingURL = pricingURL
    self.exportURL = exportURL
    self.taxOnTotal = taxOnTotal
    self.mismatchesAllowed = mismatchesAllowed
    self.windowMonths = windowMonths
    self.pageSize = pageSize
    self.requestsMax = requestsMax
    self.readSecondsMax = readSecondsMax
    self.bodySecondsMax = bodySecondsMax
    self.attemptsMax = attemptsMax
    self.restMillisecondsFirst = restMillisecondsFirst
  }

  /// The addresses, each understood or refused.
  var addresses: ServiceAddresses {
    get throws(ConfigurationError) {
      ServiceAddresses(
        api: try ServiceAddress(apiURL, option: "--api-url"),
        signIn: try ServiceAddress(loginURL, option: "--login-url"),
        graph: try ServiceAddress(graphURL, option: "--graph-url"),
        pricing: try ServiceAddress(pricingURL, option: "--pricing-url"),
        export: try ServiceAddress(exportURL, option: "--export-url"))
    }
  }

  /// What decides, as it is journalled with a run: without secrets, and enough to decide the same again.
  public var decisive: [String: String] {
    var facts = [
      "mismatches-allowed": String(mismatchesAllowed), "window-months": String(windowMonths),
      "page-size": String(pageSize), "line-items": lineItems.rawValue,
    ]
    if exportFolder != nil { facts["export-folder"] = "yes" }
    for (currency, rate) in taxOnTotal { facts["tax-on-total.\(currency)"] = rate.description }
    return facts
  }
}

/// How a command ends: the number a script sees.
public enum ExitCode: Int32, Sendable, CaseIterable {
  case tiedOut = 0
  case mismatches = 1
  case dataIncomplete = 3
  case locked = 11
  case signInRefused = 12
  case usage = 64
  case ourFault = 70
  case notReady = 75
  case interrupted = 130
}

/// What a run or a replay ends with.
public struct Outcome: Sendable {
  public var runID: String
  public var period: Month
  public var asOf: Instant
  public var exitCode: ExitCode
  public var findings: Findings
  /// At most ten lines for a controller.
  public var summary: [String]
  public var reports: [String]

  public init(
    runID: String, period: Month, asOf: Instant, exitCode: ExitCode, findings: Findings, summary: [String],
    reports: [String]
  ) {
    self.runID = runID
    self.period = period
    self.asOf = asOf
    self.exitCode = exitCode
    self.findings = findings
    self.summary = summary
    self.reports = reports
  }
}

/// A step worth showing on a terminal.
public struct Progress: Sendable {
  public enum Stage: String, Sendable { case fetch, ingest, tie, render }
  public var stage: Stage
  public var done: Int
  /// `nil` while it is not known.
  public var total: Int?

  public init(stage: Stage, done: Int, total: Int?) {
    self.stage = stage
    self.done = done
    self.total = total
  }
}
