import Billing
import Foundation
import PartnerCenter
import Synchronization
import Testing
import Wire

/// The published samples of the reconciliation family, asked for by the client and decoded as in a run.
@Suite("Published samples", .enabled(if: PublishedService.isPresent))
struct PublishedSamplesTests {
  let customer = CustomerID("b0d70a69-4c42-4b27-b17b-91a835d8686a")
  let dollars = Currency("USD")

  // MARK: Account

  @Test("Customers come with their ids")
  func customers() async throws {
    let service = PublishedService(["/v1/customers?size=40": "list-customers"])
    let customers = try await service.bodies { try await $0.customers(each: $1) }
      .map { try Wire.customers($0).value }
    #expect(
      customers.flatMap(\.self).map(\.id.printed) == [
        "b44bb1fb-c595-45b0-9e09-d657365580bf", "45c44870-ef77-4fdd-b6fe-3dacb075cff2",
      ])
  }

  @Test("The balance is the sum of its parts: 202955.87 + 548138.52 = 751094.39")
  func summary() async throws {
    let service = PublishedService(["/v1/invoices/summary": "get-invoice-summary"])
    let summaries = try await service.bodies { try await $0.summary(each: $1) }
      .map { try Wire.summary($0).value }
    let summary = try #require(summaries.first)
    #expect(summary.currency == dollars)
    let parts = summary.details.map(\.summary.balance)
    #expect(parts.map(\.description) == ["202955.87", "548138.52"])
    #expect(try parts.reduce(Amount.zero) { try $0 + $1 } == summary.balance)
    #expect(summary.balance.description == "751094.39")
  }

  @Test("There is a balance for each currency")
  func summaries() async throws {
    let service = PublishedService(["/v1/invoices/summaries": "get-invoice-summaries"])
    let all = try await service.bodies { try await $0.summaries(each: $1) }
      .map { try Wire.summaries($0).value }
    #expect(
      all.flatMap(\.self).map { "\($0.balance) \($0.currency)" } == ["751094.39 GBP", "1230.33 CHF", "1001.12 EUR"])
  }

  // MARK: Documents

  @Test("Invoices are read until a page adds no new one")
  func invoices() async throws {
    // The sample announces a next page; a service that ignores the offset gives the same one again.
    let service = PublishedService([
      "/v1/invoices?size=40&offset=0": "list-invoices", "/v1/invoices?size=40&offset=1": "list-invoices",
    ])
    let pages = try await service.bodies { try await $0.invoices(each: $1) }
      .map { try Wire.invoices($0).value }
    let documents = Invoice.documents(in: pages.flatMap(\.self))
    #expect(
      documents.map { "\($0.id) \($0.totalCharges) \($0.currency) \($0.documentType)" } == [
        "D02005YFHI 24606.35 GBP invoice", "G000024130 586366 CHF void_note",
        "G000024131 107661.12 CHF adjustment_note",
      ])
    #expect(
      documents.flatMap(\.details).map(\.description) == ["office-billing", "onetime-billing", "onetime-billing"])
  }

  @Test("The lines of both pages add up to their invoice: 470.67 + 28.72 + 1577.24 = 2076.63")
  func invoiceAndItsLines() async throws {
    let first = "/v1/invoices/G000024135/lineitems?provider=onetime&invoicelineitemtype=billinglineitems&size=40"
    let service = PublishedService([
      "/v1/invoices/G000024135": "get-invoice", first: "get-invoice-line-items.onetime",
      first + "&seekOperation=Next": "get-invoice-line-items.onetime.page2",
    ])
    let id = try #require(InvoiceID("G000024135"))
    let invoices = try await service.bodies { try await $0.invoice(id, each: $1) }
      .map { try Wire.invoice($0).value }
    let invoice = try #require(invoices.first)
    #expect(invoice.totalCharges.description == "2076.63")
    let set = try #require(invoice.details.first)
    let lines = try await charges(of: service, id, set)
    #expect(lines.map(\.total?.description) == ["470.67", "28.72", "1577.24"])
    #expect(lines.map(\.position.page) == [0, 0, 1])
    #expect(try lines.compactMap(\.total).reduce(Amount.zero) { try $0 + $1 } == invoice.totalCharges)
    #expect(service.asked.last?.continuationToken?.hasPrefix("d19617b8-fbe5-4684-a5d8-0230972fb0cf,") == true)
  }

  // MARK: Lines

  @Test(
    "Billing lines of every provider print their totals",
    arguments: [
      (
        "G000773581", "onetime", ["onetime.rev2023", "onetime.page2.rev2023"],
        ["0", "793", "0", "17.61", "0", "793", "0", "17.61"]
      ),
      ("1234000000", "office", ["office"], ["0", "0"]),
      ("1234000000", "azure", ["azure-billing"], ["69.67", "0"]),
    ])
  func billing(invoice: String, provider: String, samples: [String], totals: [String]) async throws {
    let id = try #require(InvoiceID(invoice))
    let set = LineSet(provider: provider, isUsage: false)
    let lines = try await charges(of: lineItems(invoice, provider, "billinglineitems", samples), id, set)
    #expect(lines.map(\.total?.description) == totals)
  }

  @Test(
    "Daily usage prints what it billed, legacy usage what was used",
    arguments: [
      (
        "onetime", ["billed-usage", "billed-usage.page2"],
        ["0.486031696515249", "0.490235765325545", "0.486031696515249"]
      ),
      (
        "onetime", ["billed-usage.rev2023", "billed-usage.page2"],
        ["0.486031696515249", "0.490235765325545", "0.486031696515249"]
      ),
      ("azure", ["azure-usage"], ["2.9616", "24"]),
    ])
  func usage(provider: String, samples: [String], printed: [String]) async throws {
    let id = try #require(InvoiceID("T000001234"))
    let set = LineSet(provider: provider, isUsage: true)
    let currency = try #require(dollars)
    let service = lineItems("T000001234", provider, "usagelineitems", samples)
    let pages = try await service.bodies { try await $0.lineItems(invoice: id, currency: currency, set: set, each: $1) }
      .map { try Wire.usage($0, invoice: id, set: set, page: 0).value }
    #expect(pages.flatMap(\.self).map { ($0.billingTotal ?? $0.quantity)?.description } == printed)
  }

  // MARK: What was bought

  @Test("Orders of a customer, and those of one billing cycle")
  func orders() async throws {
    let customer = try #require(customer)
    let path = "/v1/customers/\(customer.key)/orders?"
    let service = PublishedService([
      path + "include_price=true": "list-orders",
      path + "billingType=onetime&include_price=true": "list-orders.by-billing-type.onetime",
    ])
    let all = try await service.bodies { try await $0.orders(customer: customer, each: $1) }
      .map { try Wire.orders($0).value }
    #expect(
      all.flatMap(\.self).map(\.id.printed) == [
        "9qg-ErcO-4MPbPqq_3MIQaS7bn8W6HfG1", "eeba9d00-7b46-443a-917e-22887a8fc993",
      ])
    let oneTime = try await service.bodies {
      try await $0.orders(customer: customer, billingCycle: "one_time", each: $1)
    }
    .map { try Wire.orders($0).value }
    #expect(
      oneTime.flatMap(\.self).flatMap(\.lines).map(\.name) == [
        "Reserved_VM_Instance_Standard_D1_AP_East_1_Year", "Reserved_VM_Instance_Standard_NC12_AU_East_3_Years",
      ])
  }

  @Test("One order says what was bought")
  func order() throws {
    let order = try Wire.order(try PublishedService.body("get-order")).value
    #expect(order.id.printed == "YxH1q4KScfvfkJQjgRI8QY1DznnUWZTH1")
    #expect(order.lines.map(\.name) == ["Reserved_VM_Instance_Standard_NC12_AU_East_1_Year"])
  }

  @Test(
    "Subscriptions of a customer",
    arguments: [
      ("list-subscriptions", "83ef9d05-4169-4ef9-9657-0e86b1eab1de", "1"),
      ("list-subscriptions.software", "924671ba-eab9-45d7-95ed-dbd9477f182b", "1"),
      ("list-subscriptions.by-order", "83ef9d05-4169-4ef9-9657-0e86b1eab1de", "1"),
      ("list-subscriptions.by-partner", "42226ED6-070A-4E0F-B80C-4CDFB3E97AA7", "5"),
    ])
  func subscriptions(sample: String, id: String, quantity: String) async throws {
    let customer = try #require(customer)
    let service = PublishedService(["/v1/customers/\(customer.key)/subscriptions": sample])
    let found = try await service.bodies { try await $0.subscriptions(customer: customer, each: $1) }
      .map { try Wire.subscriptions($0, customer: customer).value }
    #expect(found.flatMap(\.self).map(\.id.printed) == [id])
    #expect(found.flatMap(\.self).map(\.quantity?.description) == [quantity])
  }

  @Test(
    "One subscription says what runs",
    arguments: [
      ("azure", "Microsoft Azure", "1"), ("add-on", "Some friendly name", "2"),
      ("new-commerce", "Microsoft 365 Business Basic", "15"),
    ])
  func subscription(sample: String, name: String, quantity: String) throws {
    let body = try PublishedService.body("get-subscription.\(sample)")
    let subscription = try Wire.subscription(body, customer: try #require(customer)).value
    #expect(subscription.name == name)
    #expect(subscription.quantity?.description == quantity)
  }

  @Test("A reservation is followed from its entitlement to its details")
  func entitlements() async throws {
    let customer = try #require(CustomerID("18ac2950-8ea9-4dfc-92a4-ff4d4cd57796"))
    let link =
      "/customers/18ac2950-8ea9-4dfc-92a4-ff4d4cd57796/artifacts/reservedinstance/groups/"
      + "2caf524395724e638ef64e109f1f79ca/lineitems/03500b1b-f2d6-4e23-ab4b-9fd67b917012/resource/"
      + "ebf2e74b-630e-4a09-857d-a1f6c6351336"
    let older = link.split(separator: "reservedinstance").joined(separator: "virtualmachinereservedinstance")
    let service = PublishedService([
      "/v1/customers/\(customer.key)/entitlements?showExpiry=true": "list-entitlements",
      "/v1\(link)": "get-reservation-details", "/v1\(older)": "get-reservation-details.v1-8",
    ])
    let found = try await service.bodies { try await $0.entitlements(customer: customer, each: $1) }
      .map { try Wire.entitlements($0, customer: customer).value }
    #expect(
      found.flatMap(\.self).map(\.referenceOrder?.printed) == [
        "KaJ8XvkKc_GoNZOUyjVaRJalTBN5MWdV1", "NUXMSvmS20EQ4kFsZmzkSqb747fqKmNk1",
      ])
    #expect(found.flatMap(\.self).flatMap(\.reservations).map(\.link) == [link])
    for link in [link, older] {
      let quantities = try await service.bodies { try await $0.artifact(customer: customer, link: link, each: $1) }
        .map { try Wire.reservationQuantity($0).value }
      #expect(quantities == [.one])
    }
    #expect(service.asked.allSatisfy { $0.credentials == .appAndUser })
  }

  // MARK: Tokens

  @Test(
    "Tokens are read with their lifetime",
    arguments: [
      ("app-only", "value-has-been-removed", 3600), ("refresh-token", "AccessTokenValue", 3600),
      ("authorization-code", "Access", 3599),
    ])
  func token(sample: String, token: String, seconds: Int) throws {
    let answer = try Wire.token(try PublishedService.body("token.\(sample)"))
    #expect(answer.accessToken == token)
    #expect(answer.lifetimeSeconds == seconds)
    #expect(!"\(answer)".contains(token))
  }

  // MARK: Helpers

  private func lineItems(
    _ invoice: String, _ provider: String, _ type: String, _ samples: [String]
  ) -> PublishedService {
    let period = provider == "onetime" && type == "usagelineitems" ? "&currencycode=usd&period=previous" : ""
    let first = "/v1/invoices/\(invoice)/lineitems?provider=\(provider)&invoicelineitemtype=\(type)\(period)&size=40"
    let names = samples.map { "get-invoice-line-items.\($0)" }
    guard provider == "onetime" else { return PublishedService([first + "&offset=0": names[0]]) }
    return PublishedService([first: names[0], first + "&seekOperation=Next": names[1]])
  }

  private func charges(of service: PublishedService, _ invoice: InvoiceID, _ set: LineSet) async throws -> [Charge] {
    let currency = try #require(dollars)
    let bodies = try await service.bodies {
      try await $0.lineItems(invoice: invoice, currency: currency, set: set, each: $1)
    }
    return try bodies.enumerated().flatMap { page, body in
      let decoded = try Wire.charges(body, invoice: invoice, set: set, page: page)
      #expect(decoded.notes.unknownMembers.isEmpty)
      return decoded.value
    }
  }
}

