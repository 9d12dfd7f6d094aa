import ArgumentParser
import Foundation
import PartnerCenterEmulator

@main
struct Main: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "partner-center-emulator",
    abstract: "The Partner Center API over a seeded world with an answer key.",
    discussion: "It listens on 127.0.0.1 only and holds no real partner's data.",
    subcommands: [Serve.self, Generate.self])
}

/// Which world: the same options give the same world on every machine.
struct WorldOptions: ParsableArguments {
  @Option(help: "The seed the world grows from.")
  var seed: UInt64 = 1

  @Option(help: "About how many invoice lines the world has.")
  var lines = 700

  @Option(help: "The largest page the server serves.")
  var pageSize = 100

  @Option(
    help: ArgumentHelp("The last of the three invoiced months (default: 2025-02).", valueName: "yyyy-mm"),
    transform: { text in
      guard let month = World.Month(text) else {
        throw ValidationError("--newest must be a month such as 2025-04, not \(text).")
      }
      return month
    })
  var newest: World.Month = "2025-02"

  @Option(help: "Which errors are planted: none, drawn (by the seed) or all.")
  var plants = Plants.all

  enum Plants: String, ExpressibleByArgument, CaseIterable { case none, drawn, all }

  func validate() throws {
    guard lines > 0 else { throw ValidationError("--lines must be at least 1, not \(lines).") }
    guard pageSize > 0 else { throw ValidationError("--page-size must be at least 1, not \(pageSize).") }
  }

  func make() -> (served: ServedWorld, key: AnswerKey) {
    let chosen: World.Plants =
      switch plants {
      case .none: .none
      case .drawn: .drawn
      case .all: .all
      }
    return World.make(seed: seed, lines: lines, pageSizeMaximum: pageSize, plants: chosen, newest: newest)
  }
}

/// Says a line at once, also into a pipe.
func say(_ line: String) {
  FileHandle.standardOutput.write(Data((line + "\n").utf8))
}
