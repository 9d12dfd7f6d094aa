extension Purchase {
  /// What the order entitles to, once provisioned: contract §8.8.
  var entitlements: [ServedWorld.Entitlement] {
    lines.indices.compactMap { number in
      let category = lines[number].item.product.category
      guard [.perpetual, .softwareSubscription, .reservation].contains(category) else { return nil }
      return .init(
        type: category == .reservation ? "reservedinstance" : "software", json: text(of: number, withExpiry: false),
        jsonWithExpiry: text(of: number, withExpiry: true))
    }
  }

  /// What an entitlement's link leads to; nil for a path that is not of this order.
  func artifact(at path: String) -> String? {
    let number = lines.indices.first {
      lines[$0].item.product.category == .reservation && self.path($0).lowercased() == path.lowercased()
    }
    guard let number else { return nil }
    let reservation = World.JSONText.object { json in
      json.string("reservationId", Opaque.guid(of: "reservation/\(id)/\(number)"))
      json.string("displayName", lines[number].item.product.name)
      json.string("scopeType", "Shared")
      json.integer("quantity", lines[number].quantity)
      json.string("expiryDateTime", (end(number) ?? day).midnightWithoutZone)
      json.string("effectiveDateTime", World.Instant(seconds: boughtAt).text)
      json.string("provisioningState", "Created")
    }
    return World.JSONText.object { json in
      json.string("type", "reservedinstance")
      json.raw("virtualMachineReservations", World.array([reservation]))
    }
  }

  private func text(of number: Int, withExpiry: Bool) -> String {
    let line = lines[number]
    let isReservation = line.item.product.category == .reservation
    return World.JSONText.object(capacity: 900) { json in
      json.raw("includedEntitlements", "[]")
      json.object("referenceOrder") { json in
        json.string("id", id)
        json.string("lineItemId", String(number))
        json.string("alternateId", alternateID)
      }
      json.string("productId", line.item.id)
      json.integer("quantity", line.quantity)
      let artifact = World.JSONText.object { json in
        json.link("link", path(number))
        json.string("resourceId", resource(number))
        json.string("artifactType", "reservedinstance")
      }
      json.raw("entitledArtifacts", isReservation ? World.array([artifact]) : "[]")
      json.string("skuId", line.item.sku)
      json.string("entitlementType", isReservation ? "reservedinstance" : "software")
      if withExpiry, let end = end(number) { json.string("expiryDate", end.midnight) }
      if isReservation {
        let isMachine = line.item.type.sub == "VirtualMachines"
        json.object("dynamicAttributes") {
          $0.string("reservationType", isMachine ? "virtualmachines" : "sqldatabases")
        }
      }
    }
  }

  /// The order of a reservation or savings plan, by which a billing line names it.
  func resource(_ number: Int) -> String { Opaque.guid(of: "reservationorder/\(id)/\(number)") }

  /// Group and line item are neither the order nor its line: the path can only be followed.
  private func path(_ number: Int) -> String {
    let group = Opaque.digits(of: "group/\(id)") + Opaque.digits(of: "group/\(id)~")
    return "/customers/\(customer)/artifacts/reservedinstance/groups/\(group)"
      + "/lineitems/\(Opaque.guid(of: "lineitem/\(id)/\(number)"))/resource/\(resource(number))"
  }
}
