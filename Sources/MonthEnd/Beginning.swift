import Billing
import Evidence
import Foundation
import PartnerCenter
import Reconciliation
import Store

/// Where a run starts: at the beginning, or where the one before it was cut off.
enum Beginning {
  case anew
  /// The run was cut off while it fetched: what the archive has of it is not asked for again.
  case goOn(ArchivedRun)
  /// The run has everything, and was cut off before its reports were written.
  case finish(ArchivedRun)

  /// - Parameter now: by the machine's clock: a run of last week is not gone on with.
  init(_ settings: Settings, archive: Archive, ledger: Ledger, now: Instant) throws {
    self = .anew
    guard !settings.refetches, let last = try archive.runs().last, settings.isSameQuestion(as: last.record),
      let started = last.record.started, case .instant(let began) = Instant.reading(started),
      began.advanced(bySeconds: Int64(settings.resumeHoursMax) * 3_600) >= now
    else { return }
    switch last.ending {
    case .cutOff: self = .goOn(last)
    case .complete where try ledger.lastFinished(stage: .render, run: last.record.id) == nil: self = .finish(last)
    case .complete, .incomplete: break
    }
  }
}

extension Settings {
  /// Whether a run was told what this one is told: only then may one go on with the other.
  fileprivate func isSameQuestion(as record: RunRecord) -> Bool {
    record.rules == Rule.version && record.apiURL == apiURL && record.period == (period?.description ?? "")
      && record.configuration == decisive && (!asOfIsGiven || record.asOf == asOf.description)
  }
}
