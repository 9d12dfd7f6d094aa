/// What the service's codes for refused purchases mean to a buyer (contract §6.3).
public enum PurchaseCode {
  /// One or two sentences that help, or `nil` for a code that is not about a purchase.
  public static func advice(for code: String) -> String? { table[code] }

  /// The partner, not the request, is what the service objects to: so it refuses perpetual software, too, to a partner
  /// not qualified for it. No code of its own is documented for that.
  public static func isAboutQualification(_ code: String) -> Bool { qualification.contains(code) }

  private static let qualification: Set<String> = ["2006", "2030", "400030", "400036", "800020", "800039"]

  private static let qualified =
    "some products, perpetual software among them, are sold only by partners qualified for them."

  private static let table: [String: String] = [
    "2006": "The partner may not sell this offer: " + qualified,
    "2030": "The partner is not set up to sell in this country.",
    "2091": "The offer was withdrawn: look for its successor in the catalogue.",
    "13605": "The customer has not confirmed the customer agreement: confirm it in Partner Center first.",
    "400013": "The catalogue does not know the product in this country.",
    "400018": "The product has no such SKU in this country.",
    "400019": "The availability is gone, as they change over time: fetch the SKU's availabilities and put the new one "
      + "into the cart.",
    "400030": "The partner may not sell in this segment: ask for another.",
    "400036": "The partner may not see this part of the catalogue: " + qualified,
    "400072": "The item is not available: look for another in the catalogue.",
    "800005": "No order was made: try again later.",
    "800007": "Nothing is known about provisioning yet: ask again in about 15 minutes.",
    "800008": "There is no such cart; carts expire. Create a new one.",
    "800009": "Lines of the cart have errors: read the cart, and mend or take out the lines that show one.",
    "800010": "There is no inventory: check another SKU or region.",
    "800011": "Only an Azure subscription can be registered for reservations.",
    "800012": "The subscription is not active.",
    "800013": "The Azure subscription is not enabled for reservations: register it first.",
    "800017": "So many are not to be had: ask for fewer.",
    "800018": "The sandbox account has reached its limit: cancel earlier test purchases.",
    "800020": "The item may not be bought by this partner or customer: " + qualified,
    "800023": "The credit line is too low for this purchase.",
    "800025": "The credit line is too low for this purchase.",
    "800030": "The Azure subscription is not registered: register it and wait until its status is registered.",
    "800031": "The product is sold through a system that carts do not reach.",
    "800036": "Something has to be done before this purchase: look at the SKU's prerequisites.",
    "800039": "The partner's reseller programme is not active.",
    "800060": "An order is being made already: look at the customer's orders in a few minutes before trying again.",
    "800064": "Another request works on the cart right now: read the cart in a moment before trying again.",
    "800065": "The cart was checked out before: its orders are among the customer's. Do not buy again.",
    "800069": "The purchase failed a risk check: ask Microsoft's support.",
    "900124": "The partner agreement was not accepted: accept it in Partner Center first.",
    "900169": "The currency is neither the partner's nor the market's.",
    "900203": "The product asks for an attestation: accept it on the cart.",
    "900242": "The end date matches no other subscription's: choose one that does.",
  ]
}
