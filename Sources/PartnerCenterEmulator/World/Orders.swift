extension World {
  /// An order as the commerce API keeps it: contract §8.5.
  struct Order {
    let customer: Int
    /// 33 characters, a GUID in the old commerce, or the short id itself.
    let id: String
    let alternateID: String?
    /// Wire name.
    let billingCycle: String
    let createdAt: Instant
    let currency: String
    var items: [OrderItem]
    var status = "completed"
    var transactionType = "New"

    /// How other documents call it.
    var name: String { alternateID ?? id }
  }

  struct OrderItem {
    let offer: String
    let name: String
    var quantity: Int
    var subscription: String?
    var term: String?
    var listPrice: Exact
    var price: Exact
    var promotion = ""
    /// Cents an hour in USD, for a savings plan.
    var commitment: Int?
  }

  /// A subscription: contract §8.7.
  struct Subscription {
    enum Kind {
      case seats, azurePlan, software, savingsPlan, legacy, legacyAzure
    }

    let customer: Int
    let id: String
    let kind: Kind
    let order: String
    var offer: String
    var name: String
    var quantity: Int
    let createdAt: Instant
    /// Inclusive; nil when open.
    var commitmentEnd: Day?
    var status = "active"
    var renews = true
    var isTrial = false
    let billingCycle: String
    let term: String
    var promotion = ""
    var migratedFrom: String?
    /// Order of the savings plan.
    var productOrder: String?
    /// The Azure subscription of the old Azure offer.
    var azureSubscription: String?
    /// False for a planted omission.
    var isListed = true
  }

  /// The right to use something: contract §8.8.
  struct Entitlement {
    let customer: Int
    let order: Int
    let item: Int
    let product: Product
    var quantity: Int
    var includes: [(product: String, sku: String)] = []
    var reservation: Reservation?
    let expiry: Day?
    var isListed = true
  }

  /// The reservation behind an entitlement, with the ids of its path, which cannot be built from anything else.
  struct Reservation {
    let order: String
    let group: String
    let lineItem: String
    let id: String
    let boughtAt: Instant
    let kind: String
  }
}
