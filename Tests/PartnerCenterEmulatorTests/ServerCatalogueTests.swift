import Foundation
import Testing

@Suite("The catalogue the emulator serves")
struct ServerCatalogueTests {
  @Test(
    "A target view shows its products",
    arguments: [
      ("OnlineServices", "CFQ7TTC0LH18"), ("SoftwarePerpetual", "DG7GMGF0PN5Z"), ("Software", "DG7GMGF0FKZV"),
      ("softwaresubscriptions", "DG7GMGF0FKZV"), ("AzureReservationsVM", "DZH318Z0BQ4B"),
      ("AzureReservationsSQL", "DZH318Z0BXWC"), ("MicrosoftAzure", "DZH318Z0BPS6"), ("Azure", "DZH318Z09V67"),
    ])
  func views(view: String, product: String) async throws {
    try await ShopSample.with { caller async throws in
      let reply = try await caller.get("/v1/products?country=US&targetView=\(view)")
      let ids = reply.list.compactMap { $0["id"] as? String }
      #expect(ids.contains(product))
      #expect(Set(ids).count == ids.count)
      for name in ["id", "title", "description", "productType", "links"] {
        #expect(reply.list.allSatisfy { $0[name] != nil }, "\(name)")
      }
    }
  }

  @Test("Every link of a product leads on, down to what a cart takes, with every required member")
  func linksLeadOn() async throws {
    try await ShopSample.with { caller async throws in
      let customer = try ShopSample.customer(in: "DE")
      for start in ["/v1/products/CFQ7TTC0LH18?country=de", customer + "/products/CFQ7TTC0LH18"] {
        let product = try await caller.get(start)
        let sku = try await caller.get("/v1" + product.link("skus").required)
        let first = try sku.list.first.required
        for name in [
          "id", "productId", "title", "description", "minimumQuantity", "maximumQuantity", "isTrial",
          "supportedBillingCycles", "purchasePrerequisites", "provisioningVariables", "links",
        ] {
          #expect(first[name] != nil, "\(name)")
        }
        #expect(first["id"] as? String == "0001")
        let links = try (first["links"] as? [String: [String: Any]]).required
        let path = try (links["availabilities"]?["uri"] as? String).required
        let availability = try await caller.get("/v1" + path).list.first.required
        for name in ["id", "productId", "skuId", "defaultCurrency", "segment", "isPurchasable", "isRenewable", "links"]
        {
          #expect(availability[name] != nil, "\(name)")
        }
        #expect(availability["catalogItemId"] as? String == ShopSample.seats)
        #expect((availability["defaultCurrency"] as? [String: String])?["code"] == "EUR")
        #expect(availability["country"] as? String == "DE")
        #expect((availability["terms"] as? [Any])?.count == 3)
      }
    }
  }

  @Test("A reservation asks for inventory, and for a registration unless an Azure plan takes it")
  func prerequisites() async throws {
    try await ShopSample.with { caller async throws in
      let path = "/v1/products/DZH318Z0BQ4B/skus/000Z?country=US"
      let old = try await caller.get(path)
      #expect(old.json["purchasePrerequisites"] as? [String] == ["AzureSubscriptionRegistration", "InventoryCheck"])
      #expect(old.json["inventoryVariables"] as? [String] == ["CustomerId", "AzureSubscriptionId"])
      let plan = try await caller.get(path + "&reservationScope=AzurePlan")
      #expect(plan.json["purchasePrerequisites"] as? [String] == ["InventoryCheck"])
    }
  }

  @Test(
    "What is not sold is refused with its code",
    arguments: [
      ("products/NOSUCHPRODUC?country=US", 404, "400013"),
      ("products/CFQ7TTC0LH18/skus/0009?country=US", 404, "400018"),
      ("products/CFQ7TTC0LH18/skus/0001/availabilities/CFQ7TTC0K971?country=US", 404, "400019"),
      ("products?country=US&targetView=Everything", 403, "400036"),
      ("products?country=US&targetView=Software&targetSegment=everybody", 403, "400030"),
      ("products?targetView=Software", 400, ""), ("products?country=US", 400, ""),
    ])
  func refusals(path: String, status: Int, code: String) async throws {
    try await ShopSample.with { caller async throws in
      let reply = try await caller.get("/v1/" + path)
      #expect(reply.status == status)
      #expect(reply.code == code)
    }
  }

  @Test("Inventory is a bare array: restricted items say where, unknown items are left out")
  func inventory() async throws {
    try await ShopSample.with { caller async throws in
      let body = """
        {"TargetItems":[{"ProductId":"DZH318Z0BQ3W"},{"ProductId":"DZH318Z0BQ4B","SkuId":"000Z"},\
        {"ProductId":"NOSUCHPRODUC"}],"InventoryContext":{"customerId":"d6bf25b7-e0a8-4f2d-a31b-97b55cfc774d"}}
        """
      let reply = try await caller.send(
        "POST", "/v1/extensions/product/checkInventory?country=US", body: body)
      #expect(reply.status == 200)
      #expect(reply.array.map { $0["isRestricted"] as? Bool } == [true, false])
      let restriction = (reply.array.first?["restrictions"] as? [[String: Any]])?.first
      #expect(restriction?["reasonCode"] as? String == "NotAvailableForSubscription")
      #expect((restriction?["properties"] as? [String: String]) == ["type": "Location", "values": "uksouth"])
      #expect((reply.array.last?["restrictions"] as? [Any])?.isEmpty == true)
    }
  }
}
