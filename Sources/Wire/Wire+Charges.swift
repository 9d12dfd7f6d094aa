public import Billing

extension Wire {
  /// Reads a page of billing lines. What was asked for decides their shape; discriminators only confirm it
  /// (contract §14).
  public static func charges(
    _ body: [UInt8], invoice: InvoiceID, set: LineSet, page: Int
  ) throws(WireError) -> Decoded<[Charge]> {
    let reading = try Reading(body, as: .lines(invoice, set, page: page))
    return try reading.items { (value, reading) throws(WireError) in
      let position = LinePosition(invoice: invoice, set: set, page: page, index: reading.item ?? 0)
      return switch set.provider {
      case "office": try Charge(licence: Record(value, reading), position)
      case "azure": try Charge(azure: Record(value, reading), position)
      default: try Charge(newCommerce: Record(value, reading), position)
      }
    }
  }

  /// Reads a page of estimates, which have the shape of new-commerce lines (contract §9.7).
  public static func unbilledCharges(_ body: [UInt8], page: Int) throws(WireError) -> Decoded<[UnbilledCharge]> {
    let set = LineSet(provider: "onetime", isUsage: false)
    let reading = try Reading(body, as: .resource("Page \(page) of the unbilled lines"))
    guard let unbilled = InvoiceID("unbilled") else { throw reading.error(.missing, member: "invoice") }
    return try reading.items { (value, reading) throws(WireError) in
      let position = LinePosition(invoice: unbilled, set: set, page: page, index: reading.item ?? 0)
      return UnbilledCharge(line: try Charge(newCommerce: Record(value, reading), position))
    }
  }
}

extension Record {
  /// Notes a line that says it is of another resource than the one asked for.
  func checkObjectType(_ member: Member) {
    guard let attributes = object(member), let type = attributes.text("objectType") else { return }
    if type.lowercased() != Member.resource.lowercased() {
      reading.notes.wrongTypes["\(Member.resource).attributes.objectType \(type)", default: 0] += 1
    }
  }
}
