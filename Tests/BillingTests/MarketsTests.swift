import Billing
import Foundation
import Testing

/// The published list, where it is at hand.
private let publishedList = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../../shared/partner-center/markets-without-software-subscriptions.csv").standardizedFileURL

@Suite("Markets without software subscriptions")
struct MarketsTests {
  let markets = Markets.withoutSoftwareSubscriptions

  @Test(
    "A country is on the list or not, however its code is written",
    arguments: [
      ("AD", true), ("ad", true), (" Ad ", true), ("BR", true), ("RU", true), ("XK", true), ("US", false),
      ("DE", false), ("AE", false), ("", false), ("Andorra", false), ("A", false),
    ])
  func contains(country: String, isListed: Bool) {
    #expect(markets.contains(country) == isListed)
    #expect((markets.name(of: country) != nil) == isListed)
  }

  @Test(
    "A code has its English name, and all of them where places share it",
    arguments: [
      ("AD", "Andorra"), ("BQ", "Bonaire, Saba, Sint Eustatius"), ("sj", "Jan Mayen, Svalbard"),
      ("SH", "St Helena, Ascension, Tristan da Cunha"), ("ST", "São Tomé and Príncipe"), ("AX", "Åland Islands"),
      ("YT", "Mayotte"),
    ])
  func names(country: String, name: String) {
    #expect(markets.name(of: country) == name)
  }

  @Test("110 places share 107 codes, and notes tell places of one code apart")
  func facts() {
    #expect(markets.facts.count == 110)
    #expect(markets.codes.count == 107)
    #expect(markets.codes.first == "AD")
    #expect(markets.facts.filter { $0.code == "SJ" }.map(\.note).allSatisfy { $0.hasPrefix("part of ISO entry SJ") })
    #expect(markets.facts.count { !$0.note.isEmpty } == 7)
  }

  @Test(
    "The list is the published one",
    .enabled(if: FileManager.default.fileExists(atPath: publishedList.path), "the published list is not at hand"))
  func published() throws {
    let text = try String(contentsOf: publishedList, encoding: .utf8)
    let rows = text.split(whereSeparator: \.isNewline).dropFirst().map(cells)
    #expect(rows.count == 110)
    #expect(markets.facts.map { [$0.code, $0.name, $0.note] } == rows.map { [$0[0], $0[1], $0[3]] })
  }

  /// Cells of a row in which a comma may stand between quotation marks.
  private func cells(_ row: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in row {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}
