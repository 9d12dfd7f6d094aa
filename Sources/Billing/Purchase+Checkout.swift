extension CheckoutResult {
  /// What the answer makes of the check-out.
  public var purchaseState: Purchase.State {
    if orders.isEmpty { return errors.isEmpty ? .unclear : .refused }
    return errors.isEmpty ? .done : .partly
  }
}

extension Purchase.Line {
  init(_ line: CartLine, group: String) {
    self.init(
      offer: line.catalogItemID, name: line.name, quantity: Amount(line.quantity), termDuration: line.termDuration,
      billingCycle: line.billingCycle, promotion: line.promotion, group: group, currency: line.currency,
      pricing: line.pricing)
  }
}

extension Cart {
  /// Its lines as a purchase keeps them. An add-on belongs to the group of its line, unless it names another.
  public var purchaseLines: [Purchase.Line] { Self.flattened(lines, group: "") }

  private static func flattened(_ lines: [CartLine], group outer: String) -> [Purchase.Line] {
    lines.flatMap { line in
      let group = line.orderGroup.isEmpty ? outer : line.orderGroup
      return [Purchase.Line(line, group: group)] + flattened(line.addOns, group: group)
    }
  }
}

extension Purchase.OrderMade {
  /// The orders of a check-out, each with the group of lines it was made from.
  ///
  /// An order does not name its group, so its lines tell: the group that has the same offers in the same quantities. Where
  /// two groups are alike, each is taken once, in their order.
  public static func all(_ orders: [Order], from lines: [Purchase.Line]) -> [Purchase.OrderMade] {
    var groups: [(name: String, content: [String])] = []
    for line in lines where !groups.contains(where: { $0.name == line.group }) {
      groups.append((line.group, lines.filter { $0.group == line.group }.map(\.mark).sorted()))
    }
    return orders.map { order in
      let content = order.lines.map(\.mark).sorted()
      let place = groups.firstIndex { $0.content == content }
      let name = place.map { groups.remove(at: $0).name }
      return Purchase.OrderMade(id: order.id, alternateID: order.alternateID, group: name)
    }
  }
}

extension [Purchase.Line] {
  /// The same lines, each with the reason why it was not bought, if it was not (catalogue M58).
  ///
  /// An error that names a group of the cart fails this group. One that names no group of the cart fails the lines of which
  /// no order is known.
  public func failing(by errors: [CheckoutResult.OrderError], made orders: [Purchase.OrderMade]) -> [Purchase.Line] {
    let groups = Set(map(\.group))
    let made = Set(orders.compactMap(\.group))
    let isMadeKnown = !orders.contains { $0.group == nil }
    let stray = errors.first { !groups.contains($0.group) }
    return map { line in
      var line = line
      if let error = errors.first(where: { $0.group == line.group }) {
        line.failure = error.reason
      } else if let stray, isMadeKnown, !made.contains(line.group) {
        line.failure = stray.reason
      }
      return line
    }
  }
}

extension CheckoutResult.OrderError {
  /// Never empty: an error without words is an error all the same.
  fileprivate var reason: String {
    let text = [code.map { "\($0)" }, words.isEmpty ? nil : words].compactMap(\.self).joined(separator: ": ")
    return text.isEmpty ? "the service gave no reason" : text
  }
}

extension Purchase.Line {
  fileprivate var mark: String { "\(catalogItem?.description.folded ?? offer.folded) × \(quantity)" }
}

extension Order.Line {
  fileprivate var mark: String { "\(catalogItem?.description.folded ?? offer.folded) × \(quantity)" }
}
