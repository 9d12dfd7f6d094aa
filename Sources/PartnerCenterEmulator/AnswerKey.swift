/// What was planted, so that a reconciler's findings can be marked like an examination.
public struct AnswerKey: Codable, Sendable, Equatable {
  public struct Planted: Codable, Sendable, Equatable {
    /// The kind of error, such as `order-missing`.
    public var name: String
    /// Number in the catalogue of known mismatches, such as `M13`; empty where it has none.
    public var mCode: String
    /// Customer tenant id; empty for what concerns the partner or a whole invoice.
    public var customer: String
    /// Invoice id (for something over several invoices the earliest one); empty where no invoice is concerned.
    public var invoice: String
    public var currency: String
    /// Expected − actual as decimal text, such as `-12.5`; nil where no expected amount exists.
    public var amount: String?
    /// What the amount is, in words.
    public var meaning: String

    enum CodingKeys: String, CodingKey {
      case name
      case mCode = "m_code"
      case customer, invoice, currency, amount, meaning
    }

    public init(
      name: String, mCode: String, customer: String, invoice: String, currency: String, amount: String?, meaning: String
    ) {
      self.name = name
      self.mCode = mCode
      self.customer = customer
      self.invoice = invoice
      self.currency = currency
      self.amount = amount
      self.meaning = meaning
    }
  }

  /// Harmless oddities that must not be reported, with how often each was made.
  public var decoys: [String: Int]
  public var planted: [Planted]
  public var seed: UInt64
  public var lines: Int

  public init(seed: UInt64, lines: Int, planted: [Planted], decoys: [String: Int]) {
    self.seed = seed
    self.lines = lines
    self.planted = planted
    self.decoys = decoys
  }
}
