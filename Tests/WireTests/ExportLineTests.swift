import Billing
import Testing

@testable import Wire

/// The columns of contract §11.5, all of them, in another order than the API's members.
private let reconciliation =
  #"{"ProductCategory":"Azure","Total":54.78,"TaxTotal":8.75,"Subtotal":46.03,"PartnerId":"p","CustomerId":"C-1","#
  + #""CustomerName":"Fabrikam","CustomerDomainName":"fabrikam.example","CustomerCountry":"DE","InvoiceNumber":"G1","#
  + #""MpnId":"1","Tier2MpnId":6048879,"OrderId":"0ET2qaZvJGfF9wgSKnWzR5JLmhp10lOc1, 6dc5c039750a","#
  + #""OrderDate":"2025-04-03T10:00:00Z","ProductId":"DZH318Z0BNZ5","SkuId":"006G","AvailabilityId":"DZH318Z0BPS6","#
  + #""SkuName":"s","ProductName":"n","ChargeType":"New","UnitPrice":0.045,"Quantity":1,"Currency":"EUR","#
  + #""PriceAdjustmentDescription":"[\"15.0% Partner earned credit for services managed\"]","#
  + #""PublisherName":"Microsoft","PublisherId":"NA","SubscriptionDescription":"Azure plan","SubscriptionId":"S-1","#
  + #""ChargeStartDate":"2025-04-01T00:00:00Z","ChargeEndDate":"2025-04-30T00:00:00Z","TermAndBillingCycle":"","#
  + #""EffectiveUnitPrice":0.03825,"UnitType":"1 GB/Month","AlternateId":"6dc5c039750a","BillableQuantity":0.005001,"#
  + #""BillingFrequency":null,"PricingCurrency":"USD","PCToBCExchangeRate":0.846202666,"#
  + #""PCToBCExchangeRateDate":"2025-04-30T00:00:00Z","MeterDescription":"m","ReservationOrderId":"","#
  + #""CreditReasonCode":null,"ReferenceId":"025d68a6-0000-4000-8000-000000000001","SubscriptionStartDate":null,"#
  + #""SubscriptionEndDate":null,"ProductQualifiers":["Add-on"],"PromotionId":"CFQ7TTC0LDPB:1:CFQ7TTC0GZQJ"}"#

/// The columns of contract §11.4, all of them.
private let usageLine =
  #"{"PartnerId":"p","PartnerName":"n","CustomerId":"C-1","CustomerName":"Fabrikam","CustomerDomainName":"","#
  + #""CustomerCountry":"DE","MpnId":"1","Tier2MpnId":"0","InvoiceNumber":"G1","ProductId":"DZH318Z0BPS6","SkuId":"001J","#
  + #""AvailabilityId":"a","SkuName":"s","ProductName":"Azure plan","PublisherName":"Microsoft","PublisherId":"","#
  + #""SubscriptionDescription":"Azure plan","SubscriptionId":"S-1","ChargeStartDate":"2025-04-01T00:00:00Z","#
  + #""ChargeEndDate":"2025-04-30T00:00:00Z","UsageDate":"2025-04-07T00:00:00Z","MeterType":"1 Hour","#
  + #""MeterCategory":"c","MeterId":"meter","MeterSubCategory":"","MeterName":"D2","MeterRegion":"EU West","#
  + #""Unit":"1 Hour","ResourceLocation":"EUWEST","ConsumedService":"Microsoft.Compute","ResourceGroup":"g","#
  + #""ResourceURI":"/subscriptions/x","ChargeType":"new","UnitPrice":0.0209496384791679,"Quantity":23.200004,"#
  + #""UnitType":"","BillingPreTaxTotal":0.4131269406,"BillingCurrency":"EUR","PricingPreTaxTotal":0.4860316965,"#
  + #""PricingCurrency":"USD","ServiceInfo1":"","ServiceInfo2":"","Tags":"","AdditionalInfo":"{}","#
  + #""EffectiveUnitPrice":0.0178071927072927,"PCToBCExchangeRate":0.85,"PCToBCExchangeRateDate":"2025-04-01T00:00:00Z","#
  + #""EntitlementId":"E-1","EntitlementDescription":"Production","PartnerEarnedCreditPercentage":15,"#
  + #""CreditPercentage":100,"CreditType":"Partner Earned Credit Applied","BenefitOrderID":"B-1","BenefitID":"b","#
  + #""BenefitType":"Charge"}"#

