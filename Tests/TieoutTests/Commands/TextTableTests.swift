import Billing
import MonthEnd
import Testing

@testable import tieout

@Suite("Tables and lists")
struct TextTableTests {
  private struct Row {
    var id: String?
    var name: String
    var price: Amount?
  }

  private static var columns: [Column<Row>] {
    [.id("id") { $0.id }, .words("name") { $0.name }, .figure("price") { $0.price }]
  }

  private static func row(_ id: String?, _ name: String, _ price: String?) throws -> Row {
    Row(id: id, name: name, price: try price.map { try Amount($0) })
  }

  @Test("Words stand to the left, figures to the right, and what is not known is a dash")
  func alignment() throws {
    let rows = Rows(Self.columns, [try Self.row("A1", "Seats", "100.80"), try Self.row(nil, "Azure plan", nil)])
    #expect(
      rows.lines == [
        "id  name        price",
        "A1  Seats       100.8",
        "–   Azure plan      –",
      ])
  }

  @Test("Long words are cut, long ids and figures are not")
  func cutting() throws {
    let long = String(repeating: "x", count: 60)
    let rows = Rows(Self.columns, [try Self.row(long, long, "12345678901234567890.123456")])
    let line = try #require(rows.lines.last)
    #expect(line == "\(long)  \(String(repeating: "x", count: 39))…  12345678901234567890.123456")
    #expect(rows.card == ["id     \(long)", "name   \(long)", "price  12345678901234567890.123456"])
  }

  @Test(
    "Nothing in a cell moves the cursor",
    arguments: [
      ("two\nlines", "two lines"), ("tab\tand\r", "tab and "), ("red \u{1B}[31m", "red \u{FFFD}[31m"),
      ("\u{202E}txet", "\u{FFFD}txet"), ("Zoë – plain", "Zoë – plain"),
    ])
  func cleaning(text: String, shown: String) {
    #expect(TextTable.text(.text(text), .words) == shown)
  }

  @Test("JSON has the columns' names, amounts as texts, and null for what is not known")
  func json() throws {
    let rows = Rows(Self.columns, [try Self.row(nil, "line\nend", "100.80")])
    #expect(rows.objects.map(\.description) == [#"{"id":null,"name":"line\nend","price":"100.8"}"#])
  }

  // MARK: Lists that come in pages

  private func listing(isJSON: Bool, _ count: Int, hasFailed: Bool = false) throws -> [String] {
    let printed = Printed()
    var listing = Listing(
      "things list", "things", Self.columns, isJSON: isJSON, nothing: "There are no things.",
      print: { printed.lines.append($0) })
    for number in 0..<count { listing.add([try Self.row("\(number)", "n", nil)]) }
    listing.end(hasFailed ? .dataIncomplete : .tiedOut, hasFailed: hasFailed)
    return printed.lines
  }

  private final class Printed { var lines: [String] = [] }

  @Test("A list is one JSON object, with rows, without any, and where it was broken off")
  func jsonListing() throws {
    #expect(
      try listing(isJSON: true, 2).joined()
        == #"{"command":"things list","things":[{"id":"0","name":"n","price":null},{"id":"1","name":"n","price":null}"#
        + #"],"exit_code":0}"#)
    #expect(try listing(isJSON: true, 0) == [#"{"command":"things list","things":[],"exit_code":0}"#])
    #expect(
      try listing(isJSON: true, 1, hasFailed: true).joined()
        == #"{"command":"things list","things":[{"id":"0","name":"n","price":null}],"exit_code":3}"#)
    #expect(try listing(isJSON: true, 0, hasFailed: true).isEmpty)
  }

  @Test("A long list has one heading and every row, and widths settle before its end")
  func longListing() throws {
    let lines = try listing(isJSON: false, 1_200)
    #expect(lines.count == 1_201)
    #expect(lines.first == "id   name  price")
    #expect(lines[1] == "0    n         –")
    #expect(lines.last == "1199  n         –")
  }

  @Test("An empty list is said in words, unless it failed")
  func emptyListing() throws {
    #expect(try listing(isJSON: false, 0) == ["There are no things."])
    #expect(try listing(isJSON: false, 0, hasFailed: true).isEmpty)
  }

  @Test("A printout says the same to people and to programs")
  func printout() throws {
    var printout = Printout("things show")
    printout.add("thing", Self.columns, one: try Self.row("A1", "Seats", "5.6"))
    printout.add("parts", Self.columns, [], nothing: "It has no parts.")
    printout.add("errors", Self.columns, [], nothing: "")
    printout.add("remark", sentence: "That is all.")
    printout.add("byte_count", fact: .number(3))
    printout.ending = .mismatches
    #expect(printout.text == "id     A1\nname   Seats\nprice  5.6\n\nIt has no parts.\n\nThat is all.")
    #expect(
      printout.json.description
        == #"{"command":"things show","exit_code":1,"thing":{"id":"A1","name":"Seats","price":"5.6"},"parts":[],"#
        + #""errors":[],"remark":"That is all.","byte_count":3}"#)
  }
}
