import Billing
import Evidence
import Foundation
import Logging
import PartnerCenter
import PartnerCenterEmulator
import Testing
import Wire

/// Exports over a real socket, through the archive, unpacked and decoded.
@Suite("An export end to end")
struct ExportLiveTests {
  /// Runs `body` with a client whose answers are archived; afterwards the archive is at `path`.
  private func serve(
    _ world: ServedWorld, _ configuration: Emulator.Configuration = .init(), archive path: String,
    body: (PartnerCenterClient) async throws -> Void
  ) async throws {
    try await Emulator.withServer(world: world, configuration: configuration) { address in
      let base = try ServiceAddress(address, option: "--api-url")
      let credentials = Credentials(
        tenant: world.partnerTenant, clientID: configuration.clientID,
        clientSecret: try #require(Secret(configuration.clientSecret)),
        refreshToken: Secret(configuration.refreshToken))
      let transport = HTTPTransport.Configuration(
        addresses: ServiceAddresses(api: base, signIn: base, graph: base, pricing: base, export: base),
        credentials: credentials)
      let recorder = try Archive(at: path).begin(
        run: RunRecord(id: "run-1", asOf: "2025-03-20", period: "", rules: "1", apiURL: address))
      try await HTTPTransport.withTransport(transport, logger: quiet) { transport in
        let recording = RecordingTransport(next: transport, recorder: recorder)
        let retrying = RetryingTransport(next: recording, logger: quiet, sleep: { _ in })
        try await body(PartnerCenterClient(transport: retrying))
      }
      try recorder.end(complete: true)
    }
  }

  /// What an export holds in the end; what came before the last manifest is dropped.
  private func read<Line: Sendable>(
    _ job: ExportJob, _ client: PartnerCenterClient, as decode: (LineBatch, Int) throws -> Decoded<[Line]>
  ) async throws -> (lines: [Line], notes: DecodingNotes, rounds: Int, files: Int) {
    var lines: [Line] = []
    var notes = DecodingNotes()
    var rounds = 0
    var files = 0
    try await client.export(job, isWhole: { GzipReader.isWhole($0) }, sleep: { _ in }) { body in
      guard body.key.endpoint == "blob" else {
        lines = []
        files = 0
        rounds += 1
        notes.merge(try Wire.exportManifest(body.response.body).notes)
        return
      }
      files += 1
      try GzipReader.forEachBatch(of: body.response.body, batchBytes: 4_096) { batch in
        let read = try decode(batch, body.key.page)
        lines += read.value
        notes.merge(read.notes)
      }
    }
    return (lines, notes, rounds, files)
  }

  private func exportedCharges(
    _ invoice: InvoiceID, _ client: PartnerCenterClient
  ) async throws -> (lines: [Charge], notes: DecodingNotes, rounds: Int, files: Int) {
    try await read(.billedReconciliation(invoice), client) { batch, blob in
      try Wire.exportedCharges(lines: batch.bytes, invoice: invoice, blob: blob, firstIndex: batch.firstIndex)
    }
  }

  private func listedCharges(_ invoice: Invoice, _ client: PartnerCenterClient) async throws -> [Charge] {
    var lines: [Charge] = []
    let set = LineSet.exportedCharges
    try await client.lineItems(invoice: invoice.id, currency: invoice.currency, set: set) { body in
      guard !body.repeats else { return }
      lines += try Wire.charges(body.response.body, invoice: invoice.id, set: set, page: body.key.page).value
    }
    return lines
  }

  private func invoices(_ client: PartnerCenterClient, having set: LineSet) async throws -> [Invoice] {
    var all: [Invoice] = []
    try await client.invoices { all += try Wire.invoices($0.response.body).value }
    return Invoice.documents(in: all).filter { $0.details.contains(set) }
  }

  /// How often each line occurs, wherever it stands.
  private func multiset(_ lines: [Charge]) throws -> [Charge: Int] {
    let nowhere = try Self.nowhere()
    return Dictionary(
      lines.map { line in
        var line = line
        line.position = nowhere
        return (line, 1)
      }, uniquingKeysWith: +)
  }

