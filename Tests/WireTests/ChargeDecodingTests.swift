import Billing
import Testing

@testable import Wire

@Suite("Billing lines", .enabled(if: Samples.arePresent))
struct ChargeDecodingTests {
  @Test("A new-commerce line says who, what, why, when and how much")
  func newCommerce() throws {
    let read = try charges(try Samples.body("get-invoice-line-items.onetime"))
    #expect(read.notes.isEmpty)
    let line = try #require(read.value.first)
    #expect(line.position.description == "G000024135/onetime-billing/0/0")
    #expect(line.family == .newCommerce)
    #expect(line.customer == CustomerID("9060D13D-C5ED-482E-B059-A15A38000000"))
    #expect(line.customer?.printed == "org:9060d13d-c5ed-482e-b059-a15a38000000")
    #expect(line.customerName == "recipientCustomerName")
    #expect(line.subscription == SubscriptionID("281e26fe-9ce7-415b-911c-f39232000000"))
    #expect(line.reseller == "0")
    #expect(line.product == ProductID("productid"))
    #expect(line.sku == SkuID("skuid"))
    #expect(line.availability == AvailabilityID("availabilityid"))
    #expect(line.productName == "TEST PRODUCT")
    #expect(line.skuName == "TEST SKU TITLE")
    #expect(line.publisherName == "Test Networks Inc")
    #expect(line.publisherID == "12343810")
    #expect(line.meterDescription == "Bandwidth - Data Transfer In (GB) - Zone 2")
    #expect(line.chargeType.meaning == .new)
    #expect(line.orders == [OrderID("QDOx5ZN3YR9uYhm4M1MGQJ_0nievUOrx1")].compactMap(\.self))
    #expect(line.alternateOrder == OrderID("1234278124b8"))
    #expect(line.orderDate?.description == "2018-02-08T22:31:42.9397946Z")
    #expect(line.reservationOrder == ReservationOrderID("883d475b-0000-2222-0000-8818752f1234"))
    #expect(line.chargeStart == nil)
    #expect(line.chargeEnd == nil)
    #expect(line.subscriptionStart == Day("2019-01-03"))
    #expect(line.subscriptionEnd == Day("2019-02-02"))
    #expect(line.termAndBillingCycle == "1 Month Subscription")
    #expect(line.billingFrequency == "Monthly")
    #expect(line.priceAdjustmentDescription == #"["100.0% Tier 1 Discount"]"#)
    #expect(line.unitPrice == (try amount("431.8")))
    #expect(line.effectiveUnitPrice == (try amount("496.07")))
    #expect(line.unitType == "Seats")
    #expect(line.quantity == .one)
    #expect(line.billableQuantity?.description == "0.0159369774")
    #expect(line.pricingCurrency == Currency("USD"))
    #expect(line.rate == .one)
    #expect(line.rateDate?.description == "2019-09-30T23:59:59Z")
    #expect(line.currency == Currency("USD"))
    #expect(line.subtotal == (try amount("431.8")))
    #expect(line.tax == (try amount("38.87")))
    #expect(line.total == (try amount("470.67")))
    #expect(line.licence == nil)
    #expect(line.azure == nil)
  }

