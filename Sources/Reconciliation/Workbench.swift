import Billing

/// One partition while it is tied: what is known, and what has been found so far.
struct Workbench {
  let partition: Partition
  let facts: Facts
  let commerce: CommerceIndex
  let documents: DocumentIndex
  let purchases: PurchaseIndex
  var ties: [Tie]
  /// Where each charge was joined; `nil` where it was not.
  var joins: [Join?]
  /// Lines that are a second copy of another: already explained, so no other rule counts them.
  var isSurplus: [Bool]
  /// Lines that a credit and its rebill took away: neither a copy nor a quantity.
  var isNetted: [Bool]
  private(set) var mismatches: [Mismatch] = []
  private var places: [Mismatch.ID: Int] = [:]

  /// The order and the lines of it that a charge belongs to.
  struct Join: Hashable {
    let order: Int
    /// Usually one; several when they cannot be told apart.
    let lines: [Int]
  }

  init(_ partition: Partition, facts: Facts, documents: DocumentIndex) {
    self.partition = partition
    self.facts = facts
    self.documents = documents
    commerce = CommerceIndex(partition)
    purchases = PurchaseIndex(partition, commerce: commerce)
    ties = partition.charges.map { Tie(position: $0.position) }
    joins = Array(repeating: nil, count: partition.charges.count)
    isSurplus = Array(repeating: false, count: partition.charges.count)
    isNetted = isSurplus
  }

  /// Says something worth knowing about a charge; nothing is wrong with it.
  mutating func note(_ text: String, on index: Int) {
    ties[index].notes.append(text)
    raise(index, to: .noted)
  }

  mutating func raise(_ index: Int, to outcome: Tie.Outcome) {
    ties[index].outcome = max(ties[index].outcome, outcome)
  }

  /// Records a mismatch and what it makes of its charges. A second finding about the same subject adds to the first.
  mutating func report(_ mismatch: Mismatch, on indices: [Int]) {
    for index in indices {
      raise(index, to: .mismatched)
      ties[index].mismatches.append(mismatch.id)
    }
    var found = mismatch
    found.positions += indices.map { partition.charges[$0].position }
    guard let place = places[mismatch.id] else {
      places[mismatch.id] = mismatches.count
      mismatches.append(found)
      return
    }
    mismatches[place].add(found)
  }

  mutating func hang(_ id: Mismatch.ID, beneath parent: Mismatch.ID) {
    if let place = places[id] { mismatches[place].parent = parent }
  }

  func subject(of charge: Charge, invoice: Bool = true, detail: String = "") -> Mismatch.Subject {
    Mismatch.Subject(
      customer: charge.customer ?? partition.customer, invoice: invoice ? charge.position.invoice : nil,
      order: charge.orders.first ?? charge.alternateOrder, subscription: charge.subscription, item: charge.catalogItem,
      detail: detail)
  }

  func customerName(of charge: Charge) -> String {
    partition.customerName.isEmpty ? charge.customerName : partition.customerName
  }
}

extension Mismatch {
  /// Adds another finding about the same subject. An amount that is unknown once is unknown in sum.
  mutating func add(_ other: Mismatch) {
    count += other.count
    positions += other.positions
    expected = Self.sum(expected, other.expected)
    actual = Self.sum(actual, other.actual)
  }

  private static func sum(_ left: Amount?, _ right: Amount?) -> Amount? {
    guard let left, let right else { return nil }
    return try? left + right
  }
}

/// The documents of the window, found by what a charge should be billed on.
struct DocumentIndex {
  private let currencies: [InvoiceID: Currency]
  private let newCommerce: [Key: InvoiceID]
  private let billed: [Month: Set<Currency>]
  private let allBilled: Set<Currency>

  private struct Key: Hashable {
    let currency: Currency
    let month: Month
  }

  init(_ documents: [Invoice]) {
    var currencies: [InvoiceID: Currency] = [:]
    var newCommerce: [Key: InvoiceID] = [:]
    for document in documents.sorted(by: { $0.id < $1.id }) {
      currencies[document.id] = document.currency
      guard document.isNewCommerce else { continue }
      let key = Key(currency: document.currency, month: document.month)
      switch document.documentType.meaning {
      case .invoice, .unknown: newCommerce[key] = newCommerce[key] ?? document.id
      // The adjustment note replaces the voided invoice of its month.
      case .adjustmentNote: newCommerce[key] = document.id
      case .creditNote, .voidNote: break
      }
    }
    self.currencies = currencies
    self.newCommerce = newCommerce
    billed = Dictionary(grouping: newCommerce.keys, by: \.month).mapValues { Set($0.map(\.currency)) }
    allBilled = Set(newCommerce.keys.map(\.currency))
  }

  func currency(of invoice: InvoiceID) -> Currency? { currencies[invoice] }

  /// The new-commerce invoice of a month, or `nil` while there is none.
  func newCommerceInvoice(of month: Month, in currency: Currency) -> InvoiceID? {
    newCommerce[Key(currency: currency, month: month)]
  }

  /// Where an order of a month should have been billed; `nil` while the month has no invoice.
  ///
  /// An order that prints no currency is billed in the only one of the month. One in a currency that no invoice of the
  /// window has is on none of them, and due all the same: somebody has to bill it. A currency that is invoiced in other
  /// months may only be late in this one.
  func billing(of month: Month, in currency: Currency?) -> (invoice: InvoiceID?, currency: Currency)? {
    guard let billed = billed[month] else { return nil }
    guard let currency = currency ?? (billed.count == 1 ? billed.first : nil) else { return nil }
    if let invoice = newCommerceInvoice(of: month, in: currency) { return (invoice, currency) }
    return allBilled.contains(currency) ? nil : (nil, currency)
  }
}

extension Invoice {
  /// New commerce by its type, or by its lines where the type is one that nobody has documented.
  fileprivate var isNewCommerce: Bool {
    switch invoiceType.meaning {
    case .newCommerce: true
    case .legacy: false
    case .unknown: details.contains { $0.provider == "onetime" }
    }
  }
}
