import PartnerCenterEmulator

/// A world small enough to check by eye.
enum ServerSample {
  static let tenant = "7f3a1c52-0a41-4c33-9a75-3fbd8c0e1d11"
  static let customer = "0c39d6d5-c70d-4c55-bc02-f620844f3fd1"
  /// 2025-03-20T00:00:00Z
  static let asOf: Int64 = 1_742_428_800

  /// Two lines to a page, and the second page of the new-commerce lines is served twice.
  static var world: ServedWorld {
    var world = ServedWorld(asOf: asOf, partnerTenant: tenant, pageSizeMaximum: 2)
    world.customers = [customer, "5F1B2C3D-0000-4000-8000-00000000000B", "5f1b2c3d-0000-4000-8000-00000000000c"]
      .map { #"{"id":"\#($0)","relationshipToPartner":"reseller"}"# }
    world.summary = #"{"balanceAmount":12.50,"currencyCode":"EUR"}"#
    world.summaries = [world.summary, #"{"balanceAmount":0,"currencyCode":"USD"}"#]
    world.invoices = [
      .init(id: "G000000001", json: amended),
      .init(id: "D000000001", json: #"{"id":"D000000001","currencyCode":"EUR","invoiceType":"Recurring"}"#),
    ]
    world.lines = [
      newCommerce: ["1.10", "2.20", "3.30", "4.40", "5.50"],
      .init(invoice: "G000000001", provider: "onetime", lineItemType: "usagelineitems"): ["0.1", "0.2", "0.3"],
      .init(invoice: "D000000001", provider: "office", lineItemType: "billinglineitems"): ["10", "20", "30"],
      .init(invoice: "G000000002", provider: "onetime", lineItemType: "billinglineitems"): ["7.00"],
    ]
    world.pagesServedTwice = [newCommerce: [1]]
    world.orders = [customer: orders]
    world.subscriptions = [
      customer: [
        #"{"id":"AAAAAAAA-0000-4000-8000-000000000001","orderId":"6dc5c039750a","partnerId":""}"#,
        #"{"id":"aaaaaaaa-0000-4000-8000-000000000002","orderId":"f76c6b7f449d","partnerId":"4847383"}"#,
      ]
    ]
    world.entitlements = [
      customer: [
        .init(type: "software", json: #"{"productId":"S"}"#, jsonWithExpiry: #"{"productId":"S","expiryDate":null}"#),
        .init(
          type: "reservedinstance", json: #"{"productId":"R"}"#,
          jsonWithExpiry: #"{"productId":"R","expiryDate":"2026-01-10T00:00:00Z"}"#),
      ]
    ]
    world.artifacts = [artifact: #"{"type":"reservedinstance","virtualMachineReservations":[]}"#]
    return world
  }

  static let artifact = "/customers/\(customer)/artifacts/reservedinstance/groups/0a1b/lineitems/1c/resource/2d"
  static let newCommerce = ServedWorld.LineSet(
    invoice: "G000000001", provider: "onetime", lineItemType: "billinglineitems")
  /// Served by its own id in exactly this spelling.
  static let amendment =
    #"{"id":"G000000002", "currencyCode":"EUR","totalCharges":17.219999999999999,"note":"a \"}],{ in a text"}"#
  static let amended =
    #"{"id": "G000000001","currencyCode":"EUR","invoiceDetails":[],"amendments":[\#(amendment)],"totalCharges":16.50}"#

  private static let orders = [
    order("2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1", "6dc5c039750a", cycle: "one_time", age: 900),
    order("0ET2qaZvJGfF9wgSKnWzR5JLmhp10lOc1", "f76c6b7f449d", cycle: "monthly", age: 86_400),
    order("0ET2qaZvJGfF9wgSKnWzR5JLmhp10lOc2", nil, cycle: "one_time", age: 899),
  ]

  private static func order(_ id: String, _ short: String?, cycle: String, age: Int64) -> ServedWorld.Order {
    let members = #""id":"\#(id)","lineItems":[{"lineItemNumber":0,"quantity":10}]"#
    return .init(
      id: id, alternateID: short, billingCycle: cycle, createdAt: asOf - age, json: "{\(members)}",
      jsonWithPrice: #"{\#(members),"totalPrice":118.80}"#)
  }
}
