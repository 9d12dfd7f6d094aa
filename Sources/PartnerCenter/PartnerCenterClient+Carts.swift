public import Billing
public import Wire

extension PartnerCenterClient {
  /// `POST customers/{c}/carts` (contract §8.4).
  ///
  /// - Parameter requestID: `MS-RequestId`, from `APIRequest.makeID()`: the same for every try of this one cart.
  public func createCart(
    customer: CustomerID, lines: [CartLine], isResellerAttested: Bool? = nil, requestID: String
  ) async throws -> Decoded<Cart> {
    let body = Wire.cartRequest(lines: lines, isResellerAttested: isResellerAttested)
    let request = APIRequest(.post, "/v1/customers/\(customer.segment)/carts", body: body, requestID: requestID)
    return try await read(request, as: { try Wire.cart($0) })
  }

  /// `GET customers/{c}/carts/{cart}` (contract §8.4).
  public func cart(_ id: CartID, customer: CustomerID) async throws -> Decoded<Cart> {
    try await read(customer.target(id), as: { try Wire.cart($0) })
  }

  /// `PUT customers/{c}/carts/{cart}`: the whole cart takes the place of the one there (contract §8.4).
  public func updateCart(_ cart: Cart, customer: CustomerID, requestID: String) async throws -> Decoded<Cart> {
    let request = APIRequest(.put, customer.target(cart.id), body: Wire.cartRequest(cart), requestID: requestID)
    return try await read(request, as: { try Wire.cart($0) })
  }

  /// `POST customers/{c}/carts/{cart}/checkout`: buys (contract §8.4).
  ///
  /// It is sent again only when the service cannot have begun with it.
  ///
  /// - Throws: `CheckoutUnclear` when the purchase may have been made and its answer got lost: read the cart, and buy
  ///   again only where it is not `isOrdered`.
  public func checkOut(_ cart: CartID, customer: CustomerID, requestID: String) async throws -> Decoded<CheckoutResult>
  {
    let request = APIRequest(
      .post, customer.target(cart) + "/checkout", repetition: .ifUntouched, requestID: requestID)
    do {
      return try await read(request, as: { try Wire.checkout($0) })
    } catch let failure as TransportFailure where failure.kind != .signIn && failure.kind != .notRecorded {
      throw CheckoutUnclear(cart: cart, cause: "\(failure)")
    } catch let refusal as ServiceRefusal where refusal.leavesOutcomeOpen {
      throw CheckoutUnclear(cart: cart, cause: "\(refusal)")
    } catch let error as WireError {
      throw CheckoutUnclear(cart: cart, cause: "\(error)")
    }
  }
}

/// A check-out may have been carried out or not: nobody can tell from the answer.
public struct CheckoutUnclear: Error, Hashable, Sendable, CustomStringConvertible {
  public let cart: CartID
  public let cause: String

  public init(cart: CartID, cause: String) {
    self.cart = cart
    self.cause = cause
  }

  public var description: String {
    "It is not known whether cart \(cart) was bought. Read the cart and the customer's orders before trying again: a "
      + "cart whose status is “Ordered” was bought. The cause: \(cause)"
  }
}

extension ServiceRefusal {
  /// The service, or something before it, gave up in the middle. “Order not created” (800005) and “purchase system not
  /// supported” (800031) say that nothing was bought (contract §6.3).
  fileprivate var leavesOutcomeOpen: Bool {
    (status == 408 || status >= 500) && code != "800005" && code != "800031"
  }
}

extension CustomerID {
  fileprivate func target(_ cart: CartID) -> String {
    "/v1/customers/\(segment)/carts/\(cart.printed.percentEncoded)"
  }
}
