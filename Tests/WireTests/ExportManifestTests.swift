import Billing
import Testing

@testable import Wire

@Suite("Operations and manifests of exports")
struct ExportManifestTests {
  @Test(
    "An operation's status is understood in every spelling",
    arguments: [
      ("notStarted", ExportOperation.Status.running), ("notstarted", .running), ("running", .running),
      ("RUNNING", .running), ("succeeded", .succeeded), ("completed", .succeeded), ("Completed", .succeeded),
      ("failed", .failed), ("Failed", .failed), ("pondering", .unknown),
    ])
  func status(text: String, expected: ExportOperation.Status) throws {
    let operation = try Wire.exportOperation(#"{"status":"\#(text)"}"#.bytes)
    #expect(operation.value.status == expected)
    #expect(operation.value.statusPrinted == text)
    #expect(operation.value.manifest == nil)
    #expect(operation.notes.isEmpty)
  }

  @Test("An operation without a status is refused")
  func noStatus() {
    let error = #expect(throws: WireError.self) { try Wire.exportOperation(#"{"id":"1"}"#.bytes) }
    #expect(error?.description.hasPrefix("Export operation: member “status” is missing (byte 0).") == true)
  }

  @Test(
    "The manifest is inline, at an address, or behind a link",
    arguments: [
      (#"{"status":"succeeded","resourceLocation":{"blobs":[]}}"#, ExportOperation.Manifest.inline),
      (
        #"{"status":"succeeded","resourceLocation":"https://h/v1/billingmanifests/1"}"#,
        .link("https://h/v1/billingmanifests/1")
      ),
      (#"{"status":"succeeded","resourceLocation@odata.navigationLink":"https://h/m/1"}"#, .link("https://h/m/1")),
      (
        #"{"status":"succeeded","resourceLocation":null,"resourceLocation@odata.navigationLink":"https://h/m/1"}"#,
        .link("https://h/m/1")
      ),
    ])
  func place(body: String, expected: ExportOperation.Manifest) throws {
    let operation = try Wire.exportOperation(body.bytes)
    #expect(operation.value.manifest == expected)
    #expect(operation.notes.isEmpty)
  }

  private static let text =
    #"{"id":"m","schemaVersion":"2","dataFormat":"compressedJSON","createdDateTime":"2025-05-08T06:34:34.87Z","#
    + #""eTag":"e1","partnerTenantId":"t","rootDirectory":"https://s/x/unbilledrecon/v1/202504081200/PartnerTenantId=t/"#
    + #"BillingMonth=202504/Currency=EUR/Fragment=full/","sasToken":"<redacted>","partitionType":"default","#
    + #""blobCount":2,"blobs":[{"name":"a.gz","partitionValue":"default","itemCount":3},{"name":"b.gz","mood":1}],"#
    + #""surprise":1}"#

  @Test(
    "A manifest reads the same alone and inside its operation",
    arguments: [text, #"{"status":"completed","resourceLocation":\#(text)}"#])
  func manifest(body: String) throws {
    let read = try Wire.exportManifest(body.bytes)
    let manifest = read.value
    #expect(manifest.id == "m")
    #expect(manifest.schemaVersion == "2")
    #expect(manifest.eTag == "e1")
    #expect(manifest.blobs.map(\.name) == ["a.gz", "b.gz"])
    #expect(manifest.blobs.map(\.itemCount) == [3, nil])
    #expect(manifest.isConsistent)
    #expect(manifest.folder.hasSuffix("/Fragment=full"))
    #expect(manifest.kind == .unbilledReconciliation)
    #expect(manifest.month?.description == "2025-04")
    #expect(manifest.currency == Currency("EUR"))
    #expect(manifest.invoice == nil)
    #expect(manifest.fragment == "full")
    #expect(manifest.created?.day.description == "2025-05-08")
    #expect(!manifest.hasNoData)
    #expect(read.notes.unknownMembers == ["ExportManifest.surprise": 1, "ExportBlob.mood": 1])
  }

  @Test("An operation that found no data is a manifest without files; another failure is none")
  func noData() throws {
    let body = #"{"status":"failed","error":{"message":"No data available","code":"5000"}}"#
    #expect(try Wire.exportManifest(body.bytes).value == .noData)
    #expect(throws: WireError.self) {
      try Wire.exportManifest(#"{"status":"failed","error":{"message":"No","code":"5001"}}"#.bytes)
    }
  }

  @Test(
    "Without folder, number of files or list nothing can be fetched",
    arguments: [
      (#"{"blobCount":0,"blobs":[]}"#, "rootDirectory"), (#"{"rootDirectory":"https://s/x","blobs":[]}"#, "blobCount"),
      (#"{"rootDirectory":"https://s/x","blobCount":1}"#, "blobs"),
      (#"{"rootDirectory":"https://s/x","blobCount":1,"blobs":[{"partitionValue":"1"}]}"#, "name"),
    ])
  func missing(body: String, member: String) {
    let error = #expect(throws: WireError.self) { try Wire.exportManifest(body.bytes) }
    #expect(error?.member == member)
  }

  @Test(
    "Announced and listed files have to agree, each listed once",
    arguments: [(1, ["a"], true), (2, ["a"], false), (0, ["a"], false), (2, ["a", "a"], false), (0, [], true)])
  func consistency(count: Int, names: [String], expected: Bool) {
    let blobs = names.map { ExportBlob(name: $0) }
    #expect(ExportManifest(eTag: "e", folder: "https://s", blobCount: count, blobs: blobs).isConsistent == expected)
  }

  @Test(
    "The folder tells the kind",
    arguments: [
      ("billedusagefastpath", ExportManifest.Kind.billedUsage), ("unbilledusagefastpath", .unbilledUsage),
      ("billedreconfastpath", .billedReconciliation), ("UnbilledRecon", .unbilledReconciliation), ("data", nil),
    ] as [(String, ExportManifest.Kind?)])
  func kind(folder: String, expected: ExportManifest.Kind?) {
    let address = "https://adlsreconbuprodeastus201.blob.core.windows.net/\(folder)/v1/PartnerTenantId=t"
    #expect(ExportManifest(eTag: "e", folder: address, blobCount: 0, blobs: []).kind == expected)
  }
}

@Suite("Published samples of exports", .enabled(if: Samples.arePresent))
struct ExportSampleTests {
  @Test("The current generation's manifest")
  func graphManifest() throws {
    let read = try Wire.exportManifest(try Samples.body("export-graph.manifest"))
    let manifest = read.value
    #expect(read.notes.isEmpty)
    #expect(manifest.id == "6fe687d7-1e0f-4bd6-9091-4672691f64bc")
    #expect(manifest.schemaVersion == "1")
    #expect(manifest.dataFormat == "compressedJSON")
    #expect(manifest.eTag == "WYjLro78HdMg6vUWR")
    #expect(manifest.partnerTenant == "0e195b37-4574-4539-bc42-0e539b9684c0")
    #expect(manifest.partitionType == "Default")
    #expect(
      manifest.blobs == [
        ExportBlob(name: "part-00049-b016029b-a7a7-4c46-9b5e-c925ac317ac6.c000.json.gz", partition: "default")
      ])
    #expect(manifest.isConsistent)
    #expect(manifest.kind == .billedUsage)
    #expect(manifest.invoice == InvoiceID("G031809528"))
    #expect(manifest.month?.description == "2023-10")
    #expect(manifest.invoiceVersion == "202311")
    #expect(manifest.fragment == "basic")
    #expect(!"\(manifest)".contains("REDACTED"))
  }

  @Test("The older generation's manifest, its misspelt members included")
  func v2Manifest() throws {
    let read = try Wire.exportManifest(try Samples.body("export-v2.manifest"))
    let manifest = read.value
    #expect(read.notes.isEmpty)
    #expect(manifest.schemaVersion == "1")
    #expect(manifest.dataFormat == "compressedJSONLines")
    #expect(manifest.eTag == "0x5B168C7B6E589D2")
    #expect(manifest.created?.day.description == "2022-04-29")
    #expect(manifest.blobCount == 3)
    #expect(manifest.sizeBytes == 2_000)
    #expect(manifest.blobs.map(\.sizeBytes) == [500, 1_000, 500])
    #expect(manifest.blobs.map(\.partition) == ["1", "2", "3"])
    #expect(manifest.partitionType == "ItemCount")
  }

  @Test(
    "Operations of both generations",
    arguments: [
      ("export-graph.operation.running", ExportOperation.Status.running, nil, "2023-03-09"),
      (
        "export-graph.operation.succeeded", .succeeded,
        "https://graph.microsoft.com/v1.0/reports/partners/billing/manifests/8fe347d7-1e0f-4bd6-9091-4672691f32db",
        "2023-03-09"
      ),
      ("export-graph.operation.failed", .failed, nil, "2023-03-09"),
      ("export-v2.operation.running", .running, nil, "2022-06-01"),
      (
        "export-v2.operation.succeeded", .succeeded,
        "https://ep-billingreconservice-prod-d5bfczcnfvbqbdhx.z01.azurefd.net/v1/billingmanifests/"
          + "e03e1882-ff59-4c09-882f-74e60b4d7743", "2022-06-01"
      ),
    ] as [(String, ExportOperation.Status, String?, String)])
  func operation(sample: String, status: ExportOperation.Status, link: String?, day: String) throws {
    let read = try Wire.exportOperation(try Samples.body(sample))
    #expect(read.notes.isEmpty)
    #expect(read.value.status == status)
    #expect(read.value.manifest == link.map { .link($0) })
    #expect(read.value.created?.day.description == day)
    #expect(read.value.lastAction?.day.description == day)
    #expect(read.value.hasNoData == (status == .failed))
    #expect(read.value.errorMessage == (status == .failed ? "No data available" : ""))
  }

  @Test("Requests say what the samples say")
  func requests() throws {
    let invoice = try #require(InvoiceID("G016907411"))
    let dollars = try #require(Currency("USD"))
    let billed = Wire.exportRequest(invoice: invoice, columns: "full")
    let unbilled = Wire.exportRequest(currency: dollars, period: .current, columns: "full")
    for (sample, body) in [
      ("billed-usage", billed), ("billed-reconciliation", billed), ("unbilled-usage", unbilled),
      ("unbilled-reconciliation", unbilled),
    ] {
      let printed = try Tape.read(try Samples.body("export-graph.\(sample).request"), as: .answer).root
      let ours = try Tape.read(body, as: .answer).root
      #expect(printed.count == ours.count, "\(sample)")
      for name in ["invoiceId", "attributeSet", "currencyCode", "billingPeriod"] as [StaticString] {
        #expect(printed[name]?.text == ours[name]?.text, "\(sample) \(name)")
      }
    }
    let last = Wire.exportRequest(currency: dollars, period: .previous, columns: "basic")
    #expect(
      String(decoding: last, as: UTF8.self)
        == #"{"currencyCode":"USD","billingPeriod":"last","attributeSet":"basic"}"#)
  }
}
