import Foundation
import Synchronization

/// The built `tieout`, run as people run it.
struct Tool {
  var arguments: [String]
  /// What the environment adds; nothing that begins with `TIEOUT_` is inherited.
  var environment: [String: String] = [:]

  struct Result: Sendable {
    var status: Int32
    var output: String
    var complaint: String
    /// The largest resident set in KiB.
    var memoryPeak: Int
    var seconds: Double
    /// Of the processor: what else the machine does leaves them as they are.
    var secondsOfProcessor: Double
  }

  /// Beside the tests, where the same build put it.
  static let path: String? = {
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("tieout").path
    return [beside, "\(projectFolder)/.build/debug/tieout"].first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// Runs to the end.
  ///
  /// - Parameter meanwhile: is called with the process's number every few milliseconds.
  func run(meanwhile: (_ process: Int32) throws -> Void = { _ in }) async throws -> Result {
    let files = try Workplace()
    for name in ["out", "err"] { try Data().write(to: URL(fileURLWithPath: files.path(name))) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.path ?? "/usr/bin/false")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("TIEOUT_") }
      .merging(environment) { $1 }
    process.currentDirectoryURL = URL(fileURLWithPath: files.path)
    process.standardInput = FileHandle.nullDevice
    // Files take any amount; a pipe would have to be emptied meanwhile.
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: files.path("out")))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: files.path("err")))
    let clock = ContinuousClock()
    let begin = clock.now
    try process.run()
    var memoryPeak = 0
    var ticks = 0
    while process.isRunning {
      memoryPeak = max(memoryPeak, Self.memoryPeak(of: process.processIdentifier) ?? 0)
      ticks = max(ticks, Self.ticks(of: process.processIdentifier) ?? 0)
      try meanwhile(process.processIdentifier)
      try await Task.sleep(for: .milliseconds(10))
    }
    let took = (clock.now - begin).components
    return Result(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: try String(contentsOfFile: files.path("out"), encoding: .utf8),
      complaint: try String(contentsOfFile: files.path("err"), encoding: .utf8), memoryPeak: memoryPeak,
      seconds: Double(took.seconds) + Double(took.attoseconds) / 1e18,
      secondsOfProcessor: Double(ticks) / Double(sysconf(Int32(_SC_CLK_TCK))))
  }

  /// What the kernel counts for the program itself.
  ///
  /// `ru_maxrss` would begin with the memory of the process that started it.
  private static func memoryPeak(of process: Int32) -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8) else { return nil }
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) }
  }

  /// Time of the processor so far: `utime` and `stime`, the 14th and 15th field of its line.
  private static func ticks(of process: Int32) -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let name = status.lastIndex(of: ")")
    else { return nil }
    let fields = status[name...].split(separator: " ")
    guard fields.count > 13, let user = Int(fields[12]), let system = Int(fields[13]) else { return nil }
    return user + system
  }
}
