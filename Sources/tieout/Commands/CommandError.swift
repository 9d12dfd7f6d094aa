import Billing

/// What a command outside a run was asked and cannot do.
enum CommandError: Error, Hashable {
  case invoiceUnknown(InvoiceID)
  case setUnknown(Invoice, provider: String?, isUsage: Bool)
  case itemNotUnderstood(String, reason: String)
  case addOnLoose(String, base: Int)
  case lineUnknown(Int, CartID, known: [Int])
  case cartEmptied(CartID)
  case cartOrdered(CartID)
  case marketClosed(product: ProductID, country: String, name: String)
  case timeTyped(Instant)
}

extension CommandError: CustomStringConvertible {
  var description: String {
    switch self {
    case .invoiceUnknown(let invoice):
      "The account has no invoice \(invoice). `tieout invoices list` names those it has."
    case .setUnknown(let invoice, let provider, let isUsage):
      """
      \(invoice.id) has no \(isUsage ? "usage" : "billing") lines\(provider.map { " of \($0)" } ?? ""). It has \
      \(invoice.details.isEmpty ? "none at all" : invoice.details.map(\.description).joined(separator: ", ")).
      """
    case .itemNotUnderstood(let text, let reason):
      """
      The item “\(text.prefix(200))” is not understood: \(reason). Wanted is \
      CATALOGITEM,quantity=10,term=P1Y,cycle=monthly.
      """
    case .addOnLoose(let item, let base):
      "\(item) is to be an add-on of line \(base), which is none of the lines named before it. Lines are counted from 0."
    case .lineUnknown(let number, let cart, let known):
      """
      Cart \(cart) has no line \(number). It has \(known.isEmpty ? "none" : known.map(String.init).joined(separator: ", ")).
      """
    case .cartEmptied(let cart):
      "Nothing would be left in cart \(cart). Carts that are not checked out expire by themselves."
    case .cartOrdered(let cart):
      "Cart \(cart) was bought already and cannot change. Create a new one."
    case .marketClosed(let product, let country, let name):
      """
      \(product) is a software subscription, and these are not sold in \(name) (\(country)). Nothing was sent. Perpetual \
      software may be on sale there.
      """
    case .timeTyped(let time):
      """
      A purchase is dated by this machine's clock, and --as-of would date it \(time). Leave --as-of out; it is for an \
      emulator on this machine. Nothing was sent.
      """
    }
  }
}
