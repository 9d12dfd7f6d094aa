import PartnerCenterEmulator
import Testing

@Suite("Paging through the emulator")
struct ServerPagingTests {
  private let lines = "/v1/invoices/G000000001/lineitems?provider=onetime&invoicelineitemtype=billinglineitems&size=2"

  @Test("Tokens lead through every page, and a page planted twice comes twice under another token")
  func seek() async throws {
    try await ServerCaller.withSample { caller async throws in
      #expect(try await caller.pages(lines) == ["1.10,2.20", "3.30,4.40", "3.30,4.40", "5.50"])
      let second = try await caller.get(lines).token.required
      let third = try await caller.get(lines + "&seekoperation=next", ["ms-continuationtoken": second]).token.required
      #expect(second != third)
    }
  }

  @Test("The same token asked again gives the same page")
  func repeated() async throws {
    try await ServerCaller.withSample { caller async throws in
      let token = try await caller.get(lines).token.required
      #expect(token.contains(",") && token.contains("/") && token.contains("="))
      let first = try await caller.get(lines + "&seekOperation=Next", ["MS-ContinuationToken": token])
      let again = try await caller.get(lines + "&seekOperation=Next", ["MS-ContinuationToken": token])
      #expect(first.items == "3.30,4.40")
      #expect(first.bytes == again.bytes)
    }
  }

  @Test("A size above the maximum is cut down, names and values are read without case")
  func sizeAndCase() async throws {
    try await ServerCaller.withSample { caller async throws in
      let shouted = "/v1/Invoices/g000000001/LineItems?PROVIDER=OneTime&invoiceLineItemType=BillingLineItems&Size=2000"
      #expect(try await caller.get(shouted).items == "1.10,2.20")
    }
  }

  @Test("A token without seekOperation is not looked at, a foreign or missing token is refused")
  func tokenMisuse() async throws {
    try await ServerCaller.withSample { caller async throws in
      let token = try await caller.get(lines).token.required
      #expect(try await caller.get(lines, ["MS-ContinuationToken": token]).items == "1.10,2.20")
      let customers = "/v1/customers?size=2&seekOperation=Next"
      #expect(try await caller.get(customers, ["MS-ContinuationToken": token]).status == 400)
      #expect(try await caller.get(customers).status == 400)
    }
  }

  @Test("Printed next links are as broken as the published ones, and following one is refused")
  func malformedLinks() async throws {
    try await ServerCaller.withSample { caller async throws in
      let reply = try await caller.get(lines)
      let next = try reply.link("next").required
      #expect(
        next == "/invoices/G000000001/lineitems?provider=OneTime&nvoicelineitemtype=BillingLineItems&size=2"
          + "?seekOperation=Next")
      let token = try reply.token.required
      #expect(reply.text.contains(#"{"key":"MS-ContinuationToken","value":"\#(token)"}"#))
      let followed = try await caller.get("/v1" + next, ["MS-ContinuationToken": token])
      #expect(followed.status == 400)
      #expect(followed.text == #"{"message":"The request is invalid."}"#)
    }
  }

  @Test("The older path reaches the same lines")
  func olderPath() async throws {
    try await ServerCaller.withSample { caller async throws in
      let older = "/v1/invoices/OneTime-G000000001/lineitems/OneTime/BillingLineItems"
      let first = try await caller.get(older)
      #expect(first.items == "1.10,2.20")
      let token = try first.token.required
      #expect(try await caller.get(older + "?seekOperation=Next", ["MS-ContinuationToken": token]).items == "3.30,4.40")
    }
  }

  @Test("Legacy lines are paged by offset, and the next link forgets it")
  func offset() async throws {
    try await ServerCaller.withSample { caller async throws in
      let path = "/v1/invoices/D000000001/lineitems?provider=office&invoicelineitemtype=billinglineitems&size=2&offset="
      let first = try await caller.get(path + "0")
      #expect(first.items == "10,20")
      #expect(first.token == nil)
      #expect(try first.link("next").required.hasSuffix("&size=2&offset="))
      let second = try await caller.get(path + "2")
      #expect(second.items == "30")
      #expect(second.link("next") == nil)
      #expect(try await caller.get(path + "4").items == "")
    }
  }

  @Test("Daily-rated usage asks for the currency")
  func usage() async throws {
    try await ServerCaller.withSample { caller async throws in
      let usage = "/v1/invoices/G000000001/lineitems?provider=onetime&invoicelineitemtype=usagelineitems"
      #expect(try await caller.get(usage).status == 400)
      #expect(try await caller.pages(usage + "&currencycode=eur") == ["0.1,0.2", "0.3"])
      #expect(try await caller.get(usage + "&currencycode=USD").items == "")
    }
  }

  @Test("Invoices ignore size, and past offset 0 there are none")
  func invoices() async throws {
    try await ServerCaller.withSample { caller async throws in
      for path in ["/v1/invoices", "/v1/invoices?size=1", "/v1/invoices?size=1&offset=0"] {
        #expect(try await caller.get(path).json["items"].map { ($0 as? [Any])?.count } == 2)
      }
      #expect(try await caller.get("/v1/invoices?size=1&offset=1").items == "")
    }
  }

  @Test("Customers need a size, 0 gives all of them")
  func customers() async throws {
    try await ServerCaller.withSample { caller async throws in
      #expect(try await caller.get("/v1/customers").status == 400)
      #expect(try await caller.get("/v1/customers?size=0").items == ServerSample.world.customers.joined(separator: ","))
      #expect(try await caller.pages("/v1/customers?size=1").count == 3)
      #expect(try await caller.pages("/v1/customers?size=40").count == 2)
    }
  }

  @Test("totalCount lies sometimes, and tells the same lie to the same question")
  func totalCount() async throws {
    try await ServerCaller.withSample { caller async throws in
      var counts: [Int] = []
      for size in 10...29 {
        let path = "/v1/invoices?size=\(size)"
        let count = try (try await caller.get(path).json["totalCount"] as? Int).required
        #expect(try await caller.get(path).json["totalCount"] as? Int == count)
        counts.append(count)
      }
      #expect(counts.contains(2))
      #expect(counts.contains { $0 != 2 })
      #expect(counts.allSatisfy { (1...3).contains($0) })
    }
  }
}
