extension World {
  /// Everything that happened in a world while it is being made: who bought what, and what was billed for it.
  struct Ledger {
    let calendar: Calendar
    var random: SplitMix64
    var customers: [Customer] = []
    var orders: [Order] = []
    var subscriptions: [Subscription] = []
    var entitlements: [Entitlement] = []
    var lines = [[Line]](repeating: [], count: Slot.count)
    var usage = [[Usage]](repeating: [], count: Slot.count)
    var licences = [[LicenceLine]](repeating: [], count: LegacySlot.count)
    var resources = [[ResourceLine]](repeating: [], count: LegacySlot.count)
    /// Credits of the one credit note.
    var credits: [Line] = []
    var lineCount = 0
    /// Pricing to billing currency, by slot: constant over a month.
    var rates: [Exact]
    var partner: Partner
    /// The month whose invoice was voided and rebilled, and the one with a credit note.
    var voided: Slot
    var credited: Slot
    var decoys: [String: Int] = [:]
    var planted: [AnswerKey.Planted] = []
    /// By slot: what a planted error adds to the header of an invoice beyond its lines.
    var headerShifts = [Exact](repeating: .zero, count: Slot.count)
    var legacyHeaderShifts = [Exact](repeating: .zero, count: LegacySlot.count)
    var balanceShifts: [Int: BalanceShift] = [:]
    /// Months whose invoice serves one page twice; no other error may stand on their lines.
    var pageTwice: Set<Slot> = []
    /// Invoices whose total is planted already.
    var plantedTotals: Set<Slot> = []
    var plantedLegacyTotals: Set<LegacySlot> = []
    /// True while the lines of a planted error are written: they wear no oddities.
    var isPlanting = false
    private var twins = 0

    struct Partner {
      let tenant: String
      let name = "Contoso Cloud Distribution"
      let mpnID = 5_357_564
      let billableAccount = "1010578050"
    }

    struct BalanceShift {
      var details = Exact.zero
      var total = Exact.zero
    }

    /// Where a line was written.
    struct Place: Hashable {
      let slot: Slot
      let index: Int
    }

    init(seed: UInt64, newest: Month) {
      calendar = Calendar(newest: newest)
      var random = SplitMix64(seed: seed)
      partner = Partner(tenant: random.guid())
      rates = []
      for _ in Slot.months {
        for money in Money.all {
          let wobble = money.isDollar ? 0 : random.pick(-9_999_999...9_999_999)
          rates.append(Exact(mantissa: Int128(money.ratePerDollar + wobble), scale: 9))
        }
      }
      voided = Slot(month: random.pick(0...2), money: random.pick([Money.pound, Money.dollar]))
      credited = Slot(month: random.pick(1...2), money: Money.euro)
      self.random = random
    }

    func rate(_ slot: Slot) -> Exact { rates[slot.index] }

    /// The name of the invoice that holds the lines of a month: for a voided one its adjustment note.
    func invoice(_ slot: Slot) -> String {
      slot == voided ? voidedAdjustment : "G0100\(24_130 + slot.index * 7)"
    }

    var voidedInvoice: String { "G0100\(24_130 + voided.index * 7)" }
    var voidedAdjustment: String { "G0100\(24_131 + voided.index * 7)" }
    var creditNote: String { "G0100\(24_132 + credited.index * 7)" }

    func invoice(_ slot: LegacySlot) -> String {
      "D0100\(String(slot.index * 37 + 72_018, radix: 36, uppercase: true))"
    }

    mutating func count(_ decoy: String) {
      decoys[decoy, default: 0] += 1
    }

    mutating func nextTwin() -> Int {
      twins += 1
      return twins
    }

    // MARK: Writing down

    /// Writes a line on the invoice of its event's month; nil when that month is not invoiced in this world.
    @discardableResult
    mutating func post(_ line: Line, slot chosen: Slot? = nil) -> Place? {
      let money = customers[line.customer].money
      guard let month = calendar.month(of: line.eventAt.day) else { return nil }
      let slot = chosen ?? Slot(month: month, money: money)
      var line = line
      line.tax = Money.all[slot.money].taxOfLine(line.subtotal)
      line.total = line.subtotal + line.tax
      line.dress = dress(line)
      lines[slot.index].append(line)
      lineCount += 1
      return Place(slot: slot, index: lines[slot.index].count - 1)
    }

    subscript(place: Place) -> Line {
      get { lines[place.slot.index][place.index] }
      set { lines[place.slot.index][place.index] = newValue }
    }

    /// Gives a line another subtotal, and the tax and total that follow from it.
    mutating func setSubtotal(_ subtotal: Exact, at place: Place) {
      self[place].subtotal = subtotal
      self[place].tax = Money.all[place.slot.money].taxOfLine(subtotal)
      self[place].total = subtotal + self[place].tax
    }

    mutating func post(_ line: LicenceLine, slot: LegacySlot) {
      var line = line
      line.tax = Money.all[line.money].taxOfLine(line.subtotal)
      line.total = line.subtotal + line.tax
      licences[slot.index].append(line)
      lineCount += 1
    }

    mutating func post(_ line: ResourceLine, slot: LegacySlot) {
      var line = line
      line.tax = Money.all[line.money].taxOfLine(line.pretax)
      line.total = line.pretax + line.tax
      resources[slot.index].append(line)
      lineCount += 1
    }

    // MARK: Orders

    /// A new-commerce order; ids come in the forms which contract §8.5 shows.
    mutating func order(
      _ customer: Int, cycle: String, at instant: Instant, currency: String? = nil, items: [OrderItem]
    ) -> Int {
      let short = random.hexadecimal(12)
      let form = random.pick(1...10)
      let id = form <= 2 ? short : random.orderID()
      // Orders of 2021 and some others know no short id.
      let alternate = form == 10 ? nil : short
      orders.append(
        Order(
          customer: customer, id: id, alternateID: alternate, billingCycle: cycle, createdAt: instant,
          currency: currency ?? Money.all[customers[customer].money].code, items: items))
      return orders.count - 1
    }

    /// How a billing line spells an order: long, short, or both in one cell (M05, M06 of reconciliation.md §14).
    mutating func spelling(of order: Int) -> String {
      let order = orders[order]
      guard let short = order.alternateID, short != order.id, !isPlanting else { return order.id }
      switch random.pick(1...10) {
      case 1...4:
        return order.id
      case 5...8:
        count("short-order-id")
        return short
      default:
        count("two-order-ids-in-a-cell")
        return "\(order.id), \(short)"
      }
    }

    /// A second of the day at which something happens, away from midnight.
    mutating func moment(_ day: Day) -> Instant {
      Instant(day, second: random.pick(600...85_000))
    }
  }
}
