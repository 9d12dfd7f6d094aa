public enum ReservationKind: IdentifierKind {}
/// The id of a reservation, which is not that of its order (contract §8.8).
public typealias ReservationID = Identifier<ReservationKind>

/// One reservation of a reservation order, as the link of its artifact shows it (contract §8.8).
public struct ReservationDetail: Hashable, Sendable {
  public var id: ReservationID
  public var name: String
  /// `Shared` or `Single`, as printed.
  public var scope: String
  /// The Azure subscriptions of a reservation that is not shared.
  public var scopesApplied: [String]
  public var quantity: Amount?
  public var effective: Instant?
  public var expires: Instant?
  /// `Created`; an open list.
  public var state: String

  public init(
    id: ReservationID, name: String = "", scope: String = "", scopesApplied: [String] = [], quantity: Amount? = nil,
    effective: Instant? = nil, expires: Instant? = nil, state: String = ""
  ) {
    self.id = id
    self.name = name
    self.scope = scope
    self.scopesApplied = scopesApplied
    self.quantity = quantity
    self.effective = effective
    self.expires = expires
    self.state = state
  }
}
