public import Billing
import CSimdjson

extension Wire {
  /// Reads a customer's entitlements; the body does not say whose they are.
  public static func entitlements(_ body: [UInt8], customer: CustomerID) throws(WireError) -> Decoded<[Entitlement]> {
    try Reading(body, as: .resource("Entitlements of \(customer)")).items { (value, reading) throws(WireError) in
      try Entitlement(Record(value, reading), customer)
    }
  }

  /// Reads what following a reservation's link told: Σ quantity of its reservations, or `nil` where one is not printed.
  public static func reservationQuantity(_ body: [UInt8]) throws(WireError) -> Decoded<Amount?> {
    try Reading(body, as: .resource("Reservation details")).one { (value, reading) throws(WireError) in
      let details = try Record<ReservationDetailsMember>(value, reading)
      guard let list = details.list(.reservations) ?? details.list(.virtualMachineReservations) else { return nil }
      var sum: Amount? = .zero
      for value in list.elements {
        let quantity = try Record<ReservationMember>(value, reading).amount(.quantity)
        guard let before = sum, let quantity else {
          sum = nil
          continue
        }
        sum = try? before + quantity
      }
      return sum
    }
  }
}

/// `Entitlement` (contract §8.8).
enum EntitlementMember: Int, WireMember {
  case includedEntitlements, referenceOrder, productId, skuId, quantity, entitledArtifacts, entitlementType, expiryDate

  static let resource = "Entitlement"
  // The dynamic attributes belong to the artifact, but one sample hangs them here.
  static let unread = "quantityDetails fulfillmentState dynamicAttributes links attributes"
  static let index = MemberIndex(Self.self)
}

/// The `referenceOrder` of an entitlement (contract §8.8).
enum ReferenceOrderMember: Int, WireMember {
  case id, lineItemId, alternateId

  static let resource = "ReferenceOrder"
  static let unread = "links attributes"
  static let index = MemberIndex(Self.self)
}

/// One of the `entitledArtifacts` (contract §8.8).
enum ArtifactMember: Int, WireMember {
  case link, resourceId, artifactType

  static let resource = "Artifact"
  static let unread = "dynamicAttributes attributes"
  static let index = MemberIndex(Self.self)
}

/// Reservation details (contract §8.8): table and samples name the list differently.
enum ReservationDetailsMember: Int, WireMember {
  case reservations, virtualMachineReservations

  static let resource = "ReservationDetails"
  static let unread = "type links attributes"
  static let index = MemberIndex(Self.self)
}

/// `Reservation` (contract §8.8).
enum ReservationMember: Int, WireMember {
  case reservationId, displayName, scopeType, appliedScopes, quantity, expiryDateTime, effectiveDateTime
  case provisioningState

  static let resource = "Reservation"
  static let unread = "attributes"
  static let index = MemberIndex(Self.self)
}

extension Entitlement {
  init(_ record: Record<EntitlementMember>, _ customer: CustomerID) throws(WireError) {
    let order: Record<ReferenceOrderMember>? =
      if let value = record.object(.referenceOrder) { try Record(value, record.reading) } else { nil }
    var reservations: [Reservation] = []
    for value in record.elements(.entitledArtifacts) {
      let artifact = try Record<ArtifactMember>(value, record.reading)
      // Older versions say `virtual_machine_reserved_instance`.
      guard artifact.words(.artifactType).lowercased().filter({ $0 != "_" }).hasSuffix("reservedinstance") else {
        continue
      }
      guard let id: ReservationOrderID = artifact.id(.resourceId) else { throw artifact.missing(.resourceId) }
      let link = artifact.object(.link)?.text("uri") ?? ""
      reservations.append(Reservation(order: id, quantity: nil, link: link))
    }
    self.init(
      customer: customer, referenceOrder: order?.id(.id), referenceAlternateOrder: order?.id(.alternateId),
      orderLine: order?.whole(.lineItemId), product: record.id(.productId), sku: record.id(.skuId),
      quantity: try record.amount(.quantity), type: record.words(.entitlementType), reservations: reservations,
      includedCount: Self.count(included: record.list(.includedEntitlements)))
    expires = record.instant(.expiryDate)
  }

  /// Bundles may hold bundles.
  private static func count(included: JSONValue?) -> Int {
    guard let included, included.kind == .array else { return 0 }
    return included.elements.reduce(0) { $0 + 1 + count(included: $1["includedEntitlements"]) }
  }
}
