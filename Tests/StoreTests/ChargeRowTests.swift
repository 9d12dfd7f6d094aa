import Billing
import Reconciliation
import Store
import Testing

@Suite("Lines come back as they went in")
struct ChargeRowTests {
  @Test("Every member of a new-commerce line survives, 22 digits after the point included")
  func newCommerce() throws {
    var line = try charge(3, customer: "ORG:9060D13D", subscription: "AB-12")
    line.customerName = "Müller & “Söhne”, ’s-Hertogenbosch\n\u{1}"
    line.customerCountry = "DE"
    line.subscriptionDescription = "Azure plan"
    line.reseller = "-1"
    line.product = try id("DZH318Z0BPS6")
    line.sku = try id("1")
    line.availability = try id("DZH318Z0BP04")
    line.productName = "Azure \"plan\""
    line.skuName = "Azure plan \\ standard"
    line.productQualifiers = ["a", "b\"c", "d\\e", "", "f,g", "\u{7}"]
    line.publisherName = "Microsoft"
    line.publisherID = "1"
    line.offer = try id("MS-AZR-0145P")
    line.meterDescription = "Compute hours"
    line.chargeType = ChargeType("Cycle_Charge")
    line.orders = [try id("A1b2C3"), try id("f0e1d2")]
    line.alternateOrder = try id("f0e1d2")
    line.orderDate = try instant("2025-02-08T22:40:37.5897767Z")
    line.reference = try id("Ref-1")
    line.reservationOrder = try id("RIOrderId99")
    line.chargeStart = try day("2025-01-01")
    line.chargeEnd = try day("2025-01-31")
    line.subscriptionStart = try day("2024-12-31")
    line.subscriptionEnd = try day("9998-12-31")
    line.termAndBillingCycle = "One-Year commitment for monthly/yearly billing"
    line.billingFrequency = "Monthly"
    line.creditReasonCode = "Azure Credit"
    line.promotion = "39NFJQT1X7KH"
    line.priceAdjustmentDescription = "[\"15.0% Partner earned credit for services managed\"]"
    line.unitPrice = try amount("0.0000000000000000000001")
    line.effectiveUnitPrice = try amount("-28.7200000000000000000001")
    line.unitType = "1 GB/Month"
    line.quantity = try amount("123456789012345.1234567890123456789012")
    line.billableQuantity = try amount("0.00001")
    line.pricingCurrency = Currency("EUR")
    line.rate = try amount("1.1234567890123456789012")
    line.rateDate = .distantFuture
    line.currency = Currency("JPY")
    line.subtotal = try amount("-0.1234567890123456789012")
    line.tax = try amount("0.000001")
    line.total = try amount("9223372036854.775807")
    try expectSurvival(line, millionths: [nil, "1", "9223372036854775807"])
  }

  @Test("Members of a legacy licence line survive, absent amounts as absent")
  func licence() throws {
    var line = Charge(position: try charge(0).position, family: .licence)
    line.licence = Charge.Licence(platformSubscription: "", amount: try amount("12.5"), discount: nil)
    line.total = .zero
    try expectSurvival(line, millionths: [nil, nil, "0"])
  }

  @Test("Members of a legacy Azure line survive")
  func azure() throws {
    var line = Charge(position: try charge(0).position, family: .azure)
    line.azure = Charge.Azure(
      resource: "guid", region: "EU West", consumed: try amount("1.50"), included: .zero, overage: nil,
      detailLine: "2")
    line.total = try amount("-1e-7")
    try expectSurvival(line, millionths: [nil, nil, nil])
  }

  @Test("A line that says nothing stays one")
  func empty() throws {
    try expectSurvival(
      Charge(position: try charge(0).position, family: .newCommerce), millionths: [nil, nil, nil])
  }

  @Test("Every member of a usage record survives")
  func usage() throws {
    var record = UsageRecord(
      position: LinePosition(invoice: try id("G000024135"), set: dailyRated, page: 0, index: 0))
    record.customer = try id("c-1")
    record.subscription = try id("s-1")
    record.entitlement = "e"
    record.product = try id("p")
    record.sku = try id("0001")
    record.meter = "m"
    record.meterName = "Hours"
    record.resource = "/subscriptions/x"
    record.day = try day("2025-01-31")
    record.chargeType = "new"
    record.unit = "1 Hour"
    record.quantity = try amount("24")
    record.unitPrice = try amount("0.0123456789012345678901")
    record.effectiveUnitPrice = try amount("0.01")
    record.billingTotal = try amount("0.2962962936296296")
    record.billingCurrency = Currency("USD")
    record.pricingTotal = try amount("0.3")
    record.pricingCurrency = Currency("EUR")
    record.rate = .one
    record.earnedCreditRate = try amount("0.15")
    record.creditType = "Credit Not Applied"
    record.benefitType = "SavingsPlan"
    record.benefitOrder = try id("b-1")

    let place = try Place()
    let ledger = try place.ledger()
    try ledger.ingestDocuments([try invoice("G000024135")])
    try ledger.ingestLineSet(invoice: try id("G000024135"), set: dailyRated, bodies: ["b"]) { _ in
      LinePage(itemsDigest: "d", lines: .usage([record]))
    }
    let read = try #require(try ledger.usage(at: record.position))
    #expect(read == record)
    #expect(String(describing: read) == String(describing: record))
    #expect(try ledger.pageSums().isEmpty, "usage is never added to the lines")
    let sum = try #require(try ledger.usagePageSums().first)
    #expect(try sum.tallies[some(Currency("USD"))]?.total == record.billingTotal)
  }

  private func expectSurvival(_ line: Charge, millionths: [String?]) throws {
    let place = try Place()
    let ledger = try place.ledger()
    try ledger.ingest([line])
    let read = try #require(try ledger.charge(at: line.position))
    #expect(read == line)
    // Equality folds ids; the text shows that they print as they were received.
    #expect(String(describing: read) == String(describing: line))
    #expect(
      try ledger.rows("SELECT subtotal_millionths, tax_millionths, total_millionths FROM charge") == [millionths])
    #expect(try ledger.verify() == [])
  }
}
