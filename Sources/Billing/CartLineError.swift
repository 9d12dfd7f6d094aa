/// Why a line of a cart cannot be bought as it stands (contract §8.4, CartErrorCode).
public struct CartLineError: Hashable, Sendable {
  public var code: CartErrorCode
  /// What the service says.
  public var words: String
  public var quantityAvailable: Int?
  public var quantityPurchased: Int?

  public init(code: CartErrorCode, words: String = "", quantityAvailable: Int? = nil, quantityPurchased: Int? = nil) {
    self.code = code
    self.words = words
    self.quantityAvailable = quantityAvailable
    self.quantityPurchased = quantityPurchased
  }
}

extension CartLineError: CustomStringConvertible {
  public var description: String {
    let said = words.isEmpty || words.last?.isPunctuation == true ? words : words + "."
    let counts = [
      quantityAvailable.map { "\($0) available" }, quantityPurchased.map { "\($0) bought already" },
    ].compactMap(\.self).joined(separator: ", ")
    return [said, code.description, counts.isEmpty ? "" : "(\(counts))"].filter { !$0.isEmpty }.joined(separator: " ")
  }
}

/// The code of a cart line's error; an open list, printed as a number or by its name.
public struct CartErrorCode: Hashable, Sendable, CustomStringConvertible {
  /// As printed.
  public let printed: String
  /// `nil` for a name nobody has documented.
  public let number: Int?

  public init(_ printed: String) {
    self.printed = printed
    let folded = printed.lowercased().filter { $0 != "_" && $0 != " " }
    number = Int(printed) ?? Self.table.first { $0.name.lowercased() == folded }?.number
  }

  private var entry: Entry? { Self.table.first { $0.number == number } }
  public var name: String { entry?.name ?? printed }
  public var description: String {
    entry?.words ?? "The line has an error nobody has documented (code \(printed)): ask Microsoft's support."
  }
}

extension CartErrorCode {
  private struct Entry: Sendable {
    let number: Int
    let name: String
    let words: String

    init(_ number: Int, _ name: String, _ words: String) {
      self.number = number
      self.name = name
      self.words = words
    }
  }

  private static let table: [Entry] = [
    Entry(0, "Unknown", "The service does not say what is wrong with the line."),
    Entry(10000, "CurrencyIsNotSupported", "The currency is not sold in: leave it out or use the market's."),
    Entry(10001, "CatalogItemIdIsNotValid", "The catalogue item is not on sale: fetch its availabilities again."),
    Entry(10002, "QuotaNotAvailable", "The quota is used up: buy fewer, or have the quota raised."),
    Entry(10003, "InventoryNotAvailable", "There is no inventory: check another SKU or region."),
    Entry(
      10004, "ParticipantsIsNotSupportedForPartner",
      "This partner may not name resellers on a purchase: leave the participants out."),
    Entry(10006, "UnableToProcessCartLineItem", "The service could not process the line: try again later."),
    Entry(10007, "SubscriptionIsNotValid", "The subscription is not one of this customer's: check its id."),
    Entry(
      10008, "SubscriptionIsNotEnabledForRI",
      "The Azure subscription is not enabled for reservations: register it first."),
    Entry(10009, "SandboxLimitExceeded", "The sandbox account has reached its limit: cancel earlier test purchases."),
    Entry(10010, "InvalidInput", "A member of the line is not accepted: check quantity, term and billing cycle."),
    Entry(10011, "SubscriptionNotRegistered", "The Azure subscription is not registered: register it first."),
    Entry(10012, "AttestationNotAccepted", "The product asks for an attestation: accept it on the line."),
    Entry(10013, "BillingPlanNotSupported", "The billing cycle is not offered for this term: choose another."),
    Entry(10014, "InvalidPromotionId", "The promotion does not apply: leave it out or check its id."),
    Entry(
      10015, "MaxAllowedSeatsPerSubscriptionExceeded", "So many seats one subscription cannot have: ask for fewer."),
    Entry(10016, "InvalidCustomTermEndDate", "The end date matches no other subscription's: choose one that does."),
    Entry(
      10017, "InvalidCustomTermEndDateProduct", "This product cannot end on a date of its own: leave the date out."),
    Entry(10018, "BaseOfferSeatQuantityNotMet", "The add-on needs more seats of its base offer: buy these first."),
    Entry(10019, "MinimumAddOnSeatsNotMet", "The add-on is sold from a larger quantity on: ask for more."),
    Entry(500600, "LegacyOfferNotEligibleForPurchase", "The legacy offer is no longer sold: look for its successor."),
  ]
}
