/// An id as the service printed it, compared the way the service means it.
///
/// The same thing is printed in capitals here and small letters there, with `org:` before it or without (contract §4), so
/// equality looks at the folded form and printing at the original.
public struct Identifier<Kind: IdentifierKind>: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// As received.
  public let printed: String
  /// As compared.
  public let key: String

  /// Creates an id, or `nil` from an empty text: absent, null and "" are one state (contract §14).
  public init?(_ printed: String) {
    let key = Kind.key(for: printed)
    guard !key.isEmpty else { return nil }
    self.printed = printed
    self.key = key
  }

  public var description: String { printed }
  public static func == (left: Self, right: Self) -> Bool { left.key == right.key }
  public static func < (left: Self, right: Self) -> Bool { left.key < right.key }
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

/// What an id names; it decides how ids of its kind are folded for comparison.
public protocol IdentifierKind: Sendable {
  static func key(for printed: String) -> String
}

extension IdentifierKind {
  public static func key(for printed: String) -> String { printed.folded }
}

extension String {
  /// Small letters, no blanks around.
  var folded: String { trimmed.lowercased() }

  var trimmed: String {
    guard let first = utf8.first, let last = utf8.last, first <= 0x20 || last <= 0x20 else { return self }
    return String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }

  func removing(prefix: String) -> String { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self }
}

public enum CustomerKind: IdentifierKind {
  /// `org:9060d13d-…` is the customer `9060d13d-…` (catalogue M41).
  public static func key(for printed: String) -> String { printed.folded.removing(prefix: "org:") }
}

public enum SkuKind: IdentifierKind {
  /// SKU ids keep leading zeros; a spreadsheet loses them, so `1` is `0001` (catalogue M53).
  public static func key(for printed: String) -> String {
    let folded = printed.folded
    guard !folded.isEmpty, folded.utf8.count < 4 else { return folded }
    return String(repeating: "0", count: 4 - folded.utf8.count) + folded
  }
}

public enum ReservationOrderKind: IdentifierKind {
  /// The prefix tells where it was bought, not what it is (catalogue M40).
  public static func key(for printed: String) -> String {
    printed.folded.removing(prefix: "rioderid").removing(prefix: "pctest")
  }
}

public enum InvoiceKind: IdentifierKind {}
public enum OrderKind: IdentifierKind {}
public enum SubscriptionKind: IdentifierKind {}
public enum ProductKind: IdentifierKind {}
public enum AvailabilityKind: IdentifierKind {}
public enum OfferKind: IdentifierKind {}
public enum ReferenceKind: IdentifierKind {}

public typealias CustomerID = Identifier<CustomerKind>
public typealias InvoiceID = Identifier<InvoiceKind>
public typealias OrderID = Identifier<OrderKind>
public typealias SubscriptionID = Identifier<SubscriptionKind>
public typealias ProductID = Identifier<ProductKind>
public typealias SkuID = Identifier<SkuKind>
public typealias AvailabilityID = Identifier<AvailabilityKind>
/// A legacy offer: the price list's GUID or `MS-AZR-0145P`.
public typealias OfferID = Identifier<OfferKind>
/// Links the lines of one event: both halves of a wipe and recreate, both sides of an upgrade.
public typealias ReferenceID = Identifier<ReferenceKind>
/// The order of a reservation or a savings plan on Azure's side.
public typealias ReservationOrderID = Identifier<ReservationOrderKind>

extension OrderID {
  /// The ids in one cell: the file may hold the long and the short one, separated by a comma (catalogue M06).
  public static func all(in cell: String) -> [OrderID] {
    cell.split(separator: ",").compactMap { OrderID(String($0).trimmed) }
  }
}
