public import Billing
import Store

/// What is bought through Tieout, written down before it is sent, so that a lost answer never buys twice.
///
/// It is kept in the database beside the months, and is the one part of it that no replay brings back. Each call is one
/// transaction; what it says is on the disk when it returns.
public struct PurchaseJournal: Sendable {
  private let ledger: Ledger

  /// Opens the journal in a database, and creates the database where there is none.
  public init(database: String) throws { ledger = try Ledger(path: database) }

  /// There is a cart. Saying it again changes nothing.
  public func begin(cart: CartID, customer: CustomerID, at begun: Instant) throws {
    try ledger.journalCart(cart, customer: customer, at: begun)
  }

  /// A cart was seen: its lines and the prices the service shows for them.
  public func noteCart(_ cart: Cart, customer: CustomerID, seenAt seen: Instant) throws {
    try ledger.journalCart(cart, customer: customer, seenAt: seen)
  }

  /// A check-out is about to be sent. Only when this has returned may it be.
  ///
  /// - Throws: a sentence where the cart was never seen, was bought already, or may have been.
  public func noteCheckout(cart: CartID, requestID: String, at sent: Instant) throws {
    try ledger.journalCheckout(cart: cart, requestID: requestID, at: sent)
  }

  /// The service answered: with orders, with errors, or with both.
  public func noteResult(cart: CartID, _ result: CheckoutResult, at answered: Instant) throws {
    try ledger.journalOutcome(
      cart: cart, result.purchaseState, orders: result.orders, errors: result.errors, at: answered)
  }

  /// The answer was lost: nobody knows whether anything was bought.
  public func noteUnclear(cart: CartID, cause: String, at noted: Instant) throws {
    try ledger.journalOutcome(cart: cart, .unclear, cause: cause, at: noted)
  }

  /// Nothing was bought: the service refused, or reading the cart shows it untouched. It may be checked out again.
  public func noteRefused(cart: CartID, cause: String, at noted: Instant) throws {
    try ledger.journalOutcome(cart: cart, .refused, cause: cause, at: noted)
  }

  /// Reading shows that the purchase was made, and which orders came of it. Orders that are not listed yet may be left
  /// out; a run finds them by their time and lines.
  public func noteResolved(cart: CartID, orders: [Order], at noted: Instant) throws {
    try ledger.journalOutcome(cart: cart, .resolved, orders: orders, at: noted)
  }

  /// The check-out of a cart that was sent and whose outcome is not known, or `nil`.
  public func unresolvedCheckout(cart: CartID) throws -> CheckoutAttempt? { try ledger.openCheckout(cart: cart) }

  /// All that was bought or may have been, the first first.
  public func purchases() throws -> [Purchase] { try ledger.journaledPurchases() }
}
