/// What kind of product a line charges, by the documented heuristics in their order (reconciliation rules §13).
public enum ProductCategory: String, Hashable, Sendable, CaseIterable {
  case thirdParty = "third party"
  case reservation
  case savingsPlan = "savings plan"
  case softwareSubscription = "software subscription"
  case seats
  case perpetualSoftware = "perpetual software"
  case azurePlan = "Azure plan"
  case legacyLicence = "legacy licence"
  case legacyAzure = "legacy Azure"
}

/// Which of the four sums of an invoice a charge belongs to.
public enum ChargeFlow: String, Hashable, Sendable, CaseIterable {
  /// Perpetual software, software subscriptions, and reservations and savings plans paid up front.
  case oneTime = "one-time"
  case recurring
  case usage
  /// Azure, service-level and other credits: not refunds, which reduce what they refund.
  case credit
}

extension Charge {
  public var category: ProductCategory {
    switch family {
    case .licence: return .legacyLicence
    case .azure: return .legacyAzure
    case .newCommerce: break
    }
    if !publisherID.isEmpty, !isFromMicrosoft { return .thirdParty }
    let term = termAndBillingCycle
    if term.mentions("reservation") { return .reservation }
    if term.mentions("savings plan") { return .savingsPlan }
    // “1 Month Subscription” is software, and seats say “commitment”; the SKU's name helps where the text does not.
    if term.mentions("subscription") || (!term.isEmpty && isServerSoftware) { return .softwareSubscription }
    if term.mentions("one-month") || term.mentions("one-year") || term.mentions("three-year") { return .seats }
    if term.isEmpty, chargeEnd == nil { return .perpetualSoftware }
    // Everything else is Azure plan, also where the partner renamed the subscription “Azure plan”.
    return .azurePlan
  }

  private var isFromMicrosoft: Bool {
    let publisher = publisherName.lowercased()
    return publisher.isEmpty || publisher == "microsoft" || publisher == "microsoft corporation"
  }

  private var isServerSoftware: Bool { skuName.mentions("sql server") || skuName.mentions("windows server") }

  public var flow: ChargeFlow {
    switch chargeType.meaning {
    case .customerCredit, .legacyCredit: return .credit
    default: break
    }
    switch category {
    case .azurePlan, .legacyAzure: return .usage
    case .perpetualSoftware: return .oneTime
    case .softwareSubscription, .reservation, .savingsPlan: return billingFrequency.isEmpty ? .oneTime : .recurring
    case .thirdParty: return meterDescription.isEmpty ? .recurring : .usage
    case .seats, .legacyLicence: return .recurring
    }
  }
}

extension String {
  /// Whether the text contains a word, written here in small ASCII letters, in whatever case.
  ///
  /// A line's category is asked several times, and the library's own search took a third of all the time of a run: it
  /// prepares every search anew.
  func mentions(_ word: StaticString) -> Bool {
    let text = utf8
    let count = word.utf8CodeUnitCount
    guard text.count >= count else { return false }
    return word.withUTF8Buffer { word in
      var start = text.startIndex
      for _ in 0...(text.count - count) {
        if zip(text[start...], word).allSatisfy({ $0 == $1 || ($0 | 0x20 == $1 && $1 >= UInt8(ascii: "a")) }) {
          return true
        }
        start = text.index(after: start)
      }
      return false
    }
  }
}
