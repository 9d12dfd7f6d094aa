import Billing
import Testing

@testable import Wire

@Suite("JSON texts")
struct JSONTextTests {
  @Test(
    "What JSON allows is read",
    arguments: [
      "{}", "[]", " \r\n\t{ } \n", "[[],[]]", #"{"a":{}}"#, #"{"":1}"#, "0", "-0", "1", "\"\"", "null", "true",
      " false ",
      "[0.5,1e5,1E+5,1e-5,-0.0,-12.5e0]", "[123456789012345678901234567890.123456789012345678901234567890]",
      #"["\"\\\/\b\f\n\r\t\u0041"]"#, #"["\ud83d\ude00"]"#, #"["\u0000"]"#, "[\"\u{7f}\"]", "[\"😀 ü\"]",
      #"{"a":1,"a":2}"#, #"{"a\"b":1}"#, #"{"\u0061":1}"#, "[true,false,null]", "[1 , 2]", #"{"a" : 1 , "b" : [ ] }"#,
      #"["\\"]"#, #"["\\\""]"#, #"["/"]"#, "[\"\u{2028}\"]", #"["{[,:]}"]"#,
    ])
  func valid(text: String) throws {
    #expect(throws: Never.self) { try Wire.validate(text.bytes) }
  }

  @Test(
    "What JSON forbids is refused",
    arguments: [
      "", " ", "{", "}", "[", "]", "[1", #"{"a""#, #"{"a":"#, #"{"a":1"#, #"{"a":1,"#, #"{"a":{"b":1}"#, "[[1]",
      "[[1],",
      "[1,]", "[,1]", "[1,,2]", "[1 2]", #"{"a" 1}"#, #"{"a":}"#, #"{,}"#, #"{"a":1,}"#, "{a:1}", "{'a':1}", "{1:2}",
      #"{"a":1 "b":2}"#, #"{"a":1:2}"#, #"["a":1]"#, "[1}", #"{"a":[1,2}"#, #"{"a":1]"#, "{}{}", "[] []", "1 2",
      #"{"a":1}}"#, "[1]]", #"{"a":1} x"#, "{} // end", "{}\u{0}", "nul", "[tru]", "[truex]", "[True]", "[NaN]",
      "[Infinity]", "[undefined]", "[01]", "[-01]", "[+1]", "[1.]", "[.5]", "[-]", "[1e]", "[1e+]", "[0x10]", "[1_000]",
      "[1,5.]", "[2.e3]", "[--1]", "[\"abc]", "[\"abc", #"["\x"]"#, #"["\u12g4"]"#, #"["\u12"]"#, #"["\"]"#,
      "[\"a\tb\"]", "[\"a\nb\"]", "[\"\u{1}\"]", "[1]\u{c}", "[\u{a0}1]", #""a" "b""#, #"["a"b]"#, #"["a" "b"]"#,
    ])
  func invalid(text: String) throws {
    #expect(throws: WireError.self) { try Wire.validate(text.bytes) }
  }

  @Test(
    "What is broken inside a member nobody reads is found, and its place named",
    arguments: [
      (#"{"items":[],"foo": 01}"#, "a number is not written the way JSON writes numbers (byte 19)"),
      (#"{"items":[],"foo": tru}"#, "the text is not JSON from here on (byte 19)"),
      (#"{"items":[],"foo": [1,{"a":1.}]}"#, "a number is not written the way JSON writes numbers (byte 27)"),
      (#"{"items":[],"foo": "\q"}"#, "a string has an escape that JSON does not know (byte 20)"),
      ("{\"items\":[],\"foo\": \"a\u{2}\"}", "a string has a bare control character (byte 21)"),
      (#"{"items":[],"foo": {"a":1}"#, "the JSON text was cut off (byte 26)"),
      (#"{"items":[],"fo"#, "the JSON text was cut off (byte 15)"),
      (#"{"items":[]} <html>"#, "something follows after the end of the JSON document (byte 13)"),
      ("", "the body is empty where JSON was expected (byte 0)"),
    ])
  func brokenInside(text: String, sentence: String) throws {
    let error = #expect(throws: WireError.self) { try Wire.collectionHead(text.bytes) }
    #expect(error?.isBrokenText == true)
    #expect(
      error?.description
        == "The answer: \(sentence). Ask the service again; if it answers the same, report the archived body to it.")
  }

  @Test("Bytes that are not UTF-8 are refused where they stand")
  func invalidUTF8() throws {
    let body = #"{"items":[],"foo":""#.bytes + [0xC3, 0x28] + #""}"#.bytes
    let error = #expect(throws: WireError.self) { try Wire.collectionHead(body) }
    #expect(error?.description.contains("the text is not valid UTF-8 (byte 19)") == true)
  }

  @Test(
    "Surrogates printed as bytes and overlong forms are not UTF-8",
    arguments: [
      [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xF5, 0x80, 0x80, 0x80], [0x80], [0xE2, 0x82],
    ] as [[UInt8]])
  func notUTF8(bytes: [UInt8]) throws {
    #expect(throws: WireError.self) { try Wire.validate(#"[""#.bytes + bytes + #""]"#.bytes) }
  }

  @Test("Nesting is read up to 128 deep and refused beyond")
  func nesting() throws {
    func nested(_ depth: Int) -> [UInt8] {
      (String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).bytes
    }
    try Wire.validate(nested(128))
    let error = #expect(throws: WireError.self) { try Wire.validate(nested(129)) }
    #expect(error?.description.contains("nests more than 128 deep") == true)
    #expect(throws: WireError.self) { try Wire.validate(nested(1_000_000)) }
  }

  @Test("A byte-order mark is passed over and noted, and places stay those of the body")
  func byteOrderMark() throws {
    let body = [0xEF, 0xBB, 0xBF] + #"{"items":[{"id":"a"}]}"#.bytes
    #expect(try Wire.collectionHead(body).itemsBytes == 12..<24)
    #expect(try Wire.item(body, at: 0) == #"{"id":"a"}"#.bytes)
    #expect(try Wire.customers(body).notes.repairs == ["byte-order mark stripped": 1])
  }

  @Test(
    "Half a surrogate pair is replaced and noted",
    arguments: [
      (#"\ud83d"#, "\u{FFFD}"), (#"\ude00x"#, "\u{FFFD}x"), (#"\ud83d\u0041"#, "\u{FFFD}A"),
      (#"\uD83D\\ude00"#, "\u{FFFD}\\ude00"), (#"\ud83d\ud83d\ude00"#, "\u{FFFD}😀"),
    ])
  func loneSurrogate(printed: String, name: String) throws {
    let read = try Wire.customers(#"{"items":[{"id":"a","companyProfile":{"companyName":"\#(printed)"}}]}"#.bytes)
    #expect(read.value.first?.name == name)
    #expect(read.notes.repairs == ["lone surrogate replaced": 1])
  }

  @Test("A text with a lone surrogate that is broken elsewhere, too, is refused")
  func loneSurrogateInBrokenText() throws {
    let error = #expect(throws: WireError.self) { try Wire.validate(#"["\ud83d", 01]"#.bytes) }
    #expect(error?.description.contains("a number is not written") == true)
  }

  @Test("Every cut of a valid document is refused")
  func truncation() throws {
    let body = #"{"items":[{"id":"G1","n":[1.5e3,true,null,"\u00e4\n"]},{}],"links":{"next":{}}}"#.bytes
    try Wire.validate(body)
    for length in 0..<body.count {
      #expect(throws: WireError.self, "cut to \(length) bytes") { try Wire.validate(Array(body.prefix(length))) }
    }
  }
}
