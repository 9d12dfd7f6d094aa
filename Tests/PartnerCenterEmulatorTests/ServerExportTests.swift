import PartnerCenterEmulator
import Testing

@Suite("Exports as Graph serves them")
struct ServerExportTests {
  private static let billed = #"{"invoiceId":"G000000009","attributeSet":"full"}"#
  private static let reconciliation = ServerCaller.graph + "/reconciliation/billed/export"

  @Test("An export is accepted, runs, succeeds and lies packed behind a signature", arguments: ["v1.0", "beta"])
  func wholeWay(version: String) async throws {
    var configuration = Emulator.Configuration()
    configuration.exportPolls = 2
    configuration.exportRetryAfterSeconds = 7
    try await ServerCaller.withExports(configuration) { caller async throws in
      let path = "/\(version)/reports/partners/billing/reconciliation/billed/export"
      let accepted = try await caller.send("POST", path, body: Self.billed)
      #expect(accepted.status == 202)
      #expect(accepted.text.isEmpty)
      let location = try accepted.headers["location"].required
      let prefix = caller.base + "/\(version)/reports/partners/billing/operations/"
      #expect(location.hasPrefix(prefix))
      let operation = String(location.dropFirst(caller.base.count))
      for _ in 1...2 {
        let running = try await caller.get(operation)
        #expect(running.json["status"] as? String == "running")
        #expect(running.json["@odata.type"] as? String == "#microsoft.graph.partners.billing.runningOperation")
        #expect(running.json["createdDateTime"] as? String == "2025-03-20T00:00:00")
        #expect(running.headers["retry-after"] == "7")
      }
      let manifest = try await caller.manifest(operation)
      #expect(manifest["dataFormat"] as? String == "compressedJSON")
      #expect(manifest["partitionType"] as? String == "default")
      #expect(manifest["blobCount"] as? Int == 1)
      #expect(manifest["partnerTenantId"] as? String == ServerSample.tenant)
      #expect(
        manifest["rootDirectory"] as? String == caller.base
          + "/storage/billedreconciliationfastpath/v1/PartnerTenantId=\(ServerSample.tenant)/BillingMonth=202502"
          + "/InvoiceId=G000000009/InvoiceVersion=202503/Fragment=full/PartitionType=default")
      let blob = try await caller.blob(manifest)
      #expect(blob.status == 200)
      #expect(blob.headers["content-encoding"] == nil)
      let lines = try ServerExportSample.unpacked(blob.bytes).split(separator: "\n")
      #expect(lines.count == 5)
      #expect(lines.contains { $0 == Self.seats })
    }
  }

  /// The columns of contract §11.5; digits as they were, numbers as numbers, what is missing as null.
  private static let seats =
    #"{"PartnerId":"p","CustomerId":"org:C1","CustomerName":"A \"B\", C:D","CustomerDomainName":null,"CustomerCountry":null,"#
    + #""InvoiceNumber":null,"MpnId":null,"Tier2MpnId":"4847383","OrderId":null,"OrderDate":null,"ProductId":null,"#
    + #""SkuId":null,"AvailabilityId":null,"SkuName":"Seats","ProductName":null,"ChargeType":null,"UnitPrice":null,"#
    + #""Quantity":10,"Subtotal":720.00,"TaxTotal":null,"Total":17.219999999999999,"Currency":null,"#
    + #""PriceAdjustmentDescription":null,"PublisherName":null,"PublisherId":null,"SubscriptionDescription":null,"#
    + #""SubscriptionId":null,"ChargeStartDate":null,"ChargeEndDate":null,"#
    + #""TermAndBillingCycle":"One-Month commitment for trial","EffectiveUnitPrice":null,"UnitType":null,"#
    + #""AlternateId":null,"BillableQuantity":null,"BillingFrequency":null,"PricingCurrency":null,"#
    + #""PCToBCExchangeRate":null,"PCToBCExchangeRateDate":null,"MeterDescription":null,"ReservationOrderId":null,"#
    + #""CreditReasonCode":null,"ReferenceId":null,"SubscriptionStartDate":null,"SubscriptionEndDate":null,"#
    + #""ProductQualifiers":["Trial"],"PromotionId":null,"ProductCategory":"License-based"}"#

  @Test("Basic usage has the short list of columns, and percentages are percent")
  func basicUsage() async throws {
    try await ServerCaller.withExports { caller async throws in
      let body = #"{"invoiceId":"g000000009","attributeSet":"basic"}"#
      let manifest = try await caller.manifest(
        try await caller.submit(ServerCaller.graph + "/usage/billed/export", body))
      #expect(
        try await caller.text(manifest)
          == #"{"PartnerId":"p","PartnerName":null,"CustomerId":null,"CustomerName":null,"InvoiceNumber":null,"#
          + #""ProductId":null,"SkuId":null,"SkuName":"S","PublisherName":null,"SubscriptionId":null,"#
          + #""ChargeStartDate":null,"ChargeEndDate":null,"UsageDate":null,"ResourceURI":"/subscriptions/1","#
          + #""ChargeType":null,"UnitPrice":null,"Quantity":23.200004,"UnitType":"1 GB/Month","#
          + #""BillingPreTaxTotal":0.486031696515249,"BillingCurrency":null,"PricingPreTaxTotal":null,"#
          + #""PricingCurrency":null,"AdditionalInfo":"{ \"a\": 1}","EffectiveUnitPrice":null,"#
          + #""PCToBCExchangeRate":null,"EntitlementId":null,"CreditPercentage":100,"CreditType":null,"#
          + #""BenefitOrderID":"o","BenefitType":null}"# + "\n")
      let full = try await caller.manifest(
        try await caller.submit(ServerCaller.graph + "/usage/billed/export", #"{"invoiceId":"G000000009"}"#))
      let text = try await caller.text(full)
      #expect(text.contains(#""PartnerEarnedCreditPercentage":15,"#))
      #expect(text.contains(#""Tier2MpnId":"0","#))
      #expect(text.contains(#""Unit":"1 GB","#))
    }
  }

  @Test("A mixed service hands some manifests over inside the operation and links to the others")
  func mixed() async throws {
    try await ServerCaller.withExports { caller async throws in
      var inline = 0
      for _ in 1...12 {
        let json = try await caller.finished(try await caller.submit(Self.reconciliation, Self.billed)).json
        #expect((json["resourceLocation"] == nil) != (json["resourceLocation@odata.navigationLink"] == nil))
        if json["resourceLocation"] != nil { inline += 1 }
      }
      #expect((1...11).contains(inline))
    }
  }

  @Test("Without data the operation fails with 5000, and HTTP succeeds", arguments: ["G000000002", "G1", "D000000001"])
  func noData(invoice: String) async throws {
    try await ServerCaller.withExports { caller async throws in
      let body = #"{"invoiceId":"\#(invoice)"}"#
      let reply = try await caller.finished(try await caller.submit(Self.reconciliation, body))
      #expect(reply.status == 200)
      #expect(reply.json["status"] as? String == "failed")
      #expect(reply.json["@odata.type"] as? String == "#microsoft.graph.partners.billing.failedOperation")
      #expect(reply.text.contains(#""error":{"message":"No data available","code":"5000"}"#))
    }
  }

  @Test(
    "What is wrong with a request is said in shape D",
    arguments: [
      ("POST", "/usage/billed/export", "{", 400, "invalidRequest"),
      ("POST", "/usage/billed/export", "{}", 400, "invalidRequest"),
      ("POST", "/usage/billed/export", #"{"invoiceId":"G1","attributeSet":"short"}"#, 400, "invalidRequest"),
      ("POST", "/reconciliation/billed/export", #"{"invoiceId":"G1","attributeSet":"basic"}"#, 400, "invalidRequest"),
      ("POST", "/usage/unbilled/export", #"{"currencyCode":"EUR"}"#, 400, "invalidRequest"),
      ("POST", "/usage/unbilled/export", #"{"currencyCode":"EUR","billingPeriod":"previous"}"#, 400, "invalidRequest"),
      ("POST", "/usage/unbilled/export", #"{"billingPeriod":"last"}"#, 400, "invalidRequest"),
      ("GET", "/operations/6fe687d7-1e0f-4bd6-9091-4672691f64bc", nil, 404, "itemNotFound"),
      ("GET", "/manifests/6fe687d7-1e0f-4bd6-9091-4672691f64bc", nil, 404, "itemNotFound"),
      ("GET", "/elsewhere/x", nil, 404, "itemNotFound"),
    ] as [(String, String, String?, Int, String)])
  func refused(method: String, path: String, body: String?, status: Int, code: String) async throws {
    try await ServerCaller.withExports { caller async throws in
      let reply = try await caller.send(method, ServerCaller.graph + path, body: body)
      #expect(reply.status == status)
      #expect((reply.json["error"] as? [String: Any])?["code"] as? String == code)
    }
  }

  @Test("A token opens what it was asked for and nothing else")
  func audiences() async throws {
    try await ServerCaller.withExports { caller async throws in
      let graph = caller.bearer
      let user = ServerCaller.userForm.replacing("api.partnercenter.microsoft.com", with: "graph.microsoft.com")
      let graphUser = try await caller.signIn(user).json["access_token"] as? String
      let partner = try await caller.signIn(ServerCaller.appForm).json["access_token"] as? String
      let body = #"{"invoiceId":"G000000009"}"#
      for (bearer, opensGraph) in [(graph, true), (graphUser, true), (partner, false), (nil, false), ("x", false)] {
        let caller = ServerCaller(base: caller.base, bearer: bearer)
        let reply = try await caller.send("POST", Self.reconciliation, body: body)
        #expect(reply.status == (opensGraph ? 202 : 401))
        if !opensGraph { #expect((reply.json["error"] as? [String: Any])?["code"] as? String == "unauthenticated") }
        #expect(try await caller.get("/v1/invoices").status == (bearer == partner ? 200 : 401))
      }
    }
  }

  @Test(
    "Unbilled exports hold what the synchronous interface calls current and previous",
    arguments: ["usage", "reconciliation"])
  func unbilled(kind: String) async throws {
    let world = World.make(seed: 1, lines: 300, plants: .none).served
    let type = kind == "usage" ? "usagelineitems" : "billinglineitems"
    let column = kind == "usage" ? "BillingPreTaxTotal" : "Subtotal"
    let member = kind == "usage" ? "billingPreTaxTotal" : "subtotal"
    try await ServerCaller.withExports(world: world) { caller async throws in
      var partner = ServerCaller(base: caller.base)
      partner.bearer =
        try await partner.signIn(ServerCaller.appForm, tenant: world.partnerTenant).json["access_token"] as? String
      for (period, previous) in [("current", "current"), ("last", "previous")] {
        let body = #"{"currencyCode":"EUR","billingPeriod":"\#(period)"}"#
        let path = ServerCaller.graph + "/\(kind)/unbilled/export"
        let manifest = try await caller.manifest(try await caller.submit(path, body))
        #expect(
          (manifest["rootDirectory"] as? String)?
            .contains("/BillingMonth=\(period == "current" ? "202503" : "202502")/Currency=EUR/") == true)
        let exported = try await caller.text(manifest)
        let pages = try await partner.pages(
          "/v1/invoices/unbilled/lineitems?provider=onetime&invoicelineitemtype=\(type)&currencycode=eur&period=\(previous)"
        )
        let amounts = pages.joined().matches(of: try Regex(#""\#(member)":"?([-0-9.]+)"#)).compactMap {
          $0[1].substring
        }
        let again = exported.matches(of: try Regex(#""\#(column)":([-0-9.]+)"#)).compactMap { $0[1].substring }
        #expect(!amounts.isEmpty)
        #expect(amounts.sorted() == again.sorted())
        #expect(amounts != again)
      }
    }
  }
}
