import Billing
import PartnerCenterEmulator
import Reconciliation

/// Marks findings against an answer key, like an examination: what was planted and not found, and what was found and not
/// planted.
struct Marking: CustomStringConvertible {
  private(set) var missed: [AnswerKey.Planted] = []
  private(set) var invented: [Mismatch]
  private(set) var found = 0

  init(_ findings: Findings, against key: AnswerKey) {
    var left = findings.listed
    for planted in key.planted {
      if let index = left.firstIndex(where: { $0.answers(planted) }) {
        left.remove(at: index)
        found += 1
      } else {
        missed.append(planted)
      }
    }
    invented = left
  }

  var isPerfect: Bool { missed.isEmpty && invented.isEmpty }

  var description: String {
    var lines = ["found \(found), missed \(missed.count), invented \(invented.count)"]
    for planted in missed {
      lines.append(
        "missed:   \(planted.name) \(planted.mCode) customer \(planted.customer) invoice \(planted.invoice) "
          + "\(planted.amount ?? "–") \(planted.currency): \(planted.meaning)")
    }
    for mismatch in invented {
      lines.append(
        "invented: \(mismatch.rule.rawValue) \(mismatch.mCode) customer \(mismatch.subject.customer?.key ?? "") invoice "
          + "\(mismatch.subject.invoice?.printed ?? "") \(mismatch.difference?.description ?? "–") \(mismatch.currency): "
          + "\(mismatch.cause) order \(mismatch.subject.order?.printed ?? "") subscription "
          + "\(mismatch.subject.subscription?.printed ?? "") item \(mismatch.subject.item?.description ?? "") "
          + "\(mismatch.positions.map(\.description).prefix(3))")
    }
    return lines.joined(separator: "\n")
  }
}

extension Mismatch {
  /// Whether it is the same error: same name and number, same place, same amount to the last digit.
  fileprivate func answers(_ planted: AnswerKey.Planted) -> Bool {
    rule.rawValue == planted.name && mCode == planted.mCode
      && (subject.customer?.key ?? "") == (CustomerID(planted.customer)?.key ?? "")
      && (subject.invoice?.key ?? "") == (InvoiceID(planted.invoice)?.key ?? "")
      && currency.code == planted.currency && difference == planted.amount.flatMap { try? Amount($0) }
  }
}
