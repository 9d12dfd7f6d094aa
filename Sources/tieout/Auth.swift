import ArgumentParser

/// What concerns signing in.
struct Auth: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "auth", abstract: "Look after the sign-in.", subcommands: [AuthCheck.self])
}
