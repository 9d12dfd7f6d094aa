import Billing
import Crypto
import Evidence
import PartnerCenter
import Reconciliation
import Store
import Wire

/// Brings fetched bodies into the database: one transaction for each line set and each customer.
///
/// What has not changed since the last time is known by its bodies' digests and not decoded again.
struct IngestStage {
  let ledger: Ledger
  let archive: Archive
  let settings: Settings
  let progress: @Sendable (Progress) -> Void

  func run(_ fetched: Fetched) throws {
    try ledger.ingestBodies(fetched.bodies.lazy.map(Ledger.Body.init))
    try ledger.ingestNotes(fetched.notes.list, source: "fetch")
    try ledger.ingestCustomers(fetched.customers)
    for body in fetched.bodies where body.key.endpoint == BodyKey.Endpoint.purchases.rawValue {
      try ledger.ingestPurchases(Purchase.decoded(archive.body(sha256: body.sha256)))
    }
    try ledger.ingestDocuments(fetched.documents)
    try ingestBalances(fetched)

    let sets = Dictionary(grouping: fetched.bodies.filter { !$0.key.set.isEmpty }) {
      "\($0.key.invoice)/\($0.key.set)"
    }
    // Customers are many: where their bodies stand is enough.
    let customers = Dictionary(grouping: fetched.bodies.indices.filter { !fetched.bodies[$0].key.customer.isEmpty }) {
      fetched.bodies[$0].key.customer
    }
    let total = sets.count + customers.count
    var done = 0
    func step() throws {
      try Task.checkCancellation()
      done += 1
      progress(Progress(stage: .ingest, done: done, total: total))
    }

    var kept: Set<LineSetID> = []
    var compared: Set<LineSetID> = []
    for document in fetched.window {
      for set in document.details.unique {
        // A set without a body is not an empty set: it is left out, and the proof of the invoice asks for it.
        let id = LineSetID(invoice: document.id, set: set)
        let sides = settings.sides(of: set, document, in: sets["\(document.id)/\(set)"] ?? [])
        if let counted = sides.first {
          try ingest(id, counted)
          kept.insert(id)
        }
        if sides.count > 1 {
          try compare(id, sides[0], sides[1])
          compared.insert(id)
        }
        try step()
      }
    }
    try ledger.removeLineSets(except: kept)
    try ledger.removeComparisons(except: compared)
    for customer in fetched.customers.map(\.id).unique {
      if let bodies = customers[customer.key], !fetched.closedCustomers.contains(customer) {
        try ingestCommerce(of: customer, bodies: bodies.map { fetched.bodies[$0] })
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

  private func ingest(_ id: LineSetID, _ side: LineSide) throws {
    do {
      try ledger.ingestLineSet(invoice: id.invoice, set: id.set, bodies: side.bodies.map(\.sha256)) { ordinal, add in
        try read(id, side, ordinal) { try add($0) }
      }
    } catch let error as ArithmeticError {
      throw Stop.incomplete("The lines \(id.invoice)/\(id.set) cannot be added up. \(error)")
    }
  }

  /// Tells what two sources of a set say differently.
  private func compare(_ id: LineSetID, _ counted: LineSide, _ other: LineSide) throws {
    let fingerprint = [counted, other].map { side in
      "\(side.source.name) \(Ledger.decoding) \(side.bodies.map(\.sha256).joined(separator: " "))"
    }.joined(separator: "\n")
    try ledger.ingestComparison(invoice: id.invoice, set: id.set, fingerprint: fingerprint) {
      var comparison = SourceComparison()
      for (side, place) in [(counted, SourceComparison.Side.counted), (other, .other)] {
        for ordinal in side.bodies.indices {
          try read(id, side, ordinal) { page in
            switch page.lines {
            case .charges(let charges): for charge in charges { try comparison.add(charge, place) }
            case .usage(let records): for record in records { try comparison.add(record, place) }
            }
          }
        }
      }
      return comparison.differences(
        invoice: id.invoice, set: id.set, names: (counted: counted.source.name, other: other.source.name))
    }
  }

  /// The lines of one body, a part at a time.
  private func read(_ id: LineSetID, _ side: LineSide, _ ordinal: Int, _ each: (LinePage) throws -> Void) throws {
    try Task.checkCancellation()
    let sha256 = side.bodies[ordinal].sha256
    let body = try archive.body(sha256: sha256)
    guard side.source == .api else {
      do {
        return try GzipReader.forEachBatch(of: body) { batch in
          try each(try part(id, batch, file: ordinal, sha256: sha256))
        }
      } catch let error as GzipError {
        throw Stop.incomplete(
          "The file \(side.bodies[ordinal].key.detail) of an export of \(id.invoice) cannot be unpacked: \(error)")
      }
    }
    let items = try Wire.collectionHead(body).itemsBytes
    let digest = SHA256.hash(data: body[items]).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    guard !id.set.isUsage else {
      let usage = try Wire.usage(body, invoice: id.invoice, set: id.set, page: ordinal)
      return try each(LinePage(itemsDigest: digest, lines: .usage(usage.value), notes: usage.notes.list))
    }
    let charges = try Wire.charges(body, invoice: id.invoice, set: id.set, page: ordinal)
    try each(LinePage(itemsDigest: digest, lines: .charges(charges.value), notes: charges.notes.list))
  }

  /// Some lines of an export's file.
  private func part(_ id: LineSetID, _ batch: LineBatch, file: Int, sha256: String) throws -> LinePage {
    guard !id.set.isUsage else {
      let usage = try Wire.exportedUsage(
        lines: batch.bytes, invoice: id.invoice, blob: file, firstIndex: batch.firstIndex)
      return LinePage(itemsDigest: sha256, lines: .usage(usage.value), notes: usage.notes.list)
    }
    let charges = try Wire.exportedCharges(
      lines: batch.bytes, invoice: id.invoice, blob: file, firstIndex: batch.firstIndex)
    return LinePage(itemsDigest: sha256, lines: .charges(charges.value), notes: charges.notes.list)
  }

  private func ingestCommerce(of customer: CustomerID, bodies: [BodyReference]) throws {
    let fingerprint = bodies.map { "\($0.key.endpoint) \($0.key.detail) \($0.sha256)" }.joined(separator: "\n")
    var notes = DecodingNotes()
    let isNew = try ledger.ingestCommerce(customer: customer, fingerprint: fingerprint) {
      var commerce = Commerce()
      var quantities: [String: Amount] = [:]
      var bought: [Order] = []
      for body in bodies {
        switch body.key.endpoint {
        case "orders": commerce.orders += try decoded(body, into: &notes, Wire.orders)
        case "order": bought.append(try decoded(body, into: &notes, Wire.order))
        case "subscriptions":
          commerce.subscriptions += try decoded(body, into: &notes) { try Wire.subscriptions($0, customer: customer) }
        case "entitlements":
          commerce.entitlements += try decoded(body, into: &notes) { try Wire.entitlements($0, customer: customer) }
        case "artifact": quantities[body.key.detail] = try decoded(body, into: &notes, Wire.reservationQuantity)
        default: break
        }
      }
      // What was bought a moment ago is not listed yet, and is an order all the same.
      let listed = Set(commerce.orders.map(\.id))
      commerce.orders += bought.filter { !listed.contains($0.id) }
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
