public import Billing
import PartnerCenter
import Wire

extension Account {
  /// Every document of the account once, amendments beside what they amend.
  public func documents() async throws -> [Invoice] {
    var invoices: [Invoice] = []
    try await client.invoices { try await pass($0, to: { invoices += $0 }) { try Wire.invoices($0) } }
    return Invoice.documents(in: invoices)
  }

  /// One document by its id; takes a user (contract §2.2).
  public func document(_ id: InvoiceID) async throws -> Invoice {
    var found: [Invoice] = []
    try await client.invoice(id) { body in
      let decoded = try Wire.invoice(body.response.body)
      note(decoded.notes)
      found.append(decoded.value)
    }
    guard let invoice = found.first else { throw Stop.incomplete("The service gave no answer for invoice \(id).") }
    return invoice
  }

  /// The billing lines of one set, page by page.
  public func charges(of document: Invoice, _ set: LineSet, each: ([Charge]) async throws -> Void) async throws {
    try await client.lineItems(invoice: document.id, currency: document.currency, set: set) { body in
      try await pass(body, to: each) {
        try Wire.charges($0, invoice: document.id, set: set, page: body.key.page)
      }
    }
  }

  /// The daily usage of one set, page by page.
  public func usage(of document: Invoice, _ set: LineSet, each: ([UsageRecord]) async throws -> Void) async throws {
    try await client.lineItems(invoice: document.id, currency: document.currency, set: set) { body in
      try await pass(body, to: each) {
        try Wire.usage($0, invoice: document.id, set: set, page: body.key.page)
      }
    }
  }

  /// Estimates of charges that are on no invoice yet, page by page.
  public func unbilledCharges(
    currency: Currency, period: EstimatePeriod, each: ([Charge]) async throws -> Void
  ) async throws {
    try await client.unbilledLineItems(currency: currency, period: period, isUsage: false) { body in
      try await pass(body, to: { try await each($0.map(\.line)) }) {
        try Wire.unbilledCharges($0, page: body.key.page)
      }
    }
  }

  /// Daily usage that is on no invoice yet, page by page.
  public func unbilledUsage(
    currency: Currency, period: EstimatePeriod, each: ([UsageRecord]) async throws -> Void
  ) async throws {
    // Estimates belong to no document, and their positions say so.
    guard let unbilled = InvoiceID("unbilled") else { return }
    let set = LineSet(provider: "onetime", isUsage: true)
    try await client.unbilledLineItems(currency: currency, period: period, isUsage: true) { body in
      try await pass(body, to: each) { try Wire.usage($0, invoice: unbilled, set: set, page: body.key.page) }
    }
  }
}
