import ArgumentParser
import MonthEnd

/// Whether archive, database and reports are what they were.
struct Verify: Step {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check archive, database and reports against their hashes.",
    discussion: "Prints one sentence for each flaw and ends with 3; without a flaw it ends with 0.")

  @OptionGroup(title: "Common options") var common: CommonOptions

  func perform() async throws -> Ending {
    let flaws = try await common.workplace().month.verify()
    let ending: Ending = flaws.isEmpty ? .tiedOut : .dataIncomplete
    let lines =
      flaws.isEmpty && !common.json && !common.quiet
      ? ["Archive, database and reports are as they were written."] : flaws
    return conclude(lines, as: "flaws", ending, common)
  }
}
