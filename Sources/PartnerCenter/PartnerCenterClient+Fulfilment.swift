public import Billing
public import Wire

extension PartnerCenterClient {
  /// `POST customers/{c}/subscriptions/{s}/registrations`: asks that an Azure subscription may buy reservations
  /// (contract §8.1).
  ///
  /// The answer is empty and its relative `Location` is where `registrationStatus` looks anyway.
  public func register(_ subscription: SubscriptionID, customer: CustomerID, requestID: String) async throws {
    let target = customer.target(subscription, "registrations")
    _ = try await answer(to: APIRequest(.post, target, requestID: requestID))
  }

  /// `GET customers/{c}/subscriptions/{s}/registrationstatus` (contract §8.1).
  public func registrationStatus(
    of subscription: SubscriptionID, customer: CustomerID
  ) async throws -> Decoded<SubscriptionRegistration> {
    try await read(customer.target(subscription, "registrationstatus"), as: { try Wire.registration($0) })
  }

  /// `GET customers/{c}/orders/{o}`, with prices unless said otherwise: what was just bought is here before it is in any
  /// list (contract §8.5).
  public func order(_ id: OrderID, customer: CustomerID, includesPrice: Bool = true) async throws -> Decoded<Order> {
    try await read(
      customer.target(id) + (includesPrice ? "?include_price=true" : ""), as: { try Wire.order($0) })
  }

  /// `GET customers/{c}/orders/{o}/provisioningstatus`; takes a user (contract §8.5, §2.2).
  public func provisioning(
    of order: OrderID, customer: CustomerID
  ) async throws -> Decoded<[OrderLineProvisioning]> {
    try await list(
      customer.target(order) + "/provisioningstatus", credentials: .appAndUser, as: { try Wire.orderProvisioning($0) })
  }

  /// `GET customers/{c}/subscriptions/{s}` (contract §8.7).
  public func subscription(_ id: SubscriptionID, customer: CustomerID) async throws -> Decoded<Subscription> {
    try await read(customer.target(id), as: { try Wire.subscription($0, customer: customer) })
  }

  /// `GET customers/{c}/subscriptions?order_id={o}` (contract §8.7).
  public func subscriptions(of order: OrderID, customer: CustomerID) async throws -> Decoded<[Subscription]> {
    try await list(
      "/v1/customers/\(customer.segment)/subscriptions?order_id=\(order.printed.percentEncoded)",
      as: { try Wire.subscriptions($0, customer: customer) })
  }

  /// `GET customers/{c}/subscriptions?mpn_id={m}`: those a reseller is on record for (contract §8.7).
  public func subscriptions(ofPartner partner: String, customer: CustomerID) async throws -> Decoded<[Subscription]> {
    try await list(
      "/v1/customers/\(customer.segment)/subscriptions?mpn_id=\(partner.percentEncoded)",
      as: { try Wire.subscriptions($0, customer: customer) })
  }

  /// `GET customers/{c}/subscriptions/{s}/provisioningstatus`; takes a user (contract §8.7, §2.2).
  public func provisioning(
    of subscription: SubscriptionID, customer: CustomerID
  ) async throws -> Decoded<SubscriptionProvisioning> {
    try await read(
      customer.target(subscription, "provisioningstatus"), credentials: .appAndUser,
      as: { try Wire.subscriptionProvisioning($0) })
  }

  /// `GET customers/{c}/subscriptions/{s}/azureEntitlements`: the Azure subscriptions of an Azure plan (contract §8.7).
  public func azureEntitlements(
    of subscription: SubscriptionID, customer: CustomerID
  ) async throws -> Decoded<[AzureEntitlement]> {
    try await list(customer.target(subscription, "azureEntitlements"), as: { try Wire.azureEntitlements($0) })
  }

  /// `GET customers/{c}/subscriptions/{s}/azureEntitlements/{e}` (contract §8.7).
  public func azureEntitlement(
    _ id: AzureEntitlementID, of subscription: SubscriptionID, customer: CustomerID
  ) async throws -> Decoded<AzureEntitlement> {
    try await read(
      customer.target(subscription, "azureEntitlements/\(id.printed.percentEncoded)"),
      as: { try Wire.azureEntitlement($0) })
  }
}

extension CustomerID {
  fileprivate func target(_ order: OrderID) -> String {
    "/v1/customers/\(segment)/orders/\(order.printed.percentEncoded)"
  }

  fileprivate func target(_ subscription: SubscriptionID, _ part: String? = nil) -> String {
    "/v1/customers/\(segment)/subscriptions/\(subscription.printed.percentEncoded)" + (part.map { "/" + $0 } ?? "")
  }
}
