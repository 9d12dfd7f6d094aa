import ArgumentParser

/// Options that every command takes. None has a default here: what is not given is looked up further down.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The SQLite file. (default: tieout.sqlite)", valueName: "file"))
  var database: String?

  @Option(help: ArgumentHelp("Folder the reports are written to. (default: reports)", valueName: "dir"))
  var reports: String?

  @Option(help: ArgumentHelp("Folder of the evidence: every answer as it came. (default: evidence)", valueName: "dir"))
  var archive: String?

  @Option(help: ArgumentHelp("Month to tie out, such as 2025-02. (default: the newest invoiced)", valueName: "yyyy-mm"))
  var period: String?

  @Option(help: ArgumentHelp("Configuration in YAML.", valueName: "file"))
  var config: String?

  @Option(name: .customLong("log-format"), help: ArgumentHelp("text or json. (default: text)", valueName: "format"))
  var logFormat: String?

  @Option(
    name: .customLong("log-level"),
    help: ArgumentHelp(
      "trace, debug, info, notice, warning, error or critical. (default: notice)", valueName: "level"))
  var logLevel: String?

  @Flag(help: "Print the result as one JSON object; amounts are texts.")
  var json = false

  @Flag(help: "Print neither progress nor a summary.")
  var quiet = false

  /// What was given, by its key.
  var given: [Key: String] {
    let all: [Key: String?] = [
      .database: database, .reports: reports, .archive: archive, .period: period, .config: config,
      .logFormat: logFormat, .logLevel: logLevel,
    ]
    return all.compactMapValues { $0 }
  }
}

/// Options of a command that talks to the service.
struct ServiceOptions: ParsableArguments {
  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp(
      "What the run believes to be now: a day (its first moment, UTC) or 2025-03-20T04:00:00Z. (default: now)",
      valueName: "time"))
  var asOf: String?

  @Option(
    name: .customLong("api-url"),
    help: ArgumentHelp(
      "Base address of the Partner Center API: a national cloud, a proxy, an emulator.", valueName: "url"))
  var apiURL: String?

  @Option(name: .customLong("login-url"), help: ArgumentHelp("Base address of the sign-in service.", valueName: "url"))
  var loginURL: String?

  @Option(name: .customLong("graph-url"), help: ArgumentHelp("Base address of Microsoft Graph.", valueName: "url"))
  var graphURL: String?

  @Option(
    name: .customLong("pricing-url"),
    help: ArgumentHelp("Base address of price sheets and exchange rates.", valueName: "url"))
  var pricingURL: String?

  @Option(
    name: .customLong("export-url"),
    help: ArgumentHelp("Base address of the billing export of 2022 (v2 beta).", valueName: "url"))
  var exportURL: String?

  @Option(help: ArgumentHelp("The partner's tenant: a GUID or a domain.", valueName: "id"))
  var tenant: String?

  @Option(name: .customLong("client-id"), help: ArgumentHelp("The registered application.", valueName: "id"))
  var clientID: String?

  /// What was given, by its key.
  var given: [Key: String] {
    let all: [Key: String?] = [
      .asOf: asOf, .apiURL: apiURL, .loginURL: loginURL, .graphURL: graphURL, .pricingURL: pricingURL,
      .exportURL: exportURL, .tenant: tenant, .clientID: clientID,
    ]
    return all.compactMapValues { $0 }
  }
}
