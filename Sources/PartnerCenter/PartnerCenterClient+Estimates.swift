public import Billing
public import Wire

extension PartnerCenterClient {
  /// `GET invoices/estimates/links`: where estimates are to be had (contract §9.9).
  public func estimateLinks(currency: Currency) async throws -> Decoded<[EstimateLink]> {
    try await list(
      "/v1/invoices/estimates/links?currencycode=\(currency.code.lowercased())", as: { try Wire.estimateLinks($0) })
  }

  /// `GET invoices/unbilled/lineitems`: charges, or daily usage, that no invoice has yet, page by page (contract §9.3).
  ///
  /// Billing lines are read by `Wire.unbilledCharges`, usage by `Wire.usage`.
  public func unbilledLineItems(
    currency: Currency, period: EstimatePeriod, isUsage: Bool, each: Handler
  ) async throws {
    let type = isUsage ? "usagelineitems" : "billinglineitems"
    let first = APIRequest(
      .get,
      "/v1/invoices/unbilled/lineitems?provider=onetime&invoicelineitemtype=\(type)"
        + "&currencycode=\(currency.code.lowercased())&period=\(period.rawValue)&size=\(pageSize)")
    let set = LineSet(provider: "onetime", isUsage: isUsage)
    let key = BodyKey(.unbilled, set: set.description, detail: "\(currency.code) \(period.rawValue)")
    try await pages(Paging(.seek, first: first, size: pageSize), key, each: each)
  }
}

extension PartnerCenterClient {
  /// `GET invoices/{i}/documents/statement`: the bytes of a PDF; takes a user (contract §9.10, §2.2).
  ///
  /// - Throws: `NotPDF` for an answer that is neither a PDF nor a refusal.
  public func statement(of invoice: InvoiceID) async throws -> [UInt8] {
    try await document("/v1/invoices/\(invoice.printed.percentEncoded)/documents/statement")
  }

  /// `GET invoices/{i}/receipts/{r}/documents/statement`: the bytes of a PDF; takes a user (contract §9.10, §2.2).
  public func receipt(_ receipt: ReceiptID, of invoice: InvoiceID) async throws -> [UInt8] {
    let invoice = invoice.printed.percentEncoded
    return try await document("/v1/invoices/\(invoice)/receipts/\(receipt.printed.percentEncoded)/documents/statement")
  }

  private func document(_ target: String) async throws -> [UInt8] {
    let request = APIRequest(.get, target, credentials: .appAndUser, answerKind: .pdf)
    let response = try await answer(to: request)
    // The header says JSON even of a PDF, so only the bytes count.
    if response.body.starts(with: "%PDF".utf8) { return response.body }
    // Status 200 and a JSON body: only a refusal looks like that.
    if (try? Wire.validate(response.body)) != nil { throw ServiceRefusal(response, to: request) }
    throw NotPDF(target: target, beginning: String(decoding: response.body.prefix(40), as: UTF8.self))
  }
}

/// A document is no PDF, whatever the answer's header says.
public struct NotPDF: Error, Hashable, Sendable, CustomStringConvertible {
  public let target: String
  public let beginning: String

  public init(target: String, beginning: String) {
    self.target = target
    self.beginning = beginning
  }

  public var description: String {
    let words = beginning.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let found = words.isEmpty ? "is empty" : "begins “\(words)”"
    return "The answer to \(target) is no PDF: it \(found). It was not saved; run again later."
  }
}
