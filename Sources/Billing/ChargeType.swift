/// Why a line exists, as the service words it: an open list (reconciliation rules §5).
public struct ChargeType: Hashable, Sendable, CustomStringConvertible {
  public let printed: String
  public let meaning: Meaning

  public enum Meaning: String, Hashable, Sendable, CaseIterable {
    // New commerce, §5.1
    case new, renew, cycleCharge, addQuantity, removeQuantity, moveQuantity, convert, changeBillingPlan
    case cancelImmediate, customerCredit, extendTerm
    /// The older word for a cancellation.
    case refund
    /// Legacy licences and Azure, §5.2 and §5.3.
    case legacyFee, legacyRefund, legacyProration, legacyUsage, legacyDiscount, legacyCredit
    case unknown
  }

  public init(_ printed: String) {
    self.printed = printed
    meaning = Self.meanings[printed.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" }] ?? .unknown
  }

  public var description: String { printed }
  public static func == (left: Self, right: Self) -> Bool {
    left.meaning == right.meaning && (left.meaning != .unknown || left.printed == right.printed)
  }
  public func hash(into hasher: inout Hasher) { hasher.combine(meaning) }

  /// Spellings without case, blanks, hyphens and underscores. The SDK's older words for the same things stand beside them.
  private static let meanings: [String: Meaning] = [
    "new": .new, "purchase": .new, "renew": .renew, "renewal": .renew, "cyclecharge": .cycleCharge,
    "addquantity": .addQuantity, "removequantity": .removeQuantity, "movequantity": .moveQuantity,
    "convert": .convert, "changebillingplan": .changeBillingPlan, "cancelimmediate": .cancelImmediate,
    "cancel": .cancelImmediate, "customercredit": .customerCredit, "extendterm": .extendTerm, "refund": .refund,

    "activationfee": .legacyFee, "cyclefee": .legacyFee, "newpurchasecyclefee": .legacyFee,
    "purchasefee": .legacyFee,
    "proratefeeswhenpurchase": .legacyProration, "proratefeewhenrenew": .legacyProration,
    "proratefeeswhenrenew": .legacyProration, "proratefeeswhenactivate": .legacyProration,
    "cycleinstanceprorate": .legacyProration, "cancelinstanceprorate": .legacyProration,
    "proratefeeswhenconverttoanewoffering": .legacyProration,
    "proratefeeswhenconvertawayfromcurrentoffering": .legacyRefund,
    "convertfrominstanceprorate": .legacyProration,
    "cancelfee": .legacyRefund, "proratefeeswhencancel": .legacyRefund, "onetimerefund": .legacyRefund,
    "assessusagefeeforcurrentcycle": .legacyUsage, "assessusagefeewhencancel": .legacyUsage,
    "activationdiscount": .legacyDiscount, "cyclediscount": .legacyDiscount, "renewdiscount": .legacyDiscount,
    "canceldiscount": .legacyDiscount,
    "offsetalineitem": .legacyCredit,
  ]
}
