public import Billing

extension Wire {
  public static func registration(_ body: [UInt8]) throws(WireError) -> Decoded<SubscriptionRegistration> {
    try Reading(body, as: .resource("Registration status")).one { (value, reading) throws(WireError) in
      let record = try Record<RegistrationMember>(value, reading)
      guard let id: SubscriptionID = record.id(.subscriptionId) else { throw record.missing(.subscriptionId) }
      guard let status = record.text(.status) else { throw record.missing(.status) }
      return SubscriptionRegistration(subscription: id, status: .init(status))
    }
  }

  public static func orderProvisioning(_ body: [UInt8]) throws(WireError) -> Decoded<[OrderLineProvisioning]> {
    try Reading(body, as: .resource("Provisioning status")).items { (value, reading) throws(WireError) in
      try OrderLineProvisioning(Record(value, reading))
    }
  }

  public static func subscriptionProvisioning(
    _ body: [UInt8]
  ) throws(WireError) -> Decoded<SubscriptionProvisioning> {
    try Reading(body, as: .resource("Provisioning status")).one { (value, reading) throws(WireError) in
      let record = try Record<SubscriptionProvisioningMember>(value, reading)
      return SubscriptionProvisioning(
        sku: record.words(.skuId), status: record.words(.status), quantity: try record.amount(.quantity),
        end: record.instant(.endDate))
    }
  }

  public static func azureEntitlements(_ body: [UInt8]) throws(WireError) -> Decoded<[AzureEntitlement]> {
    try Reading(body, as: .resource("Azure entitlements")).items { (value, reading) throws(WireError) in
      try AzureEntitlement(Record(value, reading))
    }
  }

  public static func azureEntitlement(_ body: [UInt8]) throws(WireError) -> Decoded<AzureEntitlement> {
    try Reading(body, as: .resource("Azure entitlement")).one { (value, reading) throws(WireError) in
      try AzureEntitlement(Record(value, reading))
    }
  }
}

/// `SubscriptionRegistrationStatus` (contract §8.1).
enum RegistrationMember: Int, WireMember {
  case subscriptionId, status

  static let resource = "SubscriptionRegistrationStatus"
  static let unread = "links attributes"
  static let index = MemberIndex(Self.self)
}

/// `OrderLineItemProvisioningStatus` (contract §8.5).
enum OrderProvisioningMember: Int, WireMember {
  case lineItemNumber, orderLineItemId, status, quantityProvisioningInformation

  static let resource = "OrderLineItemProvisioningStatus"
  static let unread = "links attributes"
  static let index = MemberIndex(Self.self)
}

/// One part of a line's provisioning (contract §8.5).
enum QuantityProvisioningMember: Int, WireMember {
  case quantity, status

  static let resource = "QuantityProvisioningInformation"
  static let unread = "attributes"
  static let index = MemberIndex(Self.self)
}

/// `SubscriptionProvisioningStatus` (contract §8.7).
enum SubscriptionProvisioningMember: Int, WireMember {
  case skuId, status, quantity, endDate

  static let resource = "SubscriptionProvisioningStatus"
  static let unread = "links attributes"
  static let index = MemberIndex(Self.self)
}

/// `AzureEntitlement` (contract §8.7).
enum AzureEntitlementMember: Int, WireMember {
  case id, friendlyName, status, subscriptionId

  static let resource = "AzureEntitlement"
  static let unread = "links attributes"
  static let index = MemberIndex(Self.self)
}

extension OrderLineProvisioning {
  init(_ record: Record<OrderProvisioningMember>) throws(WireError) {
    guard let line = record.whole(.lineItemNumber) ?? record.whole(.orderLineItemId) else {
      throw record.unusable(.lineItemNumber, "a line number")
    }
    var parts: [Part] = []
    for part in try record.nestedList(.quantityProvisioningInformation, as: QuantityProvisioningMember.self) {
      parts.append(Part(quantity: try part.amount(.quantity), status: part.words(.status)))
    }
    self.init(line: line, status: record.words(.status), parts: parts)
  }
}

extension AzureEntitlement {
  init(_ record: Record<AzureEntitlementMember>) throws(WireError) {
    guard let id: AzureEntitlementID = record.id(.id) else { throw record.missing(.id) }
    self.init(
      id: id, name: record.words(.friendlyName), status: record.words(.status), subscription: record.id(.subscriptionId)
    )
  }
}
