import Billing

/// Which lines of which orders a customer's purchases became.
///
/// An order is a purchase's by its long or short id. Where the answer to a check-out was lost there is no id; then an order of
/// that time with the same offers in the same quantities is the purchase's, unless another purchase has it.
struct PurchaseIndex {
  /// A line that was bought.
  struct Line: Hashable {
    let purchase: Int
    let line: Int
  }

  /// A line that was ordered.
  struct Place: Hashable {
    let order: Int
    let line: Int
  }

  private(set) var places: [Line: Place] = [:]
  private(set) var bought: [Place: Line] = [:]
  /// The orders of each purchase that the customer has, with the group each was made from.
  private(set) var orders: [[(order: Int, group: String?)]] = []

  /// A clock of ours may be fast, and an order may take its time.
  private static let secondsBefore: Int64 = 5 * 60
  private static let secondsAfter: Int64 = 60 * 60

  init(_ partition: Partition, commerce: CommerceIndex) {
    guard !partition.purchases.isEmpty else { return }
    orders = partition.purchases.map { purchase in
      purchase.orders.flatMap { made in
        let ids = [made.id] + (made.alternateID.map { [$0] } ?? [])
        let found = ids.lazy.compactMap { commerce.orders(named: $0).first }.first
        return found.map { [(order: $0, group: made.group)] } ?? []
      }
    }
    var taken = Set(orders.flatMap { $0.map(\.order) })
    for (index, purchase) in partition.purchases.enumerated() where purchase.state.isOpen || purchase.state == .resolved
    {
      // Reading after a lost answer may have come before all orders were listed.
      let known = purchase.orders.map(\.group)
      guard !known.contains(nil) else { continue }
      let lines = purchase.lines.filter { !known.contains($0.group) }
      orders[index] += Self.orders(of: lines, at: purchase.checkedOutAt, in: partition, except: &taken)
    }
    for index in partition.purchases.indices where partition.purchases[index].state != .refused {
      match(index, in: partition)
    }
  }

  private static func orders(
    of lines: [Purchase.Line], at moment: Instant, in partition: Partition, except taken: inout Set<Int>
  ) -> [(order: Int, group: String?)] {
    let first = moment.advanced(bySeconds: -secondsBefore)
    let last = moment.advanced(bySeconds: secondsAfter)
    let near = partition.orders.indices.filter { index in
      guard !taken.contains(index), let created = partition.orders[index].created else { return false }
      return first <= created && created <= last
    }
    .sorted { (partition.orders[$0].created ?? first) < (partition.orders[$1].created ?? first) }
    let made = Purchase.OrderMade.all(near.map { partition.orders[$0] }, from: lines)
    return zip(near, made).compactMap { index, made in
      guard let group = made.group else { return nil }
      taken.insert(index)
      return (order: index, group: group)
    }
  }

  /// Pairs lines one to one, the likest first.
  private mutating func match(_ index: Int, in partition: Partition) {
    let purchase = partition.purchases[index]
    for likeness in Likeness.allCases {
      for (number, line) in purchase.lines.enumerated() where line.isBought {
        let own = Line(purchase: index, line: number)
        guard places[own] == nil else { continue }
        let place = orders[index].lazy.filter { $0.group == nil || $0.group == line.group }
          .flatMap { found in
            partition.orders[found.order].lines.indices.map { Place(order: found.order, line: $0) }
          }
          .first { place in
            bought[place] == nil && likeness.holds(line, partition.orders[place.order].lines[place.line])
          }
        guard let place else { continue }
        places[own] = place
        bought[place] = own
      }
    }
  }

  private enum Likeness: CaseIterable {
    case offerAndQuantity, quantity, term, item

    func holds(_ line: Purchase.Line, _ ordered: Order.Line) -> Bool {
      guard line.isOffered(by: ordered) else { return false }
      let isOfTerm = !line.hasOtherTerm(than: ordered)
      return switch self {
      case .offerAndQuantity: isOfTerm && line.quantity == ordered.quantity && line.offer == ordered.offer
      case .quantity: isOfTerm && line.quantity == ordered.quantity
      case .term: isOfTerm
      case .item: true
      }
    }
  }
}

extension Purchase.Line {
  /// Whether both name a term, and not the same one.
  func hasOtherTerm(than ordered: Order.Line) -> Bool {
    !termDuration.isEmpty && !ordered.termDuration.isEmpty
      && termDuration.lowercased() != ordered.termDuration.lowercased()
  }
}
