public import Billing

extension Wire {
  public static func summary(_ body: [UInt8]) throws(WireError) -> Decoded<AccountSummary> {
    try Reading(body, as: .resource("The account balance")).one { (value, reading) throws(WireError) in
      try AccountSummary(Record(value, reading))
    }
  }

  public static func summaries(_ body: [UInt8]) throws(WireError) -> Decoded<[AccountSummary]> {
    try Reading(body, as: .resource("The balances by currency")).items { (value, reading) throws(WireError) in
      try AccountSummary(Record(value, reading))
    }
  }
}

/// `InvoiceSummary` (contract §9.1).
enum SummaryMember: Int, WireMember {
  case currencyCode, balanceAmount, accountingDate, firstInvoiceCreationDate, latestInvoiceDate
  case lastPaymentDate, lastPaymentAmount, details

  static let resource = "InvoiceSummary"
  static let unread = "currencySymbol links attributes"
  static let index = MemberIndex(Self.self)
}

/// One of the `details` of a summary (contract §9.1).
enum SummaryDetailMember: Int, WireMember {
  case invoiceType, summary

  static let resource = "InvoiceSummaryDetail"
  static let unread = "links attributes"
  static let index = MemberIndex(Self.self)
}

extension AccountSummary {
  init(_ record: Record<SummaryMember>) throws(WireError) {
    guard let currency = record.currency(.currencyCode) else { throw record.unusable(.currencyCode, "a currency") }
    guard let balance = try record.money(.balanceAmount) else {
      throw record.unusable(.balanceAmount, "a sum of money")
    }
    var details: [Detail] = []
    for value in record.elements(.details) {
      let detail = try Record<SummaryDetailMember>(value, record.reading)
      guard let summary = detail.object(.summary) else { throw detail.missing(.summary) }
      details.append(
        Detail(
          invoiceType: InvoiceType(detail.words(.invoiceType)),
          summary: try AccountSummary(Record(summary, record.reading))))
    }
    self.init(
      currency: currency, balance: balance, accountingDate: record.instant(.accountingDate),
      firstInvoiceCreationDate: record.instant(.firstInvoiceCreationDate),
      latestInvoiceDate: record.instant(.latestInvoiceDate), lastPaymentDate: record.instant(.lastPaymentDate),
      lastPaymentAmount: try record.money(.lastPaymentAmount), details: details)
  }
}
