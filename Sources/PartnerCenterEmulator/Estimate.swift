/// Unbilled lines, derived from the latest invoice of a currency: contract §9.3, §9.7, §9.8.
///
/// The previous month is what that invoice says; the open month repeats its cycle charges and days a month later.
/// It is a modest set, not a forecast: at most 500 lines of each kind.
struct Estimate {
  let index: WorldIndex
  /// In lower case.
  let currency: String
  let isCurrent: Bool

  private static let linesMax = 500

  /// Charges that are not consumption of a day: no invoice number, no tax, and 0 as their total.
  var charges: [String] {
    lines("billinglineitems").lazy.map { RawJSON($0) }
      .filter { !isCurrent || $0["chargeType"]?.string?.lowercased() == "cyclecharge" }
      .prefix(Self.linesMax)
      .map { line in
        line.replacing(
          moved(line, ["orderDate", "chargeStartDate", "chargeEndDate"])
            .merging(["invoicenumber": #""""#, "taxtotal": "0", "totalforcustomer": "0"]) { _, new in new })
      }
  }

  /// Priced days up to today.
  func usage(upTo today: World.Day) -> [String] {
    lines("usagelineitems").lazy.prefix(Self.linesMax).map { RawJSON($0) }
      .compactMap { line -> String? in
        let moved = moved(line, ["usageDate", "chargeStartDate", "chargeEndDate"])
        if isCurrent, let date = moved["usagedate"], let day = Self.day(String(date.dropFirst())), day > today {
          return nil
        }
        return line.replacing(
          moved.merging(["invoicenumber": #""""#, "resellermpnid": #""""#]) { _, new in new })
      }
  }

  private func lines(_ type: String) -> [String] {
    let sets = index.world.lines.keys.filter { $0.provider == "onetime" && $0.lineItemType == type }
    let dated = sets.compactMap { set -> (date: String, set: ServedWorld.LineSet)? in
      guard let document = index.document(set.invoice), document.currency.lowercased() == currency else { return nil }
      let json = RawJSON(document.json)
      guard json["documentType"]?.string != "credit_note" else { return nil }
      return ((json["invoiceDate"]?.string ?? "") + set.invoice, set)
    }
    return dated.max { $0.date < $1.date }.map { index.lines($0.set) } ?? []
  }

  /// The dates of a line a month later, as JSON by name in lower case; nothing for the previous month.
  private func moved(_ line: RawJSON, _ names: [String]) -> [String: String] {
    guard isCurrent else { return [:] }
    var values: [String: String] = [:]
    for name in names {
      guard let text = line[name]?.string, let day = Self.day(text) else { continue }
      let isLast = day == day.firstOfMonth(adding: 1) + -1
      let later = isLast ? day.firstOfMonth(adding: 2) + -1 : day.adding(months: 1)
      values[name.lowercased()] = RawJSON.quoted(later.text + text.dropFirst(10))
    }
    return values
  }

  private static func day(_ text: String) -> World.Day? {
    let parts = text.prefix(10).split(separator: "-").compactMap { Int($0) }
    return parts.count == 3 ? World.Day(parts[0], parts[1], parts[2]) : nil
  }
}
