extension World {
  /// A billing line of a new-commerce invoice: contract §9.7.
  struct Line {
    var customer: Int
    /// As printed: long id, short id, or both.
    var order: String
    var alternateOrder: String
    var product: Product
    var availability: String
    var skuName: String
    var chargeType: String
    var unitPrice: Exact
    var effectiveUnitPrice: Exact
    /// For consumption 1.
    var quantity: Int
    var billableQuantity: Exact
    var subtotal: Exact
    var tax = Exact.zero
    var total = Exact.zero
    var currency: String
    var eventAt: Instant
    var subscription: String
    var subscriptionFrom: Day
    var subscriptionThrough: Day?
    var chargeFrom: Day
    var chargeThrough: Day?
    var term: String
    var frequency: String
    var reference: String
    var isTrial = false
    var adjustments: [String] = []
    var pricingCurrency: String
    var rate = Exact.one
    var meter = ""
    var unit = ""
    var reservationOrder = ""
    var promotion = ""
    var creditReason: String?
    var dress = Dress()
    /// Lines of the same number are copies of each other and must not stand side by side; 0 for ordinary lines.
    var twin = 0
    /// Whether the invoice's header adds it.
    var isInHeader = true
  }

  /// What a line wears without meaning anything by it: the harmless oddities of reconciliation.md §14.
  struct Dress {
    var hasOrgPrefix = false
    var hasUpperCaseIDs = false
    var hasTextAmounts = false
    var hasBinaryArtefacts = false
    var hasLostSKUZeros = false
    var hasSentinelRateDate = false
    var hasCapitalChargeType = false
    var hasTextReseller = false
  }

  /// One priced day of consumption: contract §9.8.
  struct Usage {
    let customer: Int
    let subscription: String
    let meter: Meter
    let day: Day
    let quantity: Exact
    let hasEarnedCredit: Bool
    let rate: Exact
    let month: Int
    let money: Int

    /// In pricing currency, all digits.
    var cost: Exact { meter.price * quantity * (hasEarnedCredit ? Exact(cents: 85) : Exact.one) }
    var billed: Exact { (cost * rate).roundedHalfUp(10) }
  }

  /// A licence line of a legacy invoice: contract §9.4.
  struct LicenceLine {
    let customer: Int
    let orderNumber: String
    let platformID: String
    /// The Partner Center subscription.
    let subscription: String
    let offer: LicenceOffer
    let subscriptionFrom: Day
    let subscriptionThrough: Day
    let chargeFrom: Day
    let chargeThrough: Day
    let chargeType: String
    let unitPrice: Exact
    let quantity: Int
    var amount: Exact
    var discount = Exact.zero
    var subtotal: Exact
    var tax = Exact.zero
    var total = Exact.zero
    let money: Int
  }

  /// A priced consumption of a legacy invoice (contract §9.5), with the days which explain it (§9.6).
  struct ResourceLine {
    let customer: Int
    let subscription: String
    let orderNumber: String
    let resource: Resource
    let tier: Int
    let quantity: Exact
    let price: Exact
    let chargeFrom: Day
    let chargeThrough: Day
    var pretax: Exact
    var tax = Exact.zero
    var total = Exact.zero
    let days: [(day: Day, quantity: Exact)]
    let money: Int
  }
}