@Suite("Lines of exports")
struct ExportLineTests {
  private let invoice = InvoiceID("G1")

  private func charges(_ text: String, firstIndex: Int = 0) throws -> Decoded<[Charge]> {
    try Wire.exportedCharges(lines: text.bytes, invoice: try #require(invoice), blob: 3, firstIndex: firstIndex)
  }

  private func usage(_ text: String) throws -> Decoded<[UsageRecord]> {
    try Wire.exportedUsage(lines: text.bytes, invoice: try #require(invoice), blob: 0)
  }

  @Test("All documented columns of a reconciliation line are known and read")
  func reconciliationLine() throws {
    let read = try charges(reconciliation + "\n")
    #expect(read.notes.isEmpty)
    let charge = try #require(read.value.first)
    #expect(charge.position.description == "G1/onetime-billing/3/0")
    #expect(charge.family == .newCommerce)
    #expect(charge.customer == CustomerID("c-1"))
    #expect(charge.reseller == "6048879")
    #expect(charge.orders.map(\.printed) == ["0ET2qaZvJGfF9wgSKnWzR5JLmhp10lOc1", "6dc5c039750a"])
    #expect(charge.alternateOrder == OrderID("6dc5c039750a"))
    #expect(charge.sku == SkuID("006g"))
    #expect(charge.productQualifiers == ["Add-on"])
    #expect(charge.unitPrice == (try amount("0.045")))
    #expect(charge.effectiveUnitPrice == (try amount("0.03825")))
    #expect(charge.billableQuantity == (try amount("0.005001")))
    #expect(charge.rate == (try amount("0.846202666")))
    #expect(charge.subtotal == (try amount("46.03")))
    #expect(charge.tax == (try amount("8.75")))
    #expect(charge.total == (try amount("54.78")))
    #expect(charge.chargeEnd == Day("2025-04-30"))
    #expect(charge.reservationOrder == nil)
    #expect(charge.billingFrequency == "")
    #expect(charge.promotion == "CFQ7TTC0LDPB:1:CFQ7TTC0GZQJ")
  }

  @Test("All documented columns of daily usage are known and read, percentages as fractions")
  func usageColumns() throws {
    let read = try usage(usageLine)
    #expect(read.notes.isEmpty)
    let record = try #require(read.value.first)
    #expect(record.position.description == "G1/onetime-usage/0/0")
    #expect(record.unit == "1 Hour")
    #expect(record.resource == "/subscriptions/x")
    #expect(record.day == Day("2025-04-07"))
    #expect(record.quantity == (try amount("23.200004")))
    #expect(record.unitPrice == (try amount("0.0209496384791679")))
    #expect(record.billingTotal == (try amount("0.4131269406")))
    #expect(record.earnedCreditRate == (try amount("0.15")))
    #expect(record.benefitOrder == ReservationOrderID("b-1"))
    #expect(record.entitlement == "E-1")
  }

  @Test(
    "A percentage is a hundredth, exactly; the API's own fraction wins",
    arguments: [
      (#"{"PartnerEarnedCreditPercentage":15}"#, "0.15"), (#"{"PartnerEarnedCreditPercentage":"15.0"}"#, "0.15"),
      (#"{"PartnerEarnedCreditPercentage":0}"#, "0"), (#"{"PartnerEarnedCreditPercentage":100}"#, "1"),
      (#"{"PartnerEarnedCreditPercentage":12.345678901234567}"#, "0.12345678901234567"),
      (#"{"PartnerEarnedCreditPercentage":15,"RateOfPartnerEarnedCredit":0.1}"#, "0.1"),
      (#"{"PartnerEarnedCreditPercentage":null}"#, nil), (#"{"PartnerEarnedCreditPercentage":""}"#, nil),
    ] as [(String, String?)])
  func percentage(line: String, expected: String?) throws {
    #expect(try usage(line).value.first?.earnedCreditRate == (try expected.map { try amount($0) }))
  }

  @Test(
    "A unit is there under one of its names",
    arguments: [
      (#"{"Unit":"1 Hour"}"#, "1 Hour"), (#"{"UnitType":"1 GB"}"#, "1 GB"),
      (#"{"Unit":"1 Hour","UnitType":"1 GB"}"#, "1 Hour"),
      (#"{"UnitOfMeasure":"10 Hours","Unit":"1 Hour"}"#, "10 Hours"), ("{}", ""),
    ])
  func unit(line: String, expected: String) throws {
    #expect(try usage(line).value.first?.unit == expected)
  }

  @Test(
    "Lines keep their numbers; blank ones, line ends and marks are passed over",
    arguments: [
      ("", []), ("\n", []), ("\r\n", []), ("{}", [0]), ("{}\n", [0]), ("{}\r\n{}\r\n", [0, 1]), ("\n{}\n\n{}", [1, 3]),
      ("\u{FEFF}{}\n{}\n", [0, 1]), ("  {} \n\t{}\n", [0, 1]),
    ])
  func numbers(text: String, expected: [Int]) throws {
    #expect(try charges(text).value.map(\.position.index) == expected)
    #expect(try charges(text, firstIndex: 50_000).value.map(\.position.index) == expected.map { $0 + 50_000 })
  }

  @Test(
    "What is no line of its own names invoice, file and line",
    arguments: [
      ("{}\n{\"Total\":1\n{}", 1, "the JSON text was cut off"),
      ("{}\n{}\n{\"Total\":1,\"Cur", 2, "the JSON text was cut off"),
      ("{}\n[1]\n", 1, "the value is a list where an object belongs"),
      ("7", 0, "the value is a number where an object belongs"),
      ("{},{}", 0, "something follows after the end"),
      ("{},{}\n{}", 0, "something follows after the end"),
      // Two broken lines that look whole side by side.
      ("{\"a\":1\n\"b\":2},{}", 0, "the JSON text was cut off"),
      ("{}\n{\"Total\":{}}", 1, "member “total” is an object where an amount belongs (byte 9)"),
      ("{\"Total\":\"x\"}", 0, "member “total” says “x”, which is not an amount (byte 9)"),
      ("<html>", 0, "the text is not JSON from here on"),
    ])
  func broken(text: String, index: Int, words: String) throws {
    let error = #expect(throws: WireError.self) { try charges(text, firstIndex: 100) }
    let description = try #require(error?.description)
    #expect(description.hasPrefix("Line G1/onetime-billing/3/\(100 + index): "), "\(description)")
    #expect(description.contains(words), "\(description)")
  }

  @Test("Unbilled lines are estimates of no invoice")
  func unbilled() throws {
    let read = try Wire.exportedUnbilledCharges(lines: reconciliation.bytes, blob: 2, firstIndex: 5)
    #expect(read.value.map(\.line.position.description) == ["unbilled/onetime-billing/2/5"])
    #expect(read.notes.isEmpty)
  }

  @Test("A column nobody documented is noted, a column that is new in exports is not")
  func unknownColumns() throws {
    #expect(
      try charges(#"{"Mood":1,"ProductCategory":"x"}"#).notes.unknownMembers == ["OneTimeInvoiceLineItem.Mood": 1])
  }
}
