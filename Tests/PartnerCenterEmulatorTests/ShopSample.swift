import Foundation
import PartnerCenterEmulator

/// A seeded world to buy in.
enum ShopSample {
  static let world = World.make(seed: 1, lines: 700, plants: .none).served
  static let seats = "CFQ7TTC0LH18:0001:CFQ7TTC0Q4M2"
  static let perpetual = "DG7GMGF0PN5Z:0002:DG7GMGF0RX4M"
  static let reservation = "DZH318Z0BQ4B:000Z:DZH318Z0DSPL"
  static let restricted = "DZH318Z0BQ3W:007J:DZH318Z0DT4C"
  static let backup = "DZH318Z0C7SR:0001:DZH318Z0C8RN"

  /// The path of the first customer of a market.
  static func customer(in country: String) throws -> String {
    try "/v1/customers/" + world.countries.filter { $0.value == country }.keys.min().required
  }

  /// A customer with an Azure subscription of the old offer: the customer's path, its id and Azure's id.
  static func azure() throws -> (customer: String, id: String, azureID: String) {
    for (customer, texts) in world.subscriptions.sorted(by: { $0.key < $1.key }) {
      for text in texts where text.contains(#""offerId":"MS-AZR-0145P""#) && text.contains(#""status":"active""#) {
        let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
        return try (
          "/v1/customers/\(customer)", (json["id"] as? String).required, (json["entitlementId"] as? String).required
        )
      }
    }
    throw Missing()
  }

  static func with(
    asUser: Bool = false, _ configuration: Emulator.Configuration = .init(),
    _ body: (ServerCaller) async throws -> Void
  ) async throws {
    try await Emulator.withServer(world: world, configuration: configuration) { base in
      var caller = ServerCaller(base: base)
      let form = asUser ? ServerCaller.userForm : ServerCaller.appForm
      caller.bearer = try await caller.signIn(form, tenant: world.partnerTenant).json["access_token"] as? String
      try await body(caller)
    }
  }

  /// A cart of one line for each item.
  static func cart(_ lines: String...) -> String { #"{"lineItems":[\#(lines.joined(separator: ","))]}"# }

  static func line(_ item: String, _ quantity: Int = 1, cycle: String, term: String? = nil, more: String = "") -> String
  {
    let term = term.map { #","termDuration":"\#($0)""# } ?? ""
    return #"{"catalogItemId":"\#(item)","quantity":\#(quantity),"billingCycle":"\#(cycle)"\#(term)\#(more)}"#
  }

  static let seatsLine = line(seats, 10, cycle: "Monthly", term: "P1Y")
  static let softwareLine = line(perpetual, 3, cycle: "one_time")
}

extension ServerCaller.Reply {
  var array: [[String: Any]] { (try? JSONSerialization.jsonObject(with: bytes)) as? [[String: Any]] ?? [] }
  var list: [[String: Any]] { json["items"] as? [[String: Any]] ?? [] }
  func objects(_ name: String) -> [[String: Any]] { json[name] as? [[String: Any]] ?? [] }
  var id: String { json["id"] as? String ?? "" }
  var code: String { json["code"] as? String ?? "" }
}
