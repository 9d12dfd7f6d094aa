import ArgumentParser
import MonthEnd

/// From a mismatch back to the raw answers behind it.
struct Explain: Step {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show one mismatch: the chain it stands in and the raw JSON behind it.")

  @Argument(help: ArgumentHelp("The mismatch, as the list names it.", valueName: "mismatch-id"))
  var id: String

  @OptionGroup(title: "Common options") var common: CommonOptions

  func perform() async throws -> Ending {
    conclude(try await common.workplace().month.explain(mismatch: id), as: "lines", .tiedOut, common)
  }
}
