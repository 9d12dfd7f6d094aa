import Evidence
import Reports
import Store

extension MonthEnd {
  /// Looks whether archive, database and reports are what a run left: a sentence for each flaw, nothing when all is well.
  public func verify() throws -> [String] {
    let archive = try Archive(reading: settings.archive)
    let found = try archive.verify()
    let ledger = try Ledger(path: settings.database, createsFile: false)
    var flaws = try found.map(\.description) + ledger.verify() + strangers(of: ledger, to: archive, besides: found)
    guard let findings = try ledger.findings() else {
      let stop = Stop.nothingTied(database: settings.database)
      // What is wrong besides is worth more than that nothing is finished.
      guard !flaws.isEmpty else { throw stop }
      return flaws + [stop.description]
    }
    flaws += Verify.check(directory: settings.reports, against: findings)
    return flaws
  }

  /// Whether the database was made from this archive, in one sentence; bodies that are known to be missing are left out.
  private func strangers(of ledger: Ledger, to archive: Archive, besides known: [Flaw]) throws -> [String] {
    let bodies = Set(try ledger.bodies().map(\.sha256))
    let foreign = try bodies.filter { sha256 in
      try !archive.holds(sha256: sha256) && !known.contains { $0.isMissing(sha256) }
    }
    guard let first = foreign.min() else { return [] }
    return [
      "The archive \(settings.archive) has not all that \(settings.database) was made from: \(foreign.count) of "
        + "\(bodies.count) answers are not in it, the first is \(first). Name the right one with --archive, or replay "
        + "this one."
    ]
  }
}

extension Flaw {
  fileprivate func isMissing(_ body: String) -> Bool {
    if case .bodyMissing(body, _) = self { true } else { false }
  }
}
