import Billing
import Testing

@Suite("Amounts as text")
struct AmountTextTests {
  @Test(
    "Every spelling of a number that was seen is read exactly",
    arguments: [
      ("820", "820"),
      ("496.07", "496.07"),
      ("16.00", "16"),
      ("0", "0"),
      ("0.00", "0"),
      ("-0", "0"),
      ("-0.0", "0"),
      ("0E5", "0"),
      ("0e-999", "0"),
      ("-112.25", "-112.25"),
      ("+7", "7"),
      ("007", "7"),
      ("1E+2", "100"),
      ("1e2", "100"),
      ("1.5E3", "1500"),
      ("1.5e-3", "0.0015"),
      ("125e-2", "1.25"),
      ("1200e-2", "12"),
      ("-2.5E+1", "-25"),
      ("0.1999968000511991808131", "0.1999968000511991808131"),
      ("0.0000000000000000000001", "0.0000000000000000000001"),
      ("1.123456789012345678901234567891", "1.123456789012345678901234567891"),
      ("-0.000000000000000000000000000001", "-0.000000000000000000000000000001"),
      ("0.0000000000000000000000000000000000001", "0.0000000000000000000000000000000000001"),
      ("0.737586206896552", "0.737586206896552"),
      ("22.9276737383009", "22.9276737383009"),
      ("1.00000000000000000000000000000000000000000000000000", "1"),
      ("00000000000000000000000000000000000000000000000000.5", "0.5"),
      ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
      ("170141183460469231731687303715884105727", "170141183460469231731687303715884105727"),
      ("1e38", "100000000000000000000000000000000000000"),
    ])
  func read(text: String, canonical: String) throws {
    #expect(try Amount(text).description == canonical)
  }

  @Test(
    "Canonical text reads back as the same amount",
    arguments: [
      "0", "-94.08", "0.1999968000511991808131", "170141183460469231731687303715884105727",
      "-170141183460469231731687303715884105727", "1.7014118346046923173168730371588410572",
      "0.0000000000000000000000000000000000009", "100", "-0.01",
    ])
  func roundTrip(text: String) throws {
    let amount = try Amount(text)
    #expect(amount.description == text)
    #expect(try Amount(amount.description) == amount)
  }

  @Test(
    "What is not a number is refused, not read as zero",
    arguments: [
      "", " ", "-", "+", ".", "-.", ".5", "5.", "-.5", " 5", "5 ", "5\n", "1,000.00", "1.000,00", "1.2.3", "1e", "1e+",
      "e5", "1e5.0", "1e5e5", "--5", "+-5", "0x10", "NaN", "Infinity", "null", "10 EUR", "£5", "١٢", "−5", "1_000",
      "5\0",
    ])
  func notANumber(text: String) {
    #expect(throws: Amount.Unreadable.notANumber(text)) { try Amount(text) }
  }

  @Test(
    "More digits than fit are refused, not cut",
    arguments: [
      "170141183460469231731687303715884105728", "-170141183460469231731687303715884105728",
      "999999999999999999999999999999999999999", "1e39", "1E+400", "1e99999999999999999999999", "2e38",
      "0.00000000000000000000000000000000000001", "1e-38", "1e-99999999999999999999",
      "1.23456789012345678901234567890123456789012",
    ])
  func tooManyDigits(text: String) {
    #expect(throws: Amount.Unreadable.tooManyDigits(text)) { try Amount(text) }
  }

  @Test("An unreadable amount says so in a sentence, and a very long one is cut there")
  func sentences() {
    #expect(Amount.Unreadable.notANumber("10 EUR").description == "“10 EUR” is not a number.")
    #expect(
      Amount.Unreadable.tooManyDigits("1e39").description
        == "“1e39” has more digits than an exact amount can hold (38).")
    #expect(throws: Amount.Unreadable.notANumber(String(repeating: "x", count: 60))) {
      try Amount(String(repeating: "x", count: 5_000))
    }
  }

  @Test(
    "Printing pads to the currency's digits and never drops any",
    arguments: [
      ("16", 2, "16.00"),
      ("16.5", 2, "16.50"),
      ("-0.5", 2, "-0.50"),
      ("0", 2, "0.00"),
      ("0", 0, "0"),
      ("1000", 0, "1000"),
      ("0.1999968000511991808131", 2, "0.1999968000511991808131"),
      ("-0.000001", 2, "-0.000001"),
      ("1329.7525", 3, "1329.7525"),
      ("1e20", 2, "100000000000000000000.00"),
    ])
  func printed(text: String, digits: Int, expected: String) throws {
    #expect(try Amount(text).formatted(fractionDigitsMin: digits) == expected)
  }

  @Test(
    "The trace of binary arithmetic is removed: 17.219999999999999 was 17.22 (catalogue M50)",
    arguments: [
      ("17.219999999999999", "17.22"),
      ("-17.219999999999999", "-17.22"),
      ("0.30000000000000004", "0.3"),
      ("1577.2400000000002", "1577.24"),
      ("469.99999999999994", "470"),
      ("4.3500000000000005", "4.35"),
      ("586366.00000000012", "586366"),
    ])
  func artefact(printed: String, meant: String) throws {
    #expect(try Amount(printed).withoutBinaryArtefact == Amount(meant))
  }

  @Test(
    "Digits that are meant are left alone",
    arguments: [
      "17.22", "0.1999968000511991808131", "0.737586206896552", "22.9276737383009", "7.48359270818142", "1329.7525",
      "17.2199999999", "17.219999999999", "0.846202666", "210.950039", "0.00000000000000004", "0", "123456789012345678",
      "17.2199999999999", "0.9999999999999",
    ])
  func noArtefact(text: String) throws {
    #expect(try Amount(text).withoutBinaryArtefact == Amount(text))
  }

  @Test(
    "Millionths are given only where they are exact",
    arguments: [
      ("94.08", 94_080_000),
      ("-0.000001", -1),
      ("0", 0),
      ("0.0000001", nil),
      ("0.1999968000511991808131", nil),
      ("9223372036854.775807", 9_223_372_036_854_775_807),
      ("9223372036854.775808", nil),
      ("-9223372036854.775808", -9_223_372_036_854_775_808),
      ("170141183460469231731687303715884105727", nil),
    ] as [(String, Int64?)])
  func millionths(text: String, expected: Int64?) throws {
    #expect(try Amount(text).millionths == expected)
  }

  @Test(
    "Only a number without a fraction is whole",
    arguments: [
      ("25", 25), ("25.00", 25), ("-3", -3), ("25.5", nil), ("99999999999999999999", nil),
    ] as [(String, Int?)])
  func whole(text: String, expected: Int?) throws {
    #expect(try Amount(text).whole == expected)
  }
}
