import Foundation
import PartnerCenterEmulator
import Testing

@Suite("What the emulator serves")
struct ServerTests {
  private let customer = "/v1/customers/\(ServerSample.customer.uppercased())"

  @Test("An order shows in lists 15 minutes after it was placed, by id at once")
  func fifteenMinutes() async throws {
    try await ServerCaller.withSample { caller async throws in
      let list = try await caller.get(customer + "/orders")
      #expect(list.text.contains("2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1"))
      #expect(!list.text.contains("0ET2qaZvJGfF9wgSKnWzR5JLmhp10lOc2"))
      let young = try await caller.get(customer + "/orders/0ET2qaZvJGfF9wgSKnWzR5JLmhp10lOc2")
      #expect(young.json["id"] as? String == "0ET2qaZvJGfF9wgSKnWzR5JLmhp10lOc2")
    }
  }

  @Test(
    "Orders are narrowed by billing type",
    arguments: [
      ("onetime", ["2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1"]), ("OneTime", ["2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1"]),
      ("monthly", ["0ET2qaZvJGfF9wgSKnWzR5JLmhp10lOc1"]), ("triennial", []),
    ])
  func billingType(type: String, ids: [String]) async throws {
    try await ServerCaller.withSample { caller async throws in
      let reply = try await caller.get(customer + "/orders?billingType=\(type)")
      let items = try (reply.json["items"] as? [[String: Any]]).required
      #expect(items.map { $0["id"] as? String } == ids)
      #expect(try await caller.get(customer + "/orders?billingType=one_time").json["code"] as? String == "900126")
    }
  }

  @Test("An order is found by its short id too, and shows prices when asked")
  func orderByShortID() async throws {
    try await ServerCaller.withSample { caller async throws in
      let plain = try await caller.get(customer + "/orders/6DC5C039750A")
      #expect(
        plain.text == #"{"id":"2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1","lineItems":[{"lineItemNumber":0,"quantity":10}]}"#)
      let priced = try await caller.get(customer + "/orders/6dc5c039750a?include_price=true")
      #expect(priced.text.contains(#""totalPrice":118.80"#))
      let status = try await caller.get(customer + "/orders/6dc5c039750a/provisioningstatus")
      #expect(status.text.contains(#""quantity":10,"status":"fulfilled""#))
    }
  }

  @Test("Subscriptions are found by id and by order")
  func subscriptions() async throws {
    try await ServerCaller.withSample { caller async throws in
      let second = try await caller.get(customer + "/subscriptions/AAAAAAAA-0000-4000-8000-000000000002")
      #expect(second.json["orderId"] as? String == "f76c6b7f449d")
      let narrowed = try await caller.get(customer + "/subscriptions?order_id=6DC5C039750A").items
      #expect(narrowed.contains("AAAAAAAA") && !narrowed.contains("aaaaaaaa"))
      #expect(try await caller.get(customer + "/subscriptions?mpn_id=4847383").items == second.text)
    }
  }

  @Test("Entitlements are narrowed by type, show their expiry when asked, and lead to their artifacts")
  func entitlements() async throws {
    try await ServerCaller.withSample { caller async throws in
      #expect(try await caller.get(customer + "/entitlements").items == #"{"productId":"S"},{"productId":"R"}"#)
      let reserved = customer + "/entitlements?entitlementType=reservedInstance&showExpiry=true"
      #expect(try await caller.get(reserved).items == #"{"productId":"R","expiryDate":"2026-01-10T00:00:00Z"}"#)
      #expect(
        try await caller.get("/v1" + ServerSample.artifact.uppercased()).json["type"] as? String == "reservedinstance")
    }
  }

  @Test("An invoice and its amendment are each served by id, spelt as they are")
  func invoiceByID() async throws {
    try await ServerCaller.withSample { caller async throws in
      #expect(try await caller.get("/v1/invoices/G000000001").text == ServerSample.amended)
      #expect(try await caller.get("/v1/invoices/OneTime-G000000002").text == ServerSample.amendment)
      let lines = "/v1/invoices/G000000002/lineitems?provider=onetime&invoicelineitemtype=billinglineitems"
      #expect(try await caller.get(lines).items == "7.00")
    }
  }

  @Test("A set an invoice does not have is an empty list")
  func emptySet() async throws {
    try await ServerCaller.withSample { caller async throws in
      let reply = try await caller.get(
        "/v1/invoices/D000000001/lineitems?provider=azure&invoicelineitemtype=usagelineitems")
      #expect(reply.status == 200)
      #expect(reply.items == "")
    }
  }

  @Test(
    "What is not there is refused with the documented code",
    arguments: [
      ("/v1/invoices/G000000009", 404, "1000"),
      ("/v1/invoices/G000000009/lineitems?provider=onetime&invoicelineitemtype=billinglineitems", 404, "1000"),
      ("/v1/customers/contoso/orders", 404, "60003"),
      ("/v1/customers/\(ServerSample.customer)/orders/nosuchorder", 404, "20000"),
      ("/v1/customers/\(ServerSample.customer)/subscriptions/none", 404, "20003"),
      ("/v1/customers/\(ServerSample.customer)/artifacts/none", 404, "1000"),
      ("/v1/auditrecords", 404, "1000"),
      ("/v2/invoices", 404, "1000"),
    ])
  func unknown(path: String, status: Int, code: String) async throws {
    try await ServerCaller.withSample { caller async throws in
      let reply = try await caller.get(path)
      #expect(reply.status == status)
      #expect(reply.json["code"] as? String == code)
      #expect(reply.json["description"] is String)
      #expect(reply.json["source"] is String)
    }
  }

  @Test(
    "A query that model binding does not understand is refused without a code",
    arguments: [
      "provider=one_time&invoicelineitemtype=billinglineitems",
      "provider=external&invoicelineitemtype=billinglineitems",
      "provider=onetime&invoicelineitemtype=billing_line_items",
      "provider=office&invoicelineitemtype=usagelineitems",
      "provider=onetime",
      "provider=onetime&invoicelineitemtype=billinglineitems&size=two",
      "provider=onetime&invoicelineitemtype=billinglineitems&size=0",
    ])
  func invalidRequest(query: String) async throws {
    try await ServerCaller.withSample { caller async throws in
      let reply = try await caller.get("/v1/invoices/G000000001/lineitems?\(query)")
      #expect(reply.status == 400)
      #expect(reply.text == #"{"message":"The request is invalid."}"#)
    }
  }

  @Test("Answers echo the caller's ids and say they are JSON")
  func responseHeaders() async throws {
    try await ServerCaller.withSample { caller async throws in
      let id = "65b26053-37f0-4303-9fd1-46ad8012bcb6"
      let reply = try await caller.get("/v1/invoices/summary", ["MS-RequestId": id, "MS-CorrelationId": id])
      #expect(reply.headers["ms-requestid"] == id)
      #expect([id, "\(id),\(id)"].contains(reply.headers["ms-correlationid"]))
      #expect(reply.headers["x-locale"]?.hasPrefix("en-US") == true)
      #expect(reply.headers["content-type"]?.hasPrefix("application/json") == true)
      #expect(reply.text == #"{"balanceAmount":12.50,"currencyCode":"EUR"}"#)
    }
  }

  @Test("Only GET is served below /v1")
  func otherMethods() async throws {
    try await ServerCaller.withSample { caller async throws in
      #expect(try await caller.send("POST", "/v1/invoices", body: "").status == 405)
    }
  }
}
