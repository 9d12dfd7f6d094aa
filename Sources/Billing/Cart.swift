public enum CartKind: IdentifierKind {}
public typealias CartID = Identifier<CartKind>

/// What is about to be bought; it expires (contract §8.4).
public struct Cart: Hashable, Sendable {
  public var id: CartID
  public var created: Instant?
  public var lastModified: Instant?
  public var expires: Instant?
  /// GUID of a user or an application.
  public var lastModifiedBy: String
  /// `Active` while open, `Ordered` once submitted; may be empty.
  public var status: String
  public var lines: [CartLine]
  public var isResellerAttested: Bool?

  public init(
    id: CartID, created: Instant? = nil, lastModified: Instant? = nil, expires: Instant? = nil,
    lastModifiedBy: String = "", status: String = "", lines: [CartLine], isResellerAttested: Bool? = nil
  ) {
    self.id = id
    self.created = created
    self.lastModified = lastModified
    self.expires = expires
    self.lastModifiedBy = lastModifiedBy
    self.status = status
    self.lines = lines
    self.isResellerAttested = isResellerAttested
  }

  /// Whether it was checked out: what tells, after an answer was lost, that the purchase was made.
  public var isOrdered: Bool { status.lowercased() == "ordered" }

  /// The lines that become one order, by group, in the order of the cart; lines without a group together.
  public var linesByGroup: [(group: String, lines: [CartLine])] {
    var groups: [(group: String, lines: [CartLine])] = []
    for line in lines {
      if let place = groups.firstIndex(where: { $0.group == line.orderGroup }) {
        groups[place].lines.append(line)
      } else {
        groups.append((line.orderGroup, [line]))
      }
    }
    return groups
  }
}

/// What a check-out came to: it can succeed for one order group and fail for another (contract §8.4).
public struct CheckoutResult: Hashable, Sendable {
  public var orders: [Order]
  public var errors: [OrderError]

  /// Why one group of lines did not become an order.
  public struct OrderError: Hashable, Sendable {
    /// `orderGroup` of the cart's lines it concerns.
    public var group: String
    public var code: Int?
    /// What the service says.
    public var words: String

    public init(group: String, code: Int?, words: String = "") {
      self.group = group
      self.code = code
      self.words = words
    }

    /// What helps, where the code is known.
    public var advice: String? { code.flatMap { PurchaseCode.advice(for: String($0)) } }
  }

  public init(orders: [Order], errors: [OrderError] = []) {
    self.orders = orders
    self.errors = errors
  }
}
