import Billing
import Evidence
import Logging
import PartnerCenter
import Wire

/// A body as ingestion needs it: what it is about and where the archive keeps it.
struct BodyReference: Hashable, Sendable, Comparable {
  var key: BodyKey
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
  /// What was bought through this program.
  fileprivate var purchases: [Purchase] = []
  /// The headers that were read by id, by the documents in them: an amendment stands in the header of its invoice.
  fileprivate var headers: [InvoiceID: (id: InvoiceID, digest: String)] = [:]

  /// Takes the documents from their headers and from the list.
  fileprivate mutating func take(
    _ headers: [InvoiceID: FetchStage.Header], listed: [Invoice], _ settings: Settings
  ) {
    documents = Invoice.documents(in: headers.values.map(\.invoice).sorted { $0.id < $1.id })
    // An amendment that only the list shows is a document all the same.
    let known = Set(documents.map(\.id))
    documents += Invoice.documents(in: listed).filter { !known.contains($0.id) }
    documents.sort { $0.id < $1.id }
    window = documents.filter { settings.isInWindow($0, period: period) }
    self.headers = [:]
    for header in headers.values {
      for document in header.invoice.flattened { self.headers[document.id] = (header.invoice.id, header.digest) }
    }
  }

  /// Whether the header a document stands in is the one of before.
  ///
  /// - Parameter digests: Of the headers of before, by their invoices.
  fileprivate func isUnchanged(_ document: InvoiceID, since digests: [InvoiceID: String]) -> Bool {
    guard let header = headers[document] else { return false }
    return digests[header.id] == header.digest
  }

  fileprivate mutating func add(_ part: FetchStage.Part) {
    bodies += part.bodies
    notes.merge(part.notes)
    closedCustomers.formUnion(part.closed)
  }
}

/// Asks for everything a month needs and leaves the bodies in the archive.
///
/// The same code runs against the service and against an archive: what it decides depends on the answers alone.
struct FetchStage: Sendable {
  /// The service itself: for what tells whether anything has changed.
  let live: PartnerCenterClient
  /// The service, and what the run was told before it was cut off.
  let recalling: PartnerCenterClient
  /// What the last finished run was told, and nobody else.
  let earlier: PartnerCenterClient?
  /// The documents that the last finished run proved.
  let proved: Set<InvoiceID>
  /// The headers the last finished run was told, with their digests.
  let known: [InvoiceID: String]
  /// The headers the run was told before it was cut off, with their digests.
  let recalled: [InvoiceID: String]
  /// Whether there is something to wait for; an archive has its answers ready.
  let rests: Bool
  let settings: Settings
  let logger: Logger
  let progress: @Sendable (Progress) -> Void

  func run() async throws -> Fetched {
    let invoices = Collector<[Invoice]>()
    try await live.invoices { try invoices.keep($0, notes: Wire.invoices($0.response.body)) }
    try Task.checkCancellation()
    var fetched = Fetched(period: try settings.period(among: Invoice.documents(in: invoices.values)))
    fetched.bodies += invoices.bodies
    fetched.notes.merge(invoices.notes)

    let balances = Collector<[AccountSummary]>()
    try await live.summary { body in
      let decoded = try Wire.summary(body.response.body)
      try balances.keep(body, notes: Decoded(value: [], notes: decoded.notes))
    }
    try await live.summaries { try balances.keep($0, notes: Wire.summaries($0.response.body)) }
    let customers = Collector<[Customer]>()
    let folder = try await exportsInFolder()
    fetched.bodies += folder.bodies
    do {
      try await live.purchases { body in
        fetched.bodies.append(try BodyReference(body))
        fetched.purchases = try Purchase.decoded(body.response.body)
      }
    } catch ArchiveError.noAnswer {
      // An archive of an earlier build: nothing was bought through it.
    }
    try await whole { client in
      customers.clear()
      try await client.customers { try customers.keep($0, notes: Wire.customers($0.response.body)) }
    }
    fetched.bodies += balances.bodies + customers.bodies
    fetched.customers = customers.values
    fetched.notes.merge(customers.notes)

    // The collection is enough for a list; by id an invoice tells its billing period, too (contract §9.2).
    var headers = try await headers(of: invoices.values.map(\.id).unique)
    fetched.take(headers, listed: invoices.values, settings)
    let parts = try await parts(of: fetched, folder)
    var lines = parts.lines
    headers = try await confirmed(headers, &lines, fetched, folder)
    fetched.take(headers, listed: invoices.values, settings)
    for part in headers.values.map(\.part) + [parts.bought] + lines.values.flatMap(\.values) { fetched.add(part) }
    fetched.bodies.sort()
    return fetched
  }

  // MARK: Headers

  /// An invoice by its id.
  struct Header: Sendable {
    var invoice: Invoice
    var digest: String
    var part: Part
  }

  private func headers(of ids: [InvoiceID]) async throws -> [InvoiceID: Header] {
    var headers: [InvoiceID: Header] = [:]
    try await sideBySide(ids.map { id in { try await header(of: id) } }) { header in
      headers[header.invoice.id] = header
    }
    return headers
  }

