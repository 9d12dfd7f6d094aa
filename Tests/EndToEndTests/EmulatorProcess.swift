import Foundation
import PartnerCenterEmulator
import Testing

/// The built `partner-center-emulator`, serving a world from a process of its own.
struct EmulatorProcess {
  /// What a run needs to be pointed at it.
  let arguments: [String]
  let environment: [String: String]

  /// Beside the tests, where the same build put it.
  static let path: String? = {
    guard let tool = Tool.path else { return nil }
    let beside = URL(fileURLWithPath: tool).deletingLastPathComponent()
      .appendingPathComponent("partner-center-emulator").path
    return FileManager.default.isExecutableFile(atPath: beside) ? beside : nil
  }()

  /// Serves a world without errors while `body` runs.
  static func serving(
    lines: Int, seed: UInt64, pageSize: Int, body: (EmulatorProcess) async throws -> Void
  ) async throws {
    let files = try Workplace()
    let said = files.path("said")
    try Data().write(to: URL(fileURLWithPath: said))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path ?? "/usr/bin/false")
    process.arguments = [
      "serve", "--seed", String(seed), "--lines", String(lines), "--page-size", String(pageSize), "--plants", "none",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: said))
    try process.run()
    defer {
      process.terminate()
      process.waitUntilExit()
    }
    while true {
      let text = try String(contentsOfFile: said, encoding: .utf8)
      if let emulator = EmulatorProcess(saying: text) { return try await body(emulator) }
      try #require(process.isRunning, "the emulator ended: \(text)")
      // Growing a large world takes its time.
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// Reads what the emulator says when it is ready; `nil` before.
  private init?(saying text: String) {
    func value(_ name: String) -> String? {
      text.split(separator: "\n").first { $0.hasPrefix(name) }?.split(separator: " ").last.map(String.init)
    }
    guard let last = text.split(separator: "\n").last, last.hasPrefix("Point tieout at it"), text.hasSuffix("\n"),
      let options = last.firstRange(of: "--api-url"), let tenant = value("tenant:"), let client = value("client id:"),
      let url = last[options.upperBound...].split(separator: " ").first
    else { return nil }
    arguments =
      last[options.lowerBound...].split(separator: " ").map(String.init) + [
        "--graph-url", String(url), "--tenant", tenant, "--client-id", client,
      ]
    let known = Emulator.Configuration()
    environment = [
      "TIEOUT_CLIENT_SECRET": known.clientSecret, "TIEOUT_REFRESH_TOKEN": known.refreshToken,
      "TIEOUT_TAX_ON_TOTAL_AUD": "0.10",
      // The emulator has no ceiling, and nobody waits for one here.
      "TIEOUT_CALLS_PER_MINUTE": "1000000",
    ]
  }
}
