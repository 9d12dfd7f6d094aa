import ArgumentParser
import Foundation
import PartnerCenterEmulator

struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a world and its answer key as files.",
    discussion: "The folder must be new or empty. The key is answer-key.json, beside a file for each collection.")

  @OptionGroup var world: WorldOptions

  @Option(help: ArgumentHelp("The folder to write into.", valueName: "folder"))
  var out: String

  func run() throws {
    let (served, key) = world.make()
    try served.write(toFolder: out)
    let file = URL(filePath: out, directoryHint: .isDirectory).appending(path: "answer-key.json")
    try Data(try key.text.utf8).write(to: file)
    let lines = served.lines.values.reduce(0) { $0 + $1.count }
    say(
      "Wrote \(served.invoices.count) invoices with \(lines) lines and \(key.planted.count) planted errors to \(out).")
  }
}
