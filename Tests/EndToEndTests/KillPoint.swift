import Foundation

/// The stages of a run as its log names them.
enum RunStage: String, Sendable, CaseIterable, Comparable {
  case fetch, ingest, tie, render

  static func < (left: Self, right: Self) -> Bool { left.place < right.place }

  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// Where a run is killed: behind so many lines that a stage wrote into the log.
struct KillPoint: Sendable, CustomStringConvertible {
  var stage: RunStage
  /// From 1.
  var line: Int

  var description: String { "\(stage) line \(line)" }
}

/// Reads a log line by line and knows the stage of each.
struct LogWatch: Sendable {
  private(set) var stage = RunStage.fetch
  private(set) var lines: [RunStage: Int] = [:]

  mutating func note(_ line: String) {
    if let begin = line.range(of: " stage="), let named = line[begin.upperBound...].split(separator: " ").first {
      stage = RunStage(rawValue: String(named)) ?? stage
    }
    lines[stage, default: 0] += 1
  }

  func hasReached(_ point: KillPoint) -> Bool {
    stage > point.stage || (stage == point.stage && lines[stage, default: 0] >= point.line)
  }
}

/// Sebastiano Vigna's SplitMix64, so that a seed is a series of points.
struct SeededChance: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
