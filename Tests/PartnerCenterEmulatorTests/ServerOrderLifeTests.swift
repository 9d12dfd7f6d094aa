import Foundation
import PartnerCenterEmulator
import Testing

@Suite("What becomes of an order at the emulator")
struct ServerOrderLifeTests {
  @Test("An order is there by id at once and in lists after 15 minutes, and grows subscription and entitlement")
  func life() async throws {
    let configuration = Emulator.Configuration()
    try await ShopSample.with(asUser: true, configuration) { caller async throws in
      let customer = try ShopSample.customer(in: "DE")
      let cart = try await caller.send(
        "POST", customer + "/carts", body: ShopSample.cart(ShopSample.seatsLine, ShopSample.softwareLine))
      let bought = try await caller.send("POST", "\(customer)/carts/\(cart.id)/checkout", body: "")
      let ids = bought.objects("orders").compactMap { $0["id"] as? String }
      try #require(ids.count == 2)
      let seats = "\(customer)/orders/\(ids[0])"

      #expect(try await caller.get(seats).json["status"] as? String == "pending")
      #expect(try await !caller.get(seats).text.contains("subscriptionId"))
      let early = try await caller.get(seats + "/provisioningstatus").list
      #expect(early.map { $0["status"] as? String } == ["prefulfillmentpending"])
      #expect(try await caller.get("\(customer)/subscriptions?order_id=\(ids[0])").list.isEmpty)
      #expect(try await !caller.get(customer + "/entitlements").text.contains(ids[1]))

      configuration.clock.advance(by: .seconds(600))
      #expect(try await caller.get(seats).json["status"] as? String == "completed")
      let late = try await caller.get(seats + "/provisioningstatus").list
      #expect(late.map { $0["status"] as? String } == ["fulfilled"])
      let subscription = try await caller.get("\(customer)/subscriptions?order_id=\(ids[0])").list.first.required
      #expect(subscription["quantity"] as? Int == 10)
      let path = try "\(customer)/subscriptions/" + (subscription["id"] as? String).required
      #expect(try await caller.get(path).json["offerId"] as? String == ShopSample.seats)
      let provisioning = try await caller.get(path + "/provisioningstatus")
      #expect(provisioning.json["status"] as? String == "success")
      #expect(provisioning.json["quantity"] as? Int == 10)
      let entitlements = try await caller.get(customer + "/entitlements?entitlementType=software&showExpiry=true").list
      let own = try entitlements.first { ($0["referenceOrder"] as? [String: Any])?["id"] as? String == ids[1] }.required
      #expect(own["quantity"] as? Int == 3)
      #expect(own["expiryDate"] == nil)

      #expect(try await !caller.get(customer + "/orders").text.contains(ids[0]))
      configuration.clock.advance(by: .seconds(300))
      #expect(try await caller.get(customer + "/orders?billingType=monthly").text.contains(ids[0]))
      #expect(try await caller.get(customer + "/orders?billingType=onetime").text.contains(ids[1]))
    }
  }

  @Test("A registered Azure subscription holds a reservation, which is followed by its link")
  func reservation() async throws {
    let configuration = Emulator.Configuration()
    try await ShopSample.with(asUser: true, configuration) { caller async throws in
      let (customer, id, azureID) = try ShopSample.azure()
      let subscription = "\(customer)/subscriptions/\(id)"
      let more = #","provisioningContext":{"subscriptionId":"\#(azureID)","scope":"shared"}"#
      let body = ShopSample.cart(ShopSample.line(ShopSample.reservation, cycle: "one_time", term: "P1Y", more: more))
      let refused = try await caller.send("POST", customer + "/carts", body: body)
      #expect(refused.text.contains("subscription_not_registered"))

      func status() async throws -> String {
        try await caller.get(subscription + "/registrationstatus").json["status"] as? String ?? ""
      }
      #expect(try await status() == "NotRegistered")
      let accepted = try await caller.send("POST", subscription + "/registrations", body: "")
      #expect(accepted.status == 202)
      #expect(accepted.headers["location"] == subscription.dropFirst(3) + "/registrationstatus")
      #expect(try await [status(), status(), status()] == ["registering", "registering", "registered"])

      let cart = try await caller.send("POST", customer + "/carts", body: body)
      #expect(cart.text.contains(#""provisioningContext":{"subscriptionId":"\#(azureID)","scope":"shared"}"#))
      let bought = try await caller.send("POST", "\(customer)/carts/\(cart.id)/checkout", body: "")
      let order = try (bought.objects("orders").first?["id"] as? String).required
      configuration.clock.advance(by: .seconds(600))
      let entitlements = try await caller.get(customer + "/entitlements?entitlementType=reservedInstance").list
      let own = try entitlements.first { ($0["referenceOrder"] as? [String: Any])?["id"] as? String == order }.required
      let artifact = try (own["entitledArtifacts"] as? [[String: Any]])?.first.required
      let link = try ((artifact?["link"] as? [String: Any])?["uri"] as? String).required
      let details = try await caller.get("/v1" + link).objects("virtualMachineReservations")
      #expect(details.first?["quantity"] as? Int == 1)
      #expect(details.first?["expiryDateTime"] as? String == "2026-03-19T00:00:00")
    }
  }

  @Test("Only Azure subscriptions register and have Azure entitlements")
  func azureOnly() async throws {
    try await ShopSample.with { caller async throws in
      let (customer, id, azureID) = try ShopSample.azure()
      let path = "\(customer)/subscriptions/\(id)/azureEntitlements"
      #expect(try await caller.get(path).list.map { $0["id"] as? String } == [azureID])
      #expect(try await caller.get("\(path)/\(azureID)").json["status"] as? String == "active")
      #expect(try await caller.get(path + "/none").code == "1000")
      let all = try await caller.get(customer + "/subscriptions").list
      let licence = try (all.first { $0["billingType"] as? String == "license" }?["id"] as? String).required
      let other = "\(customer)/subscriptions/\(licence)"
      #expect(try await caller.send("POST", other + "/registrations", body: "").code == "800011")
      #expect(try await caller.get(other + "/azureEntitlements").code == "800011")
      #expect(
        try await caller.send("POST", customer + "/subscriptions/none/registrations", body: "").code == "20003")
    }
  }
}
