import Billing

/// Rows read by the names of their columns, without regard to case, blanks or underscores.
struct CSVTable {
  let text: CSVText
  let resource: String
  private let places: [String: Int]
  var notes = DecodingNotes()

  /// - Parameters:
  ///   - known: Every column that is read; others are noted.
  ///   - demanded: Without these it is another kind of text.
  init(_ body: [UInt8], subject: String, resource: String, known: [String], demanded: [String]) throws(CSVError) {
    text = try CSVText(body, subject: subject)
    self.resource = resource
    var places: [String: Int] = [:]
    for (place, name) in text.heading.fields.enumerated() { places[Self.folded(name)] = place }
    self.places = places
    for name in demanded where places[Self.folded(name)] == nil {
      throw CSVError(.columnMissing(name), subject: subject)
    }
    let folded = Set(known.map(Self.folded))
    for name in text.heading.fields where !folded.contains(Self.folded(name)) {
      notes.unknownMembers["\(resource).\(name)", default: 0] += 1
    }
  }

  /// The field under a heading; "" where the text has no such column.
  func words(_ row: CSVText.Row, _ column: String) -> String {
    guard let place = places[Self.folded(column)] else { return "" }
    return row.fields[place]
  }

  /// A number; what is none counts as not printed and is noted.
  mutating func amount(_ row: CSVText.Row, _ column: String) -> Amount? {
    let text = words(row, column).filter { $0 != " " }
    guard !text.isEmpty else { return nil }
    guard let amount = try? Amount(text) else {
      notes.wrongTypes["\(resource).\(column)", default: 0] += 1
      return nil
    }
    return amount
  }

  mutating func currency(_ row: CSVText.Row, _ column: String) -> Currency? {
    let text = words(row, column)
    guard !text.isEmpty else { return nil }
    guard let currency = Currency(text) else {
      notes.wrongTypes["\(resource).\(column)", default: 0] += 1
      return nil
    }
    return currency
  }

  /// A date of either spelling; what is none counts as not printed and is noted.
  mutating func instant(_ row: CSVText.Row, _ column: String) -> Instant? {
    switch SheetDate.reading(words(row, column)) {
    case .absent: return nil
    case .instant(let instant): return instant
    case .unreadable:
      notes.unreadableDates["\(resource).\(column)", default: 0] += 1
      return nil
    }
  }

  private static func folded(_ name: String) -> String { name.lowercased().filter { $0 != " " && $0 != "_" } }
}

/// Dates of price sheets: `2/4/2021 8:35:31 PM`, `2/4/2021`, or ISO (contract §10.3).
enum SheetDate {
  static func reading(_ text: String) -> Instant.Reading {
    guard text.contains("/") else { return Instant.reading(text) }
    let words = text.split(separator: " ")
    let date = words.first?.split(separator: "/").map { whole($0) } ?? []
    guard date.count == 3, let month = date[0], let day = date[1], let year = date[2],
      let calendarDay = Day(year: year, month: month, day: day), words.count <= 3
    else { return .unreadable(text) }
    if year >= 9999 { return .instant(.distantFuture) }
    if year <= 1 { return .absent }
    guard let seconds = seconds(words.dropFirst()) else { return .unreadable(text) }
    return .instant(Instant(calendarDay).advanced(bySeconds: Int64(seconds)))
  }

  /// `8:35:31 PM`; noon is 12 PM and midnight 12 AM.
  private static func seconds(_ words: ArraySlice<Substring>) -> Int? {
    guard let clock = words.first else { return 0 }
    let parts = clock.split(separator: ":").map { whole($0) }
    guard parts.count == 2 || parts.count == 3, var hour = parts[0], let minute = parts[1], minute < 60 else {
      return nil
    }
    let second = parts.count == 3 ? parts[2] : 0
    guard let second, second < 60 else { return nil }
    switch words.dropFirst().first?.lowercased() {
    case nil: guard hour < 24 else { return nil }
    case "am", "pm":
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (words.last?.lowercased() == "pm" ? 12 : 0)
    default: return nil
    }
    return hour * 3_600 + minute * 60 + second
  }

  /// Digits only: a sign is no part of a date.
  private static func whole(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ? Int(text) : nil
  }
}
