import Billing
import PartnerCenter
import Testing
import Wire

/// Carts and their check-out.
extension PublishedCase {
  private static let customer = "28045616-f6b9-462f-9701-0d89b5e65c44"

  static let carts = [
    PublishedCase(
      "A cart comes back grouped by what becomes one order", ["create-cart", "create-cart.request"]
    ) { talk in
      let context = ["subscriptionId": "1C461A25-F729-4FA5-AADB-280947DD05E8"]
      var lines = [
        CartLine(number: 0, catalogItemID: "MS-AZR-0145P", quantity: 1, billingCycle: "monthly", termDuration: "P1Y"),
        CartLine(
          number: 1, catalogItemID: "DZH318Z0BQ36:004G:DZH318Z08C0S", quantity: 1, billingCycle: "one_time",
          termDuration: "P1Y", provisioningContext: context.merging(["scope": "shared"]) { $1 }),
        CartLine(
          number: 2, catalogItemID: "DZH318Z0BQ36:004J:DZH318Z08B8X", quantity: 1, billingCycle: "one_time",
          termDuration: "P3Y", provisioningContext: context.merging(["scope": "single"]) { $1 }),
        CartLine(number: 3, catalogItemID: "DG7GMGF0DWTL:0001:DG7GMGF0DSFM", quantity: 1, billingCycle: "one_time"),
        CartLine(
          number: 4, catalogItemID: "DZH318Z0BXWC:0002:DZH318Z0BMRV", quantity: 1, billingCycle: "monthly",
          termDuration: "P1M"),
        CartLine(
          number: 5, catalogItemID: "DZH318Z0C0WF:0001:DZH318Z0BP69", quantity: 10, billingCycle: "none",
          termDuration: "P1M"),
      ]
      lines[5].renewsToTerm = "P1Y"
      let cart = talk.known(
        try await talk.client.createCart(customer: try talk.id(customer), lines: lines, requestID: "request-1"))
      #expect(cart.id.printed == "3655b1a0-b1c9-4268-9824-577fdbc4d0be")
      #expect(cart.expires?.description == "2019-01-16T01:00:54.4188497Z")
      #expect(
        cart.linesByGroup.map { "\($0.group): \($0.lines.map(\.number))" } == [
          "OMS-0: [0]", "0: [1, 2, 3]", "1: [4]", "2: [5]",
        ])
      #expect(cart.lines.last?.renewsToTerm == "P1Y")
      #expect(talk.server.asked.map { $0.headers["ms-requestid"] } == ["request-1"])
      try talk.expectSent("create-cart.request")
    },
    PublishedCase(
      "Resellers take part in a purchase", ["create-cart.indirect-resellers", "create-cart.indirect-resellers.request"]
    ) { talk in
      var lines = [
        CartLine(
          number: 0, catalogItemID: "CFQ7TTC0LH0Z:0001:CFQ7TTC0K18P", quantity: 1, billingCycle: "monthly",
          termDuration: "P1M"),
        CartLine(
          number: 1, catalogItemID: "CFQ7TTC0LFLS:0002:CFQ7TTC0KDLJ", quantity: 2, billingCycle: "monthly",
          termDuration: "P1Y"),
      ]
      lines[0].customTermEnd = Instant(try #require(Day(year: 2022, month: 2, day: 19)))
      lines[1].participants = [
        .init(role: "transaction_reseller", partner: "5357564"),
        .init(role: "additional_transaction_reseller", partner: "517285"),
        .init(role: "additional_transaction_reseller", partner: "5357563"),
      ]
      let cart = talk.known(
        try await talk.client.createCart(
          customer: try talk.id(customer), lines: lines, isResellerAttested: true, requestID: "request-1"))
      #expect(cart.lines.map(\.participants) == lines.map(\.participants))
      #expect(cart.lines.first?.customTermEnd == lines[0].customTermEnd)
      try talk.expectSent("create-cart.indirect-resellers.request")
    },
    PublishedCase(
      "A new-commerce cart shows the price of a charge and of the whole term",
      ["create-cart.new-commerce", "create-cart.new-commerce.request"]
    ) { talk in
      let line = CartLine(
        number: 0, catalogItemID: "CFQ7TTC0LFLZ:0002:CFQ7TTC0K4TS", quantity: 1, billingCycle: "Monthly",
        termDuration: "P1M")
      let cart = talk.known(
        try await talk.client.createCart(customer: try talk.id(customer), lines: [line], requestID: "request-1"))
      #expect(cart.id.printed == "2517c51b-58cd-4abe-87ed-3ab812401ab4")
      #expect(cart.lines.map(\.pricing?.price?.description) == ["30.4"])
      #expect(cart.lines.map(\.pricing?.extended?.description) == ["364.8"])
      // The sample's line has no number of its own.
      try talk.expectSent("create-cart.new-commerce.request", without: "id")
    },
    PublishedCase("A cart is replaced as a whole", ["update-cart", "update-cart.request"]) { talk in
      var line = CartLine(
        number: 0, catalogItemID: "DG7GMGF0DWTL:0001:DG7GMGF0DSJB", quantity: 2, billingCycle: "one_time",
        provisioningContext: [
          "subscriptionId": "3D5ECED6-1151-44C7-AEE6-70A4BB725666", "scope": "shared", "duration": "1Year",
        ])
      line.name = "A_sample_Azure_RI"
      guard case .instant(let time) = Instant.reading("2018-03-15T17:15:02.3840528Z") else {
        Issue.record("no instant")
        return
      }
      let before = Cart(
        id: try talk.id("b4c8fdea-cbe4-4d17-9576-13fcacbf9605"), created: time, lastModified: time,
        lastModifiedBy: "2713ccd7-ea3b-470a-9cfb-451d5d0482cc", lines: [line])
      let cart = talk.known(
        try await talk.client.updateCart(before, customer: try talk.id(customer), requestID: "request-1"))
      #expect(cart.lines.map(\.provisioningContext) == [line.provisioningContext])
      // The sample sends the sentinel for “not set”; an expiry that is not set is not sent.
      try talk.expectSent("update-cart.request", without: "expirationtimestamp")
    },
    checkOut(
      "checkout-cart",
      orders: [
        "3c6f2530-1e31-4088-8230-dd1c31a18bce", "311qiN8iFwkv-XARWMvXRYAwYKMACVqv1",
        "HVu_cO8Ea7fNRQP4ia1QTpZap-kg_7P71",
      ], lines: [1, 3, 1]),
    checkOut("checkout-cart.indirect-resellers", orders: ["f76c6b7f449d"], lines: [2]),
    checkOut("checkout-cart.new-commerce.order", orders: ["a68736758d9c"], lines: [1]),
  ]

  private static func checkOut(_ sample: String, orders: [String], lines: [Int]) -> PublishedCase {
    PublishedCase("A check-out makes one or more orders: \(sample)", [sample]) { talk in
      let result = talk.known(
        try await talk.client.checkOut(
          try talk.id("3655b1a0-b1c9-4268-9824-577fdbc4d0be"), customer: try talk.id(customer), requestID: "request-1"))
      #expect(result.orders.map(\.id.printed) == orders)
      #expect(result.orders.map(\.lines.count) == lines)
      #expect(result.errors.isEmpty)
      #expect(talk.server.asked.map(\.method) == ["POST"])
      #expect(talk.server.asked.map(\.body) == [[]])
    }
  }
}
