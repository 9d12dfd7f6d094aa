import Billing
import Reconciliation
import Testing

@Suite("Laws that hold on every month")
struct LawTests {
  static let seeds: [UInt64] = Array(1...20)

  @Test("Every charge has exactly one outcome, and the outcomes add up to the lines", arguments: seeds)
  func conservation(seed: UInt64) throws {
    let month = try GeneratedMonth(seed: seed, customerCount: 8)
    for partition in month.partitions {
      let result = try engine().tie(partition)
      #expect(result.ties.map(\.position) == partition.charges.map(\.position), "seed \(seed)")
      var lines: [Tallies.Key: Tally] = [:]
      for charge in partition.charges {
        let key = Tallies.Key(invoice: charge.position.invoice, currency: charge.filedCurrency)
        try lines[key, default: Tally()].add(charge)
      }
      #expect(try result.tallies.entries.mapValues { try $0.all() } == lines, "seed \(seed)")
      for (key, entry) in result.tallies.entries {
        var flows = Tally()
        for tally in entry.flows.values { try flows.merge(tally) }
        #expect(flows == lines[key], "seed \(seed)")
      }
    }
  }

  @Test("Whoever is mismatched has a mismatch, and whoever has one is mismatched", arguments: seeds)
  func reasons(seed: UInt64) throws {
    for partition in try GeneratedMonth(seed: seed, customerCount: 8).partitions {
      let result = try engine().tie(partition)
      let known = Set(result.mismatches.map(\.id))
      for tie in result.ties {
        #expect((tie.outcome == .mismatched) == !tie.mismatches.isEmpty, "seed \(seed), \(tie.position)")
        #expect(tie.outcome != .noted || !tie.notes.isEmpty, "seed \(seed), \(tie.position)")
        #expect(tie.outcome == .mismatched || !tie.matchedBy.isEmpty || tie.outcome == .pending, "seed \(seed)")
        #expect(known.isSuperset(of: tie.mismatches), "seed \(seed)")
      }
      #expect(known.count == result.mismatches.count, "seed \(seed): an id names one mismatch")
    }
  }

  @Test("The order of ingestion changes nothing", arguments: seeds)
  func ingestionOrder(seed: UInt64) throws {
    var random = SplitMix64(seed: seed &+ 1_000)
    for partition in try GeneratedMonth(seed: seed, customerCount: 8).partitions {
      var shuffled = partition
      shuffled.charges.shuffle(using: &random)
      shuffled.orders.shuffle(using: &random)
      shuffled.subscriptions.shuffle(using: &random)
      shuffled.entitlements.shuffle(using: &random)
      let result = try engine().tie(partition)
      let other = try Engine(facts: facts(documents: issued().shuffled(using: &random))).tie(shuffled)
      #expect(other.ties.sorted { $0.position < $1.position } == result.ties, "seed \(seed)")
      #expect(other.mismatches == result.mismatches, "seed \(seed)")
      #expect(other.tallies == result.tallies, "seed \(seed)")
    }
  }

  @Test(
    "However partitions are grouped and in whatever order they come, the sums and findings are the same",
    arguments: seeds)
  func regrouping(seed: UInt64) throws {
    var random = SplitMix64(seed: seed &+ 2_000)
    let partitions = try GeneratedMonth(seed: seed, customerCount: 12).partitions
    let results = try partitions.map { try engine().tie($0) }
    var whole = Tallies()
    for result in results { try whole.merge(result.tallies) }

    var groups = [Tallies(), Tallies(), Tallies()]
    for result in results.shuffled(using: &random) {
      try groups[Int.random(in: 0..<3, using: &random)].merge(result.tallies)
    }
    for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
      var regrouped = groups[order[0]]
      var rest = groups[order[1]]
      try rest.merge(groups[order[2]])
      try regrouped.merge(rest)
      #expect(regrouped == whole, "seed \(seed)")
    }
    let findings = try concluded(results, partitions)
    let shuffled = try concluded(results.shuffled(using: &random), partitions)
    #expect(shuffled.mismatches == findings.mismatches, "seed \(seed)")
    #expect(shuffled.tallies == findings.tallies, "seed \(seed)")
  }

  @Test("A customer who has nothing to do with it changes nothing", arguments: seeds)
  func stranger(seed: UInt64) throws {
    let few = try GeneratedMonth(seed: seed, customerCount: 4).partitions
    let many = try GeneratedMonth(seed: seed, customerCount: 5).partitions
    for (alone, beside) in zip(few, many) {
      let first = try engine().tie(alone)
      let second = try engine().tie(beside)
      #expect(first.ties == second.ties, "seed \(seed)")
      #expect(first.mismatches == second.mismatches, "seed \(seed)")
    }
    let before = try concluded(few.map { try engine().tie($0) }, few)
    let after = try concluded(many.map { try engine().tie($0) }, many)
    let stranger = many.last?.customer
    // What concerns whole invoices moves with every line; what concerns customers does not.
    func ofCustomers(_ findings: Findings) -> [Mismatch] {
      findings.mismatches.filter { $0.subject.customer != nil && $0.subject.customer != stranger }
        .map { mismatch in
          var mismatch = mismatch
          mismatch.parent = nil
          return mismatch
        }
    }
    #expect(ofCustomers(after) == ofCustomers(before), "seed \(seed)")
  }

  @Test("Generated months hold every outcome: the laws are not tested on nothing")
  func variety() throws {
    var outcomes: Set<Tie.Outcome> = []
    var rules: Set<Rule> = []
    for seed in Self.seeds {
      for partition in try GeneratedMonth(seed: seed, customerCount: 8).partitions {
        let result = try engine().tie(partition)
        outcomes.formUnion(result.outcomes)
        rules.formUnion(result.mismatches.map(\.rule))
      }
    }
    #expect(outcomes.isSuperset(of: [.tied, .pending, .mismatched]))
    #expect(
      rules.isSuperset(of: [
        .amountMissing, .chargedTwice, .customerUnknown, .entitlementMissing, .invoiceCurrency, .lineAmount,
        .orderMissing, .orderUnbilled, .subscriptionMissing, .subscriptionUnbilled,
      ]))
  }

  private func facts(documents: [Invoice]) throws -> Facts {
    Facts(asOf: try instant("2025-03-20"), documents: documents)
  }

  private func engine() throws -> Engine { Engine(facts: try facts(documents: issued())) }

  private func concluded(_ results: [PartitionResult], _ partitions: [Partition]) throws -> Findings {
    var sums: [PageID: [Currency: Tally]] = [:]
    for charge in partitions.flatMap(\.charges) {
      let position = charge.position
      let page = PageID(invoice: position.invoice, set: position.set, page: position.page)
      try sums[page, default: [:]][charge.filedCurrency, default: Tally()].add(charge)
    }
    let pages = sums.map { PageSum(page: $0.key, repeats: nil, sums: $0.value) }
    let documents = try issued()
    var fetched: [InvoiceID: Set<LineSet>] = [:]
    for document in documents { fetched[document.id] = Set(document.details) }
    var conclusion = Conclusion()
    for result in results { try conclusion.add(result) }
    return try conclusion.findings(
      runID: "law", asOf: try instant("2025-03-20"), period: try #require(Month("2025-02")),
      invoices: InvoiceProof(documents: documents, pages: pages, fetchedSets: fetched, taxOnTotal: [:]),
      balances: BalanceProof(summaries: [], documents: documents), pages: pages, customerCount: partitions.count)
  }
}
