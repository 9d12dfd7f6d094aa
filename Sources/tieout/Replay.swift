import ArgumentParser
import Billing
import MonthEnd

/// From an archive to the reports, offline.
struct Replay: Step {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Tie out from an archive, offline: all its runs in order, or one.",
    discussion: """
      A replay decides as the run did and needs nothing else: as-of, period and the configuration that decides come from \
      the archive's journal. With --period only the runs of that month are replayed.
      """)

  @Argument(help: ArgumentHelp("The archive's folder.", valueName: "archive"))
  var path: String

  @Option(help: ArgumentHelp("Replay one run only.", valueName: "id"))
  var run: String?

  @OptionGroup(title: "Common options") var common: CommonOptions

  func perform() async throws -> Ending {
    let outcomes = try await common.workplace(archive: path).month.replay(run: run)
    return conclude(Self.lastOfEachPeriod(outcomes), common)
  }

  /// A month that was run on several nights counts as it stood after the last of them.
  private static func lastOfEachPeriod(_ outcomes: [Outcome]) -> [Outcome] {
    outcomes.enumerated().filter { index, outcome in
      !outcomes[(index + 1)...].contains { $0.period == outcome.period }
    }.map(\.element)
  }
}
