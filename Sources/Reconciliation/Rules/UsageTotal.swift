public import Billing

/// Explains each invoice's consumption by its daily usage: S5 (reconciliation rules §7.1).
///
/// Days have up to ten decimals and a charge has two, so a cent for each charge is granted (catalogue M33); what is granted
/// has a total of its own. Reservations, savings plans, seats and software stand on no day and are not asked for theirs.
/// Where credits stand on the invoice, the days may or may not show them (§8): anything between is an explanation.
public struct UsageTotal: Sendable {
  /// Each product under each subscription that its days do not explain, in the order of invoices.
  public private(set) var mismatches: [Mismatch] = []
  /// Σ charges − Σ days where no more than what is granted lies between them, by currency.
  public private(set) var roundings: [Currency: Amount] = [:]

  private let repeatedPages: Set<PageID>
  private let surplusPages: Set<PageID>
  private var groups: [InvoiceID: [Key: Group]] = [:]

  /// - Parameters:
  ///   - repeatedPages: pages of daily usage that repeat an earlier one.
  ///   - surplusPages: pages of charges that the invoice does not count.
  public init(repeatedPages: Set<PageID> = [], surplusPages: Set<PageID> = []) {
    self.repeatedPages = repeatedPages
    self.surplusPages = surplusPages
  }

  /// Takes figures, in any order.
  public mutating func add(_ part: Consumption) throws(ArithmeticError) {
    guard !surplusPages.contains(part.page) else { return }
    let key = Key(currency: part.currency, subscription: part.subscription, product: part.product, sku: part.sku)
    try groups[part.page.invoice, default: [:]][key, default: Group()].add(
      part, repeats: repeatedPages.contains(part.page))
  }

  /// Compares what was taken and forgets it, for each document whose charges and days were both fetched; of others nothing
  /// is concluded.
  public mutating func prove(
    _ documents: [Invoice], fetchedSets: [InvoiceID: Set<LineSet>]
  ) throws(ArithmeticError) {
    for document in documents.sorted(by: { $0.id < $1.id }) {
      guard let taken = groups.removeValue(forKey: document.id), let fetched = fetchedSets[document.id],
        fetched.isSuperset(of: Self.sets)
      else { continue }
      let groups = try Self.merged(taken)
      for (key, group) in groups.sorted(by: { $0.key < $1.key }) {
        if let mismatch = try mismatch(of: group, key, on: document.id) { mismatches.append(mismatch) }
      }
    }
  }

  private static let sets: Set<LineSet> = [
    LineSet(provider: "onetime", isUsage: false), LineSet(provider: "onetime", isUsage: true),
  ]

  /// Puts together what a line without a product, or without a subscription, may belong to.
  private static func merged(_ groups: [Key: Group]) throws(ArithmeticError) -> [Key: Group] {
    let loose = Set(groups.keys.filter { $0.subscription == nil }.map(\.currency))
    let vague = Set(
      groups.keys.filter { $0.product == nil || $0.sku == nil }.map {
        Key(currency: $0.currency, subscription: $0.subscription)
      }
    )
    var merged: [Key: Group] = [:]
    for (key, group) in groups.sorted(by: { $0.key < $1.key }) {
      let whole = Key(currency: key.currency, subscription: key.subscription)
      let place = loose.contains(key.currency) ? Key(currency: key.currency) : vague.contains(whole) ? whole : key
      try merged[place, default: Group()].merge(group)
    }
    return merged
  }

