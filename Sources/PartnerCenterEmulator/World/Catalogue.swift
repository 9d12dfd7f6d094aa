extension World {
  /// Something with a price: contract §8.2.
  struct Product {
    enum Category {
      case seats, trial, softwareSubscription, perpetual, reservation, savingsPlan, azurePlan
    }

    let category: Category
    let id: String
    let sku: String
    let availability: String
    /// The availability under which a renewal is sold: catalogues change.
    let availabilityLater: String
    let name: String
    /// Cents of EUR, GBP, USD and AUD for a month's seat, a licence or a year; USD only where Microsoft prices in USD.
    let cents: [Int]

    var offer: String { "\(id):\(sku):\(availability)" }

    func price(_ money: Int) -> Exact { Exact(cents: cents[money]) }

    init(_ category: Category, _ offer: String, later: String = "", _ name: String, _ cents: [Int]) {
      let parts = offer.split(separator: ":").map(String.init)
      self.category = category
      id = parts[0]
      sku = parts[1]
      availability = parts[2]
      availabilityLater = later.isEmpty ? parts[2] : later
      self.name = name
      self.cents = cents
    }
  }

  static let seats = [
    Product(
      .seats, "CFQ7TTC0LH18:0001:CFQ7TTC0K971", later: "CFQ7TTC0Q4M2", "Microsoft 365 Business Basic",
      [560, 490, 600, 900]),
    Product(
      .seats, "CFQ7TTC0LDPB:0001:CFQ7TTC0J2Q6", later: "CFQ7TTC0Q7ZX", "Microsoft 365 Business Standard",
      [1170, 1030, 1250, 1870]),
    Product(
      .seats, "CFQ7TTC0LCHC:0002:CFQ7TTC0N8SL", later: "CFQ7TTC0R1BD", "Microsoft 365 Business Premium",
      [2060, 1810, 2200, 3290]),
    Product(
      .seats, "CFQ7TTC0LF8Q:0001:CFQ7TTC0K8WT", later: "CFQ7TTC0P0HK", "Office 365 E1", [643, 601, 1000, 1230]),
    Product(
      .seats, "CFQ7TTC0LF8R:0001:CFQ7TTC0LFN4", later: "CFQ7TTC0S6C3", "Office 365 E3", [1008, 1940, 2300, 3450]),
    Product(
      .seats, "CFQ7TTC0HL8W:0001:CFQ7TTC0K59S", later: "CFQ7TTC0T9LF", "Power BI Premium Per User",
      [1730, 1510, 1600, 2770]),
    Product(
      .seats, "CFQ7TTC0HD33:0002:CFQ7TTC0L0DF", later: "CFQ7TTC0V2WP", "Visio Plan 2", [1310, 1150, 1500, 2080]),
    Product(
      .seats, "CFQ7TTC0LH0R:0002:CFQ7TTC0K5RQ", later: "CFQ7TTC0W8GJ", "Microsoft Teams Phone Standard",
      [750, 660, 800, 1190]),
  ]

  /// Billed on two lines, one of them for the telephone part: O7 of reconciliation.md §7.4.
  static let telephony = Product(
    .seats, "CFQ7TTC0LFLZ:0002:CFQ7TTC0X3VN", "Microsoft 365 E5", [5250, 4620, 5700, 8390])
  static let telephonyPart = "Microsoft 365 E5 - Audio Conferencing and Phone System"

  static let trial = Product(
    .trial, "CFQ7TTC0LDPB:0007:CFQ7TTC0Z5HM", "Microsoft 365 Business Standard Trial", [0, 0, 0, 0])

  static let softwareSubscriptions = [
    Product(
      .softwareSubscription, "DG7GMGF0FKZV:0003:DG7GMGF0DQLM", "SQL Server Standard - 2 Core License Pack - 1 year",
      [130_450, 114_720, 141_800, 211_935]),
    Product(
      .softwareSubscription, "DG7GMGF0FLR2:0002:DG7GMGF0DSJB", "Windows Server Standard - 8 Core License Pack - 1 year",
      [33_125, 29_130, 36_000, 53_815]),
    Product(
      .softwareSubscription, "DG7GMGF0FM4T:0001:DG7GMGF0DT91", "Windows Server CAL - 1 User - 1 year",
      [1525, 1340, 1660, 2480]),
  ]

  static let perpetual = [
    Product(
      .perpetual, "DG7GMGF0PN5Z:0002:DG7GMGF0RX4M", "Office LTSC Standard 2024", [41_512, 36_505, 45_120, 67_440]),
    Product(
      .perpetual, "DG7GMGF0PN45:0003:DG7GMGF0RX9P", "Office LTSC Professional Plus 2024",
      [58_266, 51_238, 63_330, 94_660]),
    Product(
      .perpetual, "DG7GMGF0PN3K:0004:DG7GMGF0RXB7", "Visio LTSC Standard 2024", [29_904, 26_297, 32_504, 48_583]),
    Product(
      .perpetual, "DG7GMGF0PN2D:0001:DG7GMGF0RXC2", "Project Standard 2024", [68_540, 60_273, 74_500, 111_355]),
    Product(
      .perpetual, "DG7GMGF0PN8S:0005:DG7GMGF0RXDT", "Access LTSC 2024", [15_642, 13_755, 17_002, 25_413]),
    Product(
      .perpetual, "DG7GMGF0PN9V:0002:DG7GMGF0RXF6", "Remote Desktop Services 2025 User CAL",
      [16_790, 14_765, 18_250, 27_278]),
  ]

  /// Products which a bought bundle brings along.
  static let included = [("DG7GMGF0DWTJ", "0001"), ("DG7GMGF0DWLG", "0002")]

  static let reservations = [
    Product(
      .reservation, "DZH318Z0BQ4B:000Z:DZH318Z0DSPL", "Reserved_VM_Instance_Standard_D2s_v3_EU_West_1_Year",
      [0, 0, 56_940, 0]),
    Product(
      .reservation, "DZH318Z0BQ3W:007J:DZH318Z0DT4C", "Reserved_VM_Instance_Standard_B2ms_UK_South_1_Year",
      [0, 0, 43_800, 0]),
    Product(
      .reservation, "DZH318Z0BXWC:0002:DZH318Z0BP8B", "Reserved_SQL_Database_General_Purpose_US_East_1_Year",
      [0, 0, 118_260, 0]),
  ]

  /// 0.05 an hour for 8760 hours: reconciliation.md §8.
  static let savingsPlan = Product(
    .savingsPlan, "DZH318Z09V67:0001:DZH318Z0LRNH", "Compute savings plan, 1 year", [0, 0, 43_800, 0])

  static let azurePlan = Product(.azurePlan, "DZH318Z0BPS6:0001:DZH318Z0BP1F", "Azure plan", [0, 0, 0, 0])

  /// Something metered: its price in USD carries up to six digits.
  struct Meter {
    let category: String
    let subcategory: String
    let name: String
    let unit: String
    let region: String
    let service: String
    /// Millionths of a USD.
    var micros: Int
    let quantities: ClosedRange<Int>
    let id: String

    var price: Exact { Exact(mantissa: Int128(micros), scale: 6) }
    var text: String { "\(category) - \(subcategory) - \(name) - \(region)" }
  }

  static let meters = [
    Meter(
      category: "Virtual Machines", subcategory: "Dv3/DSv3 Series", name: "D2 v3/D2s v3", unit: "1 Hour",
      region: "EU West", service: "Microsoft.Compute", micros: 120_000, quantities: 200...744,
      id: "d6ef8e4b-6b7c-4b0b-9a1e-0b4f9d2c7a11"),
    Meter(
      category: "Virtual Machines", subcategory: "BS Series", name: "B2ms", unit: "1 Hour", region: "UK South",
      service: "Microsoft.Compute", micros: 94_400, quantities: 100...744, id: "7b349b65-8b5f-4cc9-9e0a-92d55de6e1b2"),
    Meter(
      category: "Storage", subcategory: "Premium SSD Managed Disks", name: "P10 LRS Disk", unit: "1/Month",
      region: "EU West", service: "Microsoft.Compute", micros: 21_681_000, quantities: 1...12,
      id: "08f64b6c-1d3b-4f0e-8f27-5a3d1b6a9c33"),
    Meter(
      category: "Storage", subcategory: "Tables", name: "LRS Data Stored", unit: "1 GB/Month", region: "US East",
      service: "Microsoft.Storage", micros: 45_000, quantities: 40...900, id: "3b2fc3e0-4f7a-49d8-9c15-77e0a4b8d544"),
    Meter(
      category: "Bandwidth", subcategory: "Inter-Region", name: "Intra Continent Data Transfer Out", unit: "1 GB",
      region: "Zone 1", service: "Microsoft.Network", micros: 20_000, quantities: 100...4000,
      id: "9cc63cf8-6593-410a-b0e7-26a4ef71e855"),
    Meter(
      category: "SQL Database", subcategory: "Single/Elastic Pool General Purpose", name: "vCore", unit: "1 Hour",
      region: "US East", service: "Microsoft.Sql", micros: 126_463, quantities: 150...1400,
      id: "2f9d3c1a-0c55-4e57-8f5e-6d1b2a3c4e66"),
    Meter(
      category: "Azure App Service", subcategory: "Standard Plan", name: "S1", unit: "1 Hour", region: "AU East",
      service: "Microsoft.Web", micros: 100_250, quantities: 300...745, id: "505db374-df8a-44df-9d8c-13c14b61d877"),
  ]

  /// Prices a whole month at once, so that every documented way of rounding gives the same.
  static let monthlyMeter = Meter(
    category: "VPN Gateway", subcategory: "Dedicated", name: "Dedicated Gateway Month", unit: "1/Month",
    region: "EU West", service: "Microsoft.Network", micros: 250_000_000, quantities: 1...1,
    id: "e1a2b3c4-5d6e-4f70-8a9b-0c1d2e3f4a88")

  /// A licence offer of the old commerce, known by GUIDs: reconciliation.md §2.3.
  struct LicenceOffer {
    let name: String
    let offer: String
    let durableOffer: String
    /// Cents of EUR, GBP, USD and AUD.
    let cents: [Int]
  }

  static let licenceOffers = [
    LicenceOffer(
      name: "EXCHANGE ONLINE (PLAN 2)", offer: "AAA5B3F0-0EE2-431B-A42F-3F18F3C6D540",
      durableOffer: "2F707C7C-2433-49A5-A437-9CA7CF40D3EB", cents: [675, 0, 800, 0]),
    LicenceOffer(
      name: "SHAREPOINT ONLINE (PLAN 2)", offer: "618B53FE-9B99-428B-9745-F706AEAF3979",
      durableOffer: "69C67983-CF78-4102-83F6-3E5FD246864F", cents: [840, 0, 1000, 0]),
    LicenceOffer(
      name: "PROJECT ONLINE PROFESSIONAL", offer: "7C2C01AB-5B8A-4B9F-91F3-6D1E0A5B2C17",
      durableOffer: "CA0FB48A-1C2D-4A6B-8E8F-0D2C3B4A5968", cents: [2530, 0, 3000, 0]),
    LicenceOffer(
      name: "DYNAMICS 365 CUSTOMER SERVICE ENTERPRISE", offer: "0D8E6F15-9A44-4E53-B1C8-2A7D9E3F4B10",
      durableOffer: "5E9C7B2D-3F41-4D08-9C6A-1B2E4F6A8C90", cents: [8010, 0, 9500, 0]),
  ]

  /// A resource of the old Azure offer MS-AZR-0145P.
  struct Resource {
    let service: String
    let type: String
    let name: String
    let unit: String
    let guid: String
    /// Millionths of the billing currency.
    let micros: Int
    let quantities: ClosedRange<Int>

    var price: Exact { Exact(mantissa: Int128(micros), scale: 6) }
  }

  static let resources = [
    Resource(
      service: "Azure App Service", type: "Standard Plan", name: "S1", unit: "1 Hour",
      guid: "505db374-df8a-44df-9d8c-13c14b61dee1", micros: 85_000, quantities: 300...745),
    Resource(
      service: "Storage", type: "Standard Page Blob", name: "LRS Data Stored", unit: "1 GB/Month",
      guid: "d23a5753-ff85-4ddf-af28-8cc5cf2d3882", micros: 38_300, quantities: 20...2000),
    Resource(
      service: "Virtual Machines", type: "D/DS Series Windows", name: "D1/DS1", unit: "1 Hour",
      guid: "62c64b6c-4033-4e20-ab33-9e81271ac12a", micros: 140_500, quantities: 100...744),
  ]
}
