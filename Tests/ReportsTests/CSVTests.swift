import Billing
import Testing

@testable import Reports

struct CSVTests {
  private func csv(_ cells: Cell...) -> String {
    let columns = cells.indices.map { Column("c\($0)") }
    let table = Table(name: "t", rowName: "r", columns: columns, rows: [Table.Row(cells)])
    return String(decoding: table.csv, as: UTF8.self)
  }

  @Test("A table is a header and records that end in CR LF")
  func records() {
    #expect(csv(.text("a"), .count(3), .absent) == "c0,c1,c2\r\na,3,\r\n")
  }

  @Test(
    "Fields are quoted where RFC 4180 asks for it",
    arguments: [
      ("plain", "plain"),
      ("two words", "two words"),
      ("Contoso, Ltd", "\"Contoso, Ltd\""),
      ("the \"all\" of it", "\"the \"\"all\"\" of it\""),
      ("\"", "\"\"\"\""),
      ("two\nlines", "\"two\nlines\""),
      ("two\r\nlines", "\"two\r\nlines\""),
      (" blank before", "\" blank before\""),
      ("blank behind ", "\"blank behind \""),
      ("semi;colon", "semi;colon"),
      ("Söhne 🧾 株式会社", "Söhne 🧾 株式会社"),
    ])
  func quoting(text: String, field: String) {
    #expect(csv(.text(text)) == "c0\r\n\(field)\r\n")
  }

  @Test(
    "Text and ids that begin like a formula get an apostrophe",
    arguments: [
      ("=1+1", "'=1+1"),
      ("+49 89 1234", "'+49 89 1234"),
      ("-10 % Rabatt", "'-10 % Rabatt"),
      ("@SUM(A1)", "'@SUM(A1)"),
      ("\t=1+1", "'\t=1+1"),
      ("\r=1+1", "\"'\r=1+1\""),
      ("\n=1+1", "\"'\n=1+1\""),
      ("＝1+1", "'＝1+1"),
      ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
      ("a=1", "a=1"),
      ("'quoted", "'quoted"),
      ("1-2", "1-2"),
    ])
  func formulas(text: String, field: String) {
    #expect(csv(.text(text)) == "c0\r\n\(field)\r\n")
    #expect(csv(.id(text)) == "c0\r\n\(field)\r\n")
  }

  @Test(
    "Amounts print in their currency's digits or more, and stay numbers",
    arguments: [
      ("12", "EUR", "12.00"),
      ("-12.5", "EUR", "-12.50"),
      ("-0.005", "EUR", "-0.005"),
      ("0", "EUR", "0.00"),
      ("1210", "JPY", "1210"),
      ("-3.5", "JPY", "-3.5"),
      ("1.5", "KWD", "1.500"),
      ("-17.2199999999999988631316", "KWD", "-17.2199999999999988631316"),
      ("1e3", "USD", "1000.00"),
      ("1E-7", "USD", "0.0000001"),
      ("9999999999999999999999", "USD", "9999999999999999999999.00"),
    ])
  func amounts(value: String, code: String, field: String) throws {
    #expect(csv(.amount(try Amount(value), try Sample.currency(code))) == "c0\r\n\(field)\r\n")
  }

  @Test("Absent amounts, texts and ids are empty cells, never zeros")
  func absence() throws {
    #expect(csv(Cell(amount: nil, in: .none), Cell(text: ""), Cell(id: nil)) == "c0,c1,c2\r\n,,\r\n")
  }

  @Test("Days and moments print after ISO 8601")
  func dates() throws {
    let day = try #require(Day("2025-02-08"))
    let month = try #require(Month("2025-02"))
    let instant = try Sample.instant("2025-02-08T22:40:37.5897767Z")
    #expect(
      csv(.day(day), .month(month), .instant(instant))
        == "c0,c1,c2\r\n2025-02-08,2025-02,2025-02-08T22:40:37.5897767Z\r\n")
  }

  @Test("Columns of XML alone and nested rows stay out of CSV")
  func columnsOfXMLAlone() {
    let nested = Table.Row([.text("below"), .count(2)])
    let table = Table(
      name: "t", rowName: "r", columns: [Column("a"), Column("b", isOnlyInXML: true)],
      rows: [Table.Row([.text("above"), .count(1)], nested: [nested])])
    #expect(String(decoding: table.csv, as: UTF8.self) == "a\r\nabove\r\n")
  }
}
