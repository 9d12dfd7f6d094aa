import Billing
import PartnerCenter
import Reconciliation
import Store
import Store

extension Explanation {
  /// The purchases a mismatch rests on: what was written down when they were made, and the item of the run's evidence.
  func purchases(of customer: CustomerID, behind mismatch: Mismatch) throws -> [String] {
    var text: [String] = []
    for purchase in try ledger.partition(of: customer).purchases where purchase.isBehind(mismatch) {
      text += [
        "",
        "Purchase with cart \(purchase.cart), checked out at \(purchase.checkedOutAt), \(purchase.state.rawValue)"
          + (purchase.orders.isEmpty ? "" : ", orders \(purchase.orders.map(\.id.printed).joined(separator: ", "))")
          + ":",
      ]
      text += purchase.lines.map { line in
        "  \(line.quantity) × \(line.name.isEmpty ? line.offer : "\(line.name) (\(line.offer))"), price "
          + (line.priceSeen.map { "\($0) \(line.currency ?? .none)" } ?? "unknown")
          + (line.isBought ? "" : ", not bought: \(line.failure)")
      }
      text += try raw(
        BodyKey.Endpoint.purchases.rawValue,
        where: { body in try Purchase.decoded(body).firstIndex { $0.cart == purchase.cart } })
    }
    return text
  }
}

extension Purchase {
  /// Whether a mismatch is about it: causes name carts, charges and orders name the order.
  fileprivate func isBehind(_ mismatch: Mismatch) -> Bool {
    if [mismatch.cause, mismatch.subject.detail].contains(where: { $0.contains(cart.printed) }) { return true }
    if let order = mismatch.subject.order, orders.contains(where: { $0.id == order || $0.alternateID == order }) {
      return true
    }
    // Where the answer was lost, not every order is written down: then it is known by what was bought.
    guard orders.count < Set(lines.map(\.group)).count, let item = mismatch.subject.item else { return false }
    return mismatch.rule.isAboutPurchases && lines.contains { $0.catalogItem == item }
  }
}

extension Rule {
  fileprivate var isAboutPurchases: Bool {
    switch self {
    case .purchaseUnordered, .purchaseOrder, .purchasePrice, .purchaseQuantity, .purchaseTwice: true
    default: false
    }
  }
}
