import ArgumentParser
import Billing
import MonthEnd
import PartnerCenter

/// Which calls the configured application and user may make.
struct AuthCheck: Step {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Sign in for every family of calls and read once with each token.",
    discussion: """
      Prints which calls work, which are refused and what to do, and how long the refresh token lasts. Ends with 0 when \
      everything a run needs works, else with 12. For Microsoft Graph it asks for an operation that nobody ever began: 404 \
      means that asking is allowed.
      """)

  @OptionGroup(title: "Common options") var common: CommonOptions
  @OptionGroup(title: "Service") var service: ServiceOptions

  func perform() async throws -> Ending {
    var workplace = try await common.workplace(service)
    try workplace.signIn()
    let findings = try await workplace.month.checkAccess()
    let keeper = workplace.settings.refreshTokenKeeper
    let report = AccessReport(
      findings: findings, source: keeper?.source, life: await keeper?.life, today: Instant.now.day)
    if common.json {
      Screen.shared.print(report.json.description)
    } else if !common.quiet {
      for line in report.lines { Screen.shared.print(line) }
    }
    return report.ending
  }
}