  @Test("The lines of both pages add up to the total of the invoice")
  func goldenSum() throws {
    let first = try charges(try Samples.body("get-invoice-line-items.onetime")).value
    let second = try charges(try Samples.body("get-invoice-line-items.onetime.page2"), page: 1).value
    #expect((first + second).map(\.total?.description) == ["470.67", "28.72", "1577.24"])
    var sum = Amount.zero
    for line in first + second { sum = try sum + #require(line.total) }
    #expect(sum.description == "2076.63")
    #expect(try Wire.invoice(try Samples.body("get-invoice")).value.totalCharges == sum)
    #expect(second.first?.position.description == "G000024135/onetime-billing/1/0")
    #expect(second.first?.reservationOrder == nil)
  }

  @Test("Amounts are read from texts as from numbers")
  func amountsAsText() throws {
    let read = try charges(try Samples.body("get-invoice-line-items.onetime.rev2023"))
    #expect(read.value.map(\.subtotal?.description) == ["0", "720", "820", "16"])
    #expect(read.value.map(\.total?.description) == ["0", "793", "0", "17.61"])
    #expect(read.value.map(\.quantity?.description) == ["25", "50", "1", "1"])
    #expect(read.value.map(\.billableQuantity?.description) == ["25", "50", "3.1618", "1"])
    #expect(read.value.map(\.chargeEnd?.description) == ["2021-06-19", "2021-06-19", "2019-03-03", "2021-02-27"])
    #expect(read.notes.unknownMembers.isEmpty)
    #expect(read.notes.wrongTypes.isEmpty)
  }

  @Test("A licence line is joined by its syndication number and its durable offer")
  func licence() throws {
    let read = try charges(try Samples.body("get-invoice-line-items.office"), "office")
    #expect(read.notes.isEmpty)
    #expect(read.value.map(\.quantity) == [Amount(3), Amount(1)])
    let line = try #require(read.value.first)
    #expect(line.position.description == "G000024135/office-billing/0/0")
    #expect(line.family == .licence)
    #expect(line.customer == CustomerID("74221236-d09c-4870-ac1d-33e155e9aebe"))
    #expect(line.customerName == "TSTAGIN1CUST190")
    #expect(line.subscription == SubscriptionID("1f58acd7-fe51-4705-9567-d009c9ada150"))
    #expect(line.offer == OfferID("2f707c7c-2433-49a5-a437-9ca7cf40d3eb"))
    #expect(line.licence?.platformSubscription == "4KIKawEAAAAAAAEA")
    #expect(line.licence?.amount == .zero)
    #expect(line.licence?.discount == .zero)
    #expect(line.orders.isEmpty)
    #expect(line.reseller == "-1")
    #expect(line.productName == "EXCHANGE ONLINE (PLAN 2)")
    #expect(line.chargeType.printed == "New")
    #expect(line.chargeStart == Day("2017-05-12"))
    #expect(line.chargeEnd == Day("2017-06-09"))
    #expect(line.subscriptionStart == Day("2017-05-12"))
    #expect(line.subscriptionEnd == Day("2018-06-10"))
    #expect(line.billingFrequency == "MONTHLY")
    #expect(line.unitPrice == .zero)
    #expect(line.subtotal == .zero)
    #expect(line.tax == .zero)
    #expect(line.total == .zero)
    #expect(line.currency == Currency("USD"))
  }

  @Test("A legacy Azure line keeps consumed, included and priced quantities apart")
  func azure() throws {
    let read = try charges(try Samples.body("get-invoice-line-items.azure-billing"), "azure")
    #expect(read.notes.isEmpty)
    let line = try #require(read.value.first)
    #expect(line.family == .azure)
    #expect(line.customer == CustomerID("65726577-c208-40fd-9735-8c85ac000000"))
    #expect(line.customerName == "601 tests")
    #expect(line.subscription == SubscriptionID("87f4b92f-a490-485e-ad34-5b70cb000000"))
    #expect(line.orders.isEmpty)
    #expect(line.unitPrice == (try amount("0.085")))
    #expect(line.effectiveUnitPrice == (try amount("0.08500671")))
    #expect(line.billableQuantity == Amount(745))
    #expect(line.subtotal == (try amount("63.33")))
    #expect(line.tax == (try amount("6.34")))
    #expect(line.total == (try amount("69.67")))
    #expect(line.unitType == "1 Hour")
    #expect(line.chargeStart == Day("2019-08-02"))
    #expect(line.chargeEnd == Day("2019-09-01"))
    #expect(line.chargeType.meaning == .legacyUsage)
    #expect(
      line.azure
        == Charge.Azure(
          resource: "505db374-df8a-44df-9d8c-13c14b61dee1", region: "", consumed: Amount(745), included: .zero,
          overage: Amount(745), detailLine: "1"))
    #expect(read.value.last?.billableQuantity == (try amount("0.000882")))
  }

  @Test("Estimates keep their subtotal, and their total of zero is what was printed")
  func unbilled() throws {
    let read = try Wire.unbilledCharges(try Samples.body("get-invoice-line-items.unbilled-recon"), page: 0)
    #expect(read.notes.unknownMembers.isEmpty)
    #expect(read.value.map(\.line.subtotal?.description) == ["820", "2598"])
    #expect(read.value.map(\.line.total) == [.zero, .zero])
    #expect(read.value.first?.line.position.description == "unbilled/onetime-billing/0/0")
  }

