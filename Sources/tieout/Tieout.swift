import ArgumentParser
import MonthEnd

/// The command: options, configuration, exit codes and progress; what it does is the library's.
@main
struct Tieout: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tieout",
    abstract: "Proves Microsoft partner (CSP) invoices to the cent, and lists what does not tie.",
    discussion: """
      Options stand above environment variables (TIEOUT_ and the option's name, as in TIEOUT_API_URL), these above the \
      configuration file (--config), and that above the defaults. Secrets are never options: TIEOUT_CLIENT_SECRET and \
      TIEOUT_REFRESH_TOKEN, or client-secret-file and refresh-token-file in the configuration.

      EXIT STATUS
        0   tied out, and no more mismatches than allowed
        1   mismatches; what was to be bought was not, or only in part
        3   data incomplete or damaged
        11  another run holds the database
        12  sign-in refused
        64  usage or configuration
        70  our own fault
        75  not ready: the period's invoices do not exist yet
        130 interrupted
      """,
    subcommands: [Run.self, Replay.self, Report.self, Explain.self, Verify.self, Auth.self],
    groupedSubcommands: [
      CommandGroup(
        name: "Purchasing",
        subcommands: [
          Registration.self, Products.self, Skus.self, Availabilities.self, Inventory.self, Prices.self,
          CartCommands.self,
        ]),
      CommandGroup(
        name: "Customer",
        subcommands: [
          Customers.self, Orders.self, Subscriptions.self, Entitlements.self, Reservation.self,
        ]),
      CommandGroup(name: "Billing", subcommands: [Balance.self, Invoices.self, Unbilled.self]),
    ])

  static func main() async {
    let interruption = Interruption()
    let work = Task { try await perform() }
    interruption.cancels(work)
    switch await work.result {
    case .success(let ending): leave(ending)
    case .failure(let misunderstanding as Misunderstanding): exit(withError: misunderstanding.reason)
    case .failure(let error) where interruption.hasHappened || error is CancellationError:
      Screen.shared.complain("Interrupted. What was fetched is kept as evidence; run again to finish.")
      leave(.interrupted)
    case .failure(let error):
      Screen.shared.complain("\(error)")
      leave(Ending(for: error))
    }
  }

  private static func perform() async throws -> Ending {
    var command: any ParsableCommand
    do { command = try parseAsRoot() } catch { throw Misunderstanding(reason: error) }
    guard let step = command as? any Step else {
      // `tieout` alone or a request for help: the parser prints what it has to say.
      do { try command.run() } catch { throw Misunderstanding(reason: error) }
      return .tiedOut
    }
    return try await step.perform()
  }
}

/// A subcommand: it does its work and says how the program ends.
protocol Step: ParsableCommand {
  func perform() async throws -> Ending
}

/// What the parser of arguments wants to say: help, a version or a mistake in the arguments.
private struct Misunderstanding: Error {
  let reason: any Error
}
