import Billing
import Testing

@testable import Wire

@Suite("Invoices and balances", .enabled(if: Samples.arePresent))
struct InvoiceDecodingTests {
  @Test("An invoice names its total, its span and the sets of lines to fetch")
  func invoice() throws {
    let read = try Wire.invoice(try Samples.body("get-invoice"))
    #expect(read.notes.isEmpty)
    let invoice = read.value
    #expect(invoice.id == InvoiceID("G000024135"))
    #expect(invoice.date.description == "2018-02-08T22:40:37.5897767Z")
    #expect(invoice.periodStart == Day("2018-02-01"))
    #expect(invoice.periodEnd == Day("2018-02-28"))
    #expect(invoice.totalCharges.description == "2076.63")
    #expect(invoice.paidAmount == .zero)
    #expect(invoice.currency == Currency("USD"))
    #expect(invoice.documentType.meaning == .invoice)
    #expect(invoice.invoiceType.meaning == .newCommerce)
    #expect(invoice.details == [LineSet(provider: "one_time", isUsage: false)])
    #expect(invoice.amendsOf == nil)
  }

  @Test("Amendments hang on the document they amend")
  func amendments() throws {
    let read = try Wire.invoices(try Samples.body("list-invoices"))
    #expect(read.notes.isEmpty)
    #expect(read.value.map(\.id.printed) == ["D02005YFHI", "G000024130"])
    #expect(read.value.map(\.totalCharges.description) == ["24606.35", "586366"])
    #expect(read.value.map(\.paidAmount) == [Amount(1000), .zero])
    #expect(read.value.map(\.currency.code) == ["GBP", "CHF"])
    #expect(read.value.map(\.invoiceType.meaning) == [.legacy, .newCommerce])
    #expect(read.value.map(\.documentType.meaning) == [.invoice, .voidNote])
    #expect(read.value.first?.details == [LineSet(provider: "office", isUsage: false)])
    let amendment = try #require(read.value.last?.amendments.first)
    #expect(amendment.id == InvoiceID("G000024131"))
    #expect(amendment.totalCharges.description == "107661.12")
    #expect(amendment.documentType.meaning == .adjustmentNote)
    #expect(amendment.amendsOf == InvoiceID("G000024130"))
    #expect(amendment.details == [LineSet(provider: "onetime", isUsage: false)])
  }

  @Test("The balance is the sum of its parts by invoice type")
  func summary() throws {
    let read = try Wire.summary(try Samples.body("get-invoice-summary"))
    #expect(read.notes.isEmpty)
    let summary = read.value
    #expect(summary.balance.description == "751094.39")
    #expect(summary.currency == Currency("USD"))
    #expect(summary.accountingDate?.description == "2018-03-16T00:00:00Z")
    #expect(summary.firstInvoiceCreationDate?.description == "2017-01-21T00:00:00Z")
    #expect(summary.lastPaymentDate?.description == "2017-01-01T12:00:00Z")
    #expect(summary.lastPaymentAmount == Amount(1000))
    #expect(summary.details.map(\.invoiceType.meaning) == [.legacy, .newCommerce])
    #expect(summary.details.first?.summary.latestInvoiceDate == nil)
    #expect(summary.details.last?.summary.lastPaymentDate == nil)
  }

  @Test("There is one balance for each currency, and parts add up to the whole")
  func summaries() throws {
    let read = try Wire.summaries(try Samples.body("get-invoice-summaries"))
    #expect(read.notes.isEmpty)
    #expect(read.value.map(\.currency.code) == ["GBP", "CHF", "EUR"])
    #expect(read.value.map(\.balance.description) == ["751094.39", "1230.33", "1001.12"])
    let parts = try #require(read.value.first).details.map(\.summary.balance)
    #expect(parts.map(\.description) == ["202955.87", "548138.52"])
    var sum = Amount.zero
    for part in parts { sum = try sum + part }
    #expect(sum.description == "751094.39")
  }
}

@Suite("What an invoice must say")
struct InvoiceDemandTests {
  @Test(
    "Without id, date, total and currency there is no invoice",
    arguments: [
      (#"{"invoiceDate":"2018-02-08","totalCharges":1,"currencyCode":"USD"}"#, "member “id” is missing (byte 10)"),
      (#"{"id":"G1","totalCharges":1,"currencyCode":"USD"}"#, "member “invoiceDate” is missing (byte 10)"),
      (
        #"{"id":"G1","invoiceDate":"soon","totalCharges":1,"currencyCode":"USD"}"#,
        "member “invoiceDate” says “soon”, which is not a date (byte 35)"
      ),
      (#"{"id":"G1","invoiceDate":"2018-02-08","currencyCode":"USD"}"#, "member “totalCharges” is missing (byte 10)"),
      (
        #"{"id":"G1","invoiceDate":"2018-02-08","totalCharges":{},"currencyCode":"USD"}"#,
        "member “totalCharges” is an object where an amount belongs (byte 63)"
      ),
      (
        #"{"id":"G1","invoiceDate":"2018-02-08","totalCharges":"1,50","currencyCode":"USD"}"#,
        "member “totalCharges” says “1,50”, which is not an amount (byte 63)"
      ),
      (#"{"id":"G1","invoiceDate":"2018-02-08","totalCharges":1}"#, "member “currencyCode” is missing (byte 10)"),
      (
        #"{"id":"G1","invoiceDate":"2018-02-08","totalCharges":1,"currencyCode":"dollars"}"#,
        "member “currencyCode” says “dollars”, which is not a currency (byte 80)"
      ),
    ])
  func demands(text: String, sentence: String) throws {
    let error = #expect(throws: WireError.self) { try Wire.invoices(#"{"items":[\#(text)]}"#.bytes) }
    #expect(error?.description.hasPrefix("Invoices, item 1: \(sentence).") == true, "\(error?.description ?? "")")
  }

  @Test("A set named twice is fetched once, and kinds nobody documented are noted")
  func details() throws {
    let text =
      #"{"id":"D1","invoiceDate":"2018-02-08","totalCharges":1,"currencyCode":"usd","invoiceDetails":["#
      + #"{"invoiceLineItemType":"BillingLineItems","billingProvider":"OneTime"},"#
      + #"{"invoiceLineItemType":"billing_line_items","billingProvider":"one_time"},"#
      + #"{"invoiceLineItemType":"usage_line_items","billingProvider":"azure"},"#
      + #"{"invoiceLineItemType":"none","billingProvider":"none"},"#
      + #"{"invoiceLineItemType":"forecast_line_items","billingProvider":"azure"}]}"#
    let read = try Wire.invoice(text.bytes)
    #expect(read.value.details.map(\.description) == ["onetime-billing", "azure-usage"])
    #expect(read.value.currency == Currency("USD"))
    #expect(read.notes.wrongTypes == ["InvoiceDetail.invoiceLineItemType": 1])
  }

  @Test("A balance without amount is refused")
  func balance() throws {
    let error = #expect(throws: WireError.self) { try Wire.summary(#"{"currencyCode":"USD"}"#.bytes) }
    #expect(error?.description.hasPrefix("The account balance: member “balanceAmount” is missing (byte 0).") == true)
  }
}
