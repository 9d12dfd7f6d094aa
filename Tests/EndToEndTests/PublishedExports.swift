import Billing
import PartnerCenter
import Synchronization
import Testing
import Wire

/// Exports, price sheets and exchange rates.
extension PublishedCase {
  private static let folder =
    "https://adlsreconbuprodeastus201.blob.core.windows.net/billedusagefastpath/v1/"
    + "PartnerTenantId=0e195b37-4574-4539-bc42-0e539b9684c0/BillingMonth=202310/InvoiceId=G031809528/"
    + "InvoiceVersion=202311/Fragment=basic/PartitionType=default"
  private static let part = "part-00049-b016029b-a7a7-4c46-9b5e-c925ac317ac6.c000.json.gz"

  static let exports = [
    PublishedCase(
      "An export is asked for, awaited, and read file by file",
      ["billed-usage.request", "operation.running", "operation.succeeded", "manifest"].map { "export-graph.\($0)" }
    ) { talk in
      let log = ExportLog()
      let manifest = try await log.export(.billedUsage(try talk.id("G016907411")), talk) { _ in nil }
      try talk.expectSent("export-graph.billed-usage.request")
      #expect(log.rests == [.seconds(10)])
      #expect(log.files == ["\(folder)/\(part)"])
      #expect(manifest.id == "6fe687d7-1e0f-4bd6-9091-4672691f64bc")
      #expect(manifest.dataFormat == "compressedJSON")
      #expect(manifest.eTag == "WYjLro78HdMg6vUWR")
      #expect(manifest.partnerTenant == "0e195b37-4574-4539-bc42-0e539b9684c0")
      #expect(manifest.created?.description == "2023-03-09T06:34:34.87Z")
      #expect(manifest.blobs == [.init(name: part, partition: "default")])
      #expect(manifest.kind == .billedUsage)
      #expect(manifest.invoice?.printed == "G031809528")
      #expect(manifest.month == Month("2023-10"))
      _ = talk.known(try Wire.exportManifest(try talk.sample("export-graph.manifest")))
      for sample in ["operation.running", "operation.succeeded"] {
        let operation = talk.known(try Wire.exportOperation(try talk.sample("export-graph.\(sample)")))
        // Printed without a zone, which means UTC, and with seven decimals.
        #expect(operation.created?.description == "2023-03-09T08:12:53Z")
        #expect(operation.lastAction?.description == "2023-03-09T08:37:48.5046691Z")
      }
    },
    noData("unbilled-usage") { _ in .unbilledUsage(try #require(Currency("USD")), .current) },
    noData("billed-reconciliation") { .billedReconciliation(try $0.id("G016907411")) },
    noData("unbilled-reconciliation") { _ in .unbilledReconciliation(try #require(Currency("USD")), .current) },
    PublishedCase(
      "An export of the older generation is read the same way",
      ["operation.running", "operation.succeeded", "manifest"].map { "export-v2.\($0)" }
    ) { talk in
      let log = ExportLog()
      let job = ExportJob.billedUsage(try talk.id("G016907411"), generation: .v2)
      let manifest = try await log.export(job, talk) { request in
        guard request.method == .post else { return nil }
        #expect(request.target == "/v1/billedusage/invoices/G016907411?fragment=full")
        let operation = "/v1/billingoperations/e03e1882-ff59-4c09-882f-74e60b4d7743"
        return APIResponse(status: 202, headers: ["operation-location": "https://export.example\(operation)"])
      }
      #expect(log.rests == [.seconds(10)])
      #expect(log.files.count == 3)
      #expect(manifest.eTag == "0x5B168C7B6E589D2")
      #expect(manifest.dataFormat == "compressedJSONLines")
      #expect(manifest.created?.description == "2022-04-29T22:40:57.1853571Z")
      #expect(manifest.sizeBytes == 2000)
      #expect(
        manifest.blobs == [
          .init(name: "{blobName1.json.gz}", partition: "1", sizeBytes: 500),
          .init(name: "{blobName2.json.gz}", partition: "2", sizeBytes: 1000),
          .init(name: "{blobName3.json.gz}", partition: "3", sizeBytes: 500),
        ])
      _ = talk.known(try Wire.exportManifest(try talk.sample("export-v2.manifest")))
      for sample in ["operation.running", "operation.succeeded"] {
        let operation = try Wire.exportOperation(try talk.sample("export-v2.\(sample)"))
        // “2022-06-1T10-01-03.4Z” is no date; whether it is read or noted, it does not stop anything.
        #expect(talk.known(operation).statusPrinted == (sample == "operation.running" ? "running" : "succeeded"))
      }
    },
  ]

  static let prices = [
    PublishedCase(
      "A price sheet of licences has a term, a plan and two prices", ["price-sheet.updatedlicensebased.csv"]
    ) { talk in
      let rows = talk.known(
        try await talk.client.priceSheet(
          market: "us", view: .updatedLicenseBased, timeline: .history, month: Month("2021-01")))
      let row = try #require(rows.first)
      #expect(rows.count == 1)
      #expect([row.product?.printed, row.sku?.printed] == ["CFQ7TTC0HDK0", "0001"])
      #expect([row.productTitle, row.term, row.billingPlan] == ["Advanced Communications", "P1Y", "Annual"])
      #expect([row.market, row.currency?.code] == ["US", "USD"])
      #expect([row.unitPrice?.description, row.retailPrice?.description] == ["115.2", "144"])
      #expect(row.effectiveFrom?.description == "2019-02-01T00:00:00Z")
      #expect(row.effectiveUntil?.description == "2021-02-04T20:35:31Z")
      #expect(row.tags == ["License"])
      talk.expectTokens([.appAndUser])
    },
    PublishedCase("A price sheet of consumption has a meter and no end", ["price-sheet.azure-consumption.csv"]) {
      talk in
      let rows = talk.known(
        try await talk.client.priceSheet(
          market: "AD", view: .azureConsumption, timeline: .history, month: Month("2019-09")))
      let row = try #require(rows.first)
      #expect(rows.count == 1)
      #expect([row.product?.printed, row.sku?.printed] == ["DZH318Z0C16V", "001J"])
      #expect([row.unit, row.term, row.meterType] == ["1 Node/Month", "payG-1", "1 Node/Month"])
      #expect([row.unitPrice?.description, row.retailPrice?.description] == ["15", nil])
      #expect(row.effectiveUntil == .distantFuture)
      #expect(row.meterIDs == ["cb0969aa-aaaa-4d6c-ab4b-7e182fa06aff"])
      talk.expectTokens([.appAndUser])
    },
    PublishedCase("A rate of exchange keeps its seventeen decimals", ["fx-rates.csv"]) { talk in
      let rates = talk.known(try await talk.client.exchangeRates(month: try #require(Month("2019-09"))))
      #expect(
        rates.map { "\($0.currency) \($0.dollarsPerUnit) \($0.month)" } == ["AED 0.27224589249009701 2019"])
      talk.expectTokens([.appAndUser])
    },
  ]

  /// A request that is accepted, and whose operation then says that there is nothing.
  private static func noData(
    _ kind: String, _ job: @escaping @Sendable (PublishedTalk) throws -> ExportJob
  ) -> PublishedCase {
    let request = "export-graph.\(kind).request"
    return PublishedCase(
      "An export without data is a manifest without files: \(kind)", [request, "export-graph.operation.failed"]
    ) { talk in
      let log = ExportLog()
      let manifest = try await log.export(try job(talk), talk) { _ in nil }
      try talk.expectSent(request)
      #expect(manifest.hasNoData)
      #expect(log.files.isEmpty)
      let operation = talk.known(try Wire.exportOperation(try talk.sample("export-graph.operation.failed")))
      #expect([operation.errorCode, operation.errorMessage] == ["5000", "No data available"])
    }
  }
}

/// What an export asks besides samples: its files, whose real address nobody visits, and its rests.
private final class ExportLog: Transport {
  private struct State {
    var rests: [Duration] = []
    var files: [String] = []
    var talk: PublishedTalk?
    var answer: (@Sendable (APIRequest) -> APIResponse?)?
  }

  private let state = Mutex(State())

  var rests: [Duration] { state.withLock { $0.rests } }
  var files: [String] { state.withLock { $0.files } }

  /// - Parameter answer: What no sample answers.
  func export(
    _ job: ExportJob, _ talk: PublishedTalk, answer: @escaping @Sendable (APIRequest) -> APIResponse?
  ) async throws -> ExportManifest {
    state.withLock { ($0.talk, $0.answer) = (talk, answer) }
    defer { state.withLock { ($0.talk, $0.answer) = (nil, nil) } }
    return try await PartnerCenterClient(transport: self).export(
      job, sleep: { rest in state.withLock { $0.rests.append(rest) } }, each: { _ in })
  }

  func answer(to request: APIRequest) async throws -> APIResponse {
    let (talk, answer) = state.withLock { ($0.talk, $0.answer) }
    if request.service == .storage {
      state.withLock { $0.files.append(request.target) }
      return APIResponse(status: 200)
    }
    if let response = answer?(request) { return response }
    return try await #require(talk).transport.answer(to: request)
  }
}
