import ArgumentParser
import FoundationEssentials
import Logging
import MonthEnd

extension CommonOptions {
  /// Puts options, environment and file together; what stands behind a subcommand.
  func workplace(
    _ service: ServiceOptions? = nil, _ fetch: FetchOptions? = nil, archive: String? = nil
  ) async throws -> Workplace {
    Screen.shared.showProgress(unless: quiet)
    var given = given.merging(service?.given ?? [:]) { $1 }.merging(fetch?.given ?? [:]) { $1 }
    if let archive { given[.archive] = archive }
    let choices = try await Choices(given: given, environment: ProcessInfo.processInfo.environment)
    return Workplace(choices: choices, settings: try choices.settings(asOf: .now), logger: try choices.logger())
  }
}

/// What a subcommand works with.
struct Workplace {
  let choices: Choices
  var settings: Settings
  let logger: Logger

  var month: MonthEnd {
    MonthEnd(settings: settings, logger: logger) { Screen.shared.show($0) }
  }
}

extension Step {
  /// Prints what runs ended with and gives the ending of the whole.
  func conclude(_ outcomes: [Outcome], _ options: CommonOptions) -> Ending {
    let ending = Ending.gravest(outcomes.map(\.exitCode))
    if options.json {
      Screen.shared.print(
        JSONText.object([
          ("command", .text(Self.configuration.commandName ?? "")), ("exit_code", .number(Int(ending.rawValue))),
          ("runs", .list(outcomes.map(\.json))),
        ]).description)
    } else if !options.quiet {
      Screen.shared.print(outcomes.map { $0.summary.joined(separator: "\n") }.joined(separator: "\n\n"))
    }
    return ending
  }

  /// Prints lines of text, or one JSON object that holds them.
  func conclude(_ lines: [String], as member: String, _ ending: Ending, _ options: CommonOptions) -> Ending {
    if options.json {
      Screen.shared.print(
        JSONText.object([
          ("command", .text(Self.configuration.commandName ?? "")), ("exit_code", .number(Int(ending.rawValue))),
          (member, .list(lines.map { .text($0) })),
        ]).description)
    } else {
      for line in lines { Screen.shared.print(line) }
    }
    return ending
  }
}
