import PartnerCenter
import Testing

@Suite("A body's key")
struct BodyKeyTests {
  @Test("orders by endpoint, customer, invoice, set, page and detail")
  func order() {
    let keys = [
      BodyKey(endpoint: "customers", page: 10),
      BodyKey(endpoint: "lineitems", invoice: "D1", set: "office-billing", page: 2),
      BodyKey(endpoint: "lineitems", invoice: "G1", set: "onetime-billing", page: 2),
      BodyKey(endpoint: "lineitems", invoice: "G1", set: "onetime-billing", page: 10),
      BodyKey(endpoint: "lineitems", invoice: "G1", set: "onetime-usage", page: 0),
      BodyKey(endpoint: "orders", customer: "a"),
      BodyKey(endpoint: "orders-by-cycle", customer: "a", detail: "monthly"),
      BodyKey(endpoint: "orders-by-cycle", customer: "a", detail: "onetime"),
      BodyKey(endpoint: "orders-by-cycle", customer: "b", detail: "monthly"),
    ]
    #expect(keys.reversed().sorted() == keys)
  }
}
