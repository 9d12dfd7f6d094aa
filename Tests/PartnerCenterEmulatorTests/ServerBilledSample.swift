import Foundation
import PartnerCenterEmulator

/// A blank world to buy a month in, with a clock that is set by its days.
struct ServerBilledSample {
  let caller: ServerCaller
  let world: ServedWorld
  let clock: EmulatorClock

  /// 2025-03-20T00:00:00Z
  static let march20: Int64 = 1_742_428_800
  static let day: Int64 = 86_400

  static let azurePlan = "DZH318Z0BPS6:0001:DZH318Z0BP1F"
  static let calLicence = "DG7GMGF0FM4T:0001:DG7GMGF0DT91"
  static let trial = "CFQ7TTC0LDPB:0007:CFQ7TTC0Z5HM"
  static let savingsPlan = "DZH318Z09V67:0001:DZH318Z0LRNH"

  static func with(
    asOf: Int64 = march20, _ configuration: Emulator.Configuration = .init(), world: ServedWorld? = nil,
    _ body: (ServerBilledSample) async throws -> Void
  ) async throws {
    let world = world ?? World.blank(seed: 11, customers: 3, asOf: asOf)
    try await Emulator.withServer(world: world, configuration: configuration) { base in
      var caller = ServerCaller(base: base)
      let answer = try await caller.signIn(ServerCaller.userForm, tenant: world.partnerTenant)
      caller.bearer = answer.json["access_token"] as? String
      try await body(ServerBilledSample(caller: caller, world: world, clock: configuration.clock))
    }
  }

  /// The path of the customer of a market.
  func customer(_ country: String) throws -> String {
    try "/v1/customers/" + world.countries.filter { $0.value == country }.keys.min().required
  }

  /// Buys lines in a cart of their own and gives the ids of the orders back.
  @discardableResult
  func buy(_ country: String, _ lines: String...) async throws -> [String] {
    let path = try customer(country) + "/carts"
    let cart = try await caller.send("POST", path, body: #"{"lineItems":[\#(lines.joined(separator: ","))]}"#)
    let result = try await caller.send("POST", "\(path)/\(cart.id)/checkout", body: "")
    guard result.status == 201 else { throw Missing() }
    return result.objects("orders").compactMap { $0["id"] as? String }
  }

  /// Lets the time go by until a second after the world's as-of.
  func wait(days: Int64, seconds: Int64 = 0) {
    clock.advance(by: .seconds(days * Self.day + seconds))
  }

  /// The lines of an invoice, taken apart.
  func lines(_ invoice: String) async throws -> [[String: Any]] {
    try await caller.get(Self.path(invoice)).list
  }

  static func path(_ invoice: String) -> String {
    "/v1/invoices/\(invoice)/lineitems?provider=onetime&invoicelineitemtype=billinglineitems"
  }

  func unbilled(_ currency: String, _ period: String) async throws -> [[String: Any]] {
    try await caller.get(
      "/v1/invoices/unbilled/lineitems?provider=onetime&invoicelineitemtype=billinglineitems"
        + "&currencycode=\(currency)&period=\(period)"
    ).list
  }
}

extension [[String: Any]] {
  /// The texts of one member.
  func texts(_ name: String) -> [String] { map { $0[name] as? String ?? "–" } }
}
