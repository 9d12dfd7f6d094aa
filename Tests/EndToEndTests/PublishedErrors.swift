import Billing
import PartnerCenter
import Synchronization
import Testing
import Wire

/// Refusals, and samples of calls that are not made.
extension PublishedCase {
  static let errors = [
    PublishedCase("Too many calls are told from other refusals, with the rest asked for", ["error.throttled-429"]) {
      talk in
      let refusal = ServiceRefusal(
        status: 429, code: nil, message: "Rate limit is exceeded. Try again in 57 seconds.",
        target: "/v1/invoices/summary")
      await #expect(throws: refusal) { try await talk.client.summary { _ in } }
    },
    PublishedCase(
      "After too many calls everybody rests as long as was asked for, then the answer comes",
      ["error.throttled-429", "get-invoice-summary"]
    ) { talk in
      let naps = Mutex<[Duration]>([])
      let beginning = ContinuousClock.now
      let paced = PacedTransport(
        next: talk.transport, logger: quiet,
        now: { beginning.advanced(by: naps.withLock { $0.reduce(.zero, +) }) },
        sleep: { nap in naps.withLock { $0.append(nap) } })
      let retrying = RetryingTransport(
        next: paced, logger: quiet, sleep: { nap in naps.withLock { $0.append(nap) } }, random: { 0 })
      var balances: [String] = []
      try await PartnerCenterClient(transport: retrying).summary { body in
        balances.append(talk.known(try Wire.summary(body.response.body)).balance.description)
      }
      #expect(balances == ["751094.39"])
      // Who was refused has rested for 57 seconds when the line asks: nobody rests twice.
      #expect(naps.withLock { $0 } == [.seconds(57)])
    },
    PublishedCase("A refusal in the service's own shape gives its code and its reason", ["error.schema"]) { talk in
      let refusal = ServiceRefusal(
        status: 400, code: "<string>", message: "<string>", target: "/v1/invoices/summary")
      await #expect(throws: refusal) { try await talk.client.summary { _ in } }
    },
    PublishedCase("A refusal in the shape of the other hosts gives its code and its reason", ["error.partner-api"]) {
      talk in
      let month = try #require(Month("2019-09"))
      let refusal = ServiceRefusal(
        status: 401, code: "unAuthorized", message: "Caller is not authorized to access the resource.",
        target: "/v1.0/sales/fxrates(Month='201909')/$value")
      await #expect(throws: refusal) { try await talk.client.exchangeRates(month: month) }
      // A token may have died before its time, so a new one was tried.
      #expect(talk.server.asked.count == 2)
    },
  ]

  static let others =
    [
      order("create-order", "Cs_jyTxubLpvdJXdo8xcQZN6I2RsLrgZ1", ["A_sample_Azure_RI 1"]),
      order(
        "change-billing-cycle", "cf3b0e37-be0b-4cdd-b584-d1a97d98a922",
        ["new offer purchase 5", "Some friendly name 2"]),
      order(
        "cancel-order-line", "2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1",
        [
          "SQL Server Enterprise - 2 Core License Pack - 3 year 0", "Windows Server CAL - 1 Device CAL - 3 year 1",
        ]),
      asked("get-service-costs.summary", "/v1/customers/c1/servicecosts/mostrecent"),
      asked("get-service-costs.line-items", "/v1/customers/c1/servicecosts/mostrecent/lineitems"),
      asked("audit-records", "/v1/auditrecords?startDate=2020-09-02&endDate=2020-09-02"),
    ]
    + ["create-order.request", "change-billing-cycle.request", "cancel-order-line.request", "webhook.invoice-ready"]
    .map { name in
      PublishedCase("What Tieout neither sends nor gets is whole JSON: \(name)", [name]) { talk in
        try Wire.validate(try talk.sample(name))
      }
    }

  /// An order that a call answers with which is not made here.
  private static func order(_ sample: String, _ id: String, _ lines: [String]) -> PublishedCase {
    PublishedCase("An order is an order, whichever call prints it: \(sample)", [sample]) { talk in
      let order = talk.known(try Wire.order(try talk.sample(sample)))
      #expect(order.id.printed == id)
      #expect(order.lines.map { "\($0.name) \($0.quantity)" } == lines)
    }
  }

  /// An answer to a call that has no function of its own: it comes whole, byte by byte.
  private static func asked(_ sample: String, _ target: String) -> PublishedCase {
    PublishedCase("An answer nobody decodes comes whole: \(sample)", [sample]) { talk in
      let answer = try await talk.transport.answer(to: APIRequest(.get, target))
      #expect(answer.status == 200)
      try Wire.validate(answer.body)
      #expect(answer.body == (try talk.sample(sample)))
    }
  }
}
