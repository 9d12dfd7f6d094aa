import Billing
import GRDB
import Reconciliation

/// A value in the file is not what the program writes there.
struct UnreadableValue: Error {
  let column: String
  let text: String
}

/// Takes the values of one row, in the order in which the query names its columns.
struct RowReader {
  private let row: Row
  private var index = 0

  init(_ row: Row) { self.row = row }

  mutating func textIfAny() -> String? {
    defer { index += 1 }
    return row[index]
  }

  mutating func text() throws -> String {
    guard let text = textIfAny() else { throw unreadable("NULL") }
    return text
  }

  mutating func numberIfAny() -> Int? {
    defer { index += 1 }
    return row[index]
  }

  mutating func number() throws -> Int {
    guard let number = numberIfAny() else { throw unreadable("NULL") }
    return number
  }

  mutating func fact() -> Bool? { numberIfAny().map { $0 != 0 } }

  /// Reads a text with a meaning.
  mutating func value<Value>(_ meaning: (String) -> Value?) throws -> Value {
    let text = try text()
    guard let value = meaning(text) else { throw unreadable(text) }
    return value
  }

  /// Reads a text with a meaning, or NULL.
  mutating func valueIfAny<Value>(_ meaning: (String) -> Value?) throws -> Value? {
    guard let text = textIfAny() else { return nil }
    guard let value = meaning(text) else { throw unreadable(text) }
    return value
  }

  mutating func amount() throws -> Amount { try value { try? Amount($0) } }
  mutating func amountIfAny() throws -> Amount? { try valueIfAny { try? Amount($0) } }
  mutating func currency() throws -> Currency { try value(Currency.init) }
  mutating func currencyIfAny() throws -> Currency? { try valueIfAny(Currency.init) }
  mutating func dayIfAny() throws -> Day? { try valueIfAny { Day($0) } }
  mutating func month() throws -> Month { try value { Month($0) } }
  mutating func instant() throws -> Instant { try value(Instant.stored) }
  mutating func instantIfAny() throws -> Instant? { try valueIfAny(Instant.stored) }
  mutating func id<Kind>() throws -> Identifier<Kind> { try value { Identifier<Kind>($0) } }
  mutating func idIfAny<Kind>() throws -> Identifier<Kind>? { try valueIfAny { Identifier<Kind>($0) } }
  mutating func texts() throws -> [String] { try value(TextList.texts) }
  mutating func lineSet() throws -> LineSet { try value { LineSet(stored: $0) } }

  /// Reads `invoice, line_set, page, item`.
  mutating func position() throws -> LinePosition {
    LinePosition(invoice: try id(), set: try lineSet(), page: try number(), index: try number())
  }

  /// Reads `invoice, line_set, page`.
  mutating func page() throws -> PageID {
    PageID(invoice: try id(), set: try lineSet(), page: try number())
  }

  private func unreadable(_ text: String) -> UnreadableValue {
    let columns = Array(row.columnNames)
    return UnreadableValue(column: columns.indices.contains(index - 1) ? columns[index - 1] : "a column", text: text)
  }
}

extension Instant {
  /// Reads what `description` printed.
  fileprivate static func stored(_ text: String) -> Instant? {
    guard case .instant(let instant) = reading(text) else { return nil }
    return instant
  }
}

extension LineSet {
  /// Reads `onetime-billing`.
  init?(stored text: String) {
    guard let dash = text.lastIndex(of: "-") else { return nil }
    switch text[dash...] {
    case "-billing": self.init(provider: String(text[..<dash]), isUsage: false)
    case "-usage": self.init(provider: String(text[..<dash]), isUsage: true)
    default: return nil
    }
  }
}
