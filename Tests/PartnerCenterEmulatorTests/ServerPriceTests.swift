import PartnerCenterEmulator
import Testing

@Suite("Price lists and exchange rates")
struct ServerPriceTests {
  private static func sheet(_ view: String, market: String = "US", _ query: String = "") -> String {
    "/v1.0/sales/pricesheets(Market='\(market)',PricesheetView='\(view)')/$value\(query)"
  }

  @Test(
    "A price list holds what the catalogue sells, every field in quotes",
    arguments: [
      (
        "updatedlicensebased", "US", 28,
        #""Microsoft 365 Business Basic","CFQ7TTC0LH18","0001","Microsoft 365 Business Basic","Microsoft Corporation","#
          + #""Microsoft 365 Business Basic.","","P1Y","Annual","US","USD","72","","","2/1/2019 12:00:00 AM","#
          + #""11/30/9999 11:59:59 PM","License","90""#
      ),
      (
        "azure_consumption", "de", 7,
        #""Virtual Machines","DZH318Z0BPS6","0001","Virtual Machines - D2 v3/D2s v3 - EU West","Microsoft","#
          + #""Virtual Machines - D2 v3/D2s v3 - EU West","1 Hour","payG-1","DE","USD","0.12","","","#
          + #""2/1/2019 12:00:00 AM","11/30/9999 11:59:59 PM","d6ef8e4b-6b7c-4b0b-9a1e-0b4f9d2c7a11","1 Hour","Azure""#
      ),
      (
        "software", "GB", 9,
        #""Access LTSC 2024","DG7GMGF0PN8S","0005","Access LTSC 2024","Microsoft Corporation","Access LTSC 2024.","","#
          + #""OneTime","","GB","GBP","137.55","","","2019-02-01T00:00:00.0000000Z","9999-11-30T23:59:59.0000000Z","#
          + #""Software;Perpetual","171.9375","Commercial""#
      ),
      (
        "azure_reservations", "DE", 4,
        #""Reserved_VM_Instance_Standard_D2s_v3_EU_West_1_Year","DZH318Z0BQ4B","000Z","#
          + #""Reserved_VM_Instance_Standard_D2s_v3_EU_West_1_Year","Microsoft Corporation","#
          + #""Reserved_VM_Instance_Standard_D2s_v3_EU_West_1_Year.","","P1Y","","DE","USD","569.4","","","#
          + #""2/1/2019 12:00:00 AM","11/30/9999 11:59:59 PM","Reservation","711.75""#
      ),
      (
        "marketplace", "US", 1,
        #""Granite Backup for Microsoft 365","DZH318Z0C7SR","0001","Granite Backup for Microsoft 365","#
          + #""Granite Software BV","Granite Backup for Microsoft 365.","","P1M","Monthly","US","USD","3","","","#
          + #""2/1/2019 12:00:00 AM","11/30/9999 11:59:59 PM","ThirdParty","3.75""#
      ),
    ])
  func priceList(view: String, market: String, rows: Int, row: String) async throws {
    try await ServerCaller.withSample { caller async throws in
      let reply = try await caller.get(Self.sheet(view, market: market), ["Accept-Encoding": "deflate"])
      #expect(reply.status == 200)
      #expect(reply.headers["content-type"] == "application/octet-stream")
      let lines = reply.text.split(separator: "\n").map(String.init)
      #expect(lines.count == rows + 1)
      #expect(lines[0].hasPrefix(#""ProductTitle","ProductId","SkuId","SkuTitle","Publisher","SkuDescription","#))
      #expect(lines[0].count { $0 == "," } == row.count { $0 == "," })
      #expect(lines.contains(row))
    }
  }

  @Test(
    "A price list or a list of rates that is not there is refused in shape D",
    arguments: [
      (sheet("software", "?timeline=history&month=202501"), 200, ""),
      (sheet("software", "?timeline=history&month=202504"), 404, "itemNotFound"),
      (sheet("software", "?timeline=history"), 400, "invalidRequest"),
      (sheet("software", "?timeline=future"), 404, "itemNotFound"),
      (sheet("software", "?timeline=past"), 400, "invalidRequest"),
      (sheet("hardware"), 400, "invalidRequest"),
      (sheet("software", market: "USA"), 400, "invalidRequest"),
      ("/v1.0/sales/fxrates(Month='202504')/$value", 404, "itemNotFound"),
      ("/v1.0/sales/fxrates(Month='2025')/$value", 400, "invalidRequest"),
      ("/v1.0/sales/fxrates(Month='202502')", 404, "itemNotFound"),
    ])
  func refusals(path: String, status: Int, code: String) async throws {
    try await ServerCaller.withSample { caller async throws in
      let reply = try await caller.get(path)
      #expect(reply.status == status)
      if status != 200 { #expect((reply.json["error"] as? [String: Any])?["code"] as? String == code) }
    }
  }

  @Test("Price lists take a user; the application alone is denied, and so is nobody")
  func credentials() async throws {
    try await ServerCaller.withSample(asUser: false) { caller async throws in
      for (bearer, status, code) in [(caller.bearer, 403, "accessDenied"), (nil, 401, "unauthenticated")] {
        let reply = try await ServerCaller(base: caller.base, bearer: bearer).get(Self.sheet("software"))
        #expect(reply.status == status)
        #expect((reply.json["error"] as? [String: Any])?["code"] as? String == code)
      }
    }
  }

  @Test("Exchange rates are the inverse of what the lines print, with 17 decimals")
  func exchangeRates() async throws {
    var world = ServerSample.world
    world.exchangeRates = ["202501": ["EUR": "0.8"], "202502": ["EUR": "0.846202666", "JPY": "150"]]
    try await Emulator.withServer(world: world) { base in
      var caller = ServerCaller(base: base)
      caller.bearer = try await caller.signIn(ServerCaller.userForm).json["access_token"] as? String
      let february = try await caller.get("/v1.0/sales/fxrates(Month='202502')/$value").text
      #expect(
        february == """
          "CurrencyCode","USDPerUnit","Month"
          "AUD","0.64560000009709824","2025"
          "EUR","1.18174999935535537","2025"
          "GBP","1.25999999944560000","2025"
          "JPY","0.00666666666666666","2025"

          """)
      // Before and after the months of the world the nearest one counts.
      for (month, rate) in [("202501", "1.25000000000000000"), ("202401", "1.25000000000000000")] {
        let text = try await caller.get("/v1.0/sales/fxrates(Month='\(month)')/$value").text
        #expect(text.contains(#""EUR","\#(rate)""#))
      }
      #expect(try await caller.get("/v1.0/sales/fxrates(Month='202503')/$value").text == february)
    }
  }
}
