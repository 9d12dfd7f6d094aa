import Foundation
import PartnerCenterEmulator
import Testing

@Suite("Faults of pages")
struct ServerFaultPageTests {
  private let lines = "/v1/invoices/G000000001/lineitems?provider=onetime&invoicelineitemtype=billinglineitems&size=2"
  private let office = "/v1/invoices/D000000001/lineitems?provider=office&invoicelineitemtype=billinglineitems&size=2"

  /// Five lines, two to a page, every page once.
  private static var world: ServedWorld {
    var world = ServerSample.world
    world.pagesServedTwice = [:]
    return world
  }

  private func with(
    _ page: Fault.Page, passes: Int = 0, times: Int = 1, _ body: (ServerCaller) async throws -> Void
  ) async throws {
    let fault = Fault(pathContains: "lineitems", passes: passes, times: times, kind: .page(page))
    try await Emulator.withServer(world: Self.world, configuration: .init(faults: [fault])) { base in
      var caller = ServerCaller(base: base)
      caller.bearer = try await caller.signIn(ServerCaller.appForm).json["access_token"] as? String
      try await body(caller)
    }
  }

  /// The pages as a caller gets them who follows every token, and the tokens.
  private func walk(_ caller: ServerCaller, most: Int = 20) async throws -> (pages: [String], tokens: [String]) {
    var reply = try await caller.get(lines)
    var (pages, tokens) = ([reply.items], [String]())
    while let token = reply.token, pages.count < most {
      tokens.append(token)
      reply = try await caller.get(lines + "&seekOperation=Next", ["MS-ContinuationToken": token])
      pages.append(reply.items)
    }
    return (pages, tokens)
  }

  @Test(
    "A page comes twice under the same token",
    arguments: [
      (0, ["1.10,2.20", "1.10,2.20", "3.30,4.40", "5.50"]), (1, ["1.10,2.20", "3.30,4.40", "3.30,4.40", "5.50"]),
      (2, ["1.10,2.20", "3.30,4.40", "5.50"]),
    ])
  func sameToken(passes: Int, pages: [String]) async throws {
    try await with(.servedTwiceUnderSameToken, passes: passes) { caller async throws in
      let walk = try await walk(caller)
      #expect(walk.pages == pages)
      if passes < 2 { #expect(walk.tokens[passes] == walk.tokens[passes + 1]) }
      #expect(Set(walk.tokens).count == 2)
    }
  }

  @Test(
    "A page comes twice under a token of its own",
    arguments: [
      (0, ["1.10,2.20", "1.10,2.20", "3.30,4.40", "5.50"]), (1, ["1.10,2.20", "3.30,4.40", "3.30,4.40", "5.50"]),
    ])
  func newToken(passes: Int, pages: [String]) async throws {
    try await with(.servedTwiceUnderNewToken, passes: passes) { caller async throws in
      let walk = try await walk(caller)
      #expect(walk.pages == pages)
      #expect(Set(walk.tokens).count == 3)
      let again = try await caller.get(lines + "&seekOperation=Next", ["MS-ContinuationToken": walk.tokens[passes]])
      #expect(again.items == pages[passes])
    }
  }

  @Test("The token of a page that comes again stands in its link too")
  func newTokenInLink() async throws {
    try await with(.servedTwiceUnderNewToken) { caller async throws in
      let reply = try await caller.get(lines)
      let token = try reply.token.required
      #expect(token.contains(",") && token.contains("/"))
      #expect(reply.text.contains(#"{"key":"MS-ContinuationToken","value":"\#(token)"}"#))
    }
  }

  @Test(
    "A lost page leaves no trace in the tokens",
    arguments: [
      (0, ["3.30,4.40", "5.50"]), (1, ["1.10,2.20", "5.50"]), (2, ["1.10,2.20", "3.30,4.40", ""]),
    ])
  func lost(passes: Int, pages: [String]) async throws {
    try await with(.lost, passes: passes) { caller async throws in
      #expect(try await walk(caller).pages == pages)
    }
  }

  @Test("A page that is read by offset is lost the same way")
  func lostByOffset() async throws {
    try await with(.lost) { caller async throws in
      let reply = try await caller.get(office + "&offset=0")
      #expect(reply.items == "30")
      #expect(reply.link("next") == nil)
      #expect(try await caller.get(office + "&offset=0").items == "10,20")
    }
  }

  @Test("A token that is reused keeps a caller going round for as long as the fault lasts")
  func reused() async throws {
    try await with(.tokenReused, times: 3) { caller async throws in
      let walk = try await walk(caller)
      #expect(walk.pages == ["1.10,2.20", "3.30,4.40", "3.30,4.40", "3.30,4.40", "3.30,4.40", "5.50"])
      #expect(Set(walk.tokens).count == 2)
      #expect(walk.tokens.prefix(4).allSatisfy { $0 == walk.tokens[0] })
    }
  }

  @Test("A token may come without its link")
  func linkMissing() async throws {
    try await with(.linkMissing) { caller async throws in
      let reply = try await caller.get(lines)
      #expect(reply.token != nil)
      #expect(reply.link("self") != nil)
      #expect(reply.link("next") == nil)
    }
  }

  @Test("A link may come without its token")
  func tokenMissing() async throws {
    try await with(.tokenMissing) { caller async throws in
      let reply = try await caller.get(lines)
      #expect(reply.json["continuationToken"] == nil)
      #expect(reply.link("next") != nil)
      #expect(!reply.text.contains("MS-ContinuationToken"))
      #expect(reply.items == "1.10,2.20")
    }
  }

  @Test("A token may be an empty text")
  func tokenEmpty() async throws {
    try await with(.tokenEmpty) { caller async throws in
      let reply = try await caller.get(lines)
      #expect(reply.token == "")
      #expect(reply.text.contains(#""headers":[{"key":"MS-ContinuationToken","value":""}]"#))
    }
  }

  @Test("totalCount says what it is told to", arguments: [0, -1, 2_000_000])
  func totalCount(count: Int) async throws {
    try await with(.totalCount(count)) { caller async throws in
      let reply = try await caller.get(lines)
      #expect(reply.json["totalCount"] as? Int == count)
      #expect(reply.items == "1.10,2.20")
    }
  }
}
