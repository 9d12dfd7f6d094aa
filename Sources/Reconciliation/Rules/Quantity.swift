import Billing

extension CustomerRule {
  /// The quantity billed is the quantity ordered, and the quantity delivered.
  ///
  /// One-time purchases are compared over all their lines; seats only where nothing but first charges, renewals and cycle
  /// charges happened, because later events change seats without changing what was ordered (reconciliation rules §7.4, O2
  /// and O3). A cancelled order line has quantity 0 and keeps its charge and its refund (O4).
  static let quantity = CustomerRule(.quantityOrdered) { bench in
    var groups: [Group.Key: Group] = [:]
    let changing = bench.subscriptionsWithEvents
    for index in bench.partition.charges.indices where !bench.isSurplus[index] && !bench.isNetted[index] {
      let charge = bench.partition.charges[index]
      guard let join = bench.joins[index], charge.catalogItem != nil else { continue }
      switch charge.category {
      case .perpetualSoftware, .softwareSubscription, .reservation, .savingsPlan:
        guard charge.flow == .oneTime || charge.chargeType.meaning == .new else { continue }
      case .seats, .thirdParty:
        guard charge.flow == .recurring, charge.chargeType.meaning == .new,
          charge.subscription.map(changing.contains) != true
        else { continue }
      case .azurePlan, .legacyLicence, .legacyAzure: continue
      }
      let key = Group.Key(
        join: join, part: [charge.sku?.key ?? "", charge.skuName, charge.meterDescription].joined(separator: "\u{1f}"))
      groups[key, default: Group()].indices.append(index)
    }
    for (key, group) in merged(groups).sorted(by: { $0.value.indices[0] < $1.value.indices[0] }) {
      bench.compareQuantities(of: group.indices, join: key.join)
    }
    for index in bench.partition.charges.indices where !bench.isSurplus[index] && !bench.isNetted[index] {
      bench.noteSeats(of: index, changing: changing)
    }
  }

  /// Where a charge may belong to several order lines, the sums over all of them are compared: charges that were found for
  /// one of these lines belong to the sum as well.
  private static func merged(_ groups: [Group.Key: Group]) -> [Group.Key: Group] {
    let wide = groups.keys.filter { $0.join.lines.count > 1 }
    guard !wide.isEmpty else { return groups }
    var groups = groups
    let keysByOrder = Dictionary(grouping: groups.keys, by: \.join.order)
    for wide in wide {
      for narrow in keysByOrder[wide.join.order] ?? []
      where narrow.join.lines.count == 1 && narrow.part == wide.part && wide.join.lines.contains(narrow.join.lines[0]) {
        guard let group = groups.removeValue(forKey: narrow) else { continue }
        groups[wide]?.indices.append(contentsOf: group.indices)
      }
      groups[wide]?.indices.sort()
    }
    return groups
  }

  private struct Group {
    struct Key: Hashable {
      let join: Workbench.Join
      let part: String
    }
    var indices: [Int] = []
  }
}

extension Workbench {
  /// Subscriptions whose seats were changed in the window.
  var subscriptionsWithEvents: Set<SubscriptionID> {
    var changing: Set<SubscriptionID> = []
    for charge in partition.charges {
      switch charge.chargeType.meaning {
      case .new, .renew, .cycleCharge, .customerCredit: continue
      default: if let id = charge.subscription { changing.insert(id) }
      }
    }
    return changing
  }

  /// A cycle is charged for the seats there are: those of the subscription, or those of the order (§7.4, O5). Both may be
  /// of another day than the charge, so that another number is only said.
  fileprivate mutating func noteSeats(of index: Int, changing: Set<SubscriptionID>) {
    let charge = partition.charges[index]
    guard charge.category == .seats, charge.chargeType.meaning == .cycleCharge || charge.chargeType.meaning == .renew,
      let id = charge.subscription, !changing.contains(id), let seats = commerce.subscription(id)?.quantity,
      let billed = charge.signedQuantity, billed.isPositive, billed != seats
    else { return }
    let ordered = joins[index].flatMap { join in sum(join.lines.map { partition.orders[join.order].lines[$0].quantity })
    }
    guard billed != ordered else { return }
    note("\(billed) seats are charged, the subscription has \(seats)", on: index)
  }

  fileprivate mutating func compareQuantities(of indices: [Int], join: Join) {
    let charges = indices.map { partition.charges[$0] }
    guard let first = charges.first, charges.contains(where: { $0.subtotal?.isZero != true }) else { return }
    let order = partition.orders[join.order]
    guard let billed = sum(charges.map(\.signedQuantity)),
      let ordered = sum(join.lines.map { order.lines[$0].quantity })
    else { return }
    guard !ordered.isZero else {
      // The time to give it back may have been over, or the refund is still to come (catalogue M22–M24).
      guard billed.isPositive, !charges.contains(where: \.isRefund) else { return }
      for index in indices { note("the order line was cancelled, and nothing was given back", on: index) }
      return
    }
    // What was given back altogether, or was charged before the window, is told by the refund, not by the order line.
    if charges.contains(where: \.isRefund), !billed.isPositive { return }

    guard billed == ordered else {
      return reportQuantity(
        .quantityOrdered, of: indices, join: join, right: ordered,
        cause: "\(billed) are billed, \(ordered) were ordered with order \(order.id).")
    }
    guard first.category != .seats, first.category != .thirdParty, first.category != .savingsPlan,
      !ties[indices[0]].entitlement.isEmpty
    else { return }
    guard let entitled = entitled(charges, join: join) else {
      for index in indices { note("how many the customer is entitled to is not known", on: index) }
      return
    }
    guard entitled != billed else { return }
    reportQuantity(
      .quantityEntitled, of: indices, join: join, right: entitled,
      cause: "\(billed) are billed, the customer is entitled to \(entitled).")
  }

  /// How many the customer may use; `nil` where the details of a reservation could not be read.
  private func entitled(_ charges: [Charge], join: Join) -> Amount? {
    if charges.allSatisfy({ $0.category == .reservation }) {
      let ids = Set(charges.compactMap(\.reservationOrder))
      let quantities = ids.flatMap { id in
        commerce.entitlements(reservation: id).flatMap(\.reservations).filter { $0.order == id }.map(\.quantity)
      }
      if !quantities.isEmpty { return sum(quantities) }
    }
    let entitlements = commerce.entitlements(order: join.order, lines: join.lines, item: charges.first?.catalogItem)
    return entitlements.isEmpty ? nil : sum(entitlements.map(\.quantity))
  }

  private mutating func reportQuantity(_ rule: Rule, of indices: [Int], join: Join, right: Amount, cause: String) {
    let charge = partition.charges[indices[0]]
    var expected: Amount?
    if let price = charge.effectiveUnitPrice, let rate = charge.effectiveRate {
      expected = try? Amount.product(price, right, rate, digits: 2, .truncated)
    }
    report(
      Mismatch(
        rule: rule, cause: cause, subject: subject(of: charge, detail: charge.skuName),
        identity: subject(of: charge, invoice: false, detail: "\(charge.skuName) \(join.lines)"),
        customerName: customerName(of: charge),
        product: charge.productName, expected: expected, actual: sum(indices.map { partition.charges[$0].subtotal }),
        currency: charge.filedCurrency),
      on: indices)
  }

  /// The sum, or `nil` when a part of it is unknown.
  private func sum(_ amounts: [Amount?]) -> Amount? {
    var sum = Amount.zero
    for amount in amounts {
      guard let amount, let next = try? sum + amount else { return nil }
      sum = next
    }
    return sum
  }
}
