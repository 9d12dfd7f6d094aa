import Evidence
import Foundation
import Testing

@Suite("Redaction")
struct RedactionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let expected: String

    init(_ name: String, _ text: String, _ expected: String) {
      testDescription = name
      self.text = text
      self.expected = expected
    }
  }

  static let signatures = [
    Case("at the end of a URL", "https://x/b.gz?sv=1&sig=aB%2Fc%3D", "https://x/b.gz?sv=1&sig=<redacted>"),
    Case("in the middle", "/v1/b?sig=abc&sp=r", "/v1/b?sig=<redacted>&sp=r"),
    Case("first of the text", "sig=abc&sv=1", "sig=<redacted>&sv=1"),
    Case("in capitals", "?SIG=abc&sv=1", "?SIG=<redacted>&sv=1"),
    Case("raw base64", "?sig=a+b/c==&sv=1", "?sig=<redacted>&sv=1"),
    Case("in a JSON text", #"{"uri":"https://x/b?sig=abc","n":1}"#, #"{"uri":"https://x/b?sig=<redacted>","n":1}"#),
    Case("with & escaped", #"{"u":"x?a=1\u0026sig=abc\u0026b=2"}"#, #"{"u":"x?a=1\u0026sig=<redacted>\u0026b=2"}"#),
    Case("with = escaped", #"{"u":"x?sig\u003dabc\u003d"}"#, #"{"u":"x?sig\u003d<redacted>"}"#),
    Case("with / and + escaped", #"{"u":"x?sig=a\/b\u002Bc&d=1"}"#, #"{"u":"x?sig=<redacted>&d=1"}"#),
    Case(
      "in JSON in JSON", #"{"i":"{\"u\":\"x?sig=a\\/b\",\"n\":1}"}"#, #"{"i":"{\"u\":\"x?sig=<redacted>\",\"n\":1}"}"#),
    Case(
      "in a URL in a URL", "/go?to=x%3Fa%3D1%26sig%3Dabc%252F%26b%3D2", "/go?to=x%3Fa%3D1%26sig%3D<redacted>%26b%3D2"),
    Case("twice escaped", "x%252526sig%25253Dabc%252526b", "x%252526sig%25253D<redacted>%252526b"),
    Case("two in one text", "?sig=a&x=1 ?sig=b", "?sig=<redacted>&x=1 ?sig=<redacted>"),
    Case("on a new line", #"{"d":"a\nsig=abc\nb"}"#, #"{"d":"a\nsig=<redacted>\nb"}"#),
    Case("in a header", #"Bearer error="x", uri="h?sig=abc""#, #"Bearer error="x", uri="h?sig=<redacted>""#),
  ]

  static let members = [
    Case("of Graph", #"{"sasToken":"sv=1&sig=a","n":1}"#, #"{"sasToken":"<redacted>","n":1}"#),
    Case("of v2", #"{"rootFolderSAS": "sv=1" }"#, #"{"rootFolderSAS": "<redacted>" }"#),
    Case(
      "in any case", #"{"SASTOKEN":"a","ROOTFOLDERsas":"b"}"#,
      #"{"SASTOKEN":"<redacted>","ROOTFOLDERsas":"<redacted>"}"#),
    Case(
      "of a token answer", #"{"access_token":"a","refresh_token":"b","id_token":"c","client_secret":"d"}"#,
      #"{"access_token":"<redacted>","refresh_token":"<redacted>","id_token":"<redacted>","#
        + #""client_secret":"<redacted>"}"#
    ),
    Case("with a quote inside", #"{"sasToken":"a\"b\\","n":"\""}"#, #"{"sasToken":"<redacted>","n":"\""}"#),
    Case("with blanks and lines", "{\"id_token\" \n:\t\"a\"}", "{\"id_token\" \n:\t\"<redacted>\"}"),
    Case(
      "in JSON in JSON", #"{"i":"{\"sasToken\":\"a\\\"b\",\"n\":1}"}"#,
      #"{"i":"{\"sasToken\":\"<redacted>\",\"n\":1}"}"#),
    Case("a number", #"{"access_token":12,"n":1}"#, #"{"access_token":"<redacted>","n":1}"#),
    Case("an object", #"{"sasToken":{"a":["}",1]},"n":1}"#, #"{"sasToken":"<redacted>","n":1}"#),
    Case("a number in JSON in JSON", #"{"i":"{\"id_token\":1}"}"#, #"{"i":"{\"id_token\":\"<redacted>\"}"}"#),
    Case(
      "cut off in JSON in JSON", #"{"i":"\"id_token\":[1,","n":[2]}"#, #"{"i":"\"id_token\":\"<redacted>\"","n":[2]}"#),
    Case("that never ends", #"{"sasToken":"abc"#, #"{"sasToken":"<redacted>"#),
  ]

  static let harmless = [
    "", "{}", #"{"design":"x","config=1":2}"#, "/v1/invoices?design=a&assig=b", #"{"sasToken":null,"id_token":""}"#,
    #"{"type":"sasToken"}"#, #"{"mySasToken":"a","access_tokens":"b"}"#, "sig = x", "?sig=&a=1", "sig", "sas", "_", "%",
    #"\"#, #"{"description":"Assigned to access_token holders"}"#,
  ]

  @Test("A signature in a URL is taken out", arguments: signatures)
  func signature(_ entry: Case) { #expect(Redaction.redact(entry.text) == entry.expected) }

  @Test("A member that carries a token is taken out", arguments: members)
  func member(_ entry: Case) { #expect(Redaction.redact(entry.text) == entry.expected) }

  @Test("A text without secrets stays as it is", arguments: harmless)
  func untouched(text: String) { #expect(Redaction.redact(text) == text) }

  @Test("Twice is once", arguments: signatures + members)
  func idempotent(_ entry: Case) { #expect(Redaction.redact(entry.expected) == entry.expected) }

  @Test("JSON stays JSON", arguments: (signatures + members).filter { $0.text.first == "{" && $0.text.last == "}" })
  func stillJSON(_ entry: Case) throws {
    _ = try JSONSerialization.jsonObject(with: Data(entry.text.utf8))
    _ = try JSONSerialization.jsonObject(with: Data(Redaction.redact(Array(entry.text.utf8))))
  }

  @Test("Bytes that are no UTF-8 stay what they are")
  func bytes() {
    #expect(
      Redaction.redact([0xff, 0x00, 0xc3] + Array("?sig=a".utf8)) == [0xff, 0x00, 0xc3] + Array("?sig=<redacted>".utf8))
  }

  @Test("Whatever stands around a secret, it goes, the rest stays JSON, and twice is once", arguments: 1...300)
  func law(seed: UInt64) throws {
    var generator = Sequence(state: seed)
    let pieces = [
      "sig=", "?", "&", "\"", "\\", "/", "%26", "\n", "sasToken", "\"id_token\":", "{", "}", "[", ",", ":",
      "<redacted>", "é",
      "\\u0026", "s", "_", "12", " ",
    ]
    func text() -> String { (0..<Int.random(in: 0...8, using: &generator)).map { _ in piece() }.joined() }
    func piece() -> String { pieces[Int.random(in: 0..<pieces.count, using: &generator)] }
    let inner = try JSONSerialization.data(
      withJSONObject: ["a": text(), "sasToken": text() + "s3cr3t" + text(), "z": text()], options: .sortedKeys)
    let outer = try JSONSerialization.data(
      withJSONObject: [
        "a": text(), "additionalInfo": String(decoding: inner, as: UTF8.self), "id_token": text() + "s3cr3t" + text(),
        "link": "https://x?sig=s3cr3t&" + text(),
      ], options: .sortedKeys)
    let clean = Redaction.redact(Array(outer))
    _ = try JSONSerialization.jsonObject(with: Data(clean))
    #expect(!String(decoding: clean, as: UTF8.self).contains("s3cr3t"), "seed \(seed)")
    #expect(Redaction.redact(clean) == clean, "seed \(seed)")
  }

  /// SplitMix64: the same texts for the same seed.
  private struct Sequence: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
      return mixed ^ mixed >> 31
    }
  }
}
