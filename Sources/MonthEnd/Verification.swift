import Evidence
import Reports
import Store

extension MonthEnd {
  /// Looks whether archive, database and reports are what a run left: a sentence for each flaw, nothing when all is well.
  public func verify() throws -> [String] {
    var flaws = try Archive(reading: settings.archive).verify().map(\.description)
    let ledger = try Ledger(path: settings.database, createsFile: false)
    flaws += try ledger.verify()
    guard let findings = try ledger.findings() else { throw Stop.nothingTied(database: settings.database) }
    flaws += Verify.check(directory: settings.reports, against: findings)
    return flaws
  }
}
