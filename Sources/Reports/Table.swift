package import Billing

/// What a report shows: typed cells in named columns, rendered as CSV and as XML.
///
/// Cells keep their meaning until they are printed, so that each format can treat text from outside, amounts and ids as
/// they deserve there.
package struct Table: Hashable, Sendable {
  /// The XML document's element, such as `mismatches`.
  package var name: String
  /// The element of one row, such as `mismatch`.
  package var rowName: String
  /// The element that holds the rows beneath a row; only XML shows them.
  package var nestedName: String
  /// What holds for the whole table; attributes of the XML document.
  package var facts: [Fact]
  package var columns: [Column]
  package var rows: [Row]

  package init(
    name: String, rowName: String, nestedName: String = "nested", facts: [Fact] = [], columns: [Column], rows: [Row]
  ) {
    self.name = name
    self.rowName = rowName
    self.nestedName = nestedName
    self.facts = facts
    self.columns = columns
    self.rows = rows
  }

  package struct Fact: Hashable, Sendable {
    package var name: String
    package var cell: Cell

    package init(_ name: String, _ cell: Cell) {
      self.name = name
      self.cell = cell
    }
  }

  package struct Row: Hashable, Sendable {
    /// One for each column.
    package var cells: [Cell]
    /// Rows of the same columns that hang beneath this one.
    package var nested: [Row]

    package init(_ cells: [Cell], nested: [Row] = []) {
      self.cells = cells
      self.nested = nested
    }
  }
}

/// A column by its name, which is the CSV header and the XML element.
package struct Column: Hashable, Sendable {
  package var name: String
  /// The CSV's columns are promised to spreadsheets; XML may carry more.
  package var isOnlyInXML: Bool

  package init(_ name: String, isOnlyInXML: Bool = false) {
    self.name = name
    self.isOnlyInXML = isOnlyInXML
  }
}

/// One typed value of a table.
package enum Cell: Hashable, Sendable {
  /// Unknown or not applicable: an empty cell in CSV, no element in XML; never a zero.
  case absent
  case text(String)
  case id(String)
  case amount(Amount, Currency)
  case count(Int)
  case day(Day)
  case month(Month)
  case instant(Instant)

  package init(text: String) { self = text.isEmpty ? .absent : .text(text) }
  package init(id: String?) { self = id.map { .id($0) } ?? .absent }
  package init(amount: Amount?, in currency: Currency) { self = amount.map { .amount($0, currency) } ?? .absent }
  package init(count: Int?) { self = count.map { .count($0) } ?? .absent }

  /// The value as text that any reader of XML 1.0 and UTF-8 accepts; `nil` where it is absent.
  package var printed: String? {
    switch self {
    case .absent: nil
    case .text(let text), .id(let text): text.cleaned
    case .amount(let amount, let currency): amount.printed(in: currency)
    case .count(let count): String(count)
    case .day(let day): day.description
    case .month(let month): month.description
    case .instant(let instant): instant.description
    }
  }
}

extension Amount {
  /// Plain decimal text in the currency's own digits, or more where the value has more.
  package func printed(in currency: Currency) -> String { formatted(fractionDigitsMin: currency.fractionDigits) }
}
