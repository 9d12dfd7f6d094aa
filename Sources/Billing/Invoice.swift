/// A document of the account: an invoice, a credit note, an adjustment note or a voided one (contract §9.2).
public struct Invoice: Hashable, Sendable {
  public var id: InvoiceID
  public var date: Instant
  public var periodStart: Day?
  public var periodEnd: Day?
  /// Charges and adjustments after tax, as printed: positive on credit notes, too.
  public var totalCharges: Amount
  /// As printed; its sign differs between page and samples, so only its magnitude is used (catalogue M60).
  public var paidAmount: Amount?
  public var currency: Currency
  public var documentType: DocumentType
  public var invoiceType: InvoiceType
  /// The sets of line items to fetch.
  public var details: [LineSet]
  public var amendments: [Invoice]
  public var amendsOf: InvoiceID?

  public init(
    id: InvoiceID, date: Instant, periodStart: Day? = nil, periodEnd: Day? = nil, totalCharges: Amount,
    paidAmount: Amount? = nil, currency: Currency, documentType: DocumentType = DocumentType("invoice"),
    invoiceType: InvoiceType, details: [LineSet], amendments: [Invoice] = [], amendsOf: InvoiceID? = nil
  ) {
    self.id = id
    self.date = date
    self.periodStart = periodStart
    self.periodEnd = periodEnd
    self.totalCharges = totalCharges
    self.paidAmount = paidAmount
    self.currency = currency
    self.documentType = documentType
    self.invoiceType = invoiceType
    self.details = details
    self.amendments = amendments
    self.amendsOf = amendsOf
  }
}

/// What kind of document it is, as the service words it.
public struct DocumentType: Hashable, Sendable, CustomStringConvertible {
  public let printed: String
  public let meaning: Meaning

  public enum Meaning: Hashable, Sendable { case invoice, creditNote, adjustmentNote, voidNote, unknown }

  /// Reads `credit_note` and `Credit Note` alike (contract §13).
  public init(_ printed: String) {
    self.printed = printed
    meaning =
      switch printed.lowercased().filter({ $0 != "_" && $0 != " " }) {
      case "invoice", "", "none": .invoice
      case "creditnote": .creditNote
      case "adjustmentnote": .adjustmentNote
      case "voidnote": .voidNote
      default: .unknown
      }
  }

  public var description: String { printed }
}

/// Legacy (“Recurring”) or new commerce (“OneTime”): historical names (reconciliation rules §3).
public struct InvoiceType: Hashable, Sendable, CustomStringConvertible {
  public let printed: String
  public let meaning: Meaning

  public enum Meaning: Hashable, Sendable { case legacy, newCommerce, unknown }

  public init(_ printed: String) {
    self.printed = printed
    meaning =
      switch printed.lowercased().filter({ $0 != "_" }) {
      case "recurring": .legacy
      case "onetime": .newCommerce
      default: .unknown
      }
  }

  public var description: String { printed }
  public static func == (left: Self, right: Self) -> Bool {
    left.meaning == right.meaning && (left.meaning != .unknown || left.printed == right.printed)
  }
  public func hash(into hasher: inout Hasher) { hasher.combine(meaning) }
}

extension Invoice {
  /// This document and all its amendments, each once, in the order they were printed.
  public var flattened: [Invoice] {
    [self] + amendments.flatMap(\.flattened)
  }

  /// Every document of an account once, in the order of ids: amendments stand beside what they amend.
  ///
  /// A document can be listed by itself and again inside the one it amends; the one that names its sets is taken.
  public static func documents(in invoices: [Invoice]) -> [Invoice] {
    var found: [InvoiceID: Invoice] = [:]
    for document in invoices.flatMap(\.flattened) {
      var single = document
      single.amendments = []
      if let known = found[single.id], known.details.count >= single.details.count { continue }
      found[single.id] = single
    }
    return found.values.sorted { $0.id < $1.id }
  }

  /// What the document adds to the amount payable.
  ///
  /// The signs of amendments are not documented (reconciliation rules §3); the reading, which every report states, is:
  /// an invoice and an adjustment note count +total, a credit note −|total|, a void note nothing, because its
  /// adjustment note replaces it.
  public var countedTotal: Amount {
    switch documentType.meaning {
    case .voidNote: .zero
    case .creditNote: -totalCharges.magnitude
    case .invoice, .adjustmentNote, .unknown: totalCharges
    }
  }

  /// The month a controller files the document under.
  ///
  /// New commerce bills the calendar month before the invoice's date. A legacy invoice covers the span that ends at the
  /// billing anniversary, two days before its date (reconciliation rules §3), and is filed under the month in which
  /// that span begins.
  public var month: Month {
    switch invoiceType.meaning {
    case .legacy: span.first.month
    case .newCommerce, .unknown: periodStart?.month ?? date.day.month.advanced(by: -1)
    }
  }

  /// The days the document covers.
  public var span: BillingPeriod {
    if let start = periodStart, let end = periodEnd, let printed = BillingPeriod(from: start, through: end) {
      return printed
    }
    guard invoiceType.meaning == .legacy else { return date.day.month.advanced(by: -1).period }
    let anniversary = date.day.advanced(by: -2)
    let previous = anniversary.month.advanced(by: -1)
    let dayOfMonth = min(anniversary.components.day, previous.dayCount)
    return BillingPeriod(first: previous.period.first.advanced(by: dayOfMonth - 1), last: anniversary.advanced(by: -1))
  }
}
