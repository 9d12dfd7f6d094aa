public enum ReceiptKind: IdentifierKind {}
/// The id of a tax receipt; only Taiwan has them (contract §9.10).
public typealias ReceiptID = Identifier<ReceiptKind>

/// Which estimates can be asked for: the open month or the one before (contract §9.3).
public enum EstimatePeriod: String, Hashable, Sendable, CaseIterable { case current, previous }

/// Where an estimate of charges not yet billed is to be had (contract §9.9).
public struct EstimateLink: Hashable, Sendable {
  /// `daily_rated_usage` or `non_consumption`; an open list.
  public var type: String
  public var title: String
  public var words: String
  /// `Current` or `Previous`, as printed.
  public var period: String
  /// Relative to `/v1`, for reading: requests are built from our own parameters.
  public var link: String

  public init(type: String, title: String, words: String = "", period: String, link: String) {
    self.type = type
    self.title = title
    self.words = words
    self.period = period
    self.link = link
  }
}
