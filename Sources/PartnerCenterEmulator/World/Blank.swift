extension World {
  /// A partner with customers and nothing else: no orders, no invoices, balances of 0, and everything to buy from.
  ///
  /// What is bought in it is all there is, so a month of it can be checked by hand. The first customer, of the United
  /// States, holds an Azure subscription of the old offer MS-AZR-0145P, which has to be registered before it can hold
  /// a reservation. The second is of Andorra, where software subscriptions are not sold; the third pays in euros.
  ///
  /// - Parameter asOf: Seconds since 1970, UTC; by default 2025-03-20.
  public static func blank(
    seed: UInt64, customers count: Int = 3, asOf: Int64 = 1_742_428_800
  ) -> ServedWorld {
    let today = Instant(seconds: asOf).day
    var ledger = Ledger(seed: seed, newest: Month(today.firstOfMonth(adding: -1)))
    for number in 0..<count {
      let (country, money) = blankCountries[number % blankCountries.count]
      ledger.customers.append(
        Customer(
          id: ledger.random.guid(), name: "Customer \(number + 1)", domain: "customer\(number + 1).onmicrosoft.com",
          country: country, money: money, reseller: 0))
    }
    if count > 0 {
      let id = ledger.random.guid()
      ledger.subscriptions.append(
        Subscription(
          customer: 0, id: id, kind: .legacyAzure, order: ledger.random.guid(), offer: "MS-AZR-0145P",
          name: "Microsoft Azure", quantity: 1, createdAt: Instant(today.adding(months: -24), second: 36_000),
          billingCycle: "monthly", term: "", azureSubscription: ledger.random.guid()))
    }
    var served = ledger.serve(pageSizeMaximum: 100)
    served.asOf = asOf
    let currencies = Money.all.indices.filter { money in ledger.customers.contains { $0.money == money } }
    served.summaries = currencies.map { BilledBalance.nothing(money: $0) }
    served.summary = served.summaries.first ?? "{}"
    return served
  }

  private static let blankCountries = [
    ("US", Money.dollar), ("AD", Money.dollar), ("DE", Money.euro), ("GB", Money.pound), ("FR", Money.euro),
    ("CA", Money.dollar), ("NL", Money.euro),
  ]
}
