public import Billing
import Foundation

/// Purchases as a run keeps them among its evidence, so that a replay elsewhere decides by the same ones.
extension Purchase {
  /// One text for one set of purchases: sorted, members in alphabetical order, amounts as exact decimal text.
  ///
  /// It has the shape of the service's collections, `items` and `totalCount`, so that whoever reads bodies reads it, too.
  public static func encoded(_ purchases: [Purchase]) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let items = purchases.sorted().map(PurchaseText.init)
    return Array(try encoder.encode(PurchasesText(items: items, totalCount: items.count, version: Self.textVersion)))
  }

  /// Reads what `encoded` wrote.
  ///
  /// - Throws: `Stop.incomplete` where the text is of a newer build or was written by something else.
  public static func decoded(_ bytes: [UInt8]) throws -> [Purchase] {
    let text: PurchasesText
    do {
      let version = try JSONDecoder().decode(VersionText.self, from: Data(bytes)).version
      guard version == textVersion else {
        throw Stop.incomplete(
          "The run's purchases are written in version \(version); this build reads \(textVersion). Install a newer build."
        )
      }
      text = try JSONDecoder().decode(PurchasesText.self, from: Data(bytes))
    } catch is DecodingError {
      throw Stop.incomplete("The run's purchases are not in the form this program writes. Run `tieout verify`.")
    }
    return try text.items.map { item in
      guard let purchase = item.purchase else {
        throw Stop.incomplete("The run's purchase \(item.cart) holds a value that cannot be read. Run `tieout verify`.")
      }
      return purchase
    }
  }

  private static let textVersion = 1
}

private struct VersionText: Decodable {
  let version: Int
}

private struct PurchasesText: Codable {
  let items: [PurchaseText]
  let totalCount: Int
  let version: Int
}

private struct PurchaseText: Codable {
  let cart: String
  let checkedOutAt: String
  let customer: String
  let lines: [Line]
  let orders: [OrderMade]
  let state: String

  struct OrderMade: Codable {
    let alternateId: String?
    let group: String?
    let id: String
  }

  struct Line: Codable {
    let billingCycle: String
    let currency: String?
    let failure: String
    let group: String
    let name: String
    let offer: String
    let pricing: Pricing?
    let promotion: String
    let quantity: String
    let termDuration: String
  }

  struct Pricing: Codable {
    let discountedPrice: String?
    let extendedPrice: String?
    let listPrice: String?
    let price: String?
    let proratedPrice: String?
  }
}

extension PurchaseText {
  fileprivate init(_ purchase: Purchase) {
    cart = purchase.cart.printed
    checkedOutAt = purchase.checkedOutAt.description
    customer = purchase.customer.printed
    lines = purchase.lines.map(Line.init)
    orders = purchase.orders.map {
      OrderMade(alternateId: $0.alternateID?.printed, group: $0.group, id: $0.id.printed)
    }
    state = purchase.state.rawValue
  }

  /// `nil` where one of the texts does not say what it should.
  fileprivate var purchase: Purchase? {
    guard let customer = CustomerID(customer), let cart = CartID(cart),
      case .instant(let checkedOutAt) = Instant.reading(checkedOutAt), let state = Purchase.State(rawValue: state)
    else { return nil }
    let made = orders.compactMap { order in
      OrderID(order.id).map {
        Purchase.OrderMade(id: $0, alternateID: order.alternateId.flatMap { OrderID($0) }, group: order.group)
      }
    }
    let bought = lines.compactMap(\.line)
    guard made.count == orders.count, bought.count == lines.count else { return nil }
    return Purchase(
      customer: customer, cart: cart, checkedOutAt: checkedOutAt, state: state, orders: made, lines: bought)
  }
}

extension PurchaseText.Line {
  fileprivate init(_ line: Purchase.Line) {
    billingCycle = line.billingCycle
    currency = line.currency?.code
    failure = line.failure
    group = line.group
    name = line.name
    offer = line.offer
    pricing = line.pricing.map(PurchaseText.Pricing.init)
    promotion = line.promotion
    quantity = line.quantity.description
    termDuration = line.termDuration
  }

  fileprivate var line: Purchase.Line? {
    guard let quantity = try? Amount(quantity) else { return nil }
    let currency = currency.flatMap { Currency($0) }
    guard (currency == nil) == (self.currency == nil) else { return nil }
    var prices: CartPricing?
    if let pricing {
      guard let read = pricing.prices else { return nil }
      prices = read
    }
    return Purchase.Line(
      offer: offer, name: name, quantity: quantity, termDuration: termDuration, billingCycle: billingCycle,
      promotion: promotion, group: group, currency: currency, pricing: prices, failure: failure)
  }
}

extension PurchaseText.Pricing {
  fileprivate init(_ pricing: CartPricing) {
    discountedPrice = pricing.discounted?.description
    extendedPrice = pricing.extended?.description
    listPrice = pricing.list?.description
    price = pricing.price?.description
    proratedPrice = pricing.prorated?.description
  }

  /// `nil` where a price is not a number: that is not the same as a price that was not shown.
  fileprivate var prices: CartPricing? {
    let texts = [listPrice, discountedPrice, proratedPrice, price, extendedPrice]
    let amounts = texts.map { $0.flatMap { try? Amount($0) } }
    guard zip(texts, amounts).allSatisfy({ ($0 == nil) == ($1 == nil) }) else { return nil }
    return CartPricing(
      list: amounts[0], discounted: amounts[1], prorated: amounts[2], price: amounts[3], extended: amounts[4])
  }
}
