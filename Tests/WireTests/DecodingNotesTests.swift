import Billing
import Testing

@testable import Wire

@Suite("What is remarkable about a body")
struct DecodingNotesTests {
  private func lines(_ items: String...) -> [UInt8] { #"{"items":[\#(items.joined(separator: ","))]}"#.bytes }

  @Test(
    "Member names are matched without regard to case",
    arguments: [
      #"{"customerId":"c","subtotal":1.5,"totalForCustomer":2,"currency":"USD"}"#,
      #"{"CustomerId":"c","SubTotal":1.5,"TotalForCustomer":2,"Currency":"USD"}"#,
      #"{"CUSTOMERID":"c","SUBTOTAL":"1.5","TOTALFORCUSTOMER":"2","CURRENCY":"usd"}"#,
      #"{"customerid":"c","subtotal":1.50,"total":2.00,"currency":"Usd"}"#,
      #"{"\u0063ustomerId":"c","subtotal":15e-1,"total":"2","currency":"USD"}"#,
    ])
  func anyCase(line: String) throws {
    let read = try charges(lines(line))
    #expect(read.notes.isEmpty)
    #expect(read.value.first?.customer == CustomerID("c"))
    #expect(read.value.first?.subtotal == (try amount("1.5")))
    #expect(read.value.first?.total == Amount(2))
    #expect(read.value.first?.currency == Currency("USD"))
  }

  @Test(
    "The documented name wins over its alias, in whichever order they come",
    arguments: [
      #"{"publisherName":"Microsoft","providerName":"Other","totalForCustomer":1,"total":2}"#,
      #"{"total":2,"providerName":"Other","totalForCustomer":1,"publisherName":"Microsoft"}"#,
    ])
  func aliases(line: String) throws {
    let read = try charges(lines(line))
    #expect(read.value.first?.publisherName == "Microsoft")
    #expect(read.value.first?.total == .one)
  }

  @Test("Unknown members are counted by resource and name, also deep inside")
  func unknownMembers() throws {
    let read = try charges(lines(#"{"foo":1,"subtotal":1}"#, #"{"foo":{"bar":[1]},"baz":null}"#))
    #expect(read.notes.unknownMembers == ["OneTimeInvoiceLineItem.foo": 2, "OneTimeInvoiceLineItem.baz": 1])
    let customers = try Wire.customers(lines(#"{"id":"c","companyProfile":{"companyName":"n","mood":"good"}}"#))
    #expect(customers.notes.unknownMembers == ["CustomerCompanyProfile.mood": 1])
  }

  @Test(
    "Absent, null and empty are one state, and an absent amount is not zero",
    arguments: [
      #"{}"#, #"{"subtotal":null,"quantity":null,"orderId":null,"currency":null,"chargeEndDate":null}"#,
      #"{"subtotal":"","quantity":"","orderId":"","currency":"","chargeEndDate":""}"#,
      #"{"chargeEndDate":"0001-01-01T00:00:00"}"#,
    ])
  func absent(line: String) throws {
    let read = try charges(lines(line))
    let charge = try #require(read.value.first)
    #expect(charge.subtotal == nil)
    #expect(charge.quantity == nil)
    #expect(charge.orders.isEmpty)
    #expect(charge.currency == nil)
    #expect(charge.chargeEnd == nil)
    #expect(read.notes.isEmpty)
  }

  @Test("One bad date costs the date, not the page")
  func unreadableDates() throws {
    let read = try charges(lines(#"{"orderDate":"yesterday","chargeStartDate":20210101,"subtotal":1}"#))
    #expect(read.value.first?.orderDate == nil)
    #expect(read.value.first?.subtotal == .one)
    #expect(read.notes.unreadableDates == ["OneTimeInvoiceLineItem.orderDate": 1])
    #expect(read.notes.wrongTypes == ["OneTimeInvoiceLineItem.chargeStartDate": 1])
  }

  @Test("A text that became an object is noted; a number is as good as its text")
  func wrongTypes() throws {
    let read = try charges(lines(#"{"customerName":{"first":"x"},"resellerMpnId":-1,"skuId":1,"currency":"money"}"#))
    #expect(read.value.first?.customerName == "")
    #expect(read.value.first?.reseller == "-1")
    #expect(read.value.first?.sku == SkuID("0001"))
    #expect(
      read.notes.wrongTypes == ["OneTimeInvoiceLineItem.customerName": 1, "OneTimeInvoiceLineItem.currency": 1])
  }

  @Test(
    "An amount that is no longer a number stops the page and names the line and the member",
    arguments: [
      (#"{"subtotal":{"amount":1}}"#, "member “subtotal” is an object where an amount belongs (byte 34)"),
      (#"{"subtotal":true}"#, "member “subtotal” is a truth value where an amount belongs (byte 34)"),
      (#"{"subtotal":[1]}"#, "member “subtotal” is a list where an amount belongs (byte 34)"),
      (#"{"subtotal":"16,00"}"#, "member “subtotal” says “16,00”, which is not an amount (byte 34)"),
      (
        #"{"taxTotal":"1234567890123456789012345678901234567890.5"}"#,
        "member “taxTotal” says “1234567890123456789012345678901234567890.5”, which is not an amount of at most 38 digits"
          + " (byte 34)"
      ),
    ])
  func retyped(line: String, sentence: String) throws {
    let invoice = try #require(InvoiceID("G000024135"))
    let set = LineSet(provider: "onetime", isUsage: false)
    let body = lines(#"{"total":1}"#, line)
    let error = #expect(throws: WireError.self) { try Wire.charges(body, invoice: invoice, set: set, page: 3) }
    let expected = "Line G000024135/onetime-billing/3/1: \(sentence)."
    #expect(error?.description.hasPrefix(expected) == true, "\(error?.description ?? "")")
    #expect(error?.member == "subtotal" || error?.member == "taxTotal")
    #expect(error?.isBrokenText == false)
  }

  @Test("What binary arithmetic printed is read as the decimal it stands for, and noted")
  func binaryArtefacts() throws {
    let read = try charges(lines(#"{"subtotal":17.219999999999999,"taxTotal":0,"totalForCustomer":17.22}"#))
    #expect(read.value.first?.subtotal == read.value.first?.total)
    #expect(read.notes.repairs == ["binary artefact read as the short decimal it stands for": 1])
  }

  @Test(
    "A sum of money that cannot be added to others is its line's trouble alone",
    arguments: ["1e37", "0.1234567890123456789012345", "-10000000000000"])
  func tooLong(text: String) throws {
    let read = try charges(lines(#"{"subtotal":1,"taxTotal":0,"totalForCustomer":\#(text)}"#))
    #expect(read.value.first?.total == nil)
    #expect(read.notes.wrongTypes == ["OneTimeInvoiceLineItem.totalForCustomer too long for a sum of money": 1])
    let error = #expect(throws: WireError.self) {
      try Wire.invoice(
        Array(#"{"id":"G1","invoiceDate":"2018-02-08","totalCharges":\#(text),"currencyCode":"USD"}"#.utf8))
    }
    #expect(error?.description.contains("says “\(text)”, which is not a sum of money") == true)
  }

  @Test("Prices keep every digit, however long they are")
  func longPrice() throws {
    let read = try charges(lines(#"{"effectiveUnitPrice":0.1234567890123456789012345678901}"#))
    #expect(read.value.first?.effectiveUnitPrice?.description == "0.1234567890123456789012345678901")
    #expect(read.notes.wrongTypes.isEmpty)
  }

  @Test("An order cell may hold the long and the short id")
  func twoOrders() throws {
    let read = try charges(lines(#"{"orderId":"QDOx5ZN3YR9uYhm4M1MGQJ_0nievUOrx1, f76c6b7f449d"}"#))
    #expect(read.value.first?.orders.map(\.printed) == ["QDOx5ZN3YR9uYhm4M1MGQJ_0nievUOrx1", "f76c6b7f449d"])
  }

  @Test("A member printed twice is read as printed last, and noted")
  func twice() throws {
    let read = try charges(lines(#"{"subtotal":1,"subtotal":2}"#))
    #expect(read.value.first?.subtotal == Amount(2))
    #expect(read.notes.repairs == ["OneTimeInvoiceLineItem.subtotal printed twice, the last one read": 1])
  }

  @Test("Unknown words are kept, and a line of another kind is noted")
  func openLists() throws {
    let read = try charges(lines(#"{"chargeType":"sponsorship","attributes":{"objectType":"Surprise"}}"#))
    #expect(read.value.first?.chargeType.printed == "sponsorship")
    #expect(read.value.first?.chargeType.meaning == .unknown)
    #expect(read.notes.wrongTypes == ["OneTimeInvoiceLineItem.attributes.objectType Surprise": 1])
  }

  @Test("An item that is no object stops the page")
  func noObject() throws {
    let error = #expect(throws: WireError.self) { try charges(lines("7")) }
    let sentence = "Line G000024135/onetime-billing/0/0: the value is a number where an object belongs (byte 10)."
    #expect(error?.description.hasPrefix(sentence) == true)
  }

  @Test("An order line without quantity is refused: unknown is never zero")
  func orderQuantity() throws {
    let order = #"{"id":"o","referenceCustomerId":"c","billingCycle":"monthly","lineItems":[{"lineItemNumber":0}]}"#
    let error = #expect(throws: WireError.self) { try Wire.orders(lines(order)) }
    #expect(error?.description.hasPrefix("Orders, item 1: member “quantity” is missing (byte 84).") == true)
  }

  @Test("Notes of several bodies add up")
  func merge() {
    var notes = DecodingNotes(unknownMembers: ["A.b": 1], repairs: ["x": 2])
    notes.merge(
      DecodingNotes(unknownMembers: ["A.b": 2, "A.c": 1], unreadableDates: ["A.d": 1], wrongTypes: ["A.e": 1]))
    #expect(
      notes
        == DecodingNotes(
          unknownMembers: ["A.b": 3, "A.c": 1], unreadableDates: ["A.d": 1], wrongTypes: ["A.e": 1], repairs: ["x": 2]))
  }
}
