import ArgumentParser
import Billing
import MonthEnd
import PartnerCenter

extension CartCommands {
  struct Checkout: CartStep {
    static let words = "cart checkout"
    static let configuration = CommandConfiguration(
      commandName: "checkout", abstract: "Buy what a cart holds.",
      discussion: """
        The check-out is sent once. Where its answer gets lost, the cart and the customer's orders are read to say whether \
        it was bought; called again for a cart whose outcome is open, the command reads and does not send. Ends with 0 when \
        everything was bought, with 1 when the service refused or made only some of the orders, with 3 when nobody can tell.
        """)

    @OptionGroup var place: CartOptions
    @OptionGroup var desk: DeskOptions

    func trade(at desk: Desk) async throws -> Ending {
      let (account, now) = (desk.account, desk.settings.asOf)
      let journal = try desk.openJournal()
      if let attempt = try journal.unresolvedCheckout(cart: place.cart) {
        let finding = try await account.resolve(attempt, customer: place.customer, journal: journal, at: now)
        return desk.print { $0.add(finding, lines: attempt.lines) }
      }
      let cart = try await account.reading { try await $0.cart(place.cart, customer: place.customer) }
      guard !cart.isOrdered else { throw CommandError.cartOrdered(cart.id) }
      guard cart.rows.allSatisfy({ $0.line.error == nil }) else {
        return desk.print { printout in
          printout.ending = .mismatches
          printout.add("remark", sentence: "Nothing was bought: lines of the cart have errors. Mend or take them out.")
          printout.add("line_errors", CartRow.errorColumns, cart.rows.filter { $0.line.error != nil }, nothing: "")
        }
      }
      try await desk.checkMarket(of: cart.lines, customer: place.customer)
      let finding = try await account.checkOut(
        cart, customer: place.customer, journal: journal, requestID: APIRequest.makeID(), at: now)
      return desk.print { $0.add(finding, lines: cart.purchaseLines) }
    }
  }
}

extension Printout {
  /// What became of a check-out.
  ///
  /// - Parameter lines: What was in the cart, by order group.
  mutating func add(_ finding: CheckoutFinding, lines: [Purchase.Line]) {
    switch finding {
    case .answered(let result):
      ending = result.errors.isEmpty ? .tiedOut : .mismatches
      add(
        "outcome", fact: .text(result.purchaseState == .done ? "bought" : result.orders.isEmpty ? "refused" : "partly"))
      add(result.orders, lines)
      let made = Purchase.OrderMade.all(result.orders, from: lines)
      let failed = lines.failing(by: result.errors, made: made).filter { !$0.isBought }
      add("order_errors", CheckoutResult.OrderError.columns, result.errors, nothing: "")
      add("lines_not_bought", Purchase.Line.columns, failed, nothing: "")
      if !result.errors.isEmpty {
        let what = result.orders.isEmpty ? "Nothing was bought." : "Only a part was bought."
        add("remark", sentence: "\(what) For the rest make a new cart once its cause is mended.")
      }
    case .bought(let orders, let isComplete):
      add("outcome", fact: .text("bought"))
      add(orders, lines)
      let remark = "The answer to the check-out was lost, but the cart was bought. Do not buy it again."
      add(
        "remark",
        sentence: isComplete
          ? remark
          : remark + " Not all of its orders are listed yet, which can take 15 minutes: see `tieout orders list`.")
    case .notBought(let cause):
      ending = .mismatches
      add("outcome", fact: .text("not bought"))
      add("cause", fact: .text(cause))
      add("remark", sentence: "Nothing was bought: the cart is still open. Check it out again. The cause: \(cause)")
    }
  }

  private mutating func add(_ orders: [Order], _ lines: [Purchase.Line]) {
    let made = Purchase.OrderMade.all(orders, from: lines)
    let rows = zip(orders, made).map { OrderRow(order: $0, group: $1.group) }
    add("orders", OrderRow.columns, rows, nothing: "")
    let orderLines = orders.flatMap { order in order.lines.map { OrderLineRow(order: order.id, line: $0) } }
    add("order_lines", OrderLineRow.columns, orderLines, nothing: "")
  }
}

/// An order and the group of the cart's lines it was made from.
private struct OrderRow {
  var order: Order
  var group: String?

  static var columns: [Column<Self>] { [.id("order_group") { $0.group }] + Order.columns.map { $0.at { $0.order } } }
}

private struct OrderLineRow {
  var order: OrderID
  var line: Order.Line

  static var columns: [Column<Self>] { [.id("order_id") { $0.order }] + Order.Line.columns.map { $0.at { $0.line } } }
}

extension CheckoutResult.OrderError {
  fileprivate static var columns: [Column<Self>] {
    [
      .id("order_group") { $0.group }, .count("code") { $0.code }, .id("description") { $0.words },
      .id("advice") { $0.advice },
    ]
  }
}

extension Purchase.Line {
  fileprivate static var columns: [Column<Self>] {
    [
      .id("order_group") { $0.group }, .id("catalog_item_id") { $0.offer }, .words("name") { $0.name },
      .figure("quantity") { $0.quantity }, .id("term") { $0.termDuration }, .id("billing_cycle") { $0.billingCycle },
    ]
  }
}
