import PartnerCenterEmulator
import Testing

@Suite("The storage behind exports")
struct ServerExportStorageTests {
  private static let billed = #"{"invoiceId":"G000000009"}"#
  private static let path = ServerCaller.graph + "/reconciliation/billed/export"

  @Test("Lines are split over blobs, in another order, each of them once")
  func split() async throws {
    var configuration = Emulator.Configuration()
    configuration.blobLinesMax = 2
    try await ServerCaller.withExports(configuration) { caller async throws in
      let manifest = try await caller.manifest(try await caller.submit(Self.path, Self.billed))
      #expect(manifest["blobCount"] as? Int == 3)
      let names = (manifest["blobs"] as? [[String: Any]])?.compactMap { $0["name"] as? String } ?? []
      #expect(names.map { $0.prefix(11) } == ["part-00000-", "part-00001-", "part-00002-"])
      #expect(names.allSatisfy { $0.hasSuffix(".c000.json.gz") })
      let text = try await caller.text(manifest)
      let skus = text.matches(of: /"SkuName":"(\w+)"/).map { String($0.1) }
      #expect(skus.sorted() == ["A", "B", "C", "D", "Seats"])
      #expect(skus != ["Seats", "A", "B", "C", "D"])
      let again = try await caller.manifest(try await caller.submit(Self.path, Self.billed))
      #expect(try await caller.text(again) == text)
      #expect(again["eTag"] as? String == manifest["eTag"] as? String)
      #expect(again["sasToken"] as? String != manifest["sasToken"] as? String)
    }
  }

  @Test("A signature opens its own folder until it expires, and a token does not belong there")
  func signatures() async throws {
    var configuration = Emulator.Configuration()
    configuration.signatureSeconds = 3600
    let clock = configuration.clock
    try await ServerCaller.withExports(configuration) { caller async throws in
      let operation = try await caller.submit(Self.path, Self.billed)
      let manifest = try await caller.manifest(operation)
      let path = try caller.path(manifest)
      let nobody = ServerCaller(base: caller.base)
      #expect(try await caller.get(path).status == 400)
      #expect(try await caller.get(path).text.contains("<Code>InvalidAuthenticationInfo</Code>"))
      for wrong in [
        path.replacing(/&sig=.*/, with: ""), path.replacing("&sig=", with: "&sig=0"),
      ] {
        let reply = try await nobody.get(wrong)
        #expect(reply.status == 403)
        #expect(reply.headers["content-type"] == "application/xml")
        #expect(reply.text.contains("<Code>AuthenticationFailed</Code>"))
      }
      #expect(try await nobody.get(path.replacing("G000000009", with: "G000000010")).status == 403)
      #expect(try await nobody.get(path.replacing("part-00000", with: "part-00001")).status == 404)
      clock.advance(by: .seconds(3599))
      #expect(try await nobody.get(path).status == 200)
      clock.advance(by: .seconds(1))
      #expect(try await nobody.get(path).status == 403)
      #expect(try await caller.blob(try await caller.manifest(operation)).status == 200)
    }
  }

  @Test("A month that is closed in the synchronous interface is in the export alone")
  func closedMonth() async throws {
    try await ServerCaller.withExports { caller async throws in
      var partner = ServerCaller(base: caller.base)
      partner.bearer = try await partner.signIn(ServerCaller.appForm).json["access_token"] as? String
      for (invoice, isServed) in [("G000000009", true), ("G000000010", false)] {
        let query = "/v1/invoices/\(invoice)/lineitems?provider=onetime&invoicelineitemtype=billinglineitems&size=2000"
        #expect(try await partner.get(query).items.isEmpty == !isServed)
        let body = #"{"invoiceId":"\#(invoice)"}"#
        let manifest = try await caller.manifest(try await caller.submit(Self.path, body))
        #expect(try await caller.text(manifest).split(separator: "\n").count == 5)
      }
    }
  }

  @Test("The v2 beta has statuses, dates and a manifest of its own")
  func v2() async throws {
    try await ServerCaller.withExports(isGraph: false) { caller async throws in
      let accepted = try await caller.send("POST", "/v1/billedusage/invoices/G000000009?fragment=basic", body: "")
      #expect(accepted.status == 202)
      let location = try accepted.headers["operation-location"].required
      #expect(location.hasPrefix(caller.base + "/v1/billingoperations/"))
      let operation = String(location.dropFirst(caller.base.count))
      #expect(try await caller.get(operation).json["status"] as? String == "notstarted")
      let running = try await caller.get(operation)
      #expect(running.json["status"] as? String == "running")
      #expect(running.headers["retry-after"] == "0")
      #expect((running.json["createdDateTime"] as? String)?.hasPrefix("2025-03-20T00-00-00.") == true)
      let manifest = try await caller.manifest(operation)
      #expect(manifest["version"] as? String == "1")
      #expect(manifest["dataFormat"] as? String == "compressedJSONLines")
      #expect(manifest["partitionType"] as? String == "ItemCount")
      #expect((manifest["eTag"] as? String)?.hasPrefix("0x") == true)
      let blob = try await caller.blob(manifest)
      #expect(manifest["sizeInBytes"] as? Int == blob.bytes.count)
      let blobs = manifest["blobs"] as? [[String: Any]]
      #expect(blobs?.first?["sizeinBytes"] as? Int == blob.bytes.count)
      #expect(blobs?.first?["partitionValue"] as? String == "1")
      let text = try ServerExportSample.unpacked(blob.bytes)
      #expect(text.contains(#""Unit":"1 GB""#))
      #expect(!text.contains("UnitType") && !text.contains("AdditionalInfo"))
    }
  }

  @Test(
    "The v2 beta refuses as Partner Center does",
    arguments: [
      ("POST", "/v1/unbilledusage?period=current", 400),
      ("POST", "/v1/unbilledusage?currencyCode=EUR&period=previous", 400),
      ("POST", "/v1/billedusage/invoices/G1?fragment=short", 400), ("GET", "/v1/billingoperations/1", 404),
      ("GET", "/v1/billingmanifests/1", 404), ("POST", "/v1/billedusage", 404),
    ])
  func v2Refusals(method: String, path: String, status: Int) async throws {
    try await ServerCaller.withExports(isGraph: false) { caller async throws in
      #expect(try await caller.send(method, path, body: method == "GET" ? nil : "").status == status)
    }
    try await ServerCaller.withExports { caller async throws in
      #expect(try await caller.send(method, path, body: method == "GET" ? nil : "").status == 401)
    }
  }

  @Test("The v2 beta reaches a year further back than Graph")
  func v2Earlier() async throws {
    try await ServerCaller.withExports(isGraph: false) { caller async throws in
      let operation = try await caller.submit("/v1/billedusage/invoices/G000000002", "")
      #expect(try await caller.finished(operation).json["status"] as? String == "succeeded")
      let unbilled = try await caller.submit("/v1/unbilledusage?fragment=full&period=last&currencyCode=USD", "")
      #expect(try await caller.finished(unbilled).text.contains(#""code":"5000""#))
    }
  }
}
