/// An order that came out of a cart, and what grows from it.
///
/// What is there depends on the time alone: ten minutes after check-out everything is provisioned.
struct Purchase: Sendable {
  struct Line: Sendable {
    var item: Catalogue.Item
    var term: Catalogue.Term
    var quantity: Int
    var extras: [(name: String, json: String)]
  }

  static let provisioning: Int64 = 600

  let customer: String
  let market: Catalogue.Market
  /// 33 characters for what is paid once, 12 hexadecimal digits otherwise (contract §8.5).
  let id: String
  let alternateID: String
  let cycle: String
  let boughtAt: Int64
  let lines: [Line]

  init(cart: Cart, group: String, lines: [CartLine], boughtAt: Int64) {
    customer = cart.customer
    market = cart.market
    cycle = lines.first?.cycle ?? "none"
    let seed = "order/\(cart.id)/\(group)"
    alternateID = String(Opaque.digits(of: seed).suffix(12))
    id = cycle == "one_time" ? Opaque.digits(of: seed) + Opaque.digits(of: seed + "~") + "1" : alternateID
    self.boughtAt = boughtAt
    self.lines = lines.compactMap { line in
      guard let item = line.item, let term = line.term else { return nil }
      return Line(item: item, term: term, quantity: line.quantity, extras: line.extras)
    }
  }

  func isProvisioned(at now: Int64) -> Bool { now - boughtAt >= Self.provisioning }

  var day: World.Day { World.Instant(seconds: boughtAt).day }

  /// The subscription a line grows into; nil for perpetual software and reservations (contract §8.5).
  func subscription(_ number: Int) -> String? {
    switch lines[number].item.product.category {
    case .perpetual, .reservation: nil
    default: Opaque.guid(of: "subscription/\(id)/\(number)")
    }
  }

  /// The last day of a line's term; nil where it has none.
  func end(_ number: Int) -> World.Day? {
    switch lines[number].term.duration {
    case "P1M": day.adding(months: 1) + -1
    case "P1Y": day.adding(months: 12) + -1
    default: nil
    }
  }

  /// What one charge of a line comes to; nil where it depends on use.
  func charge(_ line: Line) -> World.Exact? { price(line).map { $0 * World.Exact(line.quantity) } }
}
