import ArgumentParser
import MonthEnd

/// From the database to the reports.
struct Report: Step {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the reports again from the database.")

  @OptionGroup(title: "Common options") var common: CommonOptions

  func perform() async throws -> Ending {
    conclude([try await common.workplace().month.report()], common)
  }
}
