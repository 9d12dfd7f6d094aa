public import Billing

/// Counts and sums of some lines in one currency.
public struct Tally: Hashable, Sendable {
  public private(set) var count = 0
  public private(set) var subtotal = Amount.zero
  public private(set) var tax = Amount.zero
  public private(set) var total = Amount.zero
  /// Lines that print no total: they are counted and not added, because unknown is never zero.
  public private(set) var unknownCount = 0
  /// Lines with a tax other than 0, or none printed.
  public private(set) var taxedCount = 0

  public init() {}

  /// Creates a tally from figures that were written down.
  public init(count: Int, subtotal: Amount, tax: Amount, total: Amount, unknownCount: Int, taxedCount: Int) {
    self.count = count
    self.subtotal = subtotal
    self.tax = tax
    self.total = total
    self.unknownCount = unknownCount
    self.taxedCount = taxedCount
  }

  public mutating func add(subtotal: Amount?, tax: Amount?, total: Amount?) throws(ArithmeticError) {
    count += 1
    if let subtotal { self.subtotal = try self.subtotal + subtotal }
    if let tax { self.tax = try self.tax + tax }
    if let total { self.total = try self.total + total } else { unknownCount += 1 }
    if tax?.isZero != true { taxedCount += 1 }
  }

  public mutating func add(_ charge: Charge) throws(ArithmeticError) {
    try add(subtotal: charge.subtotal, tax: charge.tax, total: charge.total)
  }

  /// Associative and commutative, so that partitions may be summed in any order and on any machine.
  public mutating func merge(_ other: Tally) throws(ArithmeticError) {
    count += other.count
    subtotal = try subtotal + other.subtotal
    tax = try tax + other.tax
    total = try total + other.total
    unknownCount += other.unknownCount
    taxedCount += other.taxedCount
  }
}

extension Charge {
  /// The currency its amounts are filed under.
  public var filedCurrency: Currency { currency ?? .none }
}

/// Where the lines of all invoices went: by invoice, currency and outcome, and by flow.
public struct Tallies: Hashable, Sendable {
  public struct Key: Hashable, Sendable, Comparable {
    public var invoice: InvoiceID
    public var currency: Currency

    public init(invoice: InvoiceID, currency: Currency) {
      self.invoice = invoice
      self.currency = currency
    }

    public static func < (left: Key, right: Key) -> Bool {
      left.invoice != right.invoice ? left.invoice < right.invoice : left.currency < right.currency
    }
  }

  public struct Entry: Hashable, Sendable {
    public var outcomes: [Tie.Outcome: Tally] = [:]
    public var flows: [ChargeFlow: Tally] = [:]

    public init() {}

    /// The sum over all outcomes.
    public func all() throws(ArithmeticError) -> Tally {
      var sum = Tally()
      for tally in outcomes.values { try sum.merge(tally) }
      return sum
    }
  }

  public private(set) var entries: [Key: Entry] = [:]

  public init() {}

  public mutating func add(_ charge: Charge, outcome: Tie.Outcome) throws(ArithmeticError) {
    var line = Tally()
    try line.add(charge)
    let key = Key(invoice: charge.position.invoice, currency: charge.filedCurrency)
    try merge(line, outcome: outcome, of: key)
    try merge(line, flow: charge.flow, of: key)
  }

  public mutating func merge(_ other: Tallies) throws(ArithmeticError) {
    for (key, entry) in other.entries {
      for (outcome, tally) in entry.outcomes { try merge(tally, outcome: outcome, of: key) }
      for (flow, tally) in entry.flows { try merge(tally, flow: flow, of: key) }
    }
  }

  public mutating func merge(_ tally: Tally, outcome: Tie.Outcome, of key: Key) throws(ArithmeticError) {
    try entries[key, default: Entry()].outcomes[outcome, default: Tally()].merge(tally)
  }

  public mutating func merge(_ tally: Tally, flow: ChargeFlow, of key: Key) throws(ArithmeticError) {
    try entries[key, default: Entry()].flows[flow, default: Tally()].merge(tally)
  }
}
