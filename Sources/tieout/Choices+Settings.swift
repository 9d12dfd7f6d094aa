import Billing
import Logging
import MonthEnd
import PartnerCenter

extension Choices {
  /// The settings these choices make, each value understood or refused.
  func settings(asOf now: Instant) throws -> Settings {
    var settings = Settings(
      database: text(.database) ?? "tieout.sqlite", archive: text(.archive) ?? "evidence",
      reports: text(.reports) ?? "reports", asOf: try asOf ?? now)
    settings.asOfIsGiven = text(.asOf) != nil
    settings.period = try understood(.period, "a month such as 2025-02") { Month($0) }
    settings.apiURL = try address(.apiURL) ?? settings.apiURL
    settings.loginURL = try address(.loginURL) ?? settings.loginURL
    settings.graphURL = try address(.graphURL) ?? settings.graphURL
    settings.pricingURL = try address(.pricingURL) ?? settings.pricingURL
    settings.exportURL = try address(.exportURL) ?? settings.exportURL
    settings.taxOnTotal = try taxOnTotal
    settings.mismatchesAllowed = try number(.mismatchesAllowed, 0...1_000_000) ?? settings.mismatchesAllowed
    settings.windowMonths = try number(.windowMonths, 0...120) ?? settings.windowMonths
    settings.pageSize = try number(.pageSize, 1...2_000) ?? settings.pageSize
    settings.lineItems = try lineItems ?? settings.lineItems
    settings.exportFolder = text(.exportFolder)
    settings.refetches = try fact(.refetch) ?? settings.refetches
    settings.requestsMax = try number(.requestsMax, 1...64) ?? settings.requestsMax
    settings.readSecondsMax = try number(.readSecondsMax, 1...3_600) ?? settings.readSecondsMax
    settings.bodySecondsMax = try number(.bodySecondsMax, 1...86_400) ?? settings.bodySecondsMax
    settings.attemptsMax = try number(.attemptsMax, 1...20) ?? settings.attemptsMax
    settings.callsPerMinute = try number(.callsPerMinute, 1...1_000_000) ?? settings.callsPerMinute
    settings.exportSecondsMax = try number(.exportSecondsMax, 1...86_400) ?? settings.exportSecondsMax
    settings.resumeHoursMax = try number(.resumeHoursMax, 0...8_760) ?? settings.resumeHoursMax
    return settings
  }

  func logger() throws -> Logger {
    let format = try understood(.logFormat, "text or json") { LineLogHandler.Format(rawValue: $0) } ?? .text
    let level =
      try understood(.logLevel, "trace, debug, info, notice, warning, error or critical") {
        Logger.Level(rawValue: $0)
      } ?? .notice
    return Logger(label: "tieout") { LineLogHandler(label: $0, format: format, logLevel: level) }
  }

  private var asOf: Instant? {
    get throws {
      try understood(.asOf, "a day such as 2025-03-20 or a time such as 2025-03-20T04:00:00Z") { text in
        guard case .instant(let instant) = Instant.reading(text), instant < .distantFuture else { return nil }
        return instant
      }
    }
  }

  private var lineItems: LineItemsChoice? {
    get throws {
      try understood(.lineItems, "auto, api, export or both") { LineItemsChoice(rawValue: $0.lowercased()) }
    }
  }

  private var taxOnTotal: [Currency: Amount] {
    get throws {
      var rates: [Currency: Amount] = [:]
      for (name, value) in rows(.taxOnTotal) {
        guard let currency = Currency(name) else { throw UsageError.currencyUnknown(name) }
        guard let rate = try? Amount(value), rate.isPositive, rate < .one else {
          throw UsageError.rateNotUnderstood(currency: name, value: value)
        }
        rates[currency] = rate
      }
      return rates
    }
  }

  func understood<Value>(_ key: Key, _ wanted: String, _ read: (String) -> Value?) throws -> Value? {
    guard let text = text(key) else { return nil }
    guard let value = read(text) else {
      throw UsageError.valueNotUnderstood(key: key, value: text, wanted: wanted)
    }
    return value
  }

  private func number(_ key: Key, _ range: ClosedRange<Int>) throws -> Int? {
    try understood(key, "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
      Int(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  private func fact(_ key: Key) throws -> Bool? {
    try understood(key, "yes or no") { text in
      switch text.lowercased() {
      case "yes", "true": true
      case "no", "false": false
      default: nil
      }
    }
  }

  /// An address without the slash at its end.
  private func address(_ key: Key) throws -> String? {
    try text(key).map { try ServiceAddress($0, option: "--\(key.rawValue)").base }
  }
}
