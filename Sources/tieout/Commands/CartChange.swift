import Billing

/// What is to become of a cart: lines are taken out, quantities changed, and then lines are added.
struct CartChange: Hashable, Sendable {
  var removed: [Int] = []
  var quantities: [Int: Int] = [:]
  var added: [CartItem] = []

  var isEmpty: Bool { removed.isEmpty && quantities.isEmpty && added.isEmpty }

  /// The cart as it shall be; the numbers of its lines stay, because the service knows them by these.
  ///
  /// - Throws: `CommandError` for a line that is not there and for a cart without lines.
  func applied(to cart: Cart) throws -> Cart {
    guard !cart.isOrdered else { throw CommandError.cartOrdered(cart.id) }
    var cart = cart
    let known = cart.lines.map(\.number)
    for number in removed + quantities.keys.sorted() where !known.contains(number) {
      throw CommandError.lineUnknown(number, cart.id, known: known)
    }
    cart.lines.removeAll { removed.contains($0.number) }
    for index in cart.lines.indices {
      if let quantity = quantities[cart.lines[index].number] { cart.lines[index].quantity = quantity }
    }
    cart.lines += try CartItem.lines(added, from: (known.max() ?? -1) + 1)
    guard !cart.lines.isEmpty else { throw CommandError.cartEmptied(cart.id) }
    return cart
  }
}
