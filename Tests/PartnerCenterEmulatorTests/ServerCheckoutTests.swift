import Foundation
import PartnerCenterEmulator
import Testing

@Suite("Check-out at the emulator")
struct ServerCheckoutTests {
  /// Puts lines into a cart and gives the cart's path back.
  private func fill(_ caller: ServerCaller, _ country: String = "US", _ lines: String...) async throws -> String {
    let path = try ShopSample.customer(in: country) + "/carts"
    let body = #"{"lineItems":[\#(lines.joined(separator: ","))]}"#
    return "\(path)/\(try await caller.send("POST", path, body: body).id)"
  }

  @Test("Each group of a cart becomes an order of its own")
  func orders() async throws {
    try await ShopSample.with { caller async throws in
      let cart = try await fill(caller, "DE", ShopSample.seatsLine, ShopSample.softwareLine)
      let result = try await caller.send("POST", cart + "/checkout", body: "")
      #expect(result.status == 201)
      let orders = result.objects("orders")
      #expect(orders.map { $0["billingCycle"] as? String } == ["monthly", "one_time"])
      #expect(orders.map { $0["status"] as? String } == ["pending", "pending"])
      #expect(orders.map { ($0["id"] as? String)?.utf8.count } == [12, 33])
      // 10 × 5.60 and 3 × 415.12.
      #expect(result.text.contains(#""totalPrice":56,"#) && result.text.contains(#""totalPrice":1245.36,"#))
      #expect(result.json["orderErrors"] == nil)
      #expect(try await caller.get(cart).json["status"] as? String == "Ordered")
    }
  }

  @Test("The same request again gets the same orders, another request hears that the cart is submitted")
  func idempotency() async throws {
    let configuration = Emulator.Configuration()
    try await ShopSample.with(configuration) { caller async throws in
      let cart = try await fill(caller, "US", ShopSample.seatsLine)
      let first = try await caller.send("POST", cart + "/checkout", ["MS-RequestId": "b1"], body: "")
      #expect(try await caller.send("POST", cart + "/checkout", ["MS-RequestId": "b1"], body: "").text == first.text)
      let other = try await caller.send("POST", cart + "/checkout", ["MS-RequestId": "b2"], body: "")
      #expect(other.status == 400)
      #expect(other.code == "800065")
      let update = try await caller.send("PUT", cart, body: ShopSample.cart(ShopSample.softwareLine))
      #expect(update.code == "800065")
      let path = try ShopSample.customer(in: "US") + "/orders"
      let before = try await caller.get(path).list.count
      configuration.clock.advance(by: .seconds(900))
      #expect(try await caller.get(path).list.count >= before + 1)
      #expect(try await caller.get(path).text.components(separatedBy: ShopSample.seats).count == 2)
    }
  }

  @Test("An answer that was cut off was a check-out all the same")
  func lostAnswer() async throws {
    let lost = Fault(pathContains: "/checkout", kind: .cutBody)
    try await ShopSample.with(.init(faults: [lost])) { caller async throws in
      let cart = try await fill(caller, "US", ShopSample.seatsLine)
      await #expect(throws: (any Error).self) {
        try await caller.send("POST", cart + "/checkout", ["MS-RequestId": "c1"], body: "")
      }
      #expect(try await caller.get(cart).json["status"] as? String == "Ordered")
      let again = try await caller.send("POST", cart + "/checkout", ["MS-RequestId": "c1"], body: "")
      #expect(again.status == 201)
      #expect(again.objects("orders").count == 1)
    }
  }

  @Test("So many answers to a check-out are lost, and each is resolved by reading")
  func lostAnswers() async throws {
    var configuration = Emulator.Configuration()
    configuration.losesCheckoutAnswers = 2
    try await ShopSample.with(configuration) { caller async throws in
      let customer = try ShopSample.customer(in: "US")
      let before = try await caller.get(customer + "/orders").text.components(separatedBy: ShopSample.seats).count
      for request in ["d1", "d2"] {
        let cart = try await fill(caller, "US", ShopSample.seatsLine)
        await #expect(throws: (any Error).self) {
          try await caller.send("POST", cart + "/checkout", ["MS-RequestId": request], body: "")
        }
        #expect(try await caller.get(cart).json["status"] as? String == "Ordered")
        let again = try await caller.send("POST", cart + "/checkout", ["MS-RequestId": request], body: "")
        #expect(again.status == 201)
        let id = try (again.objects("orders").first?["id"] as? String).required
        #expect(try await caller.get("\(customer)/orders/\(id)").text.contains(ShopSample.seats))
      }
      let third = try await fill(caller, "US", ShopSample.seatsLine)
      #expect(try await caller.send("POST", third + "/checkout", body: "").status == 201)
      configuration.clock.advance(by: .seconds(900))
      let after = try await caller.get(customer + "/orders").text.components(separatedBy: ShopSample.seats).count
      #expect(after == before + 3)
    }
  }

  @Test("A busy cart is refused with 800064 and stays open")
  func busy() async throws {
    let busy = Fault(pathContains: "/checkout", kind: .refused(409, code: "800064"))
    try await ShopSample.with(.init(faults: [busy])) { caller async throws in
      let cart = try await fill(caller, "US", ShopSample.seatsLine)
      let refused = try await caller.send("POST", cart + "/checkout", body: "")
      #expect(refused.status == 409)
      #expect(refused.code == "800064")
      #expect(try await caller.send("POST", cart + "/checkout", body: "").status == 201)
    }
  }

  @Test("A check-out succeeds for one group and fails for another")
  func partialSuccess() async throws {
    try await ShopSample.with { caller async throws in
      let backup = ShopSample.line(ShopSample.backup, 5, cycle: "monthly", term: "P1M")
      let cart = try await fill(caller, "US", ShopSample.softwareLine, backup)
      let result = try await caller.send("POST", cart + "/checkout", body: "")
      #expect(result.status == 201)
      #expect(result.objects("orders").count == 1)
      let error = try result.objects("orderErrors").first.required
      #expect(error["orderGroupId"] as? String == "1")
      #expect(error["code"] as? Int == 800_069)
      #expect(error["description"] is String)
    }
  }
}
