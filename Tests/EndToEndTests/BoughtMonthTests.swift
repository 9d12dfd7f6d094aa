import Billing
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Reconciliation
import Testing

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A month that was bought in a blank world, billed by the emulator and tied out: what is found is what was planted.
@Suite("A month of purchases end to end")
struct BoughtMonthTests {
  @Test(
    "What is billed as bought ties out, what is not is found",
    arguments: [
      (Emulator.PurchaseBilling.asBought, []),
      (.moreUnits(2), ["quantity-ordered"]),
      (.twice, ["charged-twice"]),
      (.never, ["order-unbilled"]),
    ] as [(Emulator.PurchaseBilling, [String])])
  func bought(billing: Emulator.PurchaseBilling, rules: [String]) async throws {
    var configuration = Emulator.Configuration()
    configuration.billsPurchases = billing
    let world = World.blank(seed: 21)
    let workplace = try Workplace()
    try await Emulator.withServer(world: world, configuration: configuration) { baseURL in
      let shop = try await Shop(baseURL: baseURL, world: world, configuration: configuration)
      try await shop.buy("US", Shop.line("CFQ7TTC0LDPB:0001:CFQ7TTC0Q7ZX", 4, "monthly", "P1M"))
      try await shop.buy("US", Shop.line("CFQ7TTC0LH18:0001:CFQ7TTC0Q4M2", 5, "annual", "P1Y"))
      try await shop.buy("AD", Shop.line("DG7GMGF0PN5Z:0002:DG7GMGF0RX4M", 3, "one_time"))
      try await shop.buy(
        "DE", Shop.line("DG7GMGF0FM4T:0001:DG7GMGF0DT91", 7, "one_time", "P1Y"),
        Shop.line("CFQ7TTC0LDPB:0007:CFQ7TTC0Z5HM", 25, "none", "P1M"),
        Shop.line(
          "DZH318Z09V67:0001:DZH318Z0LRNH", 1, "one_time", "P1Y",
          #","purchaseCommitment":{"amount":0.05,"currency":"usd","grain":"hourly"}"#))
      configuration.clock.advance(by: .seconds(20 * 86_400))
      var settings = try Settings.test(in: workplace, baseURL: baseURL, world: world, configuration: configuration)
      settings.asOf = Instant(seconds: world.asOf + 20 * 86_400)
      let outcome = try await MonthEnd(settings: settings, logger: quiet).run()
      #expect(outcome.period.description == "2025-03")
      #expect(Set(outcome.findings.mismatches.map(\.rule.rawValue)) == Set(rules))
      #expect(outcome.exitCode == (rules.isEmpty ? .tiedOut : .mismatches))
    }
  }
}

/// Buys over plain HTTP.
private struct Shop {
  let baseURL: String
  let world: ServedWorld
  let bearer: String

  init(baseURL: String, world: ServedWorld, configuration: Emulator.Configuration) async throws {
    self.baseURL = baseURL
    self.world = world
    let form =
      "grant_type=client_credentials&resource=https%3A%2F%2Fgraph.windows.net&client_id=\(configuration.clientID)"
      + "&client_secret=\(configuration.clientSecret)"
    let answer = try await Self.post("\(baseURL)/\(world.partnerTenant)/oauth2/token", form, bearer: nil)
    bearer = answer["access_token"] as? String ?? ""
  }

  func buy(_ country: String, _ lines: String...) async throws {
    let customer = try #require(world.countries.first { $0.value == country }?.key)
    let path = "\(baseURL)/v1/customers/\(customer)/carts"
    let cart = try await Self.post(path, #"{"lineItems":[\#(lines.joined(separator: ","))]}"#, bearer: bearer)
    let id = try #require(cart["id"] as? String)
    let result = try await Self.post("\(path)/\(id)/checkout", "", bearer: bearer)
    try #require(result["orders"] is [Any])
  }

  static func line(_ item: String, _ quantity: Int, _ cycle: String, _ term: String = "", _ more: String = "") -> String
  {
    #"{"catalogItemId":"\#(item)","quantity":\#(quantity),"billingCycle":"\#(cycle)","termDuration":"\#(term)"\#(more)}"#
  }

  private static func post(_ address: String, _ body: String, bearer: String?) async throws -> [String: Any] {
    var request = URLRequest(url: try #require(URL(string: address)))
    request.httpMethod = "POST"
    request.httpBody = Data(body.utf8)
    if let bearer { request.setValue("Bearer \(bearer)", forHTTPHeaderField: "Authorization") }
    let (bytes, _) = try await URLSession.shared.data(for: request)
    return try JSONSerialization.jsonObject(with: bytes) as? [String: Any] ?? [:]
  }
}
