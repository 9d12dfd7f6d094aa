import Billing

/// The first charges of what was bought: the lines that bill a purchase, together with what they bill.
struct PurchaseBill {
  let order: Int
  /// Usually one; several where the charges do not tell order lines apart.
  let orderLines: [Int]
  let bought: [PurchaseIndex.Line]
  /// The charges by part, because an E5-like product is billed in two parts (reconciliation rules §7.4, O7).
  let parts: [[Int]]

  var charges: [Int] { parts.flatMap(\.self).sorted() }
}

extension Workbench {
  func line(_ bought: PurchaseIndex.Line) -> Purchase.Line {
    partition.purchases[bought.purchase].lines[bought.line]
  }

  /// The bills of all purchases. Copies and what was credited and billed again are left out, as everywhere.
  var purchaseBills: [PurchaseBill] {
    guard !purchases.bought.isEmpty else { return [] }
    var groups: [Join: [Int]] = [:]
    let joined = partition.charges.indices.filter { isFirstCharge($0) }
    let wide = Set(joined.compactMap { joins[$0] }.filter { $0.lines.count > 1 })
    for index in joined {
      guard let join = joins[index] else { continue }
      let home = wide.first { $0.order == join.order && Set(join.lines).isSubset(of: $0.lines) }
      groups[home ?? join, default: []].append(index)
    }
    return groups.compactMap { join, indices in
      let bought = join.lines.compactMap { purchases.bought[PurchaseIndex.Place(order: join.order, line: $0)] }
      // A part of the charges may be for lines that were bought elsewhere: nothing can be told then.
      guard bought.count == join.lines.count else { return nil }
      let parts = Dictionary(grouping: indices) { partition.charges[$0].part }
      return PurchaseBill(
        order: join.order, orderLines: join.lines, bought: bought, parts: parts.values.sorted { $0[0] < $1[0] })
    }
    .sorted { $0.charges[0] < $1.charges[0] }
  }

  /// The first charges of one order line.
  func firstCharges(of place: PurchaseIndex.Place) -> [Int] {
    partition.charges.indices.filter { index in
      guard isFirstCharge(index), let join = joins[index] else { return false }
      return join.order == place.order && join.lines.contains(place.line)
    }
  }

  private func isFirstCharge(_ index: Int) -> Bool {
    let charge = partition.charges[index]
    guard joins[index] != nil, !isSurplus[index], !isNetted[index], charge.chargeType.meaning == .new else {
      return false
    }
    return charge.flow == .oneTime || charge.flow == .recurring
  }

  /// The sum, or `nil` when a part of it is unknown.
  func purchaseSum(_ amounts: [Amount?]) -> Amount? {
    var sum = Amount.zero
    for amount in amounts {
      guard let amount, let next = try? sum + amount else { return nil }
      sum = next
    }
    return sum
  }

  /// The mismatch of a rule about one of the charges, for a consequence to hang beneath.
  func mismatch(_ rule: Rule, on indices: [Int]) -> Mismatch.ID? {
    let positions = Set(indices.map { partition.charges[$0].position })
    return mismatches.first { $0.rule == rule && !positions.isDisjoint(with: $0.positions) }?.id
  }
}

extension Charge {
  /// Which part of a product that is charged in several the line is for.
  fileprivate var part: String { [sku?.key ?? "", skuName, meterDescription].joined(separator: "\u{1f}") }
}