  private func header(of id: InvoiceID) async throws -> Header {
    let single = Collector<[Invoice]>()
    try await live.invoice(id) { body in
      let decoded = try Wire.invoice(body.response.body)
      guard decoded.value.id == id else {
        throw Stop.incomplete("The service answered with \(decoded.value.id) when it was asked for \(id).")
      }
      try single.keep(body, notes: Decoded(value: [decoded.value], notes: decoded.notes))
    }
    guard let invoice = single.values.first, let body = single.bodies.first else {
      throw Stop.incomplete("The service gave no answer to the question for invoice \(id).")
    }
    return Header(
      invoice: invoice, digest: body.sha256, part: Part(bodies: single.bodies, notes: single.notes))
  }

  /// Reads the headers of invoices with several pages once more: an invoice that was issued anew between two pages is read
  /// again as a whole (catalogue M55).
  private func confirmed(
    _ headers: [InvoiceID: Header], _ lines: inout [InvoiceID: [LineSet: Part]], _ fetched: Fetched,
    _ folder: DownloadedExports
  ) async throws -> [InvoiceID: Header] {
    var headers = headers
    var doubtful = headers.values.filter { header in
      header.invoice.flattened.contains { document in
        lines[document.id]?.values.contains { $0.bodies.count > 1 && !$0.isTakenOver } ?? false
      }
    }.map(\.invoice.id).sorted()
    for _ in 0..<3 where !doubtful.isEmpty {
      let again = try await self.headers(of: doubtful)
      doubtful = doubtful.filter { again[$0]?.digest != headers[$0]?.digest }
      headers.merge(again) { $1 }
      for id in doubtful {
        logger.notice(
          "the invoice changed while its lines were read, reading them again", metadata: ["invoice": "\(id)"])
        for document in Invoice.documents(in: [headers[id]?.invoice].compactMap(\.self))
        where settings.isInWindow(document, period: fetched.period) {
          lines[document.id] = [:]
          for set in document.details.unique {
            lines[document.id]?[set] = try await self.lines(of: document, set, folder, from: live)
          }
        }
      }
    }
    guard doubtful.isEmpty else {
      throw Stop.incomplete(
        "The service issued \(doubtful.map(\.description).joined(separator: ", ")) anew again and again while the lines "
          + "were read. Run again later.")
    }
    return headers
  }

  // MARK: Parts: line sets and customers, side by side

  struct Part: Sendable {
    var bodies: [BodyReference] = []
    var notes = DecodingNotes()
    /// Whose orders the service does not show.
    var closed: Set<CustomerID> = []
    /// Nothing was asked: the invoice is proved, and its header has not changed.
    var isTakenOver = false

    mutating func add(_ other: Part) {
      bodies += other.bodies
      notes.merge(other.notes)
      closed.formUnion(other.closed)
    }
  }

  /// What one of the jobs brought.
  private enum Piece: Sendable {
    case lines(InvoiceID, LineSet, Part)
    case customer(Part)
  }

  private func parts(
    of fetched: Fetched, _ folder: DownloadedExports
  ) async throws -> (lines: [InvoiceID: [LineSet: Part]], bought: Part) {
    var jobs: [@Sendable () async throws -> Piece] = []
    for document in fetched.window {
      let isProved = proved.contains(document.id) && fetched.isUnchanged(document.id, since: known)
      let isRecalled = fetched.isUnchanged(document.id, since: recalled)
      for set in document.details.unique {
        jobs.append {
          .lines(
            document.id, set,
            try await self.lines(of: document, set, folder, isProved: isProved, isRecalled: isRecalled))
        }
      }
    }
    for customer in fetched.customers.map(\.id).unique {
      let bought = fetched.purchases.filter { $0.customer == customer }.flatMap(\.orders).map(\.id).unique
      jobs.append { .customer(try await commerce(of: customer, bought: bought)) }
    }
    var lines: [InvoiceID: [LineSet: Part]] = [:]
    // Customers are many: what came of each is put with the rest at once.
    var bought = Part()
    try await sideBySide(jobs) { piece in
      switch piece {
      case .lines(let invoice, let set, let part): lines[invoice, default: [:]][set] = part
      case .customer(let part): bought.add(part)
      }
    }
    return (lines, bought)
  }

  /// Does jobs side by side, as many at once as requests may be under way, and tells how far it is.
  ///
  /// - Parameter take: gets what each brought, in the order in which they are done.
  private func sideBySide<Result: Sendable>(
    _ jobs: [@Sendable () async throws -> Result], take: (Result) -> Void
  ) async throws {
    progress(Progress(stage: .fetch, done: 0, total: jobs.count))
    try await withThrowingTaskGroup(of: Result.self) { group in
      var waiting = jobs.makeIterator()
      for _ in 0..<max(1, settings.requestsMax) {
        if let job = waiting.next() { group.addTask(operation: job) }
      }
      var done = 0
      for try await result in group {
        take(result)
        done += 1
        progress(Progress(stage: .fetch, done: done, total: jobs.count))
        if let job = waiting.next() { group.addTask(operation: job) }
      }
    }
  }