  @Test(
    "All samples of estimates are read",
    arguments: [
      ("unbilled-recon.page2", ["2598"]), ("unbilled-recon.usage", ["2598"]),
      ("unbilled-recon.rev2023", ["0", "720", "820"]), ("unbilled-recon.page2.rev2023", ["0", "720", "820", "16"]),
    ])
  func unbilledSamples(name: String, subtotals: [String]) throws {
    let read = try Wire.unbilledCharges(try Samples.body("get-invoice-line-items.\(name)"), page: 0)
    #expect(read.value.map(\.line.subtotal?.description) == subtotals)
    #expect(read.notes.unknownMembers.isEmpty)
    #expect(read.notes.wrongTypes.isEmpty)
  }
}

@Suite("Daily usage", .enabled(if: Samples.arePresent))
struct UsageDecodingTests {
  @Test("Rated usage keeps every digit that was printed")
  func rated() throws {
    let read = try usage(try Samples.body("get-invoice-line-items.billed-usage.rev2023"))
    #expect(read.notes.isEmpty)
    #expect(read.value.map(\.billingTotal?.description) == ["0.486031696515249", "0.490235765325545"])
    #expect(read.value.last?.effectiveUnitPrice?.description == "0.1999968000511991808131")
    let record = try #require(read.value.first)
    #expect(record.position.description == "G000024135/onetime-usage/0/0")
    #expect(record.customer == nil)
    #expect(record.product == nil)
    #expect(record.subscription == SubscriptionID("12345678-9d62-4a85-8fd0-91a87c261bc4"))
    #expect(record.entitlement == "3f47bcf1-965d-40a1-a2bc-3d5db3653250")
    #expect(record.meter == "1core")
    #expect(record.meterName == "Test Test on Windows - Test Test on Windows 2012 R2 (WebHost) - 1 Core Hours")
    #expect(record.resource.hasSuffix("/virtualMachines/testWinTest"))
    #expect(record.day == Day("2018-11-13"))
    #expect(record.chargeType == "new")
    #expect(record.unit == "1 Hour")
    #expect(record.unitPrice?.description == "0.0209496384791679")
    #expect(record.quantity?.description == "23.200004")
    #expect(record.billingCurrency == Currency("USD"))
    #expect(record.pricingTotal == record.billingTotal)
    #expect(record.rate == .one)
    #expect(record.earnedCreditRate == .zero)
    #expect(record.creditType == "Credit Not Applied")
    #expect(record.benefitType == "SavingsPlan")
    #expect(record.benefitOrder == ReservationOrderID("5ea053d6-4a0d-46ef-bc82-15065b475d01"))
    #expect(read.value.last?.benefitOrder == nil)
  }

  @Test(
    "All samples of rated usage are read",
    arguments: [
      ("billed-usage", ["0.486031696515249", "0.490235765325545"]), ("billed-usage.page2", ["0.486031696515249"]),
      ("unbilled-usage", ["30.7197334080551", "30.7197334080551"]), ("unbilled-usage.page2", ["30.7197334080551"]),
      ("unbilled-usage.rev2023", ["30.7197334080551", "30.7197334080551"]),
    ])
  func ratedSamples(name: String, totals: [String]) throws {
    let read = try usage(try Samples.body("get-invoice-line-items.\(name)"))
    #expect(read.value.map(\.billingTotal?.description) == totals)
    #expect(read.notes.unknownMembers.isEmpty)
    #expect(read.notes.wrongTypes.isEmpty)
  }

  @Test("Legacy Azure usage has quantities and no money")
  func daily() throws {
    let read = try usage(try Samples.body("get-invoice-line-items.azure-usage"), "azure")
    #expect(read.notes.isEmpty)
    #expect(read.value.map(\.quantity?.description) == ["2.9616", "24"])
    #expect(read.value.map(\.day?.description) == ["2019-08-05", "2019-08-10"])
    #expect(read.value.map(\.unit) == ["10K", "1 HOUR"])
    #expect(read.value.map(\.meterName) == ["DISK DELETE OPERATIONS", "D1/DS1"])
    #expect(read.value.allSatisfy { $0.billingTotal == nil && $0.unitPrice == nil })
    #expect(read.value.first?.subscription == SubscriptionID("f9ba6da0-6dac-4f88-b623-313c9b9c117a"))
    #expect(read.value.first?.customer == CustomerID("9e9b71ba-3442-458b-b519-e1ccf72fbb54"))
  }

  @Test("Usage that a reservation covers names it inside a text")
  func reservationInText() throws {
    let line = #"{"additionalInfo":"{\"ReservationOrderId\":\"883d475b\",\"VMName\":null}"}"#
    let read = try usage(#"{"items":[\#(line)]}"#.bytes)
    #expect(read.value.first?.benefitOrder == ReservationOrderID("883d475b"))
  }
}
