import Foundation

/// A journal as read: its runs, what each asked, and every flaw met on the way.
///
/// A last line that stops in the middle is what a run leaves when it is cut off, so it is no flaw as long as a run has
/// no end; anything else that cannot be read is one.
package struct Journal: Sendable {
  package private(set) var runs: [ArchivedRun] = []
  package private(set) var flaws: [Flaw] = []
  /// The line each body is first named in, and its size there.
  private(set) var bodies: [String: (line: Int, bytes: Int)] = [:]
  /// Same size under the same name, else the journal contradicts itself: the others by line.
  private(set) var bodiesElsewhere: [(sha256: String, line: Int, bytes: Int)] = []

  private var exchangesByRun: [String: [Exchange]] = [:]
  private var positions: [String: Int] = [:]
  private var numbers: [String: Set<Int>] = [:]
  private var counted: [String: Int] = [:]

  package func exchanges(of run: String) -> [Exchange] { exchangesByRun[run] ?? [] }

  package func run(_ id: String) -> ArchivedRun? { positions[id].map { runs[$0] } }

  package init(reading bytes: [UInt8]) {
    let decoder = JSONDecoder()
    var number = 0
    var unread: (line: Int, reason: String, bytes: ArraySlice<UInt8>)?
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: 0x0a) ?? bytes.endIndex
      number += 1
      let reading = JournalEntry.reading(bytes[start..<end], with: decoder)
      if let stump = unread {
        if case .entry(.cut) = reading {
          settle(stump)
        } else {
          flaws.append(.brokenLine(stump.line, reason: stump.reason))
        }
      }
      switch reading {
      case .broken(let reason):
        unread = (number, reason, bytes[start..<end])
      case .unknown(let kind):
        flaws.append(.unknownKind(line: number, kind: kind))
        unread = nil
      case .entry(.cut):
        if unread == nil {
          flaws.append(.brokenLine(number, reason: "it calls the line before a stump, which it is not"))
        }
        unread = nil
      case .entry(let entry):
        add(entry, line: number)
        unread = nil
      }
      start = end + 1
      if let stump = unread, start >= bytes.endIndex {
        if end == bytes.endIndex { settle(stump) } else { flaws.append(.brokenLine(stump.line, reason: stump.reason)) }
      }
    }
    addGaps()
  }

  /// A line that stops in the middle belongs to the last run, if that one has no end; else to one that was cut off while
  /// it began, and of which there is nothing more.
  private mutating func settle(_ stump: (line: Int, reason: String, bytes: ArraySlice<UInt8>)) {
    guard let last = runs.indices.last, runs[last].ending == .cutOff else {
      if JournalEntry.mayBeRun(stump.bytes) { return }
      flaws.append(.brokenLine(stump.line, reason: "it stops in the middle, and no run was under way"))
      return
    }
    runs[last].stumpLine = stump.line
  }

  private mutating func add(_ entry: JournalEntry, line: Int) {
    switch entry {
    case .run(let record):
      guard positions[record.id] == nil else {
        flaws.append(.runRepeated(line: line, run: record.id))
        return
      }
      positions[record.id] = runs.count
      runs.append(ArchivedRun(record: record, ending: .cutOff, period: nil, exchanges: 0, stumpLine: nil))
    case .exchange(let exchange):
      guard let position = open(exchange.run, line: line) else { return }
      guard numbers[exchange.run, default: []].insert(exchange.seq).inserted else {
        flaws.append(.numberRepeated(line: line, run: exchange.run, number: exchange.seq))
        return
      }
      runs[position].exchanges += 1
      exchangesByRun[exchange.run, default: []].append(exchange)
      guard let sha256 = exchange.sha256 else { return }
      if let known = bodies[sha256] {
        if known.bytes != exchange.bytes { bodiesElsewhere.append((sha256, line, exchange.bytes)) }
      } else {
        bodies[sha256] = (line, exchange.bytes)
      }
    case .end(let end):
      guard let position = open(end.run, line: line) else { return }
      if let last = numbers[end.run]?.max(), last > end.exchanges {
        flaws.append(.numberRepeated(line: line, run: end.run, number: last))
      }
      counted[end.run] = end.exchanges
      runs[position].ending = end.complete ? .complete : .incomplete
      runs[position].period = end.period
    case .cut: break
    }
  }

  private mutating func open(_ run: String, line: Int) -> Int? {
    guard let position = positions[run] else {
      flaws.append(.runUnknown(line: line, run: run))
      return nil
    }
    guard runs[position].ending == .cutOff else {
      flaws.append(.lineAfterEnd(line: line, run: run))
      return nil
    }
    return position
  }

  /// Numbers that no line carries; not asked where lines could not be read, because those are the gaps.
  private mutating func addGaps() {
    guard flaws.isEmpty else { return }
    for run in runs {
      let found = numbers[run.record.id] ?? []
      let expected = counted[run.record.id] ?? found.max() ?? 0
      guard found.count < expected, let first = (1...expected).first(where: { !found.contains($0) }) else { continue }
      flaws.append(.exchangesMissing(run: run.record.id, first: first, count: expected - found.count))
    }
  }
}
