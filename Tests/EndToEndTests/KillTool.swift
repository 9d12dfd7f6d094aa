import Foundation

/// The built `tieout`, its log read as it is written, and killed without a word where the log reaches a point.
struct KillTool {
  var arguments: [String]
  var environment: [String: String]

  struct Result: Sendable {
    /// Below zero the signal that ended it.
    var status: Int32
    /// As far as the log was read.
    var watch: LogWatch
    var lastLine: String

    var isKilled: Bool { status == -SIGKILL }
  }

  /// - Parameter point: Where it is killed; `nil` lets it come to its end.
  func run(killedAt point: KillPoint? = nil) async throws -> Result {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: Tool.path ?? "/usr/bin/false")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("TIEOUT_") }
      .merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = pipe
    let (endings, ending) = AsyncStream.makeStream(of: Int32.self)
    process.terminationHandler = { process in
      ending.yield(process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus)
      ending.finish()
    }
    try process.run()
    let number = process.processIdentifier
    let descriptor = pipe.fileHandleForReading.fileDescriptor
    let (watch, lastLine) = await withCheckedContinuation { continuation in
      // Reading waits, so it has a thread of its own.
      Thread.detachNewThread { continuation.resume(returning: Self.follow(descriptor, of: number, until: point)) }
    }
    var status: Int32 = 0
    for await ended in endings { status = ended }
    withExtendedLifetime(pipe) {}
    return Result(status: status, watch: watch, lastLine: lastLine)
  }

  private static func follow(_ descriptor: Int32, of process: Int32, until point: KillPoint?) -> (LogWatch, String) {
    var watch = LogWatch()
    var line: [UInt8] = []
    var last = ""
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return (watch, last) }
      for byte in buffer[..<count] {
        guard byte == UInt8(ascii: "\n") else {
          line.append(byte)
          continue
        }
        last = String(decoding: line, as: UTF8.self)
        line = []
        watch.note(last)
        if let point, watch.hasReached(point) {
          kill(process, SIGKILL)
          return (watch, last)
        }
      }
    }
  }
}
