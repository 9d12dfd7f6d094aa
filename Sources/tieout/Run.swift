import ArgumentParser
import MonthEnd

/// From the service to the reports.
struct Run: Step {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Fetch a month, keep the evidence, tie it out and write the reports.",
    discussion: "A second run with the same --as-of and nothing new is quick and changes no byte.")

  @OptionGroup(title: "Common options") var common: CommonOptions
  @OptionGroup(title: "Service") var service: ServiceOptions
  @OptionGroup(title: "Lines") var fetch: FetchOptions

  func perform() async throws -> Ending {
    var workplace = try await common.workplace(service, fetch)
    try workplace.signIn()
    return conclude([try await workplace.month.run()], common)
  }
}
