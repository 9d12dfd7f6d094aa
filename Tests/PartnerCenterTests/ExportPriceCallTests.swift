import Billing
import PartnerCenter
import Testing
import Wire

@Suite("Asking for prices")
struct ExportPriceCallTests {
  private static let rows = "ProductId,SkuId,Currency,UnitPrice\nCFQ7TTC0LH18,0001,USD,\"4.50\"\n"

  private static func csv(_ text: String, status: Int = 200) -> APIResponse {
    APIResponse(status: status, headers: ["content-type": "application/octet-stream"], body: Array(text.utf8))
  }

  @Test("A sheet is asked for by market, view, timeline and month, as a user")
  func sheet() async throws {
    let transport = ScriptedTransport { _, _ in Self.csv(Self.rows) }
    let client = PartnerCenterClient(transport: transport)
    let current = try await client.priceSheet(market: "us", view: .updatedLicenseBased)
    _ = try await client.priceSheet(
      market: "DE", view: .azureConsumption, timeline: .history, month: Month("2021-01"))
    #expect(current.value.map { $0.unitPrice?.description } == ["4.5"])
    #expect(
      transport.asked.map(\.target) == [
        "/v1.0/sales/pricesheets(Market='US',PricesheetView='updatedlicensebased')/$value?timeline=current",
        "/v1.0/sales/pricesheets(Market='DE',PricesheetView='azure_consumption')/$value?timeline=history&month=202101",
      ])
    for request in transport.asked {
      #expect(request.service == .pricing)
      #expect(request.credentials == .appAndUser)
      #expect(request.answerKind == .csv)
    }
  }

  @Test("Rates are asked for by month")
  func rates() async throws {
    let transport = ScriptedTransport { _, _ in
      Self.csv("\"CurrencyCode\",\"USDPerUnit\",\"Month\"\n\"EUR\",\"1.08912345678901234\",\"202502\"\n")
    }
    let rates = try await PartnerCenterClient(transport: transport).exchangeRates(month: try #require(Month("2025-02")))
    #expect(transport.asked.map(\.target) == ["/v1.0/sales/fxrates(Month='202502')/$value"])
    #expect(rates.value.map(\.dollarsPerUnit.description) == ["1.08912345678901234"])
  }

  @Test("A refusal is a refusal, and a zip file is said to be one")
  func refused() async throws {
    let transport = ScriptedTransport { _, call in
      call == 0
        ? Self.csv(#"{"error":{"code":"itemNotFound","message":"No future sheet."}}"#, status: 404)
        : Self.csv("PK\u{3}\u{4}…")
    }
    let client = PartnerCenterClient(transport: transport)
    let refusal = await #expect(throws: ServiceRefusal.self) {
      try await client.priceSheet(market: "US", view: .software, timeline: .future)
    }
    #expect(refusal?.status == 404)
    #expect(refusal?.code == "itemNotFound")
    let error = await #expect(throws: CSVError.self) { try await client.priceSheet(market: "US", view: .software) }
    #expect(error?.description.hasPrefix("The price sheet came as a zip file") == true)
  }
}
