extension World {
  /// A billing currency with its way of taxing: reconciliation.md §10, S3 of §7.1.
  struct Money {
    let code: String
    let symbol: String
    /// Truncated per line and added; zero where the country taxes the invoice total.
    let taxPercentOfLine: Int
    /// On the sum of the subtotals, rounded half up.
    let taxPercentOfTotal: Int
    /// Pricing currency (USD) to billing currency, about; nine digits behind the point.
    let ratePerDollar: Int

    var isDollar: Bool { code == "USD" }

    func taxOfLine(_ subtotal: Exact) -> Exact {
      (subtotal * Exact(cents: taxPercentOfLine)).truncated(2)
    }

    func taxOfTotal(_ subtotals: Exact) -> Exact {
      (subtotals * Exact(cents: taxPercentOfTotal)).roundedHalfUp(2)
    }

    static let all = [
      Money(code: "EUR", symbol: "€", taxPercentOfLine: 19, taxPercentOfTotal: 0, ratePerDollar: 951_474_786),
      Money(code: "GBP", symbol: "£", taxPercentOfLine: 20, taxPercentOfTotal: 0, ratePerDollar: 793_650_794),
      Money(code: "USD", symbol: "$", taxPercentOfLine: 0, taxPercentOfTotal: 0, ratePerDollar: 1_000_000_000),
      Money(code: "AUD", symbol: "A$", taxPercentOfLine: 0, taxPercentOfTotal: 10, ratePerDollar: 1_548_946_716),
    ]

    static let euro = 0
    static let pound = 1
    static let dollar = 2
    static let australianDollar = 3
    /// The currencies in which legacy invoices are written as well.
    static let legacy = [euro, dollar]
  }

  /// One new-commerce invoice: a calendar month in one currency.
  struct Slot: Hashable {
    let month: Int
    let money: Int

    var index: Int { month * Money.all.count + money }

    static let months = 0..<3
    static let count = months.count * Money.all.count
  }

  /// One legacy invoice: a month from billing anniversary to billing anniversary (the 14th) in one currency.
  struct LegacySlot: Hashable {
    let month: Int
    let money: Int

    var index: Int { month * Money.legacy.count + (money == Money.euro ? 0 : 1) }

    static let months = 0..<4
    static let count = months.count * Money.legacy.count
  }
}
