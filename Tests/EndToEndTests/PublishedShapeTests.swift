import Testing

@Suite("The shape of a published request line")
struct PublishedShapeTests {
  @Test(
    "fits the requests it stands for",
    arguments: [
      ("GET /v1/customers/{customer-id}/orders", "GET", "/v1/customers/b0d70a69/orders", true),
      ("GET /v1/customers/<customer-tenant-id>/orders", "GET", "/v1/customers/b0d70a69/orders", true),
      ("GET /v1/customers/{customer-id}/orders", "POST", "/v1/customers/b0d70a69/orders", false),
      ("GET /v1/customers/{customer-id}/orders", "GET", "/v1/customers/b0d70a69/orders/1", false),
      (
        "GET /v1/customers/{c}/orders?billingType=onetime", "GET", "/v1/customers/1/orders?billingtype=OneTime&x=1",
        true
      ),
      ("GET /v1/customers/{c}/orders?billingType=onetime", "GET", "/v1/customers/1/orders?billingType=monthly", false),
      ("GET /v1/products/DZH318Z0BQ5S/skus?country=US", "GET", "/v1/products/CFQ7TTC0LH18/skus?country=us", true),
      ("GET /v1/products/DZH318Z0BQ5S/skus?country=US", "GET", "/v1/products/CFQ7TTC0LH18/skus", false),
      ("GET /v1/invoices/{invoice-id}", "GET", "/v1/invoices/G000024135", true),
      ("GET /v1/invoices/{invoice-id}", "GET", "/v1/invoices/summary", false),
      (
        "GET /v1/invoices/G1/lineitems/OneTime/BillingLineItems?seekOperation=Next", "GET",
        "/v1/invoices/G2/lineitems?provider=onetime&invoicelineitemtype=billinglineitems&size=2&seekOperation=Next",
        true
      ),
      (
        "GET /v1/invoices/{id}/lineitems?provider=onetime&invoiceLineItemType=billinglineitems&size=2", "GET",
        "/v1/invoices/G2/lineitems/OneTime/BillingLineItems", true
      ),
      (
        "GET /v1/invoices/G1/lineitems/OneTime/BillingLineItems?seekOperation=Next", "GET",
        "/v1/invoices/G2/lineitems?provider=onetime&invoicelineitemtype=billinglineitems", false
      ),
      (
        "GET https://graph.microsoft.com/v1.0/reports/partners/billing/operations/6fe6", "GET",
        "/beta/reports/partners/billing/operations/9ab9", true
      ),
      ("GET {export-host}/v1/billingoperations/{operationId}", "GET", "/v1/billingoperations/9ab9", true),
      (
        "GET https://api.partner.microsoft.com/v1.0/sales/fxrates(Month='201909')/$value", "GET",
        "/v1.0/sales/fxrates(Month=%27201909%27)/%24value", true
      ),
      ("any throttled endpoint", "PUT", "/v1/whatever", true),
    ])
  func match(line: String, method: String, target: String, fits: Bool) {
    #expect((PublishedShape(line).match(PublishedShape(method, target: target)) != nil) == fits)
  }

  @Test("tells the pages of a list that is read by offset")
  func otherPage() {
    let shape = PublishedShape("GET /v1/invoices?size=200&offset=0")
    #expect(shape.match(PublishedShape("GET", target: "/v1/invoices?size=40&offset=0")) == .same(words: 2))
    #expect(shape.match(PublishedShape("GET", target: "/v1/invoices?size=40&offset=1")) == .otherPage)
  }
}
