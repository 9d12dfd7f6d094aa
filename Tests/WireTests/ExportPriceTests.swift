import Billing
import Foundation
import Testing

@testable import Wire

@Suite("Price sheets and exchange rates")
struct ExportPriceTests {
  private static let heading = "ProductId,SkuId,Currency,UnitPrice"

  @Test(
    "Comma-separated text is read as RFC 4180 has it",
    arguments: [
      ("a,b", [["a", "b"]]), ("a,b\n", [["a", "b"]]), ("a,b\r\n", [["a", "b"]]), ("a,b\n\n", [["a", "b"]]),
      (#""a","b""#, [["a", "b"]]), (#""a,1","b ""c""""#, [["a,1", #"b "c""#]]),
      ("\"a\r\n1\",b\nc,", [["a\r\n1", "b"], ["c", ""]]),
      (",", [["", ""]]), ("\u{FEFF}a,b", [["a", "b"]]), (#""",é"#, [["", "é"]]),
      (#"a "quoted" word,b"#, [[#"a "quoted" word"#, "b"]]),
    ])
  func rows(text: String, expected: [[String]]) throws {
    let read = try CSVText(text.bytes, subject: "The text")
    #expect([read.heading.fields] + read.rows.map(\.fields) == expected)
  }

  @Test(
    "What cannot be read is said in a sentence",
    arguments: [
      ("", "The price sheet is empty where a heading row was expected. Ask the service again."),
      ("\u{FEFF}\r\n", "The price sheet is empty where a heading row was expected. Ask the service again."),
      (
        "PK\u{3}\u{4}\u{14}",
        "The price sheet came as a zip file, which this program did not ask for. Unpack the archived body by hand, and look "
          + "whether a proxy changes the header Accept-Encoding."
      ),
      (
        heading + "\na,b,EUR,\"1",
        "The price sheet, line 2: a quote is opened here and never closed, so the text was cut off. Ask the service again."
      ),
      (heading + "\n\"a\"x,b,EUR,1", "The price sheet, line 2: something follows a closing quote."),
      (
        heading + "\n\"a\nb\",b,EUR,1\na,b,EUR",
        "The price sheet, line 4: there are 3 fields where the heading names 4."
      ),
      ("ProductId,SkuId,Currency\na,b,EUR", "The price sheet has no column “UnitPrice”."),
      ("<html><body>no</body></html>", "The price sheet has no column “ProductId”."),
    ])
  func sentences(text: String, sentence: String) {
    let error = #expect(throws: CSVError.self) { try Wire.priceSheet(text.bytes) }
    #expect(error?.description.hasPrefix(sentence) == true, "\(error?.description ?? "")")
  }

  @Test("Columns are found by name, in any order; unknown ones are noted, blank cells are absent")
  func columns() throws {
    let text =
      "Mood,unit price,Currency,SKUID,ProductId,PricingTierRangeMin,PricingTierRangeMax,Tags,EffectiveEndDate,Segment\n"
      + "good,\"1.5\",eur,1,CFQ7TTC0LH18,0,9223372036854780000,Software;Perpetual,9999-12-30T00:00:00.0000000Z,Charity\n"
      + "good,,EUR,0001,CFQ7TTC0LH18,101,200,,,\n"
    let read = try Wire.priceSheet(text.bytes)
    #expect(read.notes.unknownMembers == ["PriceSheet.Mood": 1])
    #expect(read.value.map(\.sku) == [SkuID("0001"), SkuID("0001")])
    #expect(read.value.map { $0.sku?.printed } == ["1", "0001"])
    #expect(read.value.map(\.unitPrice) == [try amount("1.5"), nil])
    #expect(read.value.map(\.currency) == [Currency("EUR"), Currency("EUR")])
    #expect(read.value.map(\.tierFirst) == [.zero, Amount(101)])
    #expect(read.value.map(\.tierLast) == [nil, Amount(200)])
    #expect(read.value.map(\.tags) == [["Software", "Perpetual"], []])
    #expect(read.value.map(\.effectiveUntil) == [.distantFuture, nil])
    #expect(read.value.map(\.segment) == ["Charity", ""])
  }

  @Test("A price or a date that is none counts as not printed, and is noted")
  func unreadable() throws {
    let text = Self.heading + ",EffectiveStartDate\na,b,EUR,free,yesterday\na,b,money,1e400,13/1/2021 1:00:00 AM\n"
    let read = try Wire.priceSheet(text.bytes)
    #expect(read.value.map(\.unitPrice) == [nil, nil])
    #expect(read.notes.wrongTypes == ["PriceSheet.UnitPrice": 2, "PriceSheet.Currency": 1])
    #expect(read.notes.unreadableDates == ["PriceSheet.EffectiveStartDate": 2])
  }

  @Test(
    "Dates come in two spellings",
    arguments: [
      ("2/4/2021 8:35:31 PM", "2021-02-04", 74_131), ("3/1/2018 12:00:00 AM", "2018-03-01", 0),
      ("12/31/2020 12:00:00 PM", "2020-12-31", 43_200), ("2/4/2021", "2021-02-04", 0),
      ("2/4/2021 20:35", "2021-02-04", 74_100), ("2021-02-04T20:35:31.0000000Z", "2021-02-04", 74_131),
    ])
  func dates(text: String, day: String, seconds: Int64) throws {
    let midnight = Instant(try #require(Day(day)))
    #expect(SheetDate.reading(text) == .instant(midnight.advanced(bySeconds: seconds)))
  }

  @Test(
    "What is no date is unreadable",
    arguments: [
      "2/30/2021", "2/4/2021 8:35:31 XM", "2/4/2021 13:00:00 PM", "2/4/2021 8:60 AM", "1/2", "a/b/c", "-2/4/2021",
    ])
  func noDate(text: String) {
    #expect(SheetDate.reading(text) == .unreadable(text))
  }

  @Test(
    "A rate that cannot be read stops: everything in its currency hangs on it",
    arguments: [
      ("CurrencyCode,USDPerUnit\nEUR,\n", "line 2: column “USDPerUnit” says “”, which is not a rate."),
      ("CurrencyCode,USDPerUnit\nEUR,0\n", "line 2: column “USDPerUnit” says “0”, which is not a rate."),
      ("CurrencyCode,USDPerUnit\nEUR,1.1\nEuro,1,\n", "line 3: there are 3 fields where the heading names 2."),
      ("CurrencyCode,USDPerUnit\nEuro,1\n", "line 2: column “CurrencyCode” says “Euro”, which is not a currency."),
    ])
  func rates(text: String, words: String) {
    let error = #expect(throws: CSVError.self) { try Wire.exchangeRates(text.bytes) }
    #expect(error?.description.hasPrefix("The exchange rates, \(words)") == true, "\(error?.description ?? "")")
  }
}

@Suite("Published price sheets", .enabled(if: Samples.arePresent))
struct ExportPriceSampleTests {
  @Test("Licence-based prices")
  func licences() throws {
    let read = try Wire.priceSheet(try Samples.text("price-sheet.updatedlicensebased.csv"))
    #expect(read.notes.isEmpty)
    #expect(read.value.count == 1)
    let row = try #require(read.value.first)
    #expect(row.productTitle == "Advanced Communications")
    #expect(row.product == ProductID("CFQ7TTC0HDK0"))
    #expect(row.sku?.printed == "0001")
    #expect(
      row.skuDescription == "Advanced meetings, calling, workflow integration, and management tools for IT.")
    #expect(row.publisher == "Microsoft Corporation")
    #expect([row.term, row.billingPlan, row.market, row.unit] == ["P1Y", "Annual", "US", ""])
    #expect(row.currency == Currency("USD"))
    #expect(row.unitPrice == (try amount("115.2")))
    #expect(row.retailPrice == Amount(144))
    #expect(row.tierFirst == nil)
    #expect(row.effectiveFrom?.day == Day("2019-02-01"))
    #expect(row.effectiveUntil?.day == Day("2021-02-04"))
    #expect(row.tags == ["License"])
  }

  @Test("Azure consumption prices")
  func consumption() throws {
    let read = try Wire.priceSheet(try Samples.text("price-sheet.azure-consumption.csv"))
    #expect(read.notes.isEmpty)
    let row = try #require(read.value.first)
    #expect(row.sku == SkuID("001J"))
    #expect([row.unit, row.term, row.meterType] == ["1 Node/Month", "payG-1", "1 Node/Month"])
    #expect(row.unitPrice == Amount(15))
    #expect(row.retailPrice == nil)
    #expect(row.effectiveFrom?.day == Day("2018-03-01"))
    #expect(row.effectiveUntil == .distantFuture)
    #expect(row.meterIDs == ["cb0969aa-aaaa-4d6c-ab4b-7e182fa06aff"])
    #expect(row.tags == ["Azure"])
  }

  @Test("Exchange rates keep all their digits")
  func rates() throws {
    let read = try Wire.exchangeRates(try Samples.text("fx-rates.csv"))
    #expect(read.notes.isEmpty)
    let dirham = try #require(Currency("AED"))
    let expected = ExchangeRate(currency: dirham, dollarsPerUnit: try amount("0.27224589249009701"), month: "2019")
    #expect(read.value == [expected])
  }
}

extension Samples {
  /// A sample that is no JSON, by its whole name.
  fileprivate static func text(_ name: String) throws -> [UInt8] {
    let folder = (0..<3).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
      .appendingPathComponent("../shared/partner-center/examples").standardizedFileURL
    return Array(try Data(contentsOf: folder.appendingPathComponent(name)))
  }
}
