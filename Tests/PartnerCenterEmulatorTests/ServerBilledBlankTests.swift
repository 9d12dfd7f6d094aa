import Foundation
import PartnerCenterEmulator
import Testing

@Suite("A blank world to buy in")
struct ServerBilledBlankTests {
  private typealias Sample = ServerBilledSample

  @Test("It holds customers and nothing that was bought or billed")
  func empty() async throws {
    try await Sample.with { sample async throws in
      let customers = try await sample.caller.get("/v1/customers?size=0").list
      #expect(customers.count == 3)
      #expect(sample.world.countries.values.sorted() == ["AD", "DE", "US"])
      #expect(try await sample.caller.get("/v1/invoices").list.isEmpty)
      let summaries = try await sample.caller.get("/v1/invoices/summaries").list
      #expect(summaries.texts("currencyCode") == ["EUR", "USD"])
      #expect(summaries.allSatisfy { $0["balanceAmount"] as? Int == 0 && ($0["details"] as? [Any])?.isEmpty == true })
      for country in ["AD", "DE", "US"] {
        let path = try sample.customer(country)
        #expect(try await sample.caller.get(path + "/orders").list.isEmpty)
        #expect(try await sample.caller.get(path + "/entitlements").list.isEmpty)
        let subscriptions = try await sample.caller.get(path + "/subscriptions").list
        #expect(subscriptions.texts("offerId") == (country == "US" ? ["MS-AZR-0145P"] : []))
      }
    }
  }

  @Test("The Azure subscription of the first customer holds a reservation once it is registered")
  func registration() async throws {
    try await Sample.with { sample async throws in
      let path = try sample.customer("US")
      let azure = try await sample.caller.get(path + "/subscriptions").list.first.required
      let id = try (azure["id"] as? String).required
      let azureID = try (azure["entitlementId"] as? String).required
      let line = ShopSample.line(
        ShopSample.reservation, 2, cycle: "one_time", term: "P1Y",
        more: #","provisioningContext":{"subscriptionId":"\#(azureID)","scope":"shared"}"#)
      let refused = try await sample.caller.send("POST", path + "/carts", body: ShopSample.cart(line))
      #expect(refused.text.contains("subscription_not_registered"))
      _ = try await sample.caller.send("POST", "\(path)/subscriptions/\(id)/registrations", body: "")
      for _ in 1...3 { _ = try await sample.caller.get("\(path)/subscriptions/\(id)/registrationstatus") }
      try await sample.buy("US", line)
      sample.wait(days: 19)
      // 2 × 569.40 USD, paid in dollars.
      let reply = try await sample.caller.get(Sample.path("G925030002"))
      #expect(reply.items.contains(#""subtotal":1138.8,"#) && reply.items.contains(#""pcToBCExchangeRate":1,"#))
    }
  }

  @Test("The same seed makes the same world, another one other customers")
  func seeds() {
    let customers = World.blank(seed: 3, customers: 9).customers
    #expect(customers.count == 9)
    #expect(World.blank(seed: 3, customers: 9).customers == customers)
    #expect(World.blank(seed: 4, customers: 9).customers != customers)
    #expect(World.blank(seed: 3, customers: 0).customers.isEmpty)
    #expect(World.blank(seed: 3).asOf == 1_742_428_800)
  }
}
