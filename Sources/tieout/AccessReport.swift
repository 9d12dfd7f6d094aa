import Billing
import MonthEnd
import PartnerCenter

/// What `tieout auth check` found, as text and as JSON.
struct AccessReport {
  let findings: [AccessFinding]
  /// Where the refresh token came from, and how long it lasts; `nil` where there is none.
  let source: SecretSource?
  let life: RefreshTokenLife?
  let today: Day

  var ending: Ending { findings.sufficesForRun ? .tiedOut : .signInRefused }

  /// A table with a row for each family, and under it what the family is and what to do.
  var lines: [String] {
    let width = findings.map(\.probe.family.count).max() ?? 0
    var lines = [Self.padded("Calls", width) + "  Result"]
    for finding in findings {
      lines.append("\(Self.padded(finding.probe.family, width))  \(finding.words)")
      lines.append("  of which: \(finding.probe.covers)")
      if !finding.advice.isEmpty { lines.append("  to do: \(finding.advice)") }
    }
    lines.append(refreshToken)
    lines.append(
      ending == .tiedOut
        ? "Everything a run needs works." : "A run cannot work: the first two kinds of call are needed.")
    // Sentences come from a service: what steers a terminal is no part of them.
    return lines.map(\.onOneLine)
  }

  private var refreshToken: String {
    guard let source, let life else { return "No refresh token is configured." }
    return "\(life.sentence(on: today)) It comes from \(source)."
  }

  var json: JSONText {
    let token: JSONText =
      if let source, let life {
        .object([
          ("source", .text("\(source)")), ("issued", .optional(life.issued)), ("last_day", .optional(life.end)),
          ("days_left", life.daysLeft(on: today).map { .number($0) } ?? .null),
          ("message", .text(life.sentence(on: today))),
        ])
      } else {
        .null
      }
    return .object([
      ("command", .text("auth check")), ("exit_code", .number(Int(ending.rawValue))),
      ("calls", .list(findings.map(\.json))), ("refresh_token", token),
    ])
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension AccessFinding {
  fileprivate var words: String {
    switch result {
    case .works: "works"
    case .refused(let code, let sentence): "refused (\(code)): \(sentence)"
    case .unclear(let sentence): "unclear: \(sentence)"
    }
  }

  fileprivate var json: JSONText {
    let (name, code, message): (String, String?, String?) =
      switch result {
      case .works: ("works", nil, nil)
      case .refused(let code, let sentence): ("refused", code, sentence)
      case .unclear(let sentence): ("unclear", nil, sentence)
      }
    return .object([
      ("family", .text(probe.family)), ("covers", .text(probe.covers)), ("needed", .boolean(probe.isNeeded)),
      ("request", .text("\(probe.request.method.rawValue) \(probe.request.target)")),
      ("credentials", .text(probe.request.credentials == .app ? "app" : "app+user")), ("result", .text(name)),
      ("code", .optional(code)), ("message", .optional(message)),
      ("advice", advice.isEmpty ? .null : .text(advice)),
    ])
  }
}
