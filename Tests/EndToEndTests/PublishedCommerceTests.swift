import Billing
import PartnerCenter
import Testing
import Wire

/// The published samples of the catalogue, each through the client's public call for it.
@Suite("Published samples of the catalogue", .enabled(if: PublishedCommerce.isPresent))
struct PublishedCommerceTests {
  let market = Market.country("us")

  @Test(
    "Products of one view",
    arguments: [
      (TargetView.azure, "azure", "DZH318Z0BQ3Q", "Virtual Machines DSv2 Series", "Azure", "VirtualMachines"),
      (.onlineServices, "online-services", "CFQ7TTC0LH18", "Microsoft 365 Business Basic", "OnlineServicesNCE", ""),
    ])
  func products(
    view: TargetView, sample: String, id: String, title: String, type: String, subtype: String
  ) async throws {
    let service = PublishedCommerce("/v1/products?country=US&targetView=\(view.rawValue)", "list-products.\(sample)")
    let products = try service.known(try await service.client.products(in: market, view: view))
    #expect(products.map { [$0.id.printed, $0.title, $0.type, $0.subtype] } == [[id, title, type, subtype]])
  }

  @Test("A product by its id")
  func product() async throws {
    let service = PublishedCommerce("/v1/products/DZH318Z0BQ3Q?country=US", "get-product")
    let id = try #require(ProductID("DZH318Z0BQ3Q"))
    let product = try service.known(try await service.client.product(id, in: market))
    #expect(product.publisher == "Microsoft")
    #expect(product.isMicrosoft == true)
  }

  @Test("SKUs of a product say what has to come before a purchase")
  func skus() async throws {
    let service = PublishedCommerce("/v1/products/DZH318Z0BQ5S/skus?country=US", "list-skus.azure-reservation")
    let id = try #require(ProductID("DZH318Z0BQ5S"))
    let skus = try service.known(try await service.client.skus(of: id, in: market))
    #expect(skus.map(\.id.printed) == ["0001", "0002"])
    #expect(skus.map { $0.dynamicAttributes["cores"] } == ["12", "6"])
    #expect(skus.allSatisfy { $0.needsInventoryCheck && $0.needsRegistration })
  }

  @Test(
    "A SKU by its id",
    arguments: [
      ("azure-reservation", "DZH318Z0BQ3V:00G1", 999_999_999, ["one_time"], true),
      ("new-commerce", "CFQ7TTC0LH18:0001", 300, ["annual", "monthly"], false),
    ])
  func sku(sample: String, item: String, quantityMax: Int, cycles: [String], needsInventoryCheck: Bool) async throws {
    let item = try #require(CatalogItem(offer: item))
    let service = PublishedCommerce("/v1/products/\(item.product)/skus/\(item.sku)?country=US", "get-sku.\(sample)")
    let sku = try service.known(try await service.client.sku(item, in: market))
    #expect(sku.catalogItem == item)
    #expect(sku.quantityMin == 1)
    #expect(sku.quantityMax == quantityMax)
    #expect(sku.billingCycles == cycles)
    #expect(sku.needsInventoryCheck == needsInventoryCheck)
  }

  @Test(
    "Availabilities carry the id a cart names",
    arguments: [
      ("azure-reservation", "DZH318Z0BQ3Q:0001", "DZH318XZXVNF", "DZH318XZXPHL", "P1Y", 0),
      ("new-commerce", "CFQ7TTC0LH18:0001", "CFQ7TTC0K971", "CFQ7TTC0K971", "P1Y", 1),
    ])
  func availabilities(
    sample: String, item: String, listed: String, one: String, duration: String, refunds: Int
  ) async throws {
    let item = try #require(CatalogItem(offer: item))
    let base = "/v1/products/\(item.product)/skus/\(item.sku)/availabilities"
    let service = PublishedCommerce([
      base + "?country=US": "list-availabilities.\(sample)", base + "/\(one)?country=US": "get-availability.\(sample)",
    ])
    let all = try service.known(try await service.client.availabilities(of: item, in: market))
    #expect(all.map(\.catalogItemID) == ["\(item):\(listed)"])
    let id = try #require(AvailabilityID(one))
    let found = try service.known(try await service.client.availability(id, of: item, in: market))
    #expect(found.catalogItemID == "\(item):\(one)")
    #expect(found.currency == Currency("USD"))
    #expect(found.segment == "commercial")
    #expect(found.isPurchasable == true)
    #expect(found.terms.map(\.duration) == [duration])
    #expect(found.terms.flatMap(\.refunds).count == refunds)
  }

  @Test("An inventory check names what cannot be had, and where")
  func inventory() async throws {
    let service = PublishedCommerce("/v1/extensions/product/checkinventory?country=US", "check-inventory")
    let product = try #require(ProductID("DZH318Z0BQ3P"))
    let context = [
      "customerId": "d6bf25b7-e0a8-4f2d-a31b-97b55cfc774d",
      "azureSubscriptionId": "3A231FBE-37FE-4410-93FD-730D3D5D4C75", "armRegionName": "Europe",
    ]
    let items = try service.known(
      try await service.client.inventory(of: [.init(product: product)], context: context, country: "US"))
    #expect(items.map { "\($0.sku) \($0.isRestricted)" } == ["0039 true", "0038 true", "000S false", "0011 false"])
    #expect(items[0].restrictions.map(\.properties) == [["type": "Location", "values": "japanwest"]])
    #expect(service.asked.map(\.method) == [.post])
    try service.expectBody("check-inventory.request")
  }
}
