import Foundation
import PartnerCenterEmulator
import Testing

@Suite("Faults inside an answer")
struct ServerFaultEditTests {
  private static let set = ServedWorld.LineSet(
    invoice: "G000000001", provider: "onetime", lineItemType: "billinglineitems")
  private let path = "/v1/invoices/G000000001/lineitems?provider=onetime&invoicelineitemtype=billinglineitems"
  private static let first =
    #"{"id":"a","subtotal":17.219999999999999,"tax":-0,"note":"1, 2 \"3\": {4}","more":{"n":1.5e+3}}"#
  private static let second = #"{"id":"b","subtotal":"720","isCredit":false,"tags":[1,null]}"#

  private func items(_ kind: Fault.Kind, lines: [String] = [first, second]) async throws -> String {
    var world = ServerSample.world
    world.lines = [Self.set: lines]
    let fault = Fault(pathContains: "lineitems", kind: kind)
    return try await Emulator.withServer(world: world, configuration: .init(faults: [fault])) { base in
      var caller = ServerCaller(base: base)
      caller.bearer = try await caller.signIn(ServerCaller.appForm).json["access_token"] as? String
      let reply = try await caller.get(path)
      #expect(!reply.json.isEmpty)
      return reply.items
    }
  }

  @Test(
    "A member is left out, renamed, retyped or added in every item, and the rest keeps its spelling",
    arguments: [
      (
        "subtotal", Fault.Spelling.removed,
        #"{"id":"a","tax":-0,"note":"1, 2 \"3\": {4}","more":{"n":1.5e+3}},"#
          + #"{"id":"b","isCredit":false,"tags":[1,null]}"#
      ),
      (
        "SUBTOTAL", .renamed("subTotalX"),
        #"{"id":"a","subTotalX":17.219999999999999,"tax":-0,"note":"1, 2 \"3\": {4}","more":{"n":1.5e+3}},"#
          + #"{"id":"b","subTotalX":"720","isCredit":false,"tags":[1,null]}"#
      ),
      (
        "subtotal", .retyped(#""abc""#),
        #"{"id":"a","subtotal":"abc","tax":-0,"note":"1, 2 \"3\": {4}","more":{"n":1.5e+3}},"#
          + #"{"id":"b","subtotal":"abc","isCredit":false,"tags":[1,null]}"#
      ),
      (
        "newMember", .added(#"{"a":1}"#),
        #"{"id":"a","subtotal":17.219999999999999,"tax":-0,"note":"1, 2 \"3\": {4}","more":{"n":1.5e+3},"newMember":{"a":1}},"#
          + #"{"id":"b","subtotal":"720","isCredit":false,"tags":[1,null],"newMember":{"a":1}}"#
      ),
      ("nobody", .retyped("1"), "\(first),\(second)"),
    ])
  func member(name: String, spelling: Fault.Spelling, expected: String) async throws {
    #expect(try await items(.member(name, spelling)) == expected)
  }

  @Test("One item alone is edited, counted from zero, and a page too short stays as it is")
  func oneItem() async throws {
    #expect(
      try await items(.member("id", .removed, item: 1))
        == Self.first + #",{"subtotal":"720","isCredit":false,"tags":[1,null]}"#)
    #expect(try await items(.member("id", .removed, item: 2)) == "\(Self.first),\(Self.second)")
  }

  @Test("Numbers become text with the digits they had, and text stays")
  func numbersAsText() async throws {
    #expect(
      try await items(.numbersAsText)
        == #"{"id":"a","subtotal":"17.219999999999999","tax":"-0","note":"1, 2 \"3\": {4}","more":{"n":"1.5e+3"}},"#
        + #"{"id":"b","subtotal":"720","isCredit":false,"tags":["1",null]}"#)
    #expect(try await items(.numbersAsText, lines: ["1.10", #"{"a\\":2}"#]) == #""1.10",{"a\\":"2"}"#)
  }

  @Test("A document that is no list is edited itself, and a refusal is left alone")
  func document() async throws {
    let fault = Fault(pathContains: "/invoices/", times: 2, kind: .member("balanceAmount", .renamed("balance")))
    try await ServerCaller.withSample(faults: [fault]) { caller async throws in
      #expect(try await caller.get("/v1/invoices/summary").text == #"{"balance":12.50,"currencyCode":"EUR"}"#)
      #expect(try await caller.get("/v1/invoices/none").code == "1000")
    }
  }

  @Test("An invoice that is issued again has another total and another last line, and its pages have moved")
  func reissued() async throws {
    var world = ServerSample.world
    world.pagesServedTwice = [:]
    world.lines[Self.set] = ["a", "b", "c", "d", "e"].map {
      #"{"id":"\#($0)","subtotal":10.50,"taxTotal":0,"totalForCustomer":"10.50"}"#
    }
    let fault = Fault(
      pathContains: "G000000001/lineitems", passes: 1, kind: .reissued(invoice: "g000000001", amount: "-2.25"))
    try await Emulator.withServer(world: world, configuration: .init(faults: [fault])) { base in
      var caller = ServerCaller(base: base)
      caller.bearer = try await caller.signIn(ServerCaller.userForm).json["access_token"] as? String
      #expect(try await caller.get("/v1/invoices/G000000001").text == ServerSample.amended)
      let pages = try await caller.pages(path + "&size=2")
      let ids = pages.map { page in page.split(separator: #"{"id":""#).compactMap { $0.first } }
      #expect(ids == [["a", "b"], ["b", "c"], ["d"]])
      #expect(pages[2] == #"{"id":"d","subtotal":8.25,"taxTotal":0,"totalForCustomer":"8.25"}"#)
      #expect(!pages[1].contains("8.25"))
      let header = try await caller.get("/v1/invoices/G000000001")
      #expect(header.text == ServerSample.amended.replacing(#""totalCharges":16.50}"#, with: #""totalCharges":14.25}"#))
      #expect(try await caller.get("/v1/invoices").items.hasPrefix(header.text + ","))
      #expect(try await caller.get("/v1/invoices/G000000002").text == ServerSample.amendment)
      #expect(try await caller.pages(path + "&size=2").first?.hasPrefix(#"{"id":"e","#) == true)
    }
  }

  @Test("An amendment is issued again inside the invoice it belongs to")
  func reissuedAmendment() async throws {
    let fault = Fault(pathContains: "summary", kind: .reissued(invoice: "G000000002", amount: "1.00"))
    try await ServerCaller.withSample(faults: [fault]) { caller async throws in
      _ = try await caller.get("/v1/invoices/summary")
      let amendment = ServerSample.amendment.replacing("17.219999999999999", with: "18.219999999999999")
      #expect(try await caller.get("/v1/invoices/G000000002").text == amendment)
      #expect(
        try await caller.get("/v1/invoices/G000000001").text
          == ServerSample.amended.replacing(ServerSample.amendment, with: amendment))
    }
  }
}
