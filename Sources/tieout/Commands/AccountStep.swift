import ArgumentParser
import Logging
import MonthEnd

/// A step that asks the service something, or buys, outside a run.
protocol AccountStep: Step {
  /// The command as it is typed: `products list`.
  static var words: String { get }
  var desk: DeskOptions { get }
  func perform(at desk: Desk) async throws -> Ending
}

/// Options of every command outside a run.
struct DeskOptions: ParsableArguments {
  @OptionGroup(title: "Common options") var common: CommonOptions
  @OptionGroup(title: "Service") var service: ServiceOptions
}

/// What such a command works with: the way to the service, and the way to say something.
struct Desk {
  let words: String
  let account: Account
  let settings: Settings
  let logger: Logger
  let isJSON: Bool
  /// Whether somebody typed what the time is to be.
  let isTimeTyped: Bool
}

extension AccountStep {
  func perform() async throws -> Ending {
    var workplace = try await desk.common.workplace(desk.service)
    try workplace.signIn()
    // What stands in environment or file is for months that are tied out; it must not date a purchase.
    let isTimeTyped = desk.service.asOf != nil
    if !isTimeTyped { workplace.settings.asOf = .now }
    let (settings, logger) = (workplace.settings, workplace.logger)
    return try await Account.with(settings, logger: logger) { account in
      try await perform(
        at: Desk(
          words: Self.words, account: account, settings: settings, logger: logger, isJSON: desk.common.json,
          isTimeTyped: isTimeTyped))
    }
  }
}

extension Desk {
  /// Prints a list while `fill` adds to it.
  func list<Row>(
    _ member: String, _ columns: [Column<Row>], nothing: String, fill: (inout Listing<Row>) async throws -> Void
  ) async throws -> Ending {
    var listing = Listing(words, member, columns, isJSON: isJSON, nothing: nothing)
    do {
      try await fill(&listing)
    } catch {
      listing.end(Ending(for: error), hasFailed: true)
      throw error
    }
    listing.end(.tiedOut)
    return .tiedOut
  }

  /// Prints what was put together, and gives its ending.
  func print(_ fill: (inout Printout) throws -> Void) rethrows -> Ending {
    var printout = Printout(words)
    try fill(&printout)
    Screen.shared.print(isJSON ? printout.json.description : printout.text)
    return printout.ending
  }

  /// Prints one thing.
  func show<Row>(_ member: String, _ columns: [Column<Row>], _ row: Row) -> Ending {
    print { $0.add(member, columns, one: row) }
  }
}
