/// What was remarkable about bodies that could be read, counted.
///
/// None of it stops a run; all of it belongs into a report, because it says where the service and this program begin to
/// understand each other differently (contract §14).
public struct DecodingNotes: Hashable, Sendable {
  /// Members the contract does not know, as `OneTimeInvoiceLineItem.foo`.
  public var unknownMembers: [String: Int]
  /// Members whose date is not a date: they count as not printed.
  public var unreadableDates: [String: Int]
  /// Members of another type than documented: they count as not printed.
  public var wrongTypes: [String: Int]
  /// What was mended before reading, by kind: `byte-order mark stripped`.
  public var repairs: [String: Int]

  public init(
    unknownMembers: [String: Int] = [:], unreadableDates: [String: Int] = [:], wrongTypes: [String: Int] = [:],
    repairs: [String: Int] = [:]
  ) {
    self.unknownMembers = unknownMembers
    self.unreadableDates = unreadableDates
    self.wrongTypes = wrongTypes
    self.repairs = repairs
  }

  public var isEmpty: Bool {
    unknownMembers.isEmpty && unreadableDates.isEmpty && wrongTypes.isEmpty && repairs.isEmpty
  }

  public mutating func merge(_ other: DecodingNotes) {
    unknownMembers.merge(other.unknownMembers, uniquingKeysWith: +)
    unreadableDates.merge(other.unreadableDates, uniquingKeysWith: +)
    wrongTypes.merge(other.wrongTypes, uniquingKeysWith: +)
    repairs.merge(other.repairs, uniquingKeysWith: +)
  }
}
