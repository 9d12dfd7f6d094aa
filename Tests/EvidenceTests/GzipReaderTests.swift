import Evidence
import Testing

@Suite("Files of lines")
struct GzipReaderTests {
  private func read(_ file: [UInt8], batchBytes: Int = 8) throws -> [LineBatch] {
    var batches: [LineBatch] = []
    try GzipReader.forEachBatch(of: file, batchBytes: batchBytes) { batches.append($0) }
    return batches
  }

  private func lines(_ batches: [LineBatch]) -> [String] {
    batches.flatMap { String(decoding: $0.bytes, as: UTF8.self).split(separator: "\n").map { String($0) } }
  }

  @Test(
    "come out line by line, packed or not, whatever stands at their ends",
    arguments: [
      ("", [], 0),
      ("\n", [], 1),
      (#"{"a":1}"#, [#"{"a":1}"#], 1),
      ("{\"a\":1}\n", [#"{"a":1}"#], 1),
      ("{\"a\":1}\n{\"a\":2}", [#"{"a":1}"#, #"{"a":2}"#], 2),
      ("{\"a\":1}\n{\"a\":2}\n", [#"{"a":1}"#, #"{"a":2}"#], 2),
      ("\u{FEFF}{\"a\":1}\n", [#"{"a":1}"#], 1),
      ("\u{FEFF}", [], 0),
      ("{\"a\":1}\n\n{\"a\":2}\n", [#"{"a":1}"#, #"{"a":2}"#], 3),
    ])
  func ends(text: String, expected: [String], count: Int) throws {
    for file in [Array(text.utf8), try Gzip.deflate(Array(text.utf8))] {
      let batches = try read(file)
      #expect(lines(batches) == expected)
      #expect(batches.reduce(0) { $0 + $1.count } == count)
    }
  }

  @Test("A batch never splits a line and knows the number of its first one", arguments: [1, 7, 64, 1_000, 1 << 20])
  func batches(batchBytes: Int) throws {
    let wanted = (0..<20_000).map { #"{"Number":\#($0),"Text":"\#(String(repeating: "x", count: $0 % 37))"}"# }
    let packed = try Gzip.deflate(Array((wanted.joined(separator: "\n") + "\n").utf8))
    var next = 0
    for batch in try read(packed, batchBytes: batchBytes) {
      let found = lines([batch])
      #expect(batch.firstIndex == next)
      #expect(batch.count == found.count)
      #expect(found == Array(wanted[next..<next + found.count]))
      next += found.count
    }
    #expect(next == wanted.count)
  }

  @Test("What is collected does not grow with the file")
  func memory() throws {
    let line = #"{"Text":"\#(String(repeating: "x", count: 90))"}"# + "\n"
    let packed = try Gzip.deflate(Array(String(repeating: line, count: 100_000).utf8))
    let batches = try read(packed, batchBytes: 1 << 16)
    #expect(batches.reduce(0) { $0 + $1.count } == 100_000)
    // A batch, and at most one window more.
    #expect(batches.allSatisfy { $0.bytes.count <= 2 << 16 })
  }

  @Test("Several members are one text, also where a line runs across them")
  func members() throws {
    let parts = ["{\"a\":1}\n{\"a\"", ":2}\n", "{\"a\":3}"]
    let file = try parts.flatMap { try Gzip.deflate(Array($0.utf8)) }
    #expect(lines(try read(file)) == [#"{"a":1}"#, #"{"a":2}"#, #"{"a":3}"#])
  }

  @Test("What another program packed can be read")
  func foreign() throws {
    #expect(try read(Page.packed).flatMap(\.bytes) == Array(Page.text.utf8))
  }

  @Test("A file that stops anywhere is cut off", arguments: 1..<Page.packed.count)
  func truncated(count: Int) {
    let file = Array(Page.packed.prefix(count))
    #expect(throws: GzipError.truncated) { try read(file) }
    #expect(!GzipReader.isWhole(file))
  }

  @Test("A file that stops in its second member is cut off, too")
  func truncatedMember() throws {
    let second = try Gzip.deflate(Array("{}\n".utf8))
    for count in 1..<second.count {
      #expect(throws: GzipError.truncated) { try read(Page.packed + second.prefix(count)) }
    }
  }

  @Test("A file that is damaged or goes on behind its end is refused")
  func damaged() throws {
    var packed = Page.packed
    packed[packed.count - 6] ^= 1
    #expect(throws: GzipError.corrupt("incorrect data check")) { try read(packed) }
    #expect(throws: GzipError.trailing(bytes: 3)) { try read(Page.packed + [0, 0, 0]) }
    #expect(throws: GzipError.notGzip) { try read([0x1f, 0x20, 0x20]) }
    #expect(!GzipReader.isWhole(packed))
    #expect(GzipReader.isWhole(Page.packed))
    #expect(GzipReader.isWhole([]))
    for (text, isWhole) in [
      ("\u{FEFF}{\"a\":1}\n", true), ("{\"a\":1}\n{\"a\":", false), ("<html></html>", false), ("[{\"a\":1}]", false),
    ] {
      #expect(GzipReader.isWhole(Array(text.utf8)) == isWhole, "\(text)")
    }
  }

  @Test("A line may be as long as the limit and no longer")
  func lineTooLong() throws {
    let file = try Gzip.deflate([UInt8](repeating: 0x20, count: 300_000))
    var bytes = 0
    try GzipReader.forEachBatch(of: file, batchBytes: 8, lineBytesMax: 300_000) { bytes += $0.bytes.count }
    #expect(bytes == 300_000)
    #expect(throws: GzipError.lineTooLong(limit: 200_000)) {
      try GzipReader.forEachBatch(of: file, batchBytes: 8, lineBytesMax: 200_000) { _ in }
    }
    #expect(
      GzipError.lineTooLong(limit: 10).description
        == "A line of the file is longer than the 10 bytes allowed: it is damaged or holds no billing lines.")
  }

  @Test("What the reader of a batch throws ends the reading")
  func throwing() {
    struct Enough: Error {}
    #expect(throws: Enough.self) {
      try GzipReader.forEachBatch(of: Array("{}\n{}\n".utf8), batchBytes: 1) { _ in throw Enough() }
    }
  }
}
