/// A rule by the name it has in reports.
public enum Rule: String, Hashable, Sendable, CaseIterable, Comparable {
  // Totals
  case invoiceTotal = "invoice-total"
  case invoiceSets = "invoice-sets"
  case invoiceCurrency = "invoice-currency"
  case documentUnknown = "document-unknown"
  case lineSources = "line-sources"
  case usageTotal = "usage-total"

  // Balance
  case balanceDetails = "balance-details"
  case balanceDates = "balance-dates"
  case balanceOpenInvoices = "balance-open-invoices"
  case balanceCurrencies = "balance-currencies"

  // Lines
  case lineTotal = "line-total"
  case lineAmount = "line-amount"
  case amountMissing = "amount-missing"
  case chargeTypeUnknown = "charge-type-unknown"

  // Occurrence
  case customerUnknown = "customer-unknown"
  case orderMissing = "order-missing"
  case orderLineMissing = "order-line-missing"
  case subscriptionMissing = "subscription-missing"
  case entitlementMissing = "entitlement-missing"
  case chargedTwice = "charged-twice"
  case quantityOrdered = "quantity-ordered"
  case quantityEntitled = "quantity-entitled"

  // Reverse
  case orderUnbilled = "order-unbilled"
  case subscriptionUnbilled = "subscription-unbilled"

  // Bought, ordered, billed
  case purchaseUnordered = "purchase-unordered"
  case purchaseOrder = "purchase-order"
  case purchasePrice = "purchase-price"
  case purchaseQuantity = "purchase-quantity"
  case purchaseTwice = "purchase-twice"
  case marketClosed = "market-closed"

  /// Which figures a rule looks at together.
  public enum Scope: String, Hashable, Sendable { case line, event, customer, invoice, partner }

  public var scope: Scope {
    switch self {
    case .invoiceTotal, .invoiceSets, .documentUnknown, .lineSources, .usageTotal: .invoice
    case .balanceDetails, .balanceDates, .balanceOpenInvoices, .balanceCurrencies: .partner
    case .lineTotal, .lineAmount, .amountMissing, .chargeTypeUnknown, .invoiceCurrency, .marketClosed: .line
    case .orderMissing, .orderLineMissing, .subscriptionMissing, .entitlementMissing: .line
    case .chargedTwice, .quantityOrdered, .quantityEntitled: .event
    case .customerUnknown, .orderUnbilled, .subscriptionUnbilled: .customer
    case .purchaseUnordered, .purchaseOrder, .purchasePrice, .purchaseQuantity, .purchaseTwice: .customer
    }
  }

  public static func < (left: Rule, right: Rule) -> Bool { left.rawValue < right.rawValue }

  /// Which state of the rules decided: recorded with every run, so that a later build knows when it decides anew.
  public static let version = "3"
}
