public import Billing

/// What became of one charge: every charge has exactly one.
public struct Tie: Hashable, Sendable {
  public var position: LinePosition
  public var outcome: Outcome
  /// What the charge was joined to.
  public var order: OrderID?
  public var orderLine: Int?
  public var subscription: SubscriptionID?
  /// The entitlement's reference order, or the reservation order.
  public var entitlement: String
  /// Which key of the ladder found it, such as `order id` or `subscription and product:SKU`.
  public var matchedBy: String
  /// Which documented formula gives the printed amount, such as `product`.
  public var formula: String
  /// What is worth knowing although nothing is wrong.
  public var notes: [String]
  public var mismatches: [Mismatch.ID]

  public enum Outcome: String, Hashable, Sendable, CaseIterable, Comparable {
    case tied, noted, pending, mismatched

    /// The graver one decides.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
    private var rank: Int {
      switch self {
      case .tied: 0
      case .noted: 1
      case .pending: 2
      case .mismatched: 3
      }
    }
  }

  public init(position: LinePosition) {
    self.position = position
    outcome = .tied
    entitlement = ""
    matchedBy = ""
    formula = ""
    notes = []
    mismatches = []
  }
}

/// What one partition gives back.
public struct PartitionResult: Sendable {
  /// In the order of the partition's charges.
  public var ties: [Tie]
  public var mismatches: [Mismatch]
  public var tallies: Tallies

  public init(ties: [Tie], mismatches: [Mismatch], tallies: Tallies) {
    self.ties = ties
    self.mismatches = mismatches
    self.tallies = tallies
  }
}
