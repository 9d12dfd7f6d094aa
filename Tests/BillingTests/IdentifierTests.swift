import Billing
import Testing

@Suite("Ids")
struct IdentifierTests {
  @Test(
    "A customer's id is compared without its prefix and its case (catalogue M41)",
    arguments: [
      ("org:9060D13D-3C1E-4B7B-8C5C-1E2A3B4C5D6E", "9060d13d-3c1e-4b7b-8c5c-1e2a3b4c5d6e"),
      ("ORG:9060d13d-3c1e-4b7b-8c5c-1e2a3b4c5d6e", "9060d13d-3c1e-4b7b-8c5c-1e2a3b4c5d6e"),
      (" 9060d13d-3c1e-4b7b-8c5c-1e2a3b4c5d6e ", "9060D13D-3C1E-4B7B-8C5C-1E2A3B4C5D6E"),
    ])
  func customer(left: String, right: String) throws {
    let left = try #require(CustomerID(left))
    let right = try #require(CustomerID(right))
    #expect(left == right)
    #expect(Set([left, right]).count == 1)
    #expect(!(left < right) && !(right < left))
  }

  @Test("An id prints as it was received")
  func printed() throws {
    #expect(try #require(CustomerID("org:9060D13D-3C1E")).description == "org:9060D13D-3C1E")
    #expect(try #require(OrderID("0ET2qaZvJGfF9wgSKnWzR5JLmhp10lOc1")).printed == "0ET2qaZvJGfF9wgSKnWzR5JLmhp10lOc1")
    #expect(try #require(SkuID("1")).printed == "1")
  }

  @Test("Empty is no id", arguments: ["", " ", "\t\n"])
  func empty(text: String) {
    #expect(InvoiceID(text) == nil)
    #expect(CustomerID(text) == nil)
    #expect(SkuID(text) == nil)
    #expect(ReservationOrderID(text) == nil)
  }

  @Test("A bare prefix is no customer")
  func barePrefix() {
    #expect(CustomerID("org:") == nil)
    #expect(ReservationOrderID("RIOderId") == nil)
  }

  @Test(
    "SKU ids get back the zeros a spreadsheet took (catalogue M53)",
    arguments: [
      ("1", "0001", true), ("01", "0001", true), ("0001", "0001", true), ("000H", "H", true),
      ("0001", "00001", false), ("10", "0001", false), ("00T4", "0T4", true),
    ])
  func sku(left: String, right: String, areEqual: Bool) throws {
    #expect(try (#require(SkuID(left)) == #require(SkuID(right))) == areEqual)
  }

  @Test(
    "A reservation order's prefix tells where it was bought, not what it is (catalogue M40)",
    arguments: [
      "RIOderId2f1e4a54-2a4b-4c7d-9d6c-0d9d1b0a1c11", "rioderid2F1E4A54-2A4B-4C7D-9D6C-0D9D1B0A1C11",
      "PCTest2f1e4a54-2a4b-4c7d-9d6c-0d9d1b0a1c11", "2F1E4A54-2a4b-4c7d-9d6c-0d9d1b0a1c11",
    ])
  func reservationOrder(text: String) throws {
    #expect(
      try #require(ReservationOrderID(text)) == #require(ReservationOrderID("2f1e4a54-2a4b-4c7d-9d6c-0d9d1b0a1c11")))
  }

  @Test(
    "One cell may hold the long and the short order id (catalogue M06)",
    arguments: [
      ("0ET2qaZvJGfF9wgSKnWzR5JLmhp10lOc1, 6dc5c039750a", ["0ET2qaZvJGfF9wgSKnWzR5JLmhp10lOc1", "6dc5c039750a"]),
      ("6dc5c039750a", ["6dc5c039750a"]),
      ("6dc5c039750a,", ["6dc5c039750a"]),
      (" , ", []),
      ("", []),
    ])
  func orders(cell: String, expected: [String]) {
    #expect(OrderID.all(in: cell).map(\.printed) == expected)
  }

  @Test("Order ids are compared without case")
  func orderCase() {
    #expect(OrderID("6DC5C039750A") == OrderID("6dc5c039750a"))
    #expect(OrderID("6dc5c039750a") != OrderID("6dc5c039750b"))
  }

  @Test("A catalogue item is product and SKU, whatever the availability")
  func catalogItem() {
    #expect(
      CatalogItem(offer: "CFQ7TTC0LH18:0001:CFQ7TTC0K971") == CatalogItem(offer: "cfq7ttc0lh18:1:CFQ7TTC0ZZZZ"))
    #expect(CatalogItem(offer: "CFQ7TTC0LH18:0001")?.description == "CFQ7TTC0LH18:0001")
    #expect(CatalogItem(offer: "MS-AZR-0145P") == nil)
    #expect(CatalogItem(offer: "195416c1-3447-423a-b37b-ee59a99a19c4") == nil)
    #expect(CatalogItem(offer: "") == nil)
  }

  @Test("A position prints where a line stands, and sorts by number, not by text")
  func position() throws {
    let invoice = try #require(InvoiceID("G000024135"))
    let set = LineSet(provider: "one_time", isUsage: false)
    let second = LinePosition(invoice: invoice, set: set, page: 0, index: 2)
    let tenth = LinePosition(invoice: invoice, set: set, page: 0, index: 10)
    #expect(tenth.description == "G000024135/onetime-billing/0/10")
    #expect(second < tenth)
    #expect(LineSet(provider: "OneTime", isUsage: false) == set)
    #expect(LineSet(provider: "azure", isUsage: true).description == "azure-usage")
  }

  @Test(
    "A currency is three letters in any case",
    arguments: [
      ("EUR", "EUR"), ("eur", "EUR"), ("gBp", "GBP"), ("", nil), ("EU", nil), ("EURO", nil), ("E1R", nil), ("€", nil),
      (" EUR", nil), ("ÄUR", nil), ("[UR", nil),
    ] as [(String, String?)])
  func currency(text: String, code: String?) {
    #expect(Currency(text)?.code == code)
  }

  @Test(
    "Currencies know their customary digits", arguments: [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLP", 0), ("XXX", 2)])
  func currencyDigits(code: String, digits: Int) throws {
    #expect(try #require(Currency(code)).fractionDigits == digits)
  }

  @Test("No currency is a code of its own")
  func noCurrency() {
    #expect(Currency.none.code == "XXX")
  }
}
