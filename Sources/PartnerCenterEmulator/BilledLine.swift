/// One charge of a bought line as an invoice carries it: contract §9.7, arithmetic of reconciliation.md §6.
struct BilledLine: Sendable {
  let purchase: Purchase
  let number: Int
  let charge: Purchase.Charge
  /// Per unit, in the currency the product is priced in.
  var price: World.Exact
  var quantity: Int
  /// Pricing to billing currency, 1 where they are the same.
  let rate: World.Exact
  /// 1 for a line that is printed a second time.
  var copy = 0

  /// - Parameter rates: As decimal text by month (`202503`) and currency, where a month has rates of its own.
  init?(_ purchase: Purchase, line number: Int, _ charge: Purchase.Charge, rates: [String: [String: String]]) {
    let line = purchase.lines[number]
    guard let price = purchase.price(line) else { return nil }
    self.purchase = purchase
    self.number = number
    self.charge = charge
    self.price = price
    quantity = line.quantity
    let money = World.Money.all[purchase.market.money]
    if purchase.market.money(for: line.item) == purchase.market.money {
      rate = .one
    } else {
      let own = rates[World.Month(charge.at.day).digits]?[money.code].flatMap { World.Exact(text: $0) }
      rate = own ?? World.Exact(mantissa: Int128(money.ratePerDollar), scale: 9)
    }
  }

  var item: Catalogue.Item { purchase.lines[number].item }

  /// Index of the currency the partner pays in.
  var money: Int { purchase.market.money }

  /// I2: cut to cents in the pricing currency and again in the billing currency.
  var subtotal: World.Exact { ((price * World.Exact(quantity)).truncated(2) * rate).truncated(2) }

  /// Carts are billed without tax, so that I1 is plain to see.
  var total: World.Exact { subtotal }

  /// Text by which a category is told: reconciliation.md §13.
  var term: String {
    switch item.product.category {
    case .reservation: "1 Year Reservation"
    case .savingsPlan: "1 Year Savings Plan"
    default: purchase.lines[number].term.description
    }
  }

  var frequency: String {
    switch (item.product.category, purchase.lines[number].term.cycle) {
    case (.seats, "monthly"): "Monthly"
    case (.seats, "annual"): "Annual"
    default: ""
    }
  }

  /// The lines of a moment's purchases, in the order of their events.
  static func all(of purchases: [Purchase], until now: Int64, rates: [String: [String: String]]) -> [BilledLine] {
    let lines = purchases.flatMap { purchase in
      purchase.lines.indices.flatMap { number in
        purchase.charges(ofLine: number, until: now)
          .compactMap { BilledLine(purchase, line: number, $0, rates: rates) }
      }
    }
    return lines.sorted {
      ($0.charge.at.seconds, $0.purchase.id, $0.number) < ($1.charge.at.seconds, $1.purchase.id, $1.number)
    }
  }
}
