// This file imports no parser of arguments, because that has an `ExitCode` of its own.
import Glibc
import MonthEnd

/// How the program ends, as the README's table lists it.
typealias Ending = ExitCode

extension ExitCode {
  init(for error: any Error) { self = error is UsageError || error is CommandError ? .usage : exitCode(for: error) }

  /// Of several endings the one that needs somebody first.
  static func gravest(_ endings: [ExitCode]) -> ExitCode {
    let order: [ExitCode] = [
      .ourFault, .usage, .interrupted, .signInRefused, .locked, .dataIncomplete, .mismatches, .notReady,
    ]
    return order.first { endings.contains($0) } ?? .tiedOut
  }
}

func leave(_ ending: Ending) -> Never {
  exit(ending.rawValue)
}
