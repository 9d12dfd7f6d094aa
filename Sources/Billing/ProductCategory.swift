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
    let publisher = publisherName.lowercased()
    let isMicrosoft = publisher.isEmpty || publisher == "microsoft" || publisher == "microsoft corporation"
    if !isMicrosoft, !publisherID.isEmpty { return .thirdParty }
    let term = termAndBillingCycle.lowercased()
    if term.contains("reservation") { return .reservation }
    if term.contains("savings plan") { return .savingsPlan }
    // “1 Month Subscription” is software, and seats say “commitment”; the SKU's name helps where the text does not.
    if term.contains("subscription") || (!term.isEmpty && isServerSoftware) { return .softwareSubscription }
    if term.contains("one-month") || term.contains("one-year") || term.contains("three-year") { return .seats }
    if term.isEmpty, chargeEnd == nil { return .perpetualSoftware }
    // Everything else is Azure plan, also where the partner renamed the subscription “Azure plan”.
    return .azurePlan
  }

  private var isServerSoftware: Bool {
    let name = skuName.lowercased()
    return name.contains("sql server") || name.contains("windows server")
  }

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
