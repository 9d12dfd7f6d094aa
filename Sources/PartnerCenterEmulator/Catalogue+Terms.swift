extension Catalogue {
  /// A way of committing and paying: term and billing cycle.
  struct Term: Sendable {
    /// ISO 8601; empty for what is owned for good.
    var duration: String
    /// BillingCycleType in wire spelling (contract §8.2).
    var cycle: String
    var description = ""
    /// How many month's prices one charge holds.
    var months = 1
    /// How often it is charged over the term.
    var charges = 1

    /// Twelve characters that look like the service's.
    func id(in item: Item) -> String { String(Opaque.digits(of: item.catalogItemID + duration + cycle).prefix(12)) }
  }
}

extension Catalogue.Item {
  var terms: [Catalogue.Term] {
    if isThirdParty { return [.init(duration: "P1M", cycle: "monthly", description: "1 Month Subscription")] }
    return switch product.category {
    case .seats:
      [
        .init(duration: "P1M", cycle: "monthly", description: "One-Month commitment for monthly billing"),
        .init(
          duration: "P1Y", cycle: "monthly", description: "One-Year commitment for monthly/yearly billing", charges: 12),
        .init(
          duration: "P1Y", cycle: "annual", description: "One-Year commitment for monthly/yearly billing", months: 12),
      ]
    case .trial: [.init(duration: "P1M", cycle: "none", description: "One-Month commitment for trial")]
    case .softwareSubscription: [.init(duration: "P1Y", cycle: "one_time", description: "1 Year Subscription")]
    case .perpetual: [.init(duration: "", cycle: "one_time")]
    case .reservation, .savingsPlan: [.init(duration: "P1Y", cycle: "one_time", description: "1 Year Prepaid")]
    case .azurePlan: [.init(duration: "", cycle: "monthly")]
    }
  }

  var quantities: ClosedRange<Int> {
    switch product.category {
    case .seats: 1...300
    case .trial: 25...25
    case .azurePlan, .savingsPlan: 1...1
    case .softwareSubscription, .perpetual, .reservation: 1...999_999_999
    }
  }

  /// ItemType and its sub-type (contract §8.2).
  var type: (id: String, sub: String?) {
    if isThirdParty { return ("SaaS", nil) }
    return switch product.category {
    case .seats, .trial: ("OnlineServicesNCE", nil)
    case .softwareSubscription, .perpetual: ("Software", nil)
    case .reservation: ("Azure", product.name.contains("_VM_") ? "VirtualMachines" : "SqlDatabases")
    case .savingsPlan: ("Azure", "SavingsPlan")
    case .azurePlan: ("Azure", nil)
    }
  }

  var publisher: String { isThirdParty ? "Granite Software BV" : "Microsoft Corporation" }

  /// What one unit costs at each charge.
  func price(_ term: Catalogue.Term, in market: Catalogue.Market) -> World.Exact {
    product.price(market.money(for: self)) * World.Exact(term.months)
  }

  /// Region and name as Azure spells them, for reservations.
  var region: (name: String, arm: String)? {
    [("EU_West", "EU West", "westeurope"), ("UK_South", "UK South", "uksouth"), ("US_East", "US East", "eastus")]
      .first { product.name.contains($0.0) }.map { ($0.1, $0.2) }
  }
}
