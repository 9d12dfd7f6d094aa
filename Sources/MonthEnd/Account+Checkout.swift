public import Billing
import PartnerCenter

extension Account {
  /// Buys what a cart holds, once: a check-out whose answer was lost is found out by reading, never by sending it again.
  ///
  /// - Parameters:
  ///   - cart: As it was just read: its lines and prices are what is journalled as bought.
  ///   - requestID: `MS-RequestId`, from `APIRequest.makeID()`.
  ///   - now: Business time, by which orders count as listed or not yet.
  /// - Throws: `ServiceRefusal` where the service sells nothing; `CheckoutUnclear` where reading does not help either.
  public func checkOut(
    _ cart: Cart, customer: CustomerID, journal: PurchaseJournal, requestID: String, at now: Instant
  ) async throws -> CheckoutFinding {
    try journal.noteCart(cart, customer: customer, seenAt: now)
    try journal.noteCheckout(cart: cart.id, requestID: requestID, at: now)
    do {
      let result = try await reading { try await $0.checkOut(cart.id, customer: customer, requestID: requestID) }
      try journal.noteResult(cart: cart.id, result, at: now)
      if result.purchaseState != .unclear { return .answered(result) }
    } catch let unclear as CheckoutUnclear {
      try journal.noteUnclear(cart: cart.id, cause: unclear.cause, at: now)
    } catch let refusal as ServiceRefusal where refusal.meansBoughtPerhaps {
      try journal.noteUnclear(cart: cart.id, cause: "\(refusal)", at: now)
    } catch let refusal as ServiceRefusal {
      try journal.noteRefused(cart: cart.id, cause: "\(refusal)", at: now)
      throw refusal
    } catch let failure as TransportFailure where failure.kind == .signIn || failure.kind == .notRecorded {
      try journal.noteRefused(cart: cart.id, cause: "\(failure)", at: now)
      throw failure
    } catch let error as SignInError {
      try journal.noteRefused(cart: cart.id, cause: "\(error)", at: now)
      throw error
    }
    // Anything else, an interruption above all, leaves the note “sent” behind: the next call begins by reading.
    guard let attempt = try journal.unresolvedCheckout(cart: cart.id) else {
      throw Stop.ourFault("The journal lost the check-out of cart \(cart.id).")
    }
    return try await resolve(attempt, customer: customer, journal: journal, at: now)
  }

  /// Finds out by reading what became of a check-out that was sent: the cart says whether, the orders say what.
  public func resolve(
    _ attempt: CheckoutAttempt, customer: CustomerID, journal: PurchaseJournal, at now: Instant
  ) async throws -> CheckoutFinding {
    do {
      let cart = try await reading { try await $0.cart(attempt.cart, customer: customer) }
      guard cart.isOrdered else {
        let cause = attempt.cause.isEmpty ? "The program was interrupted before the answer came." : attempt.cause
        try journal.noteRefused(cart: attempt.cart, cause: cause, at: now)
        return .notBought(cause: cause)
      }
      let listed = try await orders(customer: customer)
      let found = attempt.orders(among: listed, except: try journal.purchases())
      try journal.noteResolved(cart: attempt.cart, orders: found, at: now)
      return .bought(found, isComplete: attempt.isComplete(found, at: now))
    } catch let error where error is ServiceRefusal || error is TransportFailure {
      throw CheckoutUnclear(cart: attempt.cart, cause: "Reading did not help either. \(error)")
    }
  }
}

extension ServiceRefusal {
  /// “Order in progress” (800060) and “cart already submitted” (800065) are about a check-out that arrived before, which
  /// may be this one's own.
  fileprivate var meansBoughtPerhaps: Bool { code == "800060" || code == "800065" }
}
