import Billing
import PartnerCenter
import Testing
import Wire

@Suite("Questions to the catalogue")
struct CatalogueCallTests {
  @Test("name the market, the view, the segment and the scope, or the customer in place of the market")
  func targets() async throws {
    let transport = ScriptedTransport { _, _ in .json(#"{"items":[]}"#) }
    let client = PartnerCenterClient(transport: transport)
    let customer = Market.customer(try #require(CustomerID("org:ABC")))
    let item = try #require(CatalogItem(offer: "DZH318Z0BQ3Q:0001"))
    _ = try await client.products(
      in: .country("de"), view: .azureReservationsVM, segment: .education, scope: .azurePlan)
    _ = try await client.products(in: customer, view: .softwarePerpetual)
    _ = try await client.skus(of: item.product, in: customer)
    _ = try await client.availabilities(of: item, in: .country("DE"), segment: .nonprofit)
    #expect(
      transport.asked.map(\.target) == [
        "/v1/products?country=DE&targetView=AzureReservationsVM&targetSegment=education&reservationScope=AzurePlan",
        "/v1/customers/abc/products?targetView=SoftwarePerpetual",
        "/v1/customers/abc/products/DZH318Z0BQ3Q/skus",
        "/v1/products/DZH318Z0BQ3Q/skus/0001/availabilities?country=DE&targetSegment=nonprofit",
      ])
  }

  @Test("are followed to the last page, should a list ever have more than one")
  func pages() async throws {
    let transport = ScriptedTransport([
      .json(
        #"{"items":[{"id":"P1","title":"One"}],"continuationToken":"t-1","links":{"next":{"uri":"/x","method":"GET"}}}"#
      ), .json(#"{"items":[{"id":"P2","title":"Two"}]}"#),
    ])
    let products = try await PartnerCenterClient(transport: transport).products(in: .country("US"), view: .software)
    #expect(products.value.map(\.id.printed) == ["P1", "P2"])
    #expect(transport.asked.map(\.continuationToken) == [nil, "t-1"])
  }

  @Test(
    "Entitlements of one type",
    arguments: [
      (EntitlementType.software, true, "entitlementType=software&showExpiry=true"),
      (.reservedInstance, false, "entitlementType=reservedInstance&showExpiry=false"),
    ])
  func entitlements(type: EntitlementType, showsExpiry: Bool, query: String) async throws {
    let transport = ScriptedTransport([])
    let customer = try #require(CustomerID("1"))
    try await PartnerCenterClient(transport: transport)
      .entitlements(customer: customer, type: type, showsExpiry: showsExpiry) { _ in }
    #expect(transport.asked == [APIRequest(.get, "/v1/customers/1/entitlements?\(query)", credentials: .appAndUser)])
  }
}
