public import Billing
import CSimdjson

extension Wire {
  /// Reads what following a reservation's link told, reservation by reservation (contract §8.8).
  public static func reservations(_ body: [UInt8]) throws(WireError) -> Decoded<[ReservationDetail]> {
    try Reading(body, as: .resource("Reservation details")).one { (value, reading) throws(WireError) in
      let details = try Record<ReservationDetailsMember>(value, reading)
      // Table and samples name the list differently.
      guard let list = details.list(.reservations) ?? details.list(.virtualMachineReservations) else {
        throw details.missing(.reservations)
      }
      var reservations: [ReservationDetail] = []
      for value in list.elements { reservations.append(try ReservationDetail(Record(value, reading))) }
      return reservations
    }
  }
}

extension ReservationDetail {
  init(_ record: Record<ReservationMember>) throws(WireError) {
    guard let id: ReservationID = record.id(.reservationId) else { throw record.missing(.reservationId) }
    self.init(
      id: id, name: record.words(.displayName), scope: record.words(.scopeType),
      scopesApplied: record.texts(.appliedScopes), quantity: try record.amount(.quantity),
      effective: record.instant(.effectiveDateTime), expires: record.instant(.expiryDateTime),
      state: record.words(.provisioningState))
  }
}
