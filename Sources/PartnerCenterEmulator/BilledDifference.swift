extension Emulator {
  /// How what carts brought is billed: as it was bought, or wrongly on purpose.
  ///
  /// The difference stands on invoices only. Orders, subscriptions, entitlements and unbilled lines stay as they were
  /// bought, and a wrong line follows from its own figures, so that nothing but the comparison tells.
  public enum PurchaseBilling: Sendable, Equatable {
    case asBought
    /// So much more for each unit, as decimal text in the currency the product is priced in, such as `1.00`; what costs
    /// nothing stays free.
    case dearer(by: String)
    /// So many units more on each line.
    case moreUnits(Int)
    /// No line at all; the invoice of the month comes all the same, at 0.
    case never
    /// Each line printed a second time behind all others, under another reference.
    case twice
  }
}

extension BilledLine {
  /// What the invoice makes of lines as they were bought.
  static func billed(_ lines: [BilledLine], _ billing: Emulator.PurchaseBilling) -> [BilledLine] {
    switch billing {
    case .asBought: return lines
    case .never: return []
    case .twice:
      return lines
        + lines.map { line in
          var copy = line
          copy.copy += 1
          return copy
        }
    case .moreUnits(let more):
      return lines.map { line in
        var line = line
        line.quantity += more
        return line
      }
    case .dearer(let text):
      guard let more = World.Exact(text: text) else { preconditionFailure("\(text) is no amount such as 1.00.") }
      return lines.map { line in
        var line = line
        if !line.price.isZero { line.price += more }
        return line
      }
    }
  }
}
