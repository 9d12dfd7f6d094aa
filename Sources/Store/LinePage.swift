public import Billing

/// One page of a set of line items, decoded.
public struct LinePage: Sendable {
  /// Of the items' bytes alone: pages with equal items under different tokens are told by it (catalogue M02).
  public var itemsDigest: String
  public var lines: Lines
  public var notes: [DecodingNote]

  public enum Lines: Sendable {
    case charges([Charge])
    case usage([UsageRecord])

    public var count: Int {
      switch self {
      case .charges(let charges): charges.count
      case .usage(let records): records.count
      }
    }
  }

  public init(itemsDigest: String, lines: Lines, notes: [DecodingNote] = []) {
    self.itemsDigest = itemsDigest
    self.lines = lines
    self.notes = notes
  }
}

/// What decoding noticed, and how often.
public struct DecodingNote: Hashable, Sendable {
  /// `unknown member`, `unreadable date`, `repair`, `wrong type`, …
  public var kind: String
  /// `OneTimeInvoiceLineItem.foo`
  public var subject: String
  public var count: Int

  public static let unknownMember = "unknown member"

  public init(kind: String, subject: String, count: Int) {
    self.kind = kind
    self.subject = subject
    self.count = count
  }
}
