import Billing
import PartnerCenter
import Testing
import Wire

/// Tokens, and what can be bought.
extension PublishedCase {
  static let tokens = [
    token("app-only", "value-has-been-removed", 3600, .app),
    token("refresh-token", "AccessTokenValue", 3600, .appAndUser),
    token("authorization-code", "Access", 3599, .appAndUser),
  ]

  /// A token as the sign-in brings it and the next call carries it.
  private static func token(
    _ sample: String, _ token: String, _ seconds: Int, _ credentials: APIRequest.Credentials
  ) -> PublishedCase {
    PublishedCase("A token goes along with the next call: \(sample)", ["token.\(sample)", "get-invoice-summary"]) {
      talk in
      let request = APIRequest(.get, "/v1/invoices/summary", credentials: credentials)
      #expect(try await talk.transport.answer(to: request).status == 200)
      #expect(talk.server.asked.map { $0.headers["authorization"] } == ["Bearer \(token)"])
      let answer = try Wire.token(try talk.sample("token.\(sample)"))
      #expect(answer.accessToken == token)
      #expect(answer.lifetimeSeconds == seconds)
      #expect(!"\(answer)".contains(token))
    }
  }

  static let catalogue = [
    products(.azure, "azure", ["DZH318Z0BQ3Q", "Virtual Machines DSv2 Series", "Azure", "VirtualMachines"]),
    products(
      .onlineServices, "online-services", ["CFQ7TTC0LH18", "Microsoft 365 Business Basic", "OnlineServicesNCE", ""]),
    PublishedCase("A product by its id", ["get-product"]) { talk in
      let product = talk.known(try await talk.client.product(try talk.id("DZH318Z0BQ3Q"), in: .country("us")))
      #expect(product.id.printed == "DZH318Z0BQ3Q")
      #expect(product.title == "Virtual Machines DSv2 Series")
      #expect(product.publisher == "Microsoft")
      #expect(product.isMicrosoft == true)
    },
    PublishedCase("SKUs of a product say what has to come before a purchase", ["list-skus.azure-reservation"]) { talk in
      let skus = talk.known(try await talk.client.skus(of: try talk.id("DZH318Z0BQ5S"), in: .country("us")))
      #expect(skus.map(\.id.printed) == ["0001", "0002"])
      #expect(skus.map { $0.dynamicAttributes["cores"] } == ["12", "6"])
      #expect(skus.allSatisfy { $0.needsInventoryCheck && $0.needsRegistration })
    },
    sku("azure-reservation", "DZH318Z0BQ3V:00G1", 999_999_999, ["one_time"], needsInventoryCheck: true),
    sku("new-commerce", "CFQ7TTC0LH18:0001", 300, ["annual", "monthly"], needsInventoryCheck: false),
    availabilities("azure-reservation", "DZH318Z0BQ3Q:0001", listed: "DZH318XZXVNF", one: "DZH318XZXPHL", refunds: 0),
    availabilities("new-commerce", "CFQ7TTC0LH18:0001", listed: "CFQ7TTC0K971", one: "CFQ7TTC0K971", refunds: 1),
    PublishedCase(
      "An inventory check names what cannot be had, and where", ["check-inventory", "check-inventory.request"]
    ) { talk in
      let context = [
        "customerId": "d6bf25b7-e0a8-4f2d-a31b-97b55cfc774d",
        "azureSubscriptionId": "3A231FBE-37FE-4410-93FD-730D3D5D4C75", "armRegionName": "Europe",
      ]
      let items = talk.known(
        try await talk.client.inventory(
          of: [.init(product: try talk.id("DZH318Z0BQ3P"))], context: context, country: "US"))
      #expect(items.map { "\($0.sku) \($0.isRestricted)" } == ["0039 true", "0038 true", "000S false", "0011 false"])
      #expect(items[0].restrictions.map(\.properties) == [["type": "Location", "values": "japanwest"]])
      try talk.expectSent("check-inventory.request")
    },
  ]

  private static func products(_ view: TargetView, _ sample: String, _ printed: [String]) -> PublishedCase {
    PublishedCase("Products of one view: \(sample)", ["list-products.\(sample)"]) { talk in
      let products = talk.known(try await talk.client.products(in: .country("us"), view: view))
      #expect(products.map { [$0.id.printed, $0.title, $0.type, $0.subtype] } == [printed])
    }
  }

  private static func sku(
    _ sample: String, _ item: String, _ quantityMax: Int, _ cycles: [String], needsInventoryCheck: Bool
  ) -> PublishedCase {
    PublishedCase("A SKU by its id: \(sample)", ["get-sku.\(sample)"]) { talk in
      let item = try #require(CatalogItem(offer: item))
      let sku = talk.known(try await talk.client.sku(item, in: .country("us")))
      #expect(sku.catalogItem == item)
      #expect(sku.quantityMin == 1)
      #expect(sku.quantityMax == quantityMax)
      #expect(sku.billingCycles == cycles)
      #expect(sku.needsInventoryCheck == needsInventoryCheck)
    }
  }

  private static func availabilities(
    _ sample: String, _ offer: String, listed: String, one: String, refunds: Int
  ) -> PublishedCase {
    PublishedCase(
      "Availabilities carry the id a cart names: \(sample)",
      ["list-availabilities.\(sample)", "get-availability.\(sample)"]
    ) { talk in
      let item = try #require(CatalogItem(offer: offer))
      let all = talk.known(try await talk.client.availabilities(of: item, in: .country("us")))
      #expect(all.map(\.catalogItemID) == ["\(offer):\(listed)"])
      let found = talk.known(try await talk.client.availability(try talk.id(one), of: item, in: .country("us")))
      #expect(found.catalogItemID == "\(offer):\(one)")
      #expect(found.currency == Currency("USD"))
      #expect(found.segment == "commercial")
      #expect(found.isPurchasable == true)
      #expect(found.terms.map(\.duration) == ["P1Y"])
      #expect(found.terms.flatMap(\.refunds).count == refunds)
    }
  }
}