  private mutating func mismatch(
    of group: Group, _ key: Key, on invoice: InvoiceID
  ) throws(ArithmeticError) -> Mismatch? {
    // Charges without an amount have rules of their own.
    guard group.otherCount == 0, group.monthly.unknownCount == 0, group.credit.unknownCount == 0 else { return nil }
    let charged = group.monthly.sum
    guard group.daily.unknownCount == 0 else {
      return group.monthly.count == 0
        ? nil
        : Self.mismatch(
          group, key, on: invoice, expected: charged, actual: nil,
          cause: "The daily usage cannot be added up: \(group.daily.unknownCount) of its lines print no amount.")
    }
    // A day that costs next to nothing may have no charge at all.
    let lines = max(1, group.monthly.count + group.credit.count)
    let granted = try Amount.product(.cent, Amount(lines), digits: 2, .truncated)
    let (low, high) = try Self.range(charged, try charged + group.credit.sum)
    let explaining = try low - granted...high + granted
    let days = group.daily.sum
    if explaining.contains(days) {
      if low == high { roundings[key.currency] = try (roundings[key.currency] ?? .zero) + charged - days }
      return nil
    }
    let expected = days < low ? low : high
    let distance = try (expected - days).magnitude
    if !group.repeated.isZero, explaining.contains(try days - group.repeated) {
      return Self.mismatch(
        group, key, on: invoice, mCode: "M02", expected: expected, actual: days,
        cause: "A page of the daily usage repeats an earlier one; without it the days give the charges.")
    }
    if group.daily.count == 0 {
      return Self.mismatch(
        group, key, on: invoice, mCode: "M01", expected: expected, actual: days,
        cause: "No daily usage stands behind the consumption charged: an empty answer is not “no usage”.")
    }
    return Self.mismatch(
      group, key, on: invoice, mCode: days < low ? "M01" : "", expected: expected, actual: days,
      cause: days < low
        ? "The daily usage adds up to \(distance) less than the consumption charged: a day or a whole page may be missing."
        : group.monthly.count == 0
          ? "The daily usage adds up to \(distance), and the invoice charges nothing for it."
          : "The daily usage adds up to \(distance) more than the consumption charged.")
  }

  private static func range(_ first: Amount, _ second: Amount) -> (low: Amount, high: Amount) {
    first <= second ? (first, second) : (second, first)
  }

  private static func mismatch(
    _ group: Group, _ key: Key, on invoice: InvoiceID, mCode: String = "", expected: Amount, actual: Amount?,
    cause: String
  ) -> Mismatch {
    var item: CatalogItem?
    if let product = key.product, let sku = key.sku { item = CatalogItem(product: product, sku: sku) }
    return Mismatch(
      rule: .usageTotal, mCode: mCode, cause: cause,
      subject: Mismatch.Subject(
        customer: group.customer, invoice: invoice, subscription: key.subscription, item: item),
      customerName: group.customerName, product: group.productName, expected: expected, actual: actual,
      currency: key.currency)
  }
}

extension UsageTotal {
  /// One mismatch for each invoice and currency with several of them: a lost page concerns many subscriptions at once.
  static func gathered(_ mismatches: [Mismatch]) throws(ArithmeticError) -> [(whole: Mismatch, parts: [Mismatch.ID])] {
    var kinds: [Mismatch.Subject: [Currency: [Mismatch]]] = [:]
    for mismatch in mismatches {
      kinds[Mismatch.Subject(invoice: mismatch.subject.invoice), default: [:]][mismatch.currency, default: []].append(
        mismatch)
    }
    var gathered: [(whole: Mismatch, parts: [Mismatch.ID])] = []
    for (subject, currencies) in kinds {
      for (currency, parts) in currencies where parts.count > 1 {
        var subject = subject
        subject.detail = LineSet(provider: "onetime", isUsage: true).description
        var expected: Amount? = .zero
        var actual: Amount? = .zero
        for part in parts {
          expected = try Self.sum(expected, part.expected)
          actual = try Self.sum(actual, part.actual)
        }
        let mCodes = Set(parts.map(\.mCode))
        let whole = Mismatch(
          rule: .usageTotal, mCode: mCodes.count == 1 ? mCodes.first ?? "" : "",
          cause:
            "The daily usage does not explain the consumption charged to \(parts.count) subscriptions and products: "
            + (mCodes == ["M02"]
              ? "a page of it was served twice."
              : mCodes == ["M01"] ? "a page of it may be missing." : "look at each."),
          subject: subject, expected: expected, actual: actual, currency: currency, count: parts.count)
        gathered.append((whole, parts.map(\.id)))
      }
    }
    return gathered.sorted { $0.whole.id < $1.whole.id }
  }

  private static func sum(_ left: Amount?, _ right: Amount?) throws(ArithmeticError) -> Amount? {
    guard let left, let right else { return nil }
    return try left + right
  }
}
