import Billing
import Reconciliation
import Testing

@Suite("A completed order of an invoiced month is carried by a line")
struct OrderUnbilledTests {
  @Test("What no line charges is missed at its price")
  func unbilled() throws {
    let mismatch = try tie([], orders: [softwareOrder()]).only(.orderUnbilled)
    #expect(mismatch.difference == (try amount("2500")))
    #expect(mismatch.subject.invoice?.printed == Known.february)
    #expect(mismatch.cause == "Order \(Known.order) of 2025-02-01 was completed, but no line of the month charges it.")
  }

  @Test("A price that is not printed is unknown, not nothing")
  func priceUnknown() throws {
    let bought = try order(cycle: "one_time", lines: [line("\(Known.software):DG7GMGF0DWTJ", "10", price: nil)])
    let mismatch = try tie([], orders: [bought]).only(.orderUnbilled)
    #expect(mismatch.expected == nil)
    #expect(mismatch.difference == nil)
  }

  @Test(
    "Not due: trials, what is free, cancelled or not completed, legacy offers, and months without an invoice",
    arguments: [
      ("none", "completed", "2025-02-01", "10", "250", "\(Known.software):DG7GMGF0DWTJ"),
      ("one_time", "completed", "2025-02-01", "10", "0", "\(Known.software):DG7GMGF0DWTJ"),
      ("one_time", "completed", "2025-02-01", "0", "250", "\(Known.software):DG7GMGF0DWTJ"),
      ("one_time", "pending", "2025-02-01", "10", "250", "\(Known.software):DG7GMGF0DWTJ"),
      ("one_time", "cancelled", "2025-02-01", "10", "250", "\(Known.software):DG7GMGF0DWTJ"),
      ("one_time", "completed", "2025-03-01", "10", "250", "\(Known.software):DG7GMGF0DWTJ"),
      ("one_time", "completed", "2024-11-30", "10", "250", "\(Known.software):DG7GMGF0DWTJ"),
      ("monthly", "completed", "2025-02-01", "10", "250", "2F707C7C-2433-49A5-A437-9CA7CF40D3EB"),
    ])
  func notDue(
    cycle: String, status: String, created: String, quantity: String, price: String, offer: String
  ) throws {
    let bought = try order(cycle: cycle, created: created, status: status, lines: [line(offer, quantity, price: price)])
    #expect(try tie([], orders: [bought]).mismatches.isEmpty)
  }

  @Test("Each line of an order is due by itself")
  func lines() throws {
    let bought = try order(
      cycle: "one_time",
      lines: [
        line("\(Known.software):DG7GMGF0DWTJ", "10", price: "250"), line("DG7GMGF0XXXX:0001:A", "2", price: "30"),
      ])
    let result = try tie(
      [software("10", subtotal: "2500")], orders: [bought], entitlements: [entitlement()])
    #expect(try result.only(.orderUnbilled).difference == amount("60"))
  }

  @Test("An Azure plan's order is charged by meter")
  func plan() throws {
    let bought = try order(lines: [line("DZH318Z0BPS6:0001:DZH318Z0B2ZQ", "1", subscription: Known.subscription)])
    let plan = try subscription(offer: "DZH318Z0BPS6:0001:DZH318Z0B2ZQ", billingType: "usage")
    #expect(try tie([], orders: [bought], subscriptions: [plan]).mismatches.isEmpty)
  }

  @Test("Where the wrong product was charged, what should have been charged hangs beneath it")
  func wrongProduct() throws {
    for cell in [Known.order, Known.shortOrder] {
      let wrong = try software("10", subtotal: "2500") {
        $0.product = ProductID("DG7GMGF0XXXX")
        $0.orders = OrderID.all(in: cell)
      }
      let result = try tie([wrong], orders: [softwareOrder()])
      let cause = try result.only(.orderLineMissing)
      #expect(result.mismatches.filter { $0.parent == cause.id }.map(\.rule) == [.orderUnbilled])
    }
  }

  @Test("A wrong line of 1 does not hide 10 that are unbilled")
  func notHidden() throws {
    let wrong = try software("1", subtotal: "250") { $0.product = ProductID("DG7GMGF0XXXX") }
    #expect(try tie([wrong], orders: [softwareOrder()]).causes == [.orderLineMissing, .orderUnbilled])
  }
}