  private func lines(
    of document: Invoice, _ set: LineSet, _ folder: DownloadedExports, isProved: Bool, isRecalled: Bool
  ) async throws -> Part {
    if isProved, let earlier {
      // What cannot be taken over is fetched like everything else.
      if var part = try? await lines(of: document, set, folder, from: earlier) {
        part.isTakenOver = true
        return part
      }
      try Task.checkCancellation()
    }
    return try await whole(from: isRecalled ? recalling : live) {
      try await lines(of: document, set, folder, from: $0)
    }
  }

  /// Reads a collection, from its first page once more where a later one is refused: a token of an earlier hour may have
  /// expired.
  private func whole<Result>(
    from client: PartnerCenterClient? = nil, _ read: (PartnerCenterClient) async throws -> Result
  ) async throws -> Result {
    do {
      return try await read(client ?? recalling)
    } catch let refusal as ServiceRefusal where refusal.status == 400 {
      logger.notice("a page was refused, reading from the first one on", metadata: ["reason": "\(refusal)"])
      return try await read(live)
    }
  }

  /// One set, from each of the sources it is to be read from.
  private func lines(
    of document: Invoice, _ set: LineSet, _ folder: DownloadedExports, from client: PartnerCenterClient
  ) async throws -> Part {
    var part = Part()
    for source in settings.lineItems.sources(
      of: set, month: document.month, asOf: settings.asOf, isInFolder: folder.holds(document.id, set))
    {
      switch source {
      case .api:
        try await client.lineItems(invoice: document.id, currency: document.currency, set: set) { body in
          try Task.checkCancellation()
          guard !body.repeats else { return }
          part.bodies.append(try BodyReference(body))
        }
      case .export: part.bodies += try await exported(document.id, set, from: client)
      case .folder: part.bodies += try await folder.files(of: document.id, set, from: client)
      }
    }
    return part
  }

  /// Manifest and files of the last round of an export.
  private func exported(
    _ invoice: InvoiceID, _ set: LineSet, from client: PartnerCenterClient
  ) async throws -> [BodyReference] {
    var job = set.isUsage ? ExportJob.billedUsage(invoice) : .billedReconciliation(invoice)
    do {
      return try await exported(job, from: client)
    } catch let refusal as ServiceRefusal where refusal.isAboutPermission && settings.credentials?.refreshToken != nil {
      // The permission may have been given to the user only.
      logger.notice("the application may not export, asking as its user", metadata: ["reason": "\(refusal)"])
      job.credentials = .appAndUser
      return try await exported(job, from: client)
    }
  }

  private func exported(_ job: ExportJob, from client: PartnerCenterClient) async throws -> [BodyReference] {
    var bodies: [BodyReference] = []
    let patience = Exporting.Patience(waitMax: .seconds(settings.exportSecondsMax))
    try await client.export(
      job, patience: patience, isWhole: GzipReader.isWhole,
      sleep: { [rests] in if rests { try await Task.sleep(for: $0) } }
    ) { body in
      try Task.checkCancellation()
      // A manifest begins a round, and what came before it is void.
      if body.key.endpoint == BodyKey.Endpoint.manifest.rawValue { bodies = [] }
      bodies.append(try BodyReference(body))
    }
    return bodies
  }

  private func exportsInFolder() async throws -> DownloadedExports {
    guard settings.exportFolder != nil else { return DownloadedExports() }
    return try await DownloadedExports(reading: live, logger: logger)
  }

  /// - Parameter bought: Orders that came of purchases through this program.
  private func commerce(of customer: CustomerID, bought: [OrderID]) async throws -> Part {
    try await whole { try await commerce(of: customer, bought: bought, from: $0) }
  }

  private func commerce(
    of customer: CustomerID, bought: [OrderID], from client: PartnerCenterClient
  ) async throws -> Part {
    var part = Part()
    do {
      try await client.orders(customer: customer) { part.bodies.append(try BodyReference($0)) }
      // By its id an order is there at once; in the list it may take a quarter of an hour (reconciliation rules §11).
      for order in bought {
        do {
          try await client.boughtOrder(order, customer: customer) { part.bodies.append(try BodyReference($0)) }
        } catch let refusal as ServiceRefusal where refusal.status == 404 {
          logger.warning(
            "an order that was bought does not exist", metadata: ["order": "\(order)", "reason": "\(refusal)"])
        }
      }
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
      return Part(bodies: [], notes: part.notes, closed: [customer])
    }
    return part
  }
}

/// Gathers the values of a collection's pages and where the pages are kept.
private final class Collector<Values: RangeReplaceableCollection & Sendable> where Values.Element: Sendable {
  var values = Values()
  var bodies: [BodyReference] = []
  var notes = DecodingNotes()

  func clear() {
    values = Values()
    bodies = []
    notes = DecodingNotes()
  }

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
