public import Billing

/// A figure that does not tie, with its cause, its amount and what it is about.
public struct Mismatch: Hashable, Sendable {
  /// Made from what the mismatch is about, so that it stays the same from night to night. Begins with a letter, so that a
  /// spreadsheet keeps it as text.
  public typealias ID = String

  public var id: ID
  public var rule: Rule
  /// Number in the catalogue of known mismatches, such as `M13`; "" where there is none.
  public var mCode: String
  /// What is wrong, in words that need no source code.
  public var cause: String
  public var subject: Subject
  public var customerName: String
  /// Product as printed on the line or the order.
  public var product: String
  /// What the authority says; `nil` where no amount can be expected.
  public var expected: Amount?
  /// What was found; `nil` where it is unknown.
  public var actual: Amount?
  public var currency: Currency
  public var state: State
  /// How many equal findings stand behind it: lines of one cause.
  public var count: Int
  /// The lines it concerns.
  public var positions: [LinePosition]
  /// The mismatch this one is a consequence of; consequences hang beneath their cause and are not listed.
  public var parent: ID?

  public enum State: String, Hashable, Sendable { case open }

  /// What a mismatch is about. Equal subjects under one rule are one mismatch.
  public struct Subject: Hashable, Sendable {
    public var customer: CustomerID?
    public var invoice: InvoiceID?
    public var order: OrderID?
    public var subscription: SubscriptionID?
    public var item: CatalogItem?
    /// What else tells it apart: a line's position, a set, a reservation order.
    public var detail: String

    public init(
      customer: CustomerID? = nil, invoice: InvoiceID? = nil, order: OrderID? = nil,
      subscription: SubscriptionID? = nil, item: CatalogItem? = nil, detail: String = ""
    ) {
      self.customer = customer
      self.invoice = invoice
      self.order = order
      self.subscription = subscription
      self.item = item
      self.detail = detail
    }
  }

  /// Expected − actual; `nil` where either is unknown, because unknown is never zero.
  public var difference: Amount? {
    guard let expected, let actual else { return nil }
    return try? expected - actual
  }

  /// How large it is for sorting: the difference, or the amount that is known.
  public var weight: Amount { (difference ?? actual ?? expected ?? .zero).magnitude }

  /// - Parameter identity: what tells the mismatch apart; the subject, where nothing else is given. An invoice that is
  ///   only where it showed first does not belong to the identity.
  public init(
    rule: Rule, mCode: String = "", cause: String, subject: Subject, identity: Subject? = nil,
    customerName: String = "", product: String = "", expected: Amount?, actual: Amount?, currency: Currency,
    count: Int = 1, positions: [LinePosition] = [], parent: ID? = nil
  ) {
    id = Self.id(rule: rule, identity: identity ?? subject, currency: currency)
    self.rule = rule
    self.mCode = mCode
    self.cause = cause
    self.subject = subject
    self.customerName = customerName
    self.product = product
    self.expected = expected
    self.actual = actual
    self.currency = currency
    state = .open
    self.count = count
    self.positions = positions
    self.parent = parent
  }

  /// `T` and 16 hexadecimal digits: FNV-1a over the folded parts. Short enough to be typed, and the same on every machine.
  static func id(rule: Rule, identity: Subject, currency: Currency) -> ID {
    let parts = [
      rule.rawValue, currency.code, identity.customer?.key, identity.invoice?.key, identity.order?.key,
      identity.subscription?.key, identity.item.map { "\($0.product.key):\($0.sku.key)" }, identity.detail,
    ]
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for part in parts {
      for byte in (part ?? "").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      hash = (hash ^ 0x1f) &* 0x100_0000_01b3
    }
    let digits = String(hash, radix: 16, uppercase: true)
    return "T" + String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
