import Foundation
import PartnerCenterEmulator
import Testing

@Suite("The carts of the emulator")
struct ServerCartTests {
  @Test("A cart comes back priced in the customer's currency and grouped by what can be ordered together")
  func create() async throws {
    try await ShopSample.with { caller async throws in
      let customer = try ShopSample.customer(in: "DE")
      let body = ShopSample.cart(ShopSample.seatsLine, ShopSample.softwareLine, ShopSample.seatsLine)
      let cart = try await caller.send("POST", customer + "/carts", body: body)
      #expect(cart.status == 201)
      #expect(cart.json["status"] as? String == "Active")
      #expect(cart.json["expirationTimestamp"] as? String != nil)
      let lines = cart.objects("lineItems")
      #expect(lines.map { $0["id"] as? Int } == [0, 1, 2])
      #expect(lines.map { $0["orderGroup"] as? String } == ["0", "1", "0"])
      #expect(lines.map { $0["currencyCode"] as? String } == ["EUR", "EUR", "EUR"])
      // 5.60 a month, 12 charges, 10 seats.
      #expect(cart.text.contains(#""price":5.6,"extendedPrice":672}"#))
      #expect(try await caller.get(customer + "/carts/\(cart.id)").text == cart.text)
    }
  }

  @Test("A request that is repeated makes no second cart")
  func repeatedCreate() async throws {
    try await ShopSample.with { caller async throws in
      let path = try ShopSample.customer(in: "US") + "/carts"
      let body = ShopSample.cart(ShopSample.seatsLine)
      let first = try await caller.send("POST", path, ["MS-RequestId": "A1"], body: body)
      #expect(try await caller.send("POST", path, ["MS-RequestId": "a1"], body: body).id == first.id)
      #expect(try await caller.send("POST", path, ["MS-RequestId": "A2"], body: body).id != first.id)
    }
  }

  @Test("An update replaces the lines and answers 201")
  func update() async throws {
    try await ShopSample.with { caller async throws in
      let path = try ShopSample.customer(in: "US") + "/carts"
      let cart = try await caller.send("POST", path, body: ShopSample.cart(ShopSample.seatsLine))
      let updated = try await caller.send("PUT", "\(path)/\(cart.id)", body: ShopSample.cart(ShopSample.softwareLine))
      #expect(updated.status == 201)
      #expect(updated.id == cart.id)
      #expect(updated.objects("lineItems").map { $0["catalogItemId"] as? String } == [ShopSample.perpetual])
      let unknown = try await caller.send("PUT", path + "/none", body: ShopSample.cart(ShopSample.seatsLine))
      #expect(unknown.status == 404)
      #expect(unknown.code == "800008")
    }
  }

  @Test(
    "A line that cannot be bought says why, and its cart cannot be checked out",
    arguments: [
      (
        ShopSample.line("CFQ7TTC0LH18:0001:CFQ7TTC0K971", cycle: "monthly", term: "P1Y"), "catalog_item_id_is_not_valid"
      ),
      (ShopSample.line("MS-AZR-0145P", cycle: "monthly"), "legacy_offer_not_eligible_for_purchase"),
      (ShopSample.line(ShopSample.seats, cycle: "one_time", term: "P1Y"), "billing_plan_not_supported"),
      (ShopSample.line(ShopSample.seats, cycle: "monthly", term: "P3Y"), "invalid_input"),
      (ShopSample.line(ShopSample.seats, 0, cycle: "monthly", term: "P1Y"), "invalid_input"),
      (
        ShopSample.line(ShopSample.seats, 301, cycle: "monthly", term: "P1Y"),
        "max_allowed_seats_per_subscription_exceeded"
      ),
      (
        ShopSample.line(ShopSample.seats, cycle: "monthly", term: "P1Y", more: #","currencyCode":"JPY""#),
        "currency_is_not_supported"
      ),
      (ShopSample.line(ShopSample.restricted, cycle: "one_time", term: "P1Y"), "inventory_not_available"),
      (ShopSample.line(ShopSample.reservation, cycle: "one_time", term: "P1Y"), "subscription_is_not_valid"),
    ])
  func lineErrors(line: String, code: String) async throws {
    try await ShopSample.with { caller async throws in
      let path = try ShopSample.customer(in: "US") + "/carts"
      let cart = try await caller.send("POST", path, body: ShopSample.cart(ShopSample.seatsLine, line))
      #expect(cart.status == 201)
      let errors = cart.objects("lineItems").map { ($0["error"] as? [String: Any])?["errorCode"] as? String }
      #expect(errors == [nil, code])
      let refused = try await caller.send("POST", "\(path)/\(cart.id)/checkout", body: "")
      #expect(refused.status == 400)
      #expect(refused.code == "800009")
    }
  }

  @Test(
    "A cart that cannot be read is refused",
    arguments: [
      ("", ""), ("[]", ""), ("{}", "800002"), (#"{"lineItems":[]}"#, "800002"),
      (#"{"lineItems":[{"catalogItemId":"A"}]}"#, ""),
      (ShopSample.cart(ShopSample.line(ShopSample.seats, cycle: "weekly")), "900126"),
    ])
  func unreadable(body: String, code: String) async throws {
    try await ShopSample.with { caller async throws in
      let reply = try await caller.send("POST", ShopSample.customer(in: "US") + "/carts", body: body)
      #expect(reply.status == 400)
      #expect(reply.code == code)
    }
  }

  @Test("A partner that is not qualified is refused perpetual software")
  func notQualified() async throws {
    try await ShopSample.with(.init(sellsPerpetualSoftware: false)) { caller async throws in
      let path = try ShopSample.customer(in: "US") + "/carts"
      let reply = try await caller.send("POST", path, body: ShopSample.cart(ShopSample.softwareLine))
      #expect(reply.status == 403)
      #expect(reply.code == "2006")
      #expect(try await caller.send("POST", path, body: ShopSample.cart(ShopSample.seatsLine)).status == 201)
    }
  }

  @Test("Another customer's cart is unknown, and so is the cart of a tenant nobody knows")
  func foreignCarts() async throws {
    try await ShopSample.with { caller async throws in
      let path = try ShopSample.customer(in: "US") + "/carts"
      let cart = try await caller.send("POST", path, body: ShopSample.cart(ShopSample.seatsLine))
      let foreign = try await caller.get(ShopSample.customer(in: "DE") + "/carts/\(cart.id)")
      #expect(foreign.code == "800008")
      let nobody = try await caller.send(
        "POST", "/v1/customers/nobody/carts", body: ShopSample.cart(ShopSample.seatsLine))
      #expect(nobody.code == "60003")
    }
  }
}
