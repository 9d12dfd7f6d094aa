import Billing
import Crypto
import Evidence
import PartnerCenter
import Store
import Wire

/// Brings fetched bodies into the database: one transaction for each line set and each customer.
///
/// What has not changed since the last time is known by its bodies' digests and not decoded again.
struct IngestStage {
  let ledger: Ledger
  let archive: Archive
  let progress: @Sendable (Progress) -> Void

  func run(_ fetched: Fetched) throws {
    try ledger.ingestBodies(fetched.bodies.map(Ledger.Body.init))
    try ledger.ingestNotes(fetched.notes.list, source: "fetch")
    try ledger.ingestCustomers(fetched.customers)
    try ledger.ingestDocuments(fetched.documents)
    try ingestBalances(fetched)

    let sets = Dictionary(grouping: fetched.bodies.filter { $0.key.endpoint == "lineitems" }) {
      "\($0.key.invoice)/\($0.key.set)"
    }
    let customers = Dictionary(grouping: fetched.bodies.filter { !$0.key.customer.isEmpty }, by: \.key.customer)
    let total = sets.count + customers.count
    var done = 0
    func step() throws {
      try Task.checkCancellation()
      done += 1
      progress(Progress(stage: .ingest, done: done, total: total))
    }

    var kept: Set<LineSetID> = []
    for document in fetched.window {
      for set in document.details.unique {
        // A set without a body is not an empty set: it is left out, and the proof of the invoice asks for it.
        if let bodies = sets["\(document.id)/\(set)"] {
          try ingest(set, of: document.id, bodies: bodies)
          kept.insert(LineSetID(invoice: document.id, set: set))
        }
        try step()
      }
    }
    try ledger.removeLineSets(except: kept)
    for customer in fetched.customers.map(\.id).unique {
      if let bodies = customers[customer.key], !fetched.closedCustomers.contains(customer) {
        try ingestCommerce(of: customer, bodies: bodies)
      } else {
        try ledger.markCommerceUnknown(customer: customer)
      }
      try step()
    }
  }

  private func ingestBalances(_ fetched: Fetched) throws {
    var notes = DecodingNotes()
    var summaries: [AccountSummary] = []
    for body in fetched.bodies where body.key.endpoint == "summaries" {
      summaries += try decoded(body, into: &notes, Wire.summaries)
    }
    try ledger.ingestSummaries(summaries)
    for body in fetched.bodies where body.key.endpoint == "summary" {
      try ledger.ingestSummary(decoded(body, into: &notes, Wire.summary))
    }
    try ledger.ingestNotes(notes.list, source: "balances")
  }

  private func ingest(_ set: LineSet, of invoice: InvoiceID, bodies: [BodyReference]) throws {
    do {
      try ingestPages(of: set, invoice, bodies)
    } catch let error as ArithmeticError {
      throw Stop.incomplete("The lines \(invoice)/\(set) cannot be added up. \(error)")
    }
  }

  private func ingestPages(of set: LineSet, _ invoice: InvoiceID, _ bodies: [BodyReference]) throws {
    try ledger.ingestLineSet(invoice: invoice, set: set, bodies: bodies.map(\.sha256)) { ordinal in
      try Task.checkCancellation()
      let body = try archive.body(sha256: bodies[ordinal].sha256)
      let items = try Wire.collectionHead(body).itemsBytes
      let digest = SHA256.hash(data: body[items]).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      guard !set.isUsage else {
        let usage = try Wire.usage(body, invoice: invoice, set: set, page: ordinal)
        return LinePage(itemsDigest: digest, lines: .usage(usage.value), notes: usage.notes.list)
      }
      let charges = try Wire.charges(body, invoice: invoice, set: set, page: ordinal)
      return LinePage(itemsDigest: digest, lines: .charges(charges.value), notes: charges.notes.list)
    }
  }

  private func ingestCommerce(of customer: CustomerID, bodies: [BodyReference]) throws {
    let fingerprint = bodies.map { "\($0.key.endpoint) \($0.key.detail) \($0.sha256)" }.joined(separator: "\n")
    var notes = DecodingNotes()
    let isNew = try ledger.ingestCommerce(customer: customer, fingerprint: fingerprint) {
      var commerce = Commerce()
      var quantities: [String: Amount] = [:]
      for body in bodies {
        switch body.key.endpoint {
        case "orders": commerce.orders += try decoded(body, into: &notes, Wire.orders)
        case "subscriptions":
          commerce.subscriptions += try decoded(body, into: &notes) { try Wire.subscriptions($0, customer: customer) }
        case "entitlements":
          commerce.entitlements += try decoded(body, into: &notes) { try Wire.entitlements($0, customer: customer) }
        case "artifact": quantities[body.key.detail] = try decoded(body, into: &notes, Wire.reservationQuantity)
        default: break
        }
      }
      for index in commerce.entitlements.indices {
        for place in commerce.entitlements[index].reservations.indices {
          let link = commerce.entitlements[index].reservations[place].link
          commerce.entitlements[index].reservations[place].quantity = quantities[link]
        }
      }
      return commerce
    }
    if isNew { try ledger.ingestNotes(notes.list, source: "commerce of \(customer.key)") }
  }

  private func decoded<Value>(
    _ body: BodyReference, into notes: inout DecodingNotes, _ decode: ([UInt8]) throws -> Decoded<Value>
  ) throws -> Value {
    let decoded = try decode(archive.body(sha256: body.sha256))
    notes.merge(decoded.notes)
    return decoded.value
  }
}

extension Ledger.Body {
  fileprivate init(_ body: BodyReference) {
    self.init(
      endpoint: body.key.endpoint, customer: body.key.customer, invoice: body.key.invoice, set: body.key.set,
      page: body.key.page, detail: body.key.detail, sha256: body.sha256, byteCount: body.byteCount)
  }
}

extension DecodingNotes {
  /// As the database keeps them.
  fileprivate var list: [DecodingNote] {
    let kinds = [
      (DecodingNote.unknownMember, unknownMembers), ("unreadable date", unreadableDates), ("wrong type", wrongTypes),
      ("repair", repairs),
    ]
    return kinds.flatMap { kind, counts in
      counts.sorted { $0.key < $1.key }.map { DecodingNote(kind: kind, subject: $0.key, count: $0.value) }
    }
  }
}
