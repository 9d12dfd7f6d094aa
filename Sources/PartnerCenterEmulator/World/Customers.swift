extension World {
  struct Customer {
    let id: String
    let name: String
    let domain: String
    let country: String
    let money: Int
    /// Reseller of record: 0 sold directly, -1 unknown; printed as a number by some and as text by others.
    let reseller: Int
    /// The Azure plan: indices of its order and its subscription, once bought.
    var azurePlan: (order: Int, subscription: Int)?
  }

  /// The partner's customers: every currency is there, the euro most often.
  static func customers(_ count: Int, _ random: inout SplitMix64, decoys: inout [String: Int]) -> [Customer] {
    (0..<count).map { number in
      let (country, money) = countries[number % countries.count]
      if names[number % names.count].hasPrefix("="), number < names.count { decoys["formula-name", default: 0] += 1 }
      return Customer(
        id: random.guid(), name: name(number), domain: "customer\(number + 1).onmicrosoft.com", country: country,
        money: money, reseller: random.pick([0, 0, 0, -1, 4_649_221, 5_021_774]))
    }
  }

  private static let countries = [
    ("DE", Money.euro), ("GB", Money.pound), ("US", Money.dollar), ("AU", Money.australianDollar), ("FR", Money.euro),
    ("US", Money.dollar), ("NL", Money.euro), ("GB", Money.pound), ("CH", Money.euro), ("CA", Money.dollar),
    ("NZ", Money.australianDollar), ("AT", Money.euro),
  ]

  private static func name(_ number: Int) -> String {
    let name = names[number % names.count]
    return number < names.count ? name : "\(name) \(number / names.count + 1)"
  }

  private static let names = [
    "Bäckerei Öhlmann GmbH", "Harrow, Finch & Sons Ltd", "Prairie Freight Inc.", "Wattle Creek Dental",
    "Menuiserie Lefèvre",
    "The \"Old Mill\" Hotel Group", "Van Dijk Tuinen B.V.", "Penhallow Surveyors LLP", "Zürcher Uhrenhandel AG",
    "=SUM(Consulting) Corp.", "Kauri Coast Timber", "Weißenböck Installationen", "Müller & Söhne KG",
    "Lindqvist Garden Tools Ltd",
    "Cedar Hollow School District", "Banksia Street Childcare", "Atelier d'Été", "Northwind Orchard LLC",
    "De Groene Fiets", "Thistle & Brae Knitwear", "Säntis Treuhand AG", "Maple Ridge Veterinary Clinic",
    "Tui Valley Winery", "Gasthof zur Linde", "Schreinerei Kühn", "Marlowe Street Chambers", "Silver Spur Ranch Supply",
    "Jacaranda Physiotherapy", "Librairie du Marché", "Ohio Valley Castings, Inc.", "Havenzicht Logistiek",
    "Ashdown Forest Cider Co", "Bergbahnen Flims AG", "Lakeshore Optical", "Fiordland Charters", "Donau Druck GmbH",
  ]
}
