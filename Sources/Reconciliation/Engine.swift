public import Billing

/// The pure engine: charges in, exactly one outcome for each out.
public struct Engine: Sendable {
  private let facts: Facts
  private let documents: DocumentIndex

  public init(facts: Facts) {
    self.facts = facts
    documents = DocumentIndex(facts.documents)
  }

  /// Ties one customer's charges. Partitions know nothing of each other and may be tied in any order.
  ///
  /// - Throws: `ArithmeticError` when the sums of a partition need more than 38 digits.
  public func tie(_ partition: Partition) throws(ArithmeticError) -> PartitionResult {
    // Everything is asked in the order of positions, so that the order of ingestion changes nothing.
    let places = partition.charges.indices.sorted { partition.charges[$0].position < partition.charges[$1].position }
    let arranged = partition.arranged(places)
    var bench = Workbench(arranged, facts: facts, documents: documents)
    bench.setAsideSurplusPages()

    for rule in LineRule.all {
      for index in arranged.charges.indices where !bench.isSurplus[index] { rule.check(&bench, index) }
    }
    if arranged.commerceIsKnown, arranged.customer != nil {
      // A copy leads to the same order as its original: it is found first and joined to nothing.
      bench.netReversals()
      CustomerRule.chargedTwice.check(&bench)
      for index in arranged.charges.indices where !bench.isSurplus[index] { bench.join(index) }
      for rule in CustomerRule.all { rule.check(&bench) }
    } else {
      CustomerRule.customerUnknown.check(&bench)
    }

    var tallies = Tallies()
    for (index, charge) in arranged.charges.enumerated() {
      try tallies.add(charge, outcome: bench.ties[index].outcome)
    }
    var ties = bench.ties
    for (place, index) in places.enumerated() { ties[index] = bench.ties[place] }
    return PartitionResult(ties: ties, mismatches: bench.mismatches, tallies: tallies)
  }
}

/// A rule that looks at one line at a time.
struct LineRule: Sendable {
  let rule: Rule
  let check: @Sendable (inout Workbench, Int) -> Void

  init(_ rule: Rule, check: @escaping @Sendable (inout Workbench, Int) -> Void) {
    self.rule = rule
    self.check = check
  }

  static let all: [LineRule] = [
    .invoiceCurrency, .chargeTypeUnknown, .amountMissing, .lineTotal, .lineAmount, .marketClosed,
  ]
}

/// A rule that looks at all of a customer.
struct CustomerRule: Sendable {
  let rule: Rule
  let check: @Sendable (inout Workbench) -> Void

  init(_ rule: Rule, check: @escaping @Sendable (inout Workbench) -> Void) {
    self.rule = rule
    self.check = check
  }

  /// The rules that look at what was joined.
  static let all: [CustomerRule] = [
    .quantity, .orderUnbilled, .subscriptionUnbilled, .purchaseUnordered, .purchaseOrder, .purchasePrice,
    .purchaseQuantity, .purchaseTwice,
  ]
}

extension Workbench {
  /// Lines of a page that was served twice belong to the mismatch of their invoice; nothing else is asked of them.
  mutating func setAsideSurplusPages() {
    guard !facts.surplusPages.isEmpty else { return }
    for (index, charge) in partition.charges.enumerated() {
      let position = charge.position
      let page = PageID(invoice: position.invoice, set: position.set, page: position.page)
      guard let mismatch = facts.surplusPages[page] else { continue }
      isSurplus[index] = true
      ties[index].mismatches.append(mismatch)
      raise(index, to: .mismatched)
    }
  }
}

extension Partition {
  /// The same partition with its charges at the given places and what was bought in the order of ids.
  fileprivate func arranged(_ places: [Int]) -> Partition {
    var arranged = self
    arranged.charges = places.map { charges[$0] }
    arranged.orders.sort { $0.id < $1.id }
    arranged.subscriptions.sort { $0.id < $1.id }
    arranged.purchases.sort()
    return arranged
  }
}
