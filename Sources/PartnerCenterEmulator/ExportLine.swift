/// A line of the synchronous interface, read member by member so that it can be printed as an export prints it.
///
/// Numbers keep their digits; only percentages are worked out.
struct ExportLine {
  /// The JSON texts of the values, by name in lower case.
  private var members: [String: Substring] = [:]

  init(_ line: String) {
    for element in RawJSON(line).elements {
      guard let colon = element.text.utf8.firstIndex(of: UInt8(ascii: ":")) else { continue }
      let name = element.text[..<colon].filter { $0 != "\"" && !$0.isWhitespace }
      let value = element.text[element.text.utf8.index(after: colon)...].drop { $0.isWhitespace }
      members[name.lowercased()] = value
    }
  }

  /// - Parameter isCorrected: The name of the SKU says so, which changes no amount.
  func text(_ columns: [ExportColumn], isCorrected: Bool) -> String {
    var text = "{"
    for column in columns {
      if text.utf8.count > 1 { text += "," }
      text += "\"\(column.name)\":"
      text +=
        isCorrected && column.name == "SkuName" ? RawJSON.quoted(string("skuname") + " (corrected)") : value(column)
    }
    return text + "}"
  }

  /// What the line does not have is null.
  private func value(_ column: ExportColumn) -> String {
    if case .category = column.form { return RawJSON.quoted(category) }
    guard let value = members[column.member] else { return "null" }
    switch column.form {
    case .category, .raw: return String(value)
    case .text: return value.hasPrefix("\"") || value == "null" ? String(value) : "\"\(value)\""
    case .number: return number(value)
    case .percent:
      guard let rate = World.Exact(text: number(value)) else { return "null" }
      return (rate * World.Exact(100)).text
    }
  }

  /// A number that was printed as text is a number again; no text is no number.
  private func number(_ value: Substring) -> String {
    let digits = value.filter { $0 != "\"" }
    return digits.isEmpty ? "null" : String(digits)
  }

  private func string(_ member: String) -> String { members[member].map { RawJSON($0).string ?? "" } ?? "" }

  /// By the heuristics of reconciliation.md §13; the service's own words are not published.
  private var category: String {
    let term = string("termandbillingcycle").lowercased()
    let publisher = string("publishername")
    if !publisher.hasPrefix("Microsoft"), !publisher.isEmpty { return "Third party" }
    if term.contains("reservation") { return "Azure reservation" }
    if term.contains("savings plan") { return "Azure savings plan" }
    if term.contains("subscription") { return "Software subscription" }
    if ["one-month", "one-year", "three-year"].contains(where: term.contains) { return "License-based" }
    if term.isEmpty, string("chargeenddate").isEmpty { return "Perpetual software" }
    return "Azure plan"
  }
}
