extension Purchase {
  /// One stretch of a bought line that is charged at once: reconciliation.md §4.
  struct Charge: Sendable {
    /// `new`, `renew` or `cycleCharge` (reconciliation.md §5.1).
    var type: String
    /// The billing event; its month decides on which invoice the charge lands.
    var at: World.Instant
    var from: World.Day
    /// Nil for what is owned for good.
    var through: World.Day?
    var termFrom: World.Day
    var termThrough: World.Day?
  }

  /// What is charged for a line up to a moment, the purchase itself first.
  ///
  /// Seats go on from term to term; software, reservations, savings plans and trials are charged once. An Azure plan
  /// costs nothing itself, and what is consumed under it is not emulated.
  func charges(ofLine number: Int, until now: Int64) -> [Charge] {
    let line = lines[number]
    switch line.item.product.category {
    case .azurePlan: return []
    case .seats:
      return World.cycles(plan(of: line), until: World.Instant(seconds: now).day).compactMap { cycle in
        let at = cycle.number == 0 ? boughtAt : World.Instant(cycle.from, second: Int(boughtAt % 86_400)).seconds
        guard at <= now else { return nil }
        let isTermStart = cycle.termFrom == cycle.from
        return Charge(
          type: cycle.number == 0 ? "new" : isTermStart ? "renew" : "cycleCharge", at: World.Instant(seconds: at),
          from: cycle.from, through: cycle.through, termFrom: cycle.termFrom, termThrough: cycle.termThrough)
      }
    case .trial, .softwareSubscription, .perpetual, .reservation, .savingsPlan:
      let end = end(number)
      return [
        Charge(
          type: "new", at: World.Instant(seconds: boughtAt), from: day, through: end, termFrom: day, termThrough: end)
      ]
    }
  }

  /// The last day of the term a line is in; nil where it has none.
  func termEnd(_ number: Int, at now: Int64) -> World.Day? {
    charges(ofLine: number, until: now).last?.termThrough ?? end(number)
  }

  /// What one unit costs at each charge, in the currency the product is priced in.
  func price(_ line: Line) -> World.Exact? { line.item.price(line.term, line.extras, in: market) }

  private func plan(of line: Line) -> World.SeatPlan {
    World.SeatPlan(
      customer: 0, product: line.item.product, quantity: line.quantity, bought: day,
      term: line.term.duration == "P1Y" ? .year : .month, isPrepaid: line.term.cycle == "annual")
  }
}

extension Purchase.Line {
  /// What a savings plan commits to for an hour, in USD.
  var commitment: World.Exact? { CartLine.commitment(in: extras) }
}

extension CartLine {
  /// The least a savings plan commits to for an hour.
  static let commitmentMinimum = World.Exact(mantissa: 1, scale: 3)

  /// The hourly amount of a `purchaseCommitment`; nil where none can be read from it.
  static func commitment(in extras: [(name: String, json: String)]) -> World.Exact? {
    guard let json = extras.first(where: { $0.name == "purchaseCommitment" })?.json else { return nil }
    let commitment = RawJSON(json)
    guard let amount = commitment["amount"].flatMap({ World.Exact(text: $0.string ?? $0.literal) }),
      commitment["grain"]?.string.map({ $0.lowercased() == "hourly" }) ?? true, amount >= commitmentMinimum
    else { return nil }
    return amount
  }
}
