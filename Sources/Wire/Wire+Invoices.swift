public import Billing

extension Wire {
  public static func invoices(_ body: [UInt8]) throws(WireError) -> Decoded<[Invoice]> {
    try Reading(body, as: .resource("Invoices")).items { (value, reading) throws(WireError) in
      try Invoice(Record(value, reading))
    }
  }

  public static func invoice(_ body: [UInt8]) throws(WireError) -> Decoded<Invoice> {
    try Reading(body, as: .resource("Invoice")).one { (value, reading) throws(WireError) in
      try Invoice(Record(value, reading))
    }
  }
}

/// `Invoice` (contract §9.2).
enum InvoiceMember: Int, WireMember {
  case id, invoiceDate, billingPeriodStartDate, billingPeriodEndDate, totalCharges, paidAmount, currencyCode
  case documentType, invoiceType, invoiceDetails, amendments, amendsOf

  static let resource = "Invoice"
  static let unread = "currencySymbol pdfDownloadLink taxReceipts status links attributes"
  static let index = MemberIndex(Self.self)
}

/// `InvoiceDetail` (contract §9.2).
enum InvoiceDetailMember: Int, WireMember {
  case invoiceLineItemType, billingProvider

  static let resource = "InvoiceDetail"
  static let unread = "links attributes"
  static let index = MemberIndex(Self.self)
}

extension Invoice {
  /// Without its id, date, total or currency a document cannot be filed or added up, so they are demanded.
  init(_ record: Record<InvoiceMember>) throws(WireError) {
    guard let id: InvoiceID = record.id(.id) else { throw record.missing(.id) }
    guard let date = record.instant(.invoiceDate) else { throw record.unusable(.invoiceDate, "a date") }
    guard let total = try record.money(.totalCharges) else { throw record.unusable(.totalCharges, "a sum of money") }
    guard let currency = record.currency(.currencyCode) else { throw record.unusable(.currencyCode, "a currency") }

    var details: [LineSet] = []
    for value in record.elements(.invoiceDetails) {
      // The same set named twice is still one set to fetch.
      if let set = LineSet(try Record(value, record.reading)), !details.contains(set) { details.append(set) }
    }
    var amendments: [Invoice] = []
    for value in record.elements(.amendments) {
      amendments.append(try Invoice(Record(value, record.reading)))
    }
    self.init(
      id: id, date: date, periodStart: record.day(.billingPeriodStartDate),
      periodEnd: record.day(.billingPeriodEndDate),
      totalCharges: total, paidAmount: try record.money(.paidAmount), currency: currency,
      documentType: DocumentType(record.words(.documentType)), invoiceType: InvoiceType(record.words(.invoiceType)),
      details: details, amendments: amendments, amendsOf: record.id(.amendsOf))
  }
}

extension LineSet {
  /// The set a detail names; `nil` for `none`, and noted for a kind of line that nobody has documented.
  fileprivate init?(_ record: Record<InvoiceDetailMember>) {
    guard let provider = record.text(.billingProvider), let type = record.text(.invoiceLineItemType) else {
      record.noteWrongType(.invoiceLineItemType)
      return nil
    }
    guard provider.lowercased() != "none" else { return nil }
    switch type.lowercased().filter({ $0 != "_" && $0 != " " }) {
    case "billinglineitems": self.init(provider: provider, isUsage: false)
    case "usagelineitems": self.init(provider: provider, isUsage: true)
    case "none": return nil
    default:
      record.noteWrongType(.invoiceLineItemType)
      return nil
    }
  }
}
