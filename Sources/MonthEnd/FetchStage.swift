import Billing
import Evidence
import Logging
import PartnerCenter
import Wire

/// A body as ingestion needs it: what it is about and where the archive keeps it.
struct BodyReference: Hashable, Sendable, Comparable {
  let key: BodyKey
  let sha256: String
  let byteCount: Int

  static func < (left: Self, right: Self) -> Bool { left.key < right.key }
}

/// All that one run fetched, in the order of ingestion.
struct Fetched: Sendable {
  var bodies: [BodyReference] = []
  var customers: [Customer] = []
  /// Every document the service listed, each once.
  var documents: [Invoice] = []
  /// Those whose lines were fetched.
  var window: [Invoice] = []
  var period: Month
  /// Customers whose orders the service refuses to show, because the relationship ended.
  var closedCustomers: Set<CustomerID> = []
  var notes = DecodingNotes()
}

/// Asks for everything a month needs and leaves the bodies in the archive.
///
/// The same code runs against the service and against an archive: what it decides depends on the answers alone.
struct FetchStage: Sendable {
  let client: PartnerCenterClient
  let settings: Settings
  let logger: Logger
  let progress: @Sendable (Progress) -> Void

  func run() async throws -> Fetched {
    let invoices = Collector<[Invoice]>()
    try await client.invoices { try invoices.keep($0, notes: Wire.invoices($0.response.body)) }
    try Task.checkCancellation()
    var fetched = Fetched(period: try settings.period(among: Invoice.documents(in: invoices.values)))

    // The collection is enough for a list; by id an invoice tells its billing period, too (contract §9.2).
    let single = Collector<[Invoice]>()
    for invoice in invoices.values {
      try await client.invoice(invoice.id) { body in
        let decoded = try Wire.invoice(body.response.body)
        guard decoded.value.id == invoice.id else {
          throw Stop.incomplete("The service answered with \(decoded.value.id) when it was asked for \(invoice.id).")
        }
        try single.keep(body, notes: Decoded(value: [decoded.value], notes: decoded.notes))
      }
    }
    fetched.documents = Invoice.documents(in: single.values)
    // An amendment that only the list shows is a document all the same.
    let known = Set(fetched.documents.map(\.id))
    fetched.documents += Invoice.documents(in: invoices.values).filter { !known.contains($0.id) }
    fetched.documents.sort { $0.id < $1.id }
    fetched.window = fetched.documents.filter { settings.isInWindow($0, period: fetched.period) }
    fetched.bodies += invoices.bodies + single.bodies
    fetched.notes.merge(invoices.notes)
    fetched.notes.merge(single.notes)

    let balances = Collector<[AccountSummary]>()
    try await client.summary { body in
      let decoded = try Wire.summary(body.response.body)
      try balances.keep(body, notes: Decoded(value: [], notes: decoded.notes))
    }
    try await client.summaries { try balances.keep($0, notes: Wire.summaries($0.response.body)) }
    let customers = Collector<[Customer]>()
    try await client.customers { try customers.keep($0, notes: Wire.customers($0.response.body)) }
    fetched.bodies += balances.bodies + customers.bodies
    fetched.customers = customers.values
    fetched.notes.merge(customers.notes)

    try await fetchParts(into: &fetched)
    fetched.bodies.sort()
    return fetched
  }

  // MARK: Parts: line sets and customers, side by side

  private struct Part: Sendable {
    var bodies: [BodyReference] = []
    var notes = DecodingNotes()
    var closed: CustomerID?
  }

  private func fetchParts(into fetched: inout Fetched) async throws {
    var jobs: [@Sendable () async throws -> Part] = []
    for document in fetched.window {
      for set in document.details.unique { jobs.append { try await lines(of: document, set) } }
    }
    for customer in fetched.customers.map(\.id).unique { jobs.append { try await commerce(of: customer) } }

    let total = jobs.count
    progress(Progress(stage: .fetch, done: 0, total: total))
    try await withThrowingTaskGroup(of: Part.self) { group in
      var waiting = jobs.makeIterator()
      for _ in 0..<max(1, settings.requestsMax) {
        if let job = waiting.next() { group.addTask(operation: job) }
      }
      var done = 0
      for try await part in group {
        fetched.bodies += part.bodies
        fetched.notes.merge(part.notes)
        if let closed = part.closed { fetched.closedCustomers.insert(closed) }
        done += 1
        progress(Progress(stage: .fetch, done: done, total: total))
        if let job = waiting.next() { group.addTask(operation: job) }
      }
    }
  }

  private func lines(of document: Invoice, _ set: LineSet) async throws -> Part {
    var part = Part()
    try await client.lineItems(invoice: document.id, currency: document.currency, set: set) { body in
      try Task.checkCancellation()
      guard !body.repeats else { return }
      part.bodies.append(try BodyReference(body))
    }
    return part
  }

  private func commerce(of customer: CustomerID) async throws -> Part {
    var part = Part()
    do {
      try await client.orders(customer: customer) { part.bodies.append(try BodyReference($0)) }
      try await client.subscriptions(customer: customer) { part.bodies.append(try BodyReference($0)) }
      let entitlements = Collector<[Entitlement]>()
      try await client.entitlements(customer: customer) {
        try entitlements.keep($0, notes: Wire.entitlements($0.response.body, customer: customer))
      }
      part.bodies += entitlements.bodies
      part.notes.merge(entitlements.notes)
      for link in entitlements.values.flatMap(\.reservations).map(\.link).unique where !link.isEmpty {
        do {
          try await client.artifact(customer: customer, link: link) { part.bodies.append(try BodyReference($0)) }
        } catch let refused as LinkRefused {
          // Its quantity stays unknown; everything else about the customer is known.
          logger.warning("link not followed", metadata: ["customer": "\(customer)", "reason": "\(refused)"])
        } catch let refusal as ServiceRefusal where refusal.status == 404 {
          logger.warning(
            "a reservation's details do not exist", metadata: ["customer": "\(customer)", "reason": "\(refusal)"])
        }
      }
    } catch let refusal as ServiceRefusal where refusal.isAboutCustomer {
      logger.warning(
        "the service does not show this customer's orders; its charges stay unproved",
        metadata: ["customer": "\(customer)", "reason": "\(refusal)"])
      return Part(bodies: [], notes: part.notes, closed: customer)
    }
    return part
  }
}

/// Gathers the values of a collection's pages and where the pages are kept.
private final class Collector<Values: RangeReplaceableCollection & Sendable> where Values.Element: Sendable {
  var values = Values()
  var bodies: [BodyReference] = []
  var notes = DecodingNotes()

  func keep(_ body: FetchedBody, notes decoded: Decoded<Values>) throws {
    guard !body.repeats else { return }
    bodies.append(try BodyReference(body))
    values.append(contentsOf: decoded.value)
    notes.merge(decoded.notes)
  }
}

extension BodyReference {
  init(_ body: FetchedBody) throws {
    guard let sha256 = body.response.digest else {
      throw Stop.incomplete("The service gave an empty answer to GET \(body.request.target).")
    }
    self.init(key: body.key, sha256: sha256, byteCount: body.response.body.count)
  }
}

extension Sequence where Element: Hashable {
  /// Each element once, in the order of its first appearance.
  var unique: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