/// A service that answers the requests it knows with published samples, and all others with an empty list.
private final class PublishedService: Transport {
  private static let folder = URL(fileURLWithPath: projectFolder)
    .appendingPathComponent("../shared/partner-center/examples").standardizedFileURL

  static var isPresent: Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent("index.json").path)
  }

  static func body(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appendingPathComponent("\(name).json")))
  }

  private let samples: [String: String]
  private let log = Mutex<[APIRequest]>([])

  var asked: [APIRequest] { log.withLock { $0 } }

  /// - Parameter samples: The name of the sample for each target.
  init(_ samples: [String: String]) { self.samples = samples }

  func answer(to request: APIRequest) async throws -> APIResponse {
    log.withLock { $0.append(request) }
    if let sample = samples[request.target] { return APIResponse(status: 200, body: try Self.body(sample)) }
    #expect(request.target.contains("offset="), "unexpected request \(request.target)")
    return APIResponse(status: 200, body: Array(#"{"totalCount":0,"items":[]}"#.utf8))
  }

  /// The bodies the client hands out, page by page.
  func bodies(
    _ ask: (PartnerCenterClient, PartnerCenterClient.Handler) async throws -> Void
  ) async throws -> [[UInt8]] {
    var bodies: [[UInt8]] = []
    try await ask(PartnerCenterClient(transport: self, pageSize: 40)) { body in
      if !body.repeats { bodies.append(body.response.body) }
    }
    return bodies
  }
}
