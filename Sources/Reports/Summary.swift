import Billing
import Reconciliation

/// The run on one screen: at most ten lines, and no sum across currencies.
struct Summary {
  static let linesMax = 10

  let findings: Findings
  let chain: Chain

  var lines: [String] {
    let currencies = findings.currencies
    let causes = Dictionary(grouping: findings.listed, by: \.currency)
    let steps = currencies.map { ($0, chain.steps(in: $0)) }

    // Head, reading and advice take three lines; what does not fit is named and has its folder.
    let room = Self.linesMax - 3
    let shown = currencies.count > room ? room - 1 : currencies.count
    var lines = [head]
    lines += steps.prefix(shown).map { line($0, steps: $1, causes: causes[$0] ?? []) }
    if shown < currencies.count {
      let rest = currencies.dropFirst(shown).map(\.code).joined(separator: ", ")
      lines.append("And \(Words.counted(currencies.count - shown, "currency", "currencies")) more: \(rest).")
    }
    lines.append(
      "Counted: invoices and adjustment notes are added, credit notes deducted, "
        + "void notes not counted (their adjustment notes replace them).")
    lines.append(advice(steps))
    return lines
  }

  private var head: String {
    "Tieout for \(findings.period), as of \(findings.asOf): "
      + "\(Words.counted(findings.customerCount, "customer", "customers")), "
      + "\(Words.counted(findings.invoices.count, "document", "documents"))."
  }

  private func line(_ currency: Currency, steps: [ChainStep], causes: [Mismatch]) -> String {
    let total = steps.last
    let lines = Words.counted(total?.lines?.count ?? 0, "line", "lines")
    let name = currency == .none ? "\(currency) (no currency printed)" : "\(currency)"
    return "\(name): \(documents(steps, total: total?.countedTotal?.printed(in: currency) ?? "unknown")), \(lines); "
      + "\(mismatches(causes, in: currency)); \(balance(steps))."
  }

  private func documents(_ steps: [ChainStep], total: String) -> String {
    let documents = steps.filter { $0.kind == .document }
    guard !documents.isEmpty else { return "no documents" }
    let ofPeriod = documents.filter { $0.document?.month == findings.period }
    return "\(proved(documents)) documents proved (\(findings.period): \(proved(ofPeriod))), total \(total)"
  }

  private func proved(_ documents: [ChainStep]) -> String {
    "\(documents.count { $0.isTied }) of \(documents.count)"
  }

  private func mismatches(_ causes: [Mismatch], in currency: Currency) -> String {
    guard let largest = causes.first else { return "no mismatches" }
    let differences = causes.compactMap(\.difference)
    let sum = differences.reduce(Amount.zero as Amount?) { sum, part in sum.flatMap { try? $0 + part.magnitude } }
    let known = differences.isEmpty ? nil : "differences \(sum?.printed(in: currency) ?? "too long to add")"
    let unknown = causes.count - differences.count
    let words = [
      Words.counted(causes.count, "mismatch", "mismatches"), known,
      unknown == 0 ? nil : "\(unknown) of unknown difference",
      "largest \(largest.id)",
    ]
    return words.compactMap(\.self).joined(separator: ", ")
  }

  private func balance(_ steps: [ChainStep]) -> String {
    let balances = steps.filter { $0.kind == .balance }
    if !balances.allSatisfy(\.isTied) { return "balance does not agree" }
    return balances.contains { $0.balance?.balance != nil } ? "balance agrees" : "no balance read"
  }

  /// An unproved document weighs more than any single line: the month cannot be closed on it.
  private func advice(_ steps: [(Currency, [ChainStep])]) -> String {
    let list = findings.mismatches.contains { $0.parent == nil }
    for (currency, steps) in steps {
      guard let open = steps.first(where: { $0.kind == .document && !$0.isTied }) else { continue }
      let id = open.documentID?.printed.cleaned ?? ""
      return "Open first: \(currency)/chain.csv, document \(id) is not proved" + (list ? "; then mismatches.csv." : ".")
    }
    return list ? "Open first: mismatches.csv, largest amount first." : "Nothing is open."
  }
}

enum Words {
  static func counted(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }
}
