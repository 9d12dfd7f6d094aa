/// One check-out of a cart, as it was written down before it was sent.
public struct CheckoutAttempt: Hashable, Sendable {
  public var cart: CartID
  public var customer: CustomerID
  /// `MS-RequestId`, by which Microsoft's support finds it.
  public var requestID: String
  public var sentAt: Instant
  public var state: Purchase.State
  /// Why it is unclear or refused; empty otherwise.
  public var cause: String
  /// What was about to be bought.
  public var lines: [Purchase.Line]

  public init(
    cart: CartID, customer: CustomerID, requestID: String, sentAt: Instant, state: Purchase.State, cause: String = "",
    lines: [Purchase.Line] = []
  ) {
    self.cart = cart
    self.customer = customer
    self.requestID = requestID
    self.sentAt = sentAt
    self.state = state
    self.cause = cause
    self.lines = lines
  }
}
