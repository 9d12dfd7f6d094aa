import Billing
import Testing

@testable import Reports

struct XMLTests {
  private func xml(_ text: String) throws -> String {
    let table = Table(name: "t", rowName: "r", columns: [Column("c")], rows: [Table.Row([.text(text)])])
    return String(decoding: try table.xml(), as: UTF8.self)
  }

  @Test(
    "Text is escaped, and what XML does not know becomes U+FFFD",
    arguments: [
      ("A & B", "A &amp; B"),
      ("<b>", "&lt;b&gt;"),
      ("]]>", "]]&gt;"),
      ("Söhne 🧾 株式会社", "Söhne 🧾 株式会社"),
      ("=1+1", "=1+1"),
      ("a\tb\nc", "a\tb\nc"),
      ("a\rb", "a&#13;b"),
      ("nul\0behind", "nul\u{FFFD}behind"),
      ("\u{1}\u{8}\u{B}\u{C}\u{1F}", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
      ("esc\u{1B}[31m", "esc\u{FFFD}[31m"),
      ("\u{FFFE}\u{FFFF}", "\u{FFFD}\u{FFFD}"),
      ("\u{7F}\u{85}", "\u{7F}\u{85}"),
    ])
  func text(text: String, expected: String) throws {
    let printed = try xml(text)
    #expect(printed.contains("<c>\(expected)</c>"), "\(printed)")
    #expect(ReportSchema.flaws(in: Array(printed.utf8)).allSatisfy { $0.contains("No matching global declaration") })
  }

  @Test(
    "Bytes that are not UTF-8 become U+FFFD",
    arguments: [
      ([0x61, 0xFF, 0x62], "a\u{FFFD}b"),
      ([0xC3], "\u{FFFD}"),
      // An overlong slash.
      ([0xC0, 0xAF], "\u{FFFD}\u{FFFD}"),
      // A lone surrogate, U+D800, as some encoders write it.
      ([0xED, 0xA0, 0x80, 0x61], "\u{FFFD}\u{FFFD}\u{FFFD}a"),
      ([0x00, 0x61], "\u{FFFD}a"),
      ([0xC3, 0xB6], "ö"),
    ] as [([UInt8], String)])
  func bytes(bytes: [UInt8], expected: String) {
    #expect(CleanText.text(bytes) == expected)
  }

  @Test("A document is indented by two, with its facts as attributes and absent cells left out")
  func layout() throws {
    let eur = try Sample.currency("EUR")
    let table = Table(
      name: "table", rowName: "row", nestedName: "beneath", facts: [.init("period", .text("a<b"))],
      columns: [Column("id"), Column("amount", isOnlyInXML: true)],
      rows: [
        Table.Row([.id("T1"), .amount(try Amount("-1.5"), eur)], nested: [Table.Row([.id("T2"), .absent])])
      ])
    #expect(
      String(decoding: try table.xml(depth: 1), as: UTF8.self) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <table xmlns="urn:tieout:report:1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
        xsi:schemaLocation="urn:tieout:report:1 ../tieout.xsd" period="a&lt;b">
          <row>
            <id>T1</id>
            <amount>-1.50</amount>
            <beneath>
              <row>
                <id>T2</id>
              </row>
            </beneath>
          </row>
        </table>

        """)
  }
}
