import Billing
import Reconciliation

/// Causes with their consequences beneath them, looked up once for all reports.
struct MismatchForest {
  /// Largest amount first.
  let causes: [Mismatch]
  private let consequences: [Mismatch.ID: [Mismatch]]

  /// Fails where a mismatch would be in no report or twice in one: a list that hides something proves nothing.
  init(_ findings: Findings) throws(ReportError) {
    causes = findings.listed
    var beneath: [Mismatch.ID: [Mismatch]] = [:]
    var ids: Set<Mismatch.ID> = []
    for mismatch in findings.mismatches {
      guard ids.insert(mismatch.id).inserted else { throw .mismatchRepeated(id: mismatch.id) }
      if let parent = mismatch.parent { beneath[parent, default: []].append(mismatch) }
    }
    consequences = beneath.mapValues { $0.sorted { $0.id < $1.id } }

    var reached: Set<Mismatch.ID> = []
    var open = causes
    while let next = open.popLast() {
      reached.insert(next.id)
      open += consequences(of: next)
    }
    let loose = findings.mismatches.filter { !reached.contains($0.id) }.min { $0.id < $1.id }
    if let loose { throw .mismatchLoose(id: loose.id, parent: loose.parent ?? "") }
  }

  func consequences(of mismatch: Mismatch) -> [Mismatch] { consequences[mismatch.id] ?? [] }
}
