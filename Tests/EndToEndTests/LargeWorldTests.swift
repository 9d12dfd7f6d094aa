import Foundation
import Testing

/// A large partner: a million lines where everything is tested, a fiftieth of it otherwise.
///
/// Service and program are processes of their own, as in life, so that what one of them takes is not the other's.
@Suite(
  "A large month",
  .enabled(if: Tool.path != nil && EmulatorProcess.path != nil, "tieout and its emulator are not built"),
  .serialized)
struct LargeWorldTests {
  private static let testsAll = ProcessInfo.processInfo.environment["TIEOUT_TEST_ALL"] == "1"
  private static let lines = testsAll ? 1_000_000 : 20_000
  /// In KiB. A replay has the whole journal at hand, a run only what it asks for.
  private static let runMemoryMax = 300 << 10
  private static let replayMemoryMax = 1 << 20

  @Test("takes at most 300 MiB from either API, which give the same reports, and so does its replay within one GiB")
  func memory() async throws {
    let workplace = try Workplace()
    try await EmulatorProcess.serving(lines: Self.lines, seed: 77, pageSize: 2_000) { emulator in
      for source in ["api", "export"] {
        let run = try await Tool(
          arguments: [
            "run", "--archive", workplace.path("\(source)-archive"), "--database", workplace.path("\(source).sqlite"),
            "--reports", workplace.path("\(source)-reports"), "--line-items", source, "--log-level", "info", "--quiet",
          ] + emulator.arguments, environment: emulator.environment
        ).run()
        check(run, "run by \(source)", memoryMax: Self.runMemoryMax)
        // A million lines need their room only once.
        try FileManager.default.removeItem(atPath: workplace.path("\(source).sqlite"))
      }
    }
    let replay = try await Tool(arguments: [
      "replay", workplace.path("export-archive"), "--database", workplace.path("replay.sqlite"), "--reports",
      workplace.path("replay-reports"), "--log-level", "info", "--quiet",
    ]).run()
    check(replay, "replay of the export", memoryMax: Self.replayMemoryMax)
    let reports = try Workplace.files(below: workplace.path("api-reports"))
    #expect(!reports.isEmpty)
    #expect(try Workplace.files(below: workplace.path("export-reports")) == reports)
    #expect(try Workplace.files(below: workplace.path("replay-reports")) == reports)
  }

  private func check(_ result: Tool.Result, _ what: String, memoryMax: Int) {
    #expect(result.status == 0, "\(what): \(result.complaint.suffix(2_000))")
    #expect(result.memoryPeak > 0)
    #expect(result.memoryPeak <= memoryMax, "\(what): \(result.memoryPeak) KiB")
    let perSecond = Int(Double(Self.lines) / result.seconds)
    print(
      "A month of about \(Self.lines) lines, \(what): \(Self.rounded(result.seconds)) s "
        + "(\(Self.rounded(result.secondsOfProcessor)) s of processor), \(perSecond) lines a second, at most "
        + "\(result.memoryPeak / 1024) MiB; \(Self.stages(in: result.complaint))")
  }

  private static func rounded(_ seconds: Double) -> String { String(format: "%.1f", seconds) }

  /// `fetch 1.2 s, ingest 3.4 s, …`, from the times in the log.
  private static func stages(in log: String) -> String {
    var begins: [(stage: String, second: Double)] = []
    for line in log.split(separator: "\n") {
      guard let second = secondOfDay(line), let mark = line.firstRange(of: "stage begins stage=") else { continue }
      begins.append((String(line[mark.upperBound...]), second))
    }
    let end = log.split(separator: "\n").last.flatMap(secondOfDay) ?? 0
    let ends = begins.dropFirst().map(\.second) + [end]
    return zip(begins, ends).map { begin, end in
      let took = end - begin.second
      return "\(begin.stage) \(rounded(took < 0 ? took + 86_400 : took)) s"
    }.joined(separator: ", ")
  }

  /// Of a line that begins `2026-11-22T18:51:35.8233807Z`.
  private static func secondOfDay(_ line: Substring) -> Double? {
    guard let time = line.split(separator: " ").first?.split(separator: "T").last?.dropLast() else { return nil }
    let parts = time.split(separator: ":").compactMap { Double($0) }
    return parts.count == 3 ? parts[0] * 3_600 + parts[1] * 60 + parts[2] : nil
  }
}
