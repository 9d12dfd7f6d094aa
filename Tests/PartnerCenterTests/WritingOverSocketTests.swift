import Billing
import Logging
import PartnerCenter
import Testing
import Wire

@Suite("Calls that change something, as bytes")
struct WritingOverSocketTests {
  /// Lends a client over the canned answers, each sign-in included, and returns the requests after the first sign-in.
  private func requests(
    _ answers: [[UInt8]], _ call: (PartnerCenterClient) async throws -> Void
  ) async throws -> [String] {
    let server = try CannedServer([CannedServer.token] + answers)
    defer { server.stop() }
    let base = try ServiceAddress(server.address, option: "--api-url")
    let credentials = Credentials(
      tenant: "contoso.example", clientID: "client-1", clientSecret: try #require(Secret("secret-1")),
      refreshToken: Secret("refresh-1"))
    let configuration = HTTPTransport.Configuration(
      addresses: ServiceAddresses(api: base, signIn: base), credentials: credentials, correlationID: "run-1",
      readMax: .seconds(5))
    try await HTTPTransport.withTransport(configuration, logger: Logger(label: "test")) { transport in
      try await call(PartnerCenterClient(transport: transport))
    }
    return Array(server.requests.dropFirst())
  }

  private let customer = CustomerID("c-1")
  private let line = CartLine(number: 0, catalogItemID: "a:1:b", quantity: 2, billingCycle: "monthly")

  @Test("A body is sent as JSON, and a refused token does not make it another call")
  func cart() async throws {
    let customer = try #require(customer)
    let answers = [
      CannedServer.answer("", status: "401 Unauthorized"), CannedServer.token,
      CannedServer.answer(#"{"id":"k-1","lineItems":[]}"#, status: "201 Created"),
    ]
    let sent = try await requests(answers) { client in
      let cart = try await client.createCart(customer: customer, lines: [line], requestID: "request-1")
      #expect(cart.value.id.printed == "k-1")
    }
    let calls = sent.filter { $0.hasPrefix("POST /v1/customers/c-1/carts HTTP/1.1\r\n") }
    #expect(calls.count == 2)
    for call in calls {
      #expect(call.contains("\r\nContent-Type: application/json\r\n"))
      #expect(call.contains("\r\nMS-RequestId: request-1\r\n"))
      #expect(
        call.hasSuffix(
          #"{"lineItems":[{"id":0,"catalogItemId":"a:1:b","quantity":2,"billingCycle":"monthly"}]}"#))
    }
  }

  @Test("A registration is answered by nothing, and a success by nothing is no success anywhere else")
  func registration() async throws {
    let customer = try #require(customer)
    let subscription = try #require(SubscriptionID("s-1"))
    let accepted = CannedServer.answer(
      "", status: "202 Accepted", headers: ["Location: /customers/c-1/subscriptions/s-1/registrationstatus"])
    let sent = try await requests([accepted]) { client in
      try await client.register(subscription, customer: customer, requestID: "request-1")
    }
    #expect(sent.first?.hasPrefix("POST /v1/customers/c-1/subscriptions/s-1/registrations HTTP/1.1\r\n") == true)
    #expect(sent.first?.contains("Content-Type") == false)

    _ = try await requests([CannedServer.answer("")]) { client in
      await #expect(throws: TransportFailure.self) {
        try await client.registrationStatus(of: subscription, customer: customer)
      }
    }
  }

  @Test("A PDF passes although it is no JSON")
  func statement() async throws {
    let invoice = try #require(InvoiceID("G000024132"))
    let pdf: [UInt8] = Array("%PDF-1.7\n".utf8) + [0xE2, 0xE3, 0xCF, 0xD3, 0x00]
    let sent = try await requests([CannedServer.answer(pdf)]) { client in
      let bytes = try await client.statement(of: invoice)
      #expect(bytes == pdf)
    }
    #expect(sent.first?.contains("\r\nAccept: application/json\r\n") == true)
  }
}
