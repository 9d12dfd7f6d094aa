import Foundation
import PartnerCenterEmulator
import Testing

@Suite("The endpoints the emulator lists")
struct ServerReadmeTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources/PartnerCenterEmulator")

  /// The calls of the tables below a heading, such as `GET /v1/customers/{c}`.
  private static func calls(below heading: String) throws -> [(method: String, path: String)] {
    let text = try String(contentsOf: sources.appending(path: "README.md"), encoding: .utf8)
    let section = try text.split(separator: "\n## ").first { $0.hasPrefix(heading) }.required
    return section.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { row in
      let call = row.dropFirst(3).prefix { $0 != "`" }.split(separator: " ", maxSplits: 1)
      return (String(call[0]), String(call[1]))
    }
  }

  @Test("Every endpoint listed is served")
  func listed() async throws {
    let calls = try Self.calls(below: "Endpoints") + Self.calls(below: "The emulator's own endpoints")
    #expect(calls.count > 60)
    let (world, invoice) = try Self.receipted()
    var configuration = Emulator.Configuration(registrationPolls: 0)
    configuration.exportPolls = 0
    configuration.exportManifests = .linked
    try await Emulator.withServer(world: world, configuration: configuration) { base in
      let ids = try await EndpointIDs(base: base, world: world, invoice: invoice)
      for call in calls {
        let path = ids.filling(call.path)
        #expect(!path.contains("{"), "\(call.path) names something this test does not know.")
        let caller = ids.caller(for: call.path)
        let reply = try await caller.send(call.method, path, body: ids.body(call.method, path))
        let isUnknown = reply.status == 404 && (reply.code == "1000" || reply.text.contains("itemNotFound"))
        #expect(
          !isUnknown && ![401, 405].contains(reply.status),
          "\(call.method) \(path) answers \(reply.status): \(reply.text.prefix(300))")
      }
    }
  }

  @Test("What is not listed is told apart")
  func unlisted() async throws {
    try await ServerCaller.withSample { caller async throws in
      let reply = try await caller.get("/v1/invoices/G000000001/nothing")
      #expect(reply.status == 404 && reply.code == "1000")
    }
  }

  @Test("No endpoint is listed twice")
  func unique() throws {
    let calls = try Self.calls(below: "Endpoints").map { "\($0.method) \($0.path)" }
    #expect(Set(calls).count == calls.count)
  }

  /// A world in which an invoice with usage has a tax receipt.
  private static func receipted() throws -> (world: ServedWorld, invoice: String) {
    var world = ShopSample.world
    let place = try world.invoices.firstIndex { document in
      let set = ServedWorld.LineSet(invoice: document.id, provider: "onetime", lineItemType: "usagelineitems")
      return world.lines[set]?.isEmpty == false
    }
    .required
    world.invoices[place].json = #"{"taxReceipts":[{"id":"E-Tax-1"}],"# + world.invoices[place].json.dropFirst()
    return (world, world.invoices[place].id)
  }
}
