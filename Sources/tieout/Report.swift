import ArgumentParser
import Billing
import MonthEnd

/// From the database to the reports.
struct Report: Step {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the reports again from the database.")

  @OptionGroup(title: "Common options") var common: CommonOptions

  func perform() async throws -> Ending {
    let workplace = try await common.workplace()
    let outcome = try workplace.month.report()
    if let period = workplace.settings.period, period != outcome.period {
      throw UsageError.periodNotInDatabase(period: period.description, known: outcome.period.description)
    }
    return conclude([outcome], common)
  }
}
