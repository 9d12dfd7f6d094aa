/// A moment, UTC, to a ten-millionth of a second: what the service prints.
public struct Instant: Hashable, Sendable, Comparable {
  /// Ten-millionths of a second since 1970.
  public let ticks: Int64

  public static let ticksPerSecond: Int64 = 10_000_000

  /// “No end”: years from 9999 on (contract §4).
  public static let distantFuture = Instant(seconds: 253_370_764_800)

  public init(ticks: Int64) { self.ticks = ticks }
  public init(seconds: Int64) { ticks = seconds * Self.ticksPerSecond }

  /// The first moment of a day.
  public init(_ day: Day) { self.init(seconds: Int64(day.number) * 86_400) }

  public var seconds: Int64 {
    let (quotient, remainder) = ticks.quotientAndRemainder(dividingBy: Self.ticksPerSecond)
    return remainder < 0 ? quotient - 1 : quotient
  }

  public var day: Day {
    let (quotient, remainder) = seconds.quotientAndRemainder(dividingBy: 86_400)
    return Day(number: Int(remainder < 0 ? quotient - 1 : quotient))
  }

  public func advanced(bySeconds seconds: Int64) -> Instant {
    Instant(ticks: ticks + seconds * Self.ticksPerSecond)
  }

  public static func < (left: Instant, right: Instant) -> Bool { left.ticks < right.ticks }
}

extension Instant {
  /// What a date text says.
  public enum Reading: Hashable, Sendable {
    /// Nothing, or the sentinel `0001-01-01`, which means “not set”.
    case absent
    case instant(Instant)
    /// Kept as it is: one bad date must not cost a page (contract §14).
    case unreadable(String)
  }

  /// Reads ISO 8601 with up to seven fractional digits and a zone `Z`, `±hh:mm` or none, which means UTC.
  ///
  /// Blanks inside the time, `TT` and one-digit days occur in the documentation's samples and are understood
  /// (contract §4).
  public static func reading(_ text: String) -> Reading {
    guard !text.isEmpty else { return .absent }
    if let instant = plain(text) ?? plain(text.filter { $0 != " " }.replacing("TT", with: "T")) {
      return instant.day.components.year <= 1 ? .absent : .instant(instant)
    }
    return .unreadable(text)
  }

  private static func plain(_ text: String) -> Instant? {
    var scanner = DateScanner(bytes: Array(text.utf8))
    guard let year = scanner.number(digits: 4), scanner.take("-"), let month = scanner.number(), scanner.take("-"),
      let dayOfMonth = scanner.number(), let day = Day(year: year, month: month, day: dayOfMonth)
    else { return nil }
    if year >= 9999 { return .distantFuture }
    var ticks = Int64(day.number) * 86_400 * ticksPerSecond
    if scanner.isAtEnd { return Instant(ticks: ticks) }

    guard scanner.take("T") || scanner.take("t"), let hour = scanner.number(), hour < 24,
      scanner.take(":") || scanner.take("-"), let minute = scanner.number(), minute < 60
    else { return nil }
    var second = 0
    if scanner.take(":") || scanner.take("-") {
      guard let read = scanner.number(), read <= 60 else { return nil }
      second = read
      if scanner.take(".") {
        guard let fraction = scanner.fraction() else { return nil }
        ticks += fraction
      }
    }
    ticks += Int64(hour * 3_600 + minute * 60 + second) * ticksPerSecond

    if scanner.isAtEnd || scanner.take("Z") || scanner.take("z") {
      return scanner.isAtEnd ? Instant(ticks: ticks) : nil
    }
    let isEast = scanner.take("+")
    guard isEast || scanner.take("-"), let hours = scanner.number(digits: 2) else { return nil }
    _ = scanner.take(":")
    guard let minutes = scanner.number(digits: 2), scanner.isAtEnd else { return nil }
    let offset = Int64(hours * 3_600 + minutes * 60) * ticksPerSecond
    return Instant(ticks: isEast ? ticks - offset : ticks + offset)
  }
}

extension Instant: CustomStringConvertible {
  /// `2025-02-08T22:40:37.5897767Z`, without a fraction where it is zero.
  public var description: String {
    let second = Int(seconds - Int64(day.number) * 86_400)
    var text = "\(day)T\((second / 3_600).padded(2)):\((second / 60 % 60).padded(2)):\((second % 60).padded(2))"
    let fraction = Int(ticks - seconds * Self.ticksPerSecond)
    if fraction > 0 {
      var digits = fraction.padded(7)
      while digits.hasSuffix("0") { digits.removeLast() }
      text += ".\(digits)"
    }
    return text + "Z"
  }
}

/// Walks through the bytes of a date text.
private struct DateScanner {
  let bytes: [UInt8]
  var index = 0

  var isAtEnd: Bool { index == bytes.count }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  /// One to four digits, or exactly as many as asked for.
  mutating func number(digits: Int? = nil) -> Int? {
    var value = 0
    var count = 0
    while index < bytes.count, count < digits ?? 4, bytes[index] >= 0x30, bytes[index] <= 0x39 {
      value = value * 10 + Int(bytes[index] - 0x30)
      index += 1
      count += 1
    }
    return count == 0 || digits.map { $0 != count } == true ? nil : value
  }

  /// The digits after the point in ten-millionths of a second; finer ones are dropped.
  mutating func fraction() -> Int64? {
    var value: Int64 = 0
    var count = 0
    while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39 {
      if count < 7 { value = value * 10 + Int64(bytes[index] - 0x30) }
      count += 1
      index += 1
    }
    guard count > 0 else { return nil }
    while count < 7 {
      value *= 10
      count += 1
    }
    return value
  }
}
