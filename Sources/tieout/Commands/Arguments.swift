public import ArgumentParser
public import Billing
public import PartnerCenter

extension Identifier: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension Currency: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension Month: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension EstimatePeriod: ExpressibleByArgument {}

extension TargetSegment: ExpressibleByArgument {
  public init?(argument: String) { self.init(rawValue: argument.lowercased()) }
}

extension TargetView: ExpressibleByArgument {
  /// In any case, as the service takes it.
  public init?(argument: String) {
    guard let view = Self.allCases.first(where: { $0.rawValue.lowercased() == argument.lowercased() }) else {
      return nil
    }
    self = view
  }
}

extension EntitlementType: ExpressibleByArgument {
  public init?(argument: String) {
    guard let type = Self.allCases.first(where: { $0.rawValue.lowercased() == argument.lowercased() }) else {
      return nil
    }
    self = type
  }
}

extension ReservationScope: ExpressibleByArgument {
  public init?(argument: String) {
    guard argument.lowercased() == Self.azurePlan.rawValue.lowercased() else { return nil }
    self = .azurePlan
  }
}

/// Whose catalogue is looked into: a country's or a customer's.
struct MarketOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Catalogue of a country, such as US.", valueName: "cc"))
  var country: String?

  @Option(help: ArgumentHelp("Catalogue of a customer's own market.", valueName: "id"))
  var customer: CustomerID?

  @Option(
    name: .customLong("reservation-scope"),
    help: ArgumentHelp("AzurePlan: reservations for Azure plans. (default: for MS-AZR-0145P)", valueName: "scope"))
  var scope: ReservationScope?

  func validate() throws {
    guard (country == nil) != (customer == nil) else {
      throw ValidationError("Say whose catalogue: either --country or --customer.")
    }
    if let country, !country.isCountryCode {
      throw ValidationError("“\(country)” is no country: wanted is one like US.")
    }
  }

  var market: Market { customer.map { .customer($0) } ?? .country(country ?? "") }
}

extension String {
  /// Two letters: ISO 3166 alpha-2.
  var isCountryCode: Bool { utf8.count == 2 && allSatisfy { $0.isASCII && $0.isLetter } }
}
