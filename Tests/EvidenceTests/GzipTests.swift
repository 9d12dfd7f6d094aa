import Evidence
import Testing

@Suite("Gzip")
struct GzipTests {
  @Test("A text comes back as it went in", arguments: [0, 1, 3, 65_536, 1_000_000])
  func roundTrip(count: Int) throws {
    let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 7) }
    #expect(try Gzip.inflate(Gzip.deflate(text)) == text)
  }

  @Test("The header carries no time, so equal texts are equal files")
  func header() throws {
    let packed = try Gzip.deflate(Array("abc".utf8))
    #expect(packed == [31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 75, 76, 74, 6, 0, 194, 65, 36, 53, 3, 0, 0, 0])
  }

  @Test("What another program packed can be read")
  func foreign() throws {
    #expect(try Gzip.inflate(Page.packed) == Array(Page.text.utf8))
  }

  @Test("A member that stops anywhere is cut off", arguments: 0..<Page.packed.count)
  func truncated(count: Int) {
    #expect(throws: GzipError.truncated) { try Gzip.inflate(Array(Page.packed.prefix(count))) }
  }

  @Test("A member whose checksum disagrees is damaged")
  func checksum() {
    var packed = Page.packed
    packed[packed.count - 6] ^= 1
    #expect(throws: GzipError.corrupt("incorrect data check")) { try Gzip.inflate(packed) }
  }

  @Test("Something else is not gzip", arguments: ["{}", "<html>", "PK\u{3}\u{4}"])
  func notGzip(text: String) {
    #expect(throws: GzipError.notGzip) { try Gzip.inflate(Array(text.utf8)) }
  }

  @Test("Two members in one file are told apart from bytes that follow one")
  func behindTheMember() {
    let length = Page.packed.count
    #expect(throws: GzipError.severalMembers(at: length)) { try Gzip.inflate(Page.packed + EmptyPage.packed) }
    #expect(throws: GzipError.trailing(bytes: 3)) { try Gzip.inflate(Page.packed + [0, 0, 0]) }
  }

  @Test("A text may be as long as the limit and no longer")
  func limit() throws {
    let packed = try Gzip.deflate([UInt8](repeating: 0, count: 1_000_000))
    #expect(packed.count < 2_000)
    #expect(try Gzip.inflate(packed, limit: 1_000_000).count == 1_000_000)
    #expect(throws: GzipError.tooLarge(limit: 999_999)) { try Gzip.inflate(packed, limit: 999_999) }
  }

  @Test(
    "Each failure is a sentence",
    arguments: [
      (GzipError.notGzip, "The data is not gzip: it does not begin with 1f 8b."),
      (
        .truncated,
        "The gzip data is cut off: it ends before its checksum. Fetch it again or restore it from a backup."
      ),
      (
        .corrupt("incorrect data check"),
        "The gzip data is damaged (incorrect data check). Fetch it again or restore it from a backup."
      ),
      (
        .severalMembers(at: 68),
        "The gzip data holds a second member at byte 68 where one was expected: two files were joined."
      ),
      (
        .trailing(bytes: 3),
        "Behind the gzip data the file goes on for 3 bytes: something was appended to it."
      ),
      (
        .tooLarge(limit: 10),
        "The gzip data unpacks to more than the 10 bytes allowed: it is damaged or not what it claims to be."
      ),
      (.memory, "There is not enough memory to pack or unpack gzip data. Free some and start again."),
    ])
  func sentence(error: GzipError, sentence: String) {
    #expect(error.description == sentence)
  }
}