  private static func nowhere() throws -> LinePosition {
    LinePosition(invoice: try #require(InvoiceID("nowhere")), set: .exportedCharges, page: 0, index: 0)
  }

  @Test(
    "The lines of every invoice are those of the line items, however the manifest comes, and a replay gives them again",
    arguments: [(UInt64(11), ExportManifests.inline), (12, .linked), (13, .mixed)])
  func billed(seed: UInt64, manifests: ExportManifests) async throws {
    var (world, _) = World.make(seed: seed, lines: 500, plants: .drawn)
    // A planted error of the line items alone: an export has no pages.
    world.pagesServedTwice = [:]
    var configuration = Emulator.Configuration()
    configuration.exportManifests = manifests
    configuration.blobLinesMax = 37
    let workplace = try Workplace()
    let archive = workplace.path("archive")
    var live: [InvoiceID: [Charge: Int]] = [:]
    try await serve(world, configuration, archive: archive) { client in
      for invoice in try await invoices(client, having: .exportedCharges) {
        let exported = try await exportedCharges(invoice.id, client)
        let listed = try await listedCharges(invoice, client)
        #expect(try multiset(exported.lines) == multiset(listed), "seed \(seed), \(invoice.id)")
        #expect(Set(exported.lines.map(\.position)).count == exported.lines.count, "seed \(seed), \(invoice.id)")
        #expect(exported.notes.unknownMembers.isEmpty, "seed \(seed), \(invoice.id)")
        #expect(exported.rounds == 1)
        let files = (listed.count + 36) / 37
        #expect(exported.files == files, "seed \(seed), \(invoice.id)")
        live[invoice.id] = try multiset(exported.lines)
      }
    }
    #expect(!live.isEmpty)
    let replay = try PartnerCenterClient(transport: ReplayTransport(archive: Archive(reading: archive), run: "run-1"))
    for (invoice, lines) in live {
      #expect(try multiset(try await exportedCharges(invoice, replay).lines) == lines, "seed \(seed), \(invoice)")
    }
  }

  @Test("Daily usage of both generations is that of the line items", arguments: ExportJob.Generation.allCases)
  func usage(generation: ExportJob.Generation) async throws {
    let (world, _) = World.make(seed: 21, lines: 500, plants: .none)
    let workplace = try Workplace()
    try await serve(world, archive: workplace.path("archive")) { client in
      let invoice = try #require(try await invoices(client, having: .exportedUsage).first)
      let exported = try await read(.billedUsage(invoice.id, generation: generation), client) { batch, blob in
        try Wire.exportedUsage(lines: batch.bytes, invoice: invoice.id, blob: blob, firstIndex: batch.firstIndex)
      }
      var listed: [UsageRecord] = []
      try await client.lineItems(invoice: invoice.id, currency: invoice.currency, set: .exportedUsage) { body in
        guard !body.repeats else { return }
        listed += try Wire.usage(
          body.response.body, invoice: invoice.id, set: .exportedUsage, page: body.key.page
        ).value
      }
      let nowhere = try Self.nowhere()
      func counted(_ records: [UsageRecord]) -> [UsageRecord: Int] {
        Dictionary(
          records.map { record in
            var record = record
            record.position = nowhere
            return (record, 1)
          }, uniquingKeysWith: +)
      }
      #expect(!listed.isEmpty)
      #expect(counted(exported.lines) == counted(listed))
      #expect(exported.notes.unknownMembers.isEmpty)
    }
  }

  /// Whatever goes wrong is mended, and the lines are those without it.
  @Test("What goes wrong once is mended", arguments: Mended.allCases)
  func mended(fault: Mended) async throws {
    let (world, _) = World.make(seed: 31, lines: 300, plants: .none)
    var configuration = Emulator.Configuration()
    configuration.blobLinesMax = 10
    configuration.exportManifests = .linked
    fault.plant(&configuration.exportFaults)
    let workplace = try Workplace()
    let archive = workplace.path("archive")
    var invoice: InvoiceID?
    var live: [Charge: Int] = [:]
    try await serve(world, configuration, archive: archive) { client in
      let first = try #require(try await invoices(client, having: .exportedCharges).first)
      let exported = try await exportedCharges(first.id, client)
      #expect(exported.rounds == (fault == .reissued ? 2 : 1))
      let listed = try await listedCharges(first, client)
      // The second issue differs in one line, so only the number is the same.
      #expect(exported.lines.count == listed.count)
      if fault != .reissued { #expect(try multiset(exported.lines) == multiset(listed)) }
      live = try multiset(exported.lines)
      invoice = first.id
    }
    let replay = try PartnerCenterClient(transport: ReplayTransport(archive: Archive(reading: archive), run: "run-1"))
    let id = try #require(invoice)
    let replayed = try await exportedCharges(id, replay)
    #expect(try multiset(replayed.lines) == live)
    #expect(replayed.rounds == 1)
  }

  enum Mended: CaseIterable {
    case operationGone, manifestGone, missing, truncated, expired, reissued

    func plant(_ faults: inout ExportFaults) {
      switch self {
      case .operationGone: faults.operationsGone = 1
      case .manifestGone: faults.manifestsGone = 1
      case .missing: faults.blobMissing = .init(ordinal: 2)
      case .truncated: faults.blobTruncated = .init(ordinal: 2)
      case .expired: faults.signaturesExpired = 1
      case .reissued: faults.reissues = 1
      }
    }
  }

  @Test("What stays wrong stops with its sentence", arguments: Lasting.allCases)
  func lasting(fault: Lasting) async throws {
    let (world, _) = World.make(seed: 31, lines: 300, plants: .none)
    var configuration = Emulator.Configuration()
    configuration.blobLinesMax = 10
    configuration.exportManifests = .linked
    fault.plant(&configuration.exportFaults)
    let workplace = try Workplace()
    try await serve(world, configuration, archive: workplace.path("archive")) { client in
      let first = try #require(try await invoices(client, having: .exportedCharges).first)
      let error = await #expect(throws: (any Error).self) { try await exportedCharges(first.id, client) }
      let sentence = "\(try #require(error))"
      #expect(sentence.contains(fault.words), "\(sentence)")
    }
  }

  enum Lasting: CaseIterable {
    case failed, operationGone, manifestGone, missing, truncated, expired, reissued, miscounted, lineCut

    func plant(_ faults: inout ExportFaults) {
      switch self {
      case .failed: faults.operationFails = .init(code: "5001", message: "Something broke", times: 9)
      case .operationGone: faults.operationsGone = 9
      case .manifestGone: faults.manifestsGone = 9
      case .missing: faults.blobMissing = .init(ordinal: 2, times: 9)
      case .truncated: faults.blobTruncated = .init(ordinal: 2, times: 9)
      case .expired: faults.signaturesExpired = 9
      case .reissued: faults.reissues = 9
      case .miscounted: faults.countsOneBlobTooMany = true
      case .lineCut: faults.cutsLastLine = true
      }
    }

    var words: String {
      switch self {
      case .failed: "failed: Something broke (code 5001)."
      case .operationGone, .manifestGone: "was asked for 3 times"
      case .missing: "which is not there (status 404)"
      case .truncated: "does not unpack to its end"
      case .expired: "even with a fresh signature"
      case .reissued: "changed while its files were being read, 3 times"
      case .miscounted: "or lists one twice"
      case .lineCut: "/onetime-billing/"
      }
    }
  }

  @Test("No signature and no token reaches the archive")
  func secrets() async throws {
    let (world, _) = World.make(seed: 31, lines: 300, plants: .none)
    let workplace = try Workplace()
    let path = workplace.path("archive")
    try await serve(world, archive: path) { client in
      let first = try #require(try await invoices(client, having: .exportedCharges).first)
      _ = try await exportedCharges(first.id, client)
    }
    let journal = try String(contentsOfFile: "\(path)/\(Archive.journalName)", encoding: .utf8)
    #expect(journal.contains("/storage/"))
    #expect(!journal.contains("sig="))
    let archive = try Archive(reading: path)
    for line in journal.split(separator: "\n") {
      guard line.contains("reports/partners/billing"), let place = line.firstRange(of: #""sha256":""#) else { continue }
      let body = try archive.body(sha256: String(line[place.upperBound...].prefix(64)))
      let text = String(decoding: body, as: UTF8.self)
      #expect(!text.contains("sig=") && !text.contains("Bearer"))
    }
  }

  @Test("An export without data is empty, and one of the open month has estimates")
  func unbilled() async throws {
    let (world, _) = World.make(seed: 31, lines: 300, plants: .none)
    let workplace = try Workplace()
    try await serve(world, archive: workplace.path("archive")) { client in
      let francs = try #require(Currency("KRW"))
      let none = try await client.export(.unbilledUsage(francs, .current), sleep: { _ in }) { body in
        #expect(body.key.endpoint == "manifest")
      }
      #expect(none.hasNoData)
      let first = try #require(try await invoices(client, having: .exportedCharges).first)
      let job = ExportJob.unbilledReconciliation(first.currency, .current)
      let estimates = try await read(job, client) { batch, blob in
        try Wire.exportedUnbilledCharges(lines: batch.bytes, blob: blob, firstIndex: batch.firstIndex)
      }
      #expect(!estimates.lines.isEmpty)
      #expect(estimates.notes.unknownMembers.isEmpty)

      let open = try #require(InvoiceID("unbilled"))
      let euro = try #require(Currency("EUR"))
      for generation in ExportJob.Generation.allCases {
        let job = ExportJob.unbilledUsage(euro, .current, generation: generation)
        let usage = try await read(job, client) { batch, blob in
          try Wire.exportedUsage(lines: batch.bytes, invoice: open, blob: blob, firstIndex: batch.firstIndex)
        }
        #expect(!usage.lines.isEmpty, "\(generation)")
        #expect(usage.lines.allSatisfy { $0.billingTotal != nil && $0.day != nil && !$0.unit.isEmpty }, "\(generation)")
        #expect(usage.notes.unknownMembers.isEmpty, "\(generation)")
      }
    }
  }

  @Test("Prices and rates of the emulated market can be read")
  func prices() async throws {
    let (world, _) = World.make(seed: 31, lines: 300, plants: .none)
    let workplace = try Workplace()
    try await serve(world, archive: workplace.path("archive")) { client in
      let sheet = try await client.priceSheet(market: "DE", view: .updatedLicenseBased)
      #expect(!sheet.value.isEmpty)
      #expect(sheet.notes.isEmpty)
      #expect(sheet.value.allSatisfy { $0.unitPrice != nil && $0.product != nil && $0.sku != nil })
      let rates = try await client.exchangeRates(month: try #require(Billing.Month("2025-02")))
      #expect(!rates.value.isEmpty)
      #expect(rates.notes.isEmpty)
    }
  }
}
