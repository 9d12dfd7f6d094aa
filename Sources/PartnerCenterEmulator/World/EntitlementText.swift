extension World.Ledger {
  /// An entitlement as the service prints it: contract §8.8.
  func text(of entitlement: World.Entitlement, withExpiry: Bool) -> String {
    let type = entitlement.reservation == nil ? "software" : "reservedinstance"
    return World.JSONText.object(capacity: 900) { json in
      let included = entitlement.includes.map { part in
        World.JSONText.object { json in
          json.raw("includedEntitlements", "[]")
          writeOrder(of: entitlement, &json)
          json.string("productId", part.product)
          json.integer("quantity", entitlement.quantity)
          json.raw("entitledArtifacts", "[]")
          json.string("skuId", part.sku)
          json.string("entitlementType", "software")
        }
      }
      json.raw("includedEntitlements", World.array(included))
      writeOrder(of: entitlement, &json)
      json.string("productId", entitlement.product.id)
      json.integer("quantity", entitlement.quantity)
      json.raw("entitledArtifacts", artifacts(of: entitlement))
      json.string("skuId", entitlement.product.sku)
      json.string("entitlementType", type)
      // Software on the customer's own machines never expires.
      if withExpiry, let expiry = entitlement.expiry { json.string("expiryDate", expiry.midnight) }
      if let reservation = entitlement.reservation {
        json.object("dynamicAttributes") { $0.string("reservationType", reservation.kind) }
      }
    }
  }

  private func writeOrder(of entitlement: World.Entitlement, _ json: inout World.JSONText) {
    let order = orders[entitlement.order]
    json.object("referenceOrder") { json in
      json.string("id", order.id)
      json.string("lineItemId", String(entitlement.item))
      if let alternate = order.alternateID { json.string("alternateId", alternate) }
    }
  }

  private func artifacts(of entitlement: World.Entitlement) -> String {
    guard let reservation = entitlement.reservation else { return "[]" }
    let path = path(of: reservation, customer: entitlement.customer)
    return World.array([
      World.JSONText.object { json in
        json.link("link", path)
        json.string("resourceId", reservation.order)
        json.string("artifactType", "reservedinstance")
      }
    ])
  }

  func path(of reservation: World.Reservation, customer: Int) -> String {
    "/customers/\(customers[customer].id)/artifacts/reservedinstance/groups/\(reservation.group)"
      + "/lineitems/\(reservation.lineItem)/resource/\(reservation.order)"
  }

  /// What the path of a reservation answers; the array goes by two names, in the samples and in the documentation.
  func details(of reservation: World.Reservation, entitlement: World.Entitlement) -> String {
    let isOldName = reservation.id.utf8.first.map { $0 % 2 == 0 } ?? false
    let item = World.JSONText.object { json in
      json.string("reservationId", reservation.id)
      json.string("displayName", entitlement.product.name)
      json.string("scopeType", "Shared")
      json.integer("quantity", entitlement.quantity)
      json.string("expiryDateTime", (entitlement.expiry ?? reservation.boughtAt.day).midnightWithoutZone)
      json.string("effectiveDateTime", reservation.boughtAt.text)
      json.string("provisioningState", "Created")
    }
    return World.JSONText.object { json in
      json.string("type", "reservedinstance")
      json.raw(isOldName ? "virtualMachineReservations" : "reservations", World.array([item]))
    }
  }
}
