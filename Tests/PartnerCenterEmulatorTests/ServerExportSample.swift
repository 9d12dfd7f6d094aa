import CZlib
import Foundation
import PartnerCenterEmulator

/// A world of two lines of each kind, as the synchronous interface prints them.
enum ServerExportSample {
  static let invoice = "G000000009"
  /// Its month is closed in the synchronous interface.
  static let late = "G000000010"
  /// Of August 2023: too early for Graph.
  static let early = "G000000002"

  static var world: ServedWorld {
    var world = ServedWorld(asOf: ServerSample.asOf, partnerTenant: ServerSample.tenant, pageSizeMaximum: 10)
    world.invoices = [(early, "2023-09-08"), (invoice, "2025-03-08"), (late, "2025-05-08")].map { id, date in
      .init(id: id, json: #"{"id":"\#(id)","invoiceDate":"\#(date)T01:22:47Z","currencyCode":"EUR"}"#)
    }
    for id in [early, invoice, late] {
      world.lines[.init(invoice: id, provider: "onetime", lineItemType: "billinglineitems")] = lines
      world.lines[.init(invoice: id, provider: "onetime", lineItemType: "usagelineitems")] = [usage]
    }
    world.exportOnly = [late]
    return world
  }

  static let lines =
    [seats] + ["A", "B", "C", "D"].map { #"{"skuName":"\#($0)","subtotal":1.10,"termAndBillingCycle":""}"# }

  static let seats =
    #"{"partnerId":"p","customerId":"org:C1","customerName":"A \"B\", C:D","resellerMpnId":4847383,"quantity":"10","#
    + #""subtotal":"720.00","totalForCustomer":17.219999999999999,"pcToBCExchangeRate":"","skuName":"Seats","#
    + #""productQualifiers":["Trial"],"termAndBillingCycle":"One-Month commitment for trial","creditReasonCode":null}"#

  static let usage =
    #"{"partnerId":"p","resellerMpnId":"0","unitOfMeasure":"1 GB","unitType":"1 GB/Month","skuName":"S","quantity":23.200004,"#
    + #""billingPreTaxTotal":0.486031696515249,"rateOfPartnerEarnedCredit":0.15,"rateOfCredit":1,"benefitOrderId":"o","#
    + #""resourceUri":"/subscriptions/1","additionalInfo":"{ \"a\": 1}"}"#

  static func unpacked(_ packed: Data) throws -> String {
    var stream = z_stream()
    guard tieout_inflate_init(&stream) == Z_OK else { throw Missing() }
    defer { inflateEnd(&stream) }
    var input = [UInt8](packed)
    var output = [UInt8](repeating: 0, count: 1 << 20)
    let code = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = UnsafePointer(input.baseAddress)
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        return inflate(&stream, Z_FINISH)
      }
    }
    guard code == Z_STREAM_END else { throw Missing() }
    return String(decoding: output.prefix(Int(stream.total_out)), as: UTF8.self)
  }
}

extension ServerCaller {
  static let graphForm = "grant_type=client_credentials&resource=https%3A%2F%2Fgraph.microsoft.com&\(secret)"

  /// Runs a body against a world, signed in for Graph, or for Partner Center where it says so.
  static func withExports<Result>(
    _ configuration: Emulator.Configuration = .init(), world: ServedWorld = ServerExportSample.world,
    isGraph: Bool = true, _ body: (ServerCaller) async throws -> Result
  ) async throws -> Result {
    try await Emulator.withServer(world: world, configuration: configuration) { base in
      var caller = ServerCaller(base: base)
      caller.bearer =
        try await caller.signIn(isGraph ? graphForm : appForm, tenant: world.partnerTenant)
        .json["access_token"] as? String
      return try await body(caller)
    }
  }

  static let graph = "/v1.0/reports/partners/billing"

  /// Submits an export; the answer's path to its operation.
  func submit(_ path: String, _ body: String) async throws -> String {
    let reply = try await send("POST", path, body: body)
    guard reply.status == 202 else { throw Missing() }
    let location = try (reply.headers["location"] ?? reply.headers["operation-location"]).required
    return try local(location)
  }

  /// The end of an operation.
  func finished(_ operation: String) async throws -> Reply {
    for _ in 0..<5 {
      let reply = try await get(operation)
      guard ["running", "notstarted"].contains(reply.json["status"] as? String) else { return reply }
    }
    throw Missing()
  }

  /// The manifest of an operation, from inside it or from behind its link.
  func manifest(_ operation: String) async throws -> [String: Any] {
    let json = try await finished(operation).json
    if let inline = json["resourceLocation"] as? [String: Any] { return inline }
    let link = json["resourceLocation@odata.navigationLink"] ?? json["resourceLocation"]
    return try await get(local((link as? String).required)).json
  }

  /// Downloads a blob of a manifest without a token.
  func blob(_ manifest: [String: Any], _ number: Int = 0) async throws -> Reply {
    try await ServerCaller(base: base).get(path(manifest, number))
  }

  func path(_ manifest: [String: Any], _ number: Int = 0) throws -> String {
    let root = try ((manifest["rootDirectory"] ?? manifest["rootFolder"]) as? String).required
    let token = try ((manifest["sasToken"] ?? manifest["rootFolderSAS"]) as? String).required
    let blobs = try (manifest["blobs"] as? [[String: Any]]).required
    return try local(root) + "/\((blobs[number]["name"] as? String).required)?\(token)"
  }

  /// The unpacked text of all blobs.
  func text(_ manifest: [String: Any]) async throws -> String {
    var text = ""
    for number in try (manifest["blobs"] as? [[String: Any]]).required.indices {
      text += try ServerExportSample.unpacked(try await blob(manifest, number).bytes)
    }
    return text
  }

  private func local(_ address: String) throws -> String {
    guard address.hasPrefix(base) else { throw Missing() }
    return String(address.dropFirst(base.count))
  }
}
