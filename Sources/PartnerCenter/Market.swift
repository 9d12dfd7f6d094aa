public import Billing

/// Whose catalogue is looked into (contract §8.2).
public enum Market: Hashable, Sendable {
  /// ISO 3166 alpha-2: `US`.
  case country(String)
  /// The customer's own market.
  case customer(CustomerID)

  /// `/v1/products…`, with the query that says the market first.
  func target(_ path: String, _ parameters: [String?] = []) -> String {
    let (base, country): (String, String?) =
      switch self {
      case .country(let code): ("/v1/", "country=\(code.uppercased().percentEncoded)")
      case .customer(let customer): ("/v1/customers/\(customer.segment)/", nil)
      }
    let query = ([country] + parameters).compactMap(\.self).joined(separator: "&")
    return base + path + (query.isEmpty ? "" : "?" + query)
  }
}

/// Which part of the catalogue is looked at (contract §8.2).
public enum TargetView: String, Hashable, Sendable, CaseIterable {
  case azure = "Azure"
  case azureReservations = "AzureReservations"
  case azureReservationsVM = "AzureReservationsVM"
  case azureReservationsSQL = "AzureReservationsSQL"
  case azureReservationsCosmosDB = "AzureReservationsCosmosDb"
  case microsoftAzure = "MicrosoftAzure"
  case onlineServices = "OnlineServices"
  case software = "Software"
  case softwareSUSELinux = "SoftwareSUSELinux"
  case softwarePerpetual = "SoftwarePerpetual"
  case softwareSubscriptions = "SoftwareSubscriptions"
}

/// For whom a product is sold; left out, availabilities of all but `nonprofit` are meant (contract §8.2).
public enum TargetSegment: String, Hashable, Sendable, CaseIterable {
  case commercial, education, government, nonprofit
}

/// Which reservations are meant; left out, those for `MS-AZR-0145P` subscriptions (contract §8.2).
public enum ReservationScope: String, Hashable, Sendable { case azurePlan = "AzurePlan" }

/// Which entitlements are meant (contract §8.8).
public enum EntitlementType: String, Hashable, Sendable, CaseIterable {
  case software
  case reservedInstance
}
