import Billing
import Foundation
import PartnerCenter
import Testing

private let examples = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../../shared/partner-center/examples").standardizedFileURL

private func example(_ name: String) throws -> APIResponse {
  APIResponse(status: 200, body: [UInt8](try Data(contentsOf: examples.appending(path: name))))
}

@Suite("Published pages", .enabled(if: FileManager.default.fileExists(atPath: examples.path())))
struct PublishedPagesTests {
  @Test(
    "lead from the first to the last by the token in the link's headers",
    arguments: [
      ("onetime", "get-invoice-line-items.onetime", false),
      ("onetime", "get-invoice-line-items.onetime", true),
      ("onetime", "get-invoice-line-items.billed-usage", false),
    ])
  func seek(provider: String, name: String, isRevised: Bool) async throws {
    let revision = isRevised ? ".rev2023" : ""
    let transport = ScriptedTransport([
      try example("\(name)\(revision).json"), try example("\(name).page2\(revision).json"),
    ])
    let collector = Collector()
    try await PartnerCenterClient(transport: transport, pageSize: 2).lineItems(
      invoice: try #require(InvoiceID("G000024135")), currency: try #require(Currency("USD")),
      set: LineSet(provider: provider, isUsage: name.hasSuffix("usage"))
    ) { await collector.add($0) }
    #expect(await collector.bodies.map(\.key.page) == [0, 1])
    #expect(transport.asked[1].continuationToken?.isEmpty == false)
    #expect(transport.asked[1].target.hasSuffix("&seekOperation=Next"))
  }

  @Test("of legacy lines go on by offset", arguments: ["office", "azure-billing", "azure-usage"])
  func offset(name: String) async throws {
    let transport = ScriptedTransport([try example("get-invoice-line-items.\(name).json")])
    let provider = name.hasPrefix("azure") ? "azure" : "office"
    let collector = Collector()
    try await PartnerCenterClient(transport: transport, pageSize: 2).lineItems(
      invoice: try #require(InvoiceID("1234000000")), currency: try #require(Currency("USD")),
      set: LineSet(provider: provider, isUsage: name.hasSuffix("usage"))
    ) { await collector.add($0) }
    #expect(transport.asked.map { String($0.target.suffix(8)) } == ["offset=0", "offset=2"])
    #expect(await collector.bodies.count == 2)
  }
}
