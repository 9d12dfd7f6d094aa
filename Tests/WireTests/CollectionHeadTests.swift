import Testing

@testable import Wire

@Suite("Heads of collections")
struct CollectionHeadTests {
  @Test("The head of a page tells what paging needs")
  func head() throws {
    let text =
      #"{"totalCount":"7","items":[{"id":"G1"},{"x":1},{"ID":"G2"}],"continuationToken":"a,b/=","#
      + #""links":{"next":{"uri":"/x"}}}"#
    let head = try Wire.collectionHead(text.bytes)
    #expect(head.itemCount == 3)
    #expect(head.totalCount == 7)
    #expect(head.continuationToken == "a,b/=")
    #expect(head.hasNextLink)
    #expect(head.itemIDs == ["G1", "G2"])
    #expect(String(decoding: text.bytes[head.itemsBytes], as: UTF8.self) == #"[{"id":"G1"},{"x":1},{"ID":"G2"}]"#)
  }

  @Test(
    "Nothing more comes without a next link and a token",
    arguments: [
      #"{"items":[]}"#, #"{"items":[],"links":{}}"#, #"{"Items":[],"continuationToken":"","links":{"next":null}}"#,
      #"{"items":[ ],"continuationToken":null,"links":{"self":{"uri":"/x"}}}"#,
    ])
  func end(text: String) throws {
    let head = try Wire.collectionHead(text.bytes)
    #expect(head.itemCount == 0)
    #expect(head.continuationToken == nil)
    #expect(!head.hasNextLink)
    #expect(head.totalCount == nil)
  }

  @Test("The token is found among the headers of the next link, too", .enabled(if: Samples.arePresent))
  func tokenInHeaders() throws {
    let head = try Wire.collectionHead(try Samples.body("get-invoice-line-items.billed-usage.rev2023"))
    #expect(head.continuationToken == "AQAAAA==")
    #expect(head.hasNextLink)
  }

  @Test("The first page of one-time lines has a token and another page", .enabled(if: Samples.arePresent))
  func sample() throws {
    let body = try Samples.body("get-invoice-line-items.onetime")
    let head = try Wire.collectionHead(body)
    #expect(head.itemCount == 2)
    #expect(head.totalCount == 2)
    #expect(head.continuationToken?.hasPrefix("d19617b8-fbe5-4684-a5d8-0230972fb0cf,") == true)
    #expect(body[head.itemsBytes].first == UInt8(ascii: "["))
    #expect(body[head.itemsBytes].last == UInt8(ascii: "]"))
    #expect(try Wire.collectionHead(try Samples.body("list-invoices")).itemIDs == ["D02005YFHI", "G000024130"])
  }

  @Test(
    "An answer that is no collection is refused",
    arguments: [
      (#"{"code":"400072"}"#, "The answer: member “items” is missing."),
      ("[]", "The answer: the value is a list where a collection belongs (byte 0)."),
      (#"{"items":{}}"#, "The answer: member “items” is an object where a list belongs (byte 9)."),
    ])
  func noCollection(text: String, sentence: String) throws {
    let error = #expect(throws: WireError.self) { try Wire.collectionHead(text.bytes) }
    #expect(error?.description.hasPrefix(sentence) == true)
  }

  @Test("One item is cut out byte for byte")
  func item() throws {
    let body = #"{"items" : [ {"a" : 1.50} ,{ "b":"\u00e4" }, 7 ] }"#.bytes
    #expect(try Wire.item(body, at: 0) == #"{"a" : 1.50}"#.bytes)
    #expect(try Wire.item(body, at: 1) == #"{ "b":"\u00e4" }"#.bytes)
    #expect(try Wire.item(body, at: 2) == "7".bytes)
    let error = #expect(throws: WireError.self) { try Wire.item(body, at: 3) }
    #expect(error?.description.hasPrefix("The answer: there is no item 4, only 3.") == true)
  }
}
