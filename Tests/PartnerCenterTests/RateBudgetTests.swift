import Testing

@testable import PartnerCenter

/// Seconds after the beginning, where the clock of these tests stands still.
private func at(_ seconds: Int, milliseconds: Int = 0) -> RateBudget.Instant {
  beginning.advanced(by: .seconds(seconds) + .milliseconds(milliseconds))
}

private let beginning = ContinuousClock.now

@Suite("A rate budget")
struct RateBudgetTests {
  @Test("lets the ceiling through at once, and the next call when the oldest is a minute old")
  func window() {
    var budget = RateBudget(callsPerMinute: 3)
    #expect([0, 10, 50].map { budget.turn(at: at($0)) } == [.zero, .zero, .zero])
    #expect(budget.turn(at: at(50)) == .seconds(10))
    #expect(budget.turn(at: at(59, milliseconds: 999)) == .milliseconds(1))
    #expect(budget.turn(at: at(60)) == .zero)
    #expect(budget.turn(at: at(60)) == .seconds(10))
    #expect(budget.turn(at: at(70)) == .zero)
  }

  @Test("does not start anew on the minute")
  func edge() {
    var budget = RateBudget()
    let before = (0..<500).count { _ in budget.turn(at: at(59)) == .zero }
    let after = (0..<500).count { _ in budget.turn(at: at(61)) == .zero }
    #expect([before, after] == [500, 0])
    #expect(budget.turn(at: at(61)) == .seconds(58))
  }

  @Test("allows at least one call a minute", arguments: [(0, 1), (-5, 1), (1, 1), (500, 500), (Int.max, 1_000_000)])
  func ceiling(set: Int, used: Int) {
    #expect(RateBudget(callsPerMinute: set).callsPerMinute == used)
  }

  @Test("rests as long as the service asked, and a shorter demand does not shorten it")
  func rest() {
    var budget = RateBudget()
    budget.slowDown(until: at(57), turn: at(0), at: at(0))
    #expect(budget.turn(at: at(0)) == .seconds(57))
    budget.slowDown(until: at(20), turn: at(0), at: at(10))
    #expect(budget.turn(at: at(10)) == .seconds(47))
    #expect(budget.turn(at: at(56)) == .seconds(1))
    #expect(budget.turn(at: at(57)) == .zero)
  }

  @Test(
    "halves the ceiling with each refusal, down to thirty",
    arguments: [
      (500, [250, 125, 62, 31, 30, 30]), (100, [50, 30, 30]), (40, [30, 30]), (30, [30]), (10, [10, 10]), (1, [1]),
    ])
  func halves(set: Int, ceilings: [Int]) {
    var budget = RateBudget(callsPerMinute: set)
    for (second, ceiling) in ceilings.enumerated() {
      budget.slowDown(until: at(second), turn: at(second), at: at(second))
      #expect(budget.ceiling(at: at(second)) == ceiling, "after refusal \(second + 1)")
    }
  }

  @Test("halves once for calls that were under way together")
  func together() {
    var budget = RateBudget()
    for _ in 0..<8 { #expect(budget.turn(at: at(0)) == .zero) }
    for second in 1...8 { budget.slowDown(until: at(second + 5), turn: at(0), at: at(second)) }
    #expect(budget.ceiling(at: at(8)) == 250)
    #expect(budget.turn(at: at(8)) == .seconds(5))
    // One that had its turn after the ceiling was halved says that half is too much.
    budget.slowDown(until: at(20), turn: at(14), at: at(15))
    #expect(budget.ceiling(at: at(15)) == 125)
  }

  @Test(
    "regains a tenth of the original with each minute after the rest",
    arguments: [
      (0, 250), (57, 250), (116, 250), (117, 300), (176, 300), (177, 350), (357, 500), (1_000, 500), (10_000_000, 500),
    ])
  func regains(second: Int, ceiling: Int) {
    var budget = RateBudget()
    budget.slowDown(until: at(57), turn: at(0), at: at(0))
    #expect(budget.ceiling(at: at(second)) == ceiling)
  }

  @Test("lets nobody through while more calls are in the window than are allowed now")
  func halvedWindow() {
    var budget = RateBudget(callsPerMinute: 60)
    for second in 0..<60 { #expect(budget.turn(at: at(second)) == .zero) }
    budget.slowDown(until: at(59), turn: at(59), at: at(59))
    // Thirty are allowed, so the thirtieth youngest, sent at second 30, has to leave the window.
    #expect(budget.turn(at: at(60)) == .seconds(30))
    #expect(budget.turn(at: at(90)) == .zero)
  }

  @Test("No window of sixty seconds holds more calls than the ceiling", arguments: UInt64(1)...40)
  func law(seed: UInt64) {
    var chance = Chance(seed: seed)
    let ceiling = 1 + chance.below(60)
    var budget = RateBudget(callsPerMinute: ceiling)
    var now = beginning
    var sent: [RateBudget.Instant] = []
    for _ in 0..<2_000 {
      // Bursts, trickles and pauses.
      let pauses = [0, 0, chance.below(50), chance.below(3_000), chance.below(90_000)]
      now = now.advanced(by: .milliseconds(pauses[chance.below(pauses.count)]))
      if chance.below(100) == 0 {
        budget.slowDown(until: now.advanced(by: .seconds(chance.below(90))), turn: now, at: now)
      }
      let rest = budget.turn(at: now)
      // Some ask again too early, as nobody should: that is no way around the ceiling.
      let times = rest == .zero ? [] : [now.advanced(by: rest / 2), now.advanced(by: rest)]
      for time in times.isEmpty ? [now] : times {
        now = time
        guard times.isEmpty || budget.turn(at: time) == .zero else { continue }
        sent.append(time)
        let inWindow = sent.reversed().prefix { time < $0.advanced(by: .seconds(60)) }.count
        guard inWindow <= budget.ceiling(at: time), inWindow <= ceiling else {
          Issue.record("seed \(seed): call \(sent.count) is number \(inWindow) within a minute")
          return
        }
      }
    }
    #expect(sent.count > ceiling, "seed \(seed)")
  }
}

/// SplitMix64: the same sequence for the same seed.
private struct Chance {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }
}
