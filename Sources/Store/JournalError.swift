/// Why the journal of purchases does not take a note.
public enum JournalError: Error, Hashable, Sendable {
  /// What a cart holds was never written down.
  case cartUnseen(cart: String)
  /// A check-out was sent, and nobody knows what became of it.
  case checkoutOpen(cart: String, requestID: String, sent: String)
  case bought(cart: String, sent: String)
  case nothingOpen(cart: String)
}

extension JournalError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .cartUnseen(let cart):
      "What cart \(cart) holds is not in the journal, so nothing could be compared with the bill. Read the cart first."
    case .checkoutOpen(let cart, let requestID, let sent):
      "The check-out of cart \(cart) was sent at \(sent) (request \(requestID)), and its outcome is not known. It is not "
        + "sent again: read the cart and the customer's orders."
    case .bought(let cart, let sent):
      "Cart \(cart) was bought at \(sent) already. To buy more, or what was refused, make a new cart."
    case .nothingOpen(let cart):
      "No check-out of cart \(cart) is waiting for its outcome. Note a check-out before it is sent."
    }
  }
}
