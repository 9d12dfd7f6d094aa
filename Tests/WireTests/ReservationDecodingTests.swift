import Billing
import Testing
import Wire

@Suite("Reservations and expiry dates")
struct ReservationDecodingTests {
  @Test("Reservation details are read under either name", arguments: ["reservations", "virtualMachineReservations"])
  func details(name: String) throws {
    let body = """
      {"type":"reservedinstance","\(name)":[{"reservationId":"b8ebd9e6-1d31-4d3a-bb8d-45d5e6ebbd2b",
      "displayName":"VM_RI_1","scopeType":"Single","appliedScopes":["/subscriptions/s1"],"quantity":2,
      "expiryDateTime":"2019-04-26T00:00:00","effectiveDateTime":"2018-04-26T00:54:08.7254316Z",
      "provisioningState":"Created"}]}
      """
    let decoded = try Wire.reservations(Array(body.utf8))
    #expect(decoded.notes.isEmpty)
    let reservation = try #require(decoded.value.first)
    #expect(reservation.id.printed == "b8ebd9e6-1d31-4d3a-bb8d-45d5e6ebbd2b")
    #expect(reservation.name == "VM_RI_1")
    #expect(reservation.scope == "Single")
    #expect(reservation.scopesApplied == ["/subscriptions/s1"])
    #expect(reservation.quantity?.description == "2")
    #expect(reservation.expires?.description == "2019-04-26T00:00:00Z")
    #expect(reservation.effective?.description == "2018-04-26T00:54:08.7254316Z")
    #expect(reservation.state == "Created")
  }

  @Test("Details without a list are refused, not read as none")
  func noList() {
    #expect(throws: WireError.self) { try Wire.reservations(Array(#"{"type":"reservedinstance"}"#.utf8)) }
  }

  @Test("An entitlement keeps the expiry it was printed with")
  func expiry() throws {
    let customer = try #require(CustomerID("c1"))
    let body = #"{"items":[{"productId":"P","expiryDate":"2026-01-10T00:00:00Z"},{"productId":"Q","expiryDate":null}]}"#
    let decoded = try Wire.entitlements(Array(body.utf8), customer: customer)
    #expect(decoded.value.map { $0.expires?.description } == ["2026-01-10T00:00:00Z", nil])
    #expect(decoded.notes.isEmpty)
  }
}
