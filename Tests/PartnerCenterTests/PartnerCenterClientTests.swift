import Billing
import PartnerCenter
import Testing

@Suite("The Partner Center client")
struct PartnerCenterClientTests {
  private func fetch(
    _ transport: ScriptedTransport, pageSize: Int = 2_000,
    _ call: (PartnerCenterClient, @escaping PartnerCenterClient.Handler) async throws -> Void
  ) async throws -> [FetchedBody] {
    let collector = Collector()
    try await call(PartnerCenterClient(transport: transport, pageSize: pageSize)) { await collector.add($0) }
    return await collector.bodies
  }

  private func customer() throws -> CustomerID {
    try #require(CustomerID("org:9060D13D-0E3A-4C5F-9B1C-3D2E1F0A9B8C"))
  }
  private let customerPath = "/v1/customers/9060d13d-0e3a-4c5f-9b1c-3d2e1f0a9b8c"

  @Test("asks for the partner's own resources with the credentials they take")
  func partner() async throws {
    let transport = ScriptedTransport { _, _ in .json(#"{"items":[]}"#) }
    let invoice = try #require(InvoiceID("G000024135"))
    let bodies = try await fetch(transport) { client, each in
      try await client.customers(each: each)
      try await client.summary(each: each)
      try await client.summaries(each: each)
      try await client.invoices(each: each)
      try await client.invoice(invoice, each: each)
    }
    #expect(
      transport.asked == [
        APIRequest(.get, "/v1/customers?size=500"),
        APIRequest(.get, "/v1/invoices/summary"),
        APIRequest(.get, "/v1/invoices/summaries", credentials: .appAndUser),
        APIRequest(.get, "/v1/invoices?size=2000&offset=0"),
        APIRequest(.get, "/v1/invoices/G000024135", credentials: .appAndUser),
      ])
    #expect(bodies.map(\.key.endpoint) == ["customers", "summary", "summaries", "invoices", "invoice"])
    #expect(bodies.last?.key.invoice == "G000024135")
  }

  @Test("asks for a customer's resources by the bare id in small letters")
  func customers() async throws {
    let transport = ScriptedTransport { _, _ in .json(#"{"items":[]}"#) }
    let customer = try customer()
    let link = "/customers/9060d13d/artifacts/reservedinstance/groups/2caf/lineitems/0350/resource/ebf2"
    let bodies = try await fetch(transport) { client, each in
      try await client.orders(customer: customer, each: each)
      try await client.orders(customer: customer, billingCycle: "one_time", each: each)
      try await client.subscriptions(customer: customer, each: each)
      try await client.entitlements(customer: customer, each: each)
      try await client.artifact(customer: customer, link: link, each: each)
    }
    #expect(
      transport.asked == [
        APIRequest(.get, "\(customerPath)/orders?include_price=true"),
        APIRequest(.get, "\(customerPath)/orders?billingType=onetime&include_price=true"),
        APIRequest(.get, "\(customerPath)/subscriptions"),
        APIRequest(.get, "\(customerPath)/entitlements?showExpiry=true", credentials: .appAndUser),
        APIRequest(.get, "/v1\(link)", credentials: .appAndUser),
      ])
    #expect(
      bodies.map { [$0.key.endpoint, $0.key.customer, $0.key.detail] } == [
        ["orders", "9060d13d-0e3a-4c5f-9b1c-3d2e1f0a9b8c", ""],
        ["orders-by-cycle", "9060d13d-0e3a-4c5f-9b1c-3d2e1f0a9b8c", "onetime"],
        ["subscriptions", "9060d13d-0e3a-4c5f-9b1c-3d2e1f0a9b8c", ""],
        ["entitlements", "9060d13d-0e3a-4c5f-9b1c-3d2e1f0a9b8c", ""],
        ["artifact", "9060d13d-0e3a-4c5f-9b1c-3d2e1f0a9b8c", link],
      ])
  }

  @Test(
    "asks for each set of line items in the query's own spelling",
    arguments: [
      ("one_time", false, "provider=onetime&invoicelineitemtype=billinglineitems&size=2000"),
      (
        "one_time", true,
        "provider=onetime&invoicelineitemtype=usagelineitems&currencycode=eur&period=previous&size=2000"
      ),
      (
        "Marketplace", true,
        "provider=onetime&invoicelineitemtype=usagelineitems&currencycode=eur&period=previous&size=2000"
      ),
      ("office", false, "provider=office&invoicelineitemtype=billinglineitems&size=2000&offset=0"),
      ("azure", false, "provider=azure&invoicelineitemtype=billinglineitems&size=2000&offset=0"),
      ("azure", true, "provider=azure&invoicelineitemtype=usagelineitems&size=2000&offset=0"),
      ("quantum", false, "provider=quantum&invoicelineitemtype=billinglineitems&size=2000"),
    ])
  func lineItems(provider: String, isUsage: Bool, query: String) async throws {
    let transport = ScriptedTransport { _, _ in .json(#"{"items":[]}"#) }
    let invoice = try #require(InvoiceID("G000024135"))
    let currency = try #require(Currency("EUR"))
    let set = LineSet(provider: provider, isUsage: isUsage)
    let bodies = try await fetch(transport) { client, each in
      try await client.lineItems(invoice: invoice, currency: currency, set: set, each: each)
    }
    #expect(transport.asked == [APIRequest(.get, "/v1/invoices/G000024135/lineitems?\(query)")])
    #expect(bodies.first?.key == BodyKey(endpoint: "lineitems", invoice: "G000024135", set: set.description))
  }

  /// Malformed next link and lying totalCount, as printed.
  private static func page(_ items: Int, token: String?, name: String = "line") -> APIResponse {
    let next = token.map {
      #""next":{"uri":"/invoices/G1/lineitems?provider=OneTime&nvoicelineitemtype=BillingLineItems&size=2?"#
        + #"seekOperation=Next","#
        + #""method":"GET","headers":[{"key":"MS-ContinuationToken","value":"\#($0)"}]},"#
    }
    let list = (0..<items).map { #"{"productName":"\#(name) \#($0)","subtotal":16.00}"# }.joined(separator: ",")
    return .json(
      #"{"totalCount":7,"items":[\#(list)],"links":{\#(next ?? "")"#
        + #""self":{"uri":"/invoices/G1","method":"GET","headers":[]}},"attributes":{"objectType":"Collection"}}"#
    )
  }

  private func lines(_ answers: [APIResponse]) async throws -> (bodies: [FetchedBody], asked: [APIRequest]) {
    let transport = ScriptedTransport(answers)
    let invoice = try #require(InvoiceID("G1"))
    let currency = try #require(Currency("EUR"))
    let bodies = try await fetch(transport, pageSize: 2) { client, each in
      try await client.lineItems(
        invoice: invoice, currency: currency, set: LineSet(provider: "onetime", isUsage: false), each: each)
    }
    return (bodies, transport.asked)
  }

  @Test("builds the next request itself: the printed link is malformed and totalCount lies")
  func malformedLink() async throws {
    let walked = try await lines([Self.page(2, token: "x/80=,y"), Self.page(2, token: nil)])
    let target = "/v1/invoices/G1/lineitems?provider=onetime&invoicelineitemtype=billinglineitems&size=2"
    #expect(
      walked.asked == [
        APIRequest(.get, target), APIRequest(.get, "\(target)&seekOperation=Next", continuationToken: "x/80=,y"),
      ])
    #expect(walked.bodies.map(\.key.page) == [0, 1])
    #expect(walked.bodies.map(\.repeats) == [false, false])
  }

  @Test("marks a page whose token repeats, and still gets the page it stood in for")
  func repeated() async throws {
    let walked = try await lines([
      Self.page(2, token: "a"), Self.page(2, token: "a"), Self.page(2, token: nil, name: "other"),
    ])
    #expect(walked.asked.map(\.continuationToken) == [nil, "a", "a"])
    #expect(walked.bodies.map(\.repeats) == [false, true, false])
    #expect(walked.bodies.map(\.key.page) == [0, 1, 1])
  }

  @Test("keeps equal content under a new token")
  func equalContent() async throws {
    let walked = try await lines([Self.page(2, token: "a"), Self.page(2, token: "b"), Self.page(1, token: nil)])
    #expect(walked.bodies.map(\.repeats) == [false, false, false])
    #expect(walked.bodies.map(\.key.page) == [0, 1, 2])
  }

  @Test("stops on /invoices when the service ignores the offset")
  func invoices() async throws {
    let all = APIResponse.json(
      #"{"totalCount":2,"items":[{"id":"G1"},{"id":"G2"}],"#
        + #""links":{"next":{"uri":"/invoices?size=2&offset=2","method":"GET","headers":[]}}}"#
    )
    let transport = ScriptedTransport { _, _ in all }
    let bodies = try await fetch(transport, pageSize: 2) { client, each in try await client.invoices(each: each) }
    #expect(transport.asked.map(\.target) == ["/v1/invoices?size=2&offset=0", "/v1/invoices?size=2&offset=2"])
    #expect(bodies.count == 2)
  }

  @Test("turns what is refused into a refusal, “item isn't available” with status 200 included")
  func refused() async throws {
    let customer = try customer()
    for (status, code) in [(403, "20002"), (404, "60003"), (200, "400072")] {
      let transport = ScriptedTransport { _, _ in
        .json(#"{"code":"\#(code)","description":"No.","data":[]}"#, status: status)
      }
      let refusal = ServiceRefusal(
        status: status, code: code, message: "No.", target: "\(customerPath)/subscriptions")
      await #expect(throws: refusal) {
        _ = try await fetch(transport) { client, each in try await client.subscriptions(customer: customer, each: each)
        }
      }
    }
  }

  @Test("does not send a request where a hostile link points")
  func hostileLink() async throws {
    let customer = try customer()
    let transport = ScriptedTransport([])
    let link = "https://evil.example/v1/customers/1/artifacts/reservedinstance/groups/2"
    await #expect(throws: LinkRefused(link: link)) {
      _ = try await fetch(transport) { client, each in
        try await client.artifact(customer: customer, link: link, each: each)
      }
    }
    #expect(transport.asked.isEmpty)
  }
}
