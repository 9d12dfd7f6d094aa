public import Billing

extension Wire {
  public static func customers(_ body: [UInt8]) throws(WireError) -> Decoded<[Customer]> {
    try Reading(body, as: .resource("Customers")).items { (value, reading) throws(WireError) in
      try Customer(Record(value, reading))
    }
  }
}

/// `Customer` (contract §8.6).
enum CustomerMember: Int, WireMember {
  case id, companyProfile

  static let resource = "Customer"
  static let unread = """
    commerceId billingProfile relationshipToPartner allowDelegatedAccess userCredentials customDomains \
    associatedPartnerId links attributes
    """
  static let index = MemberIndex(Self.self)
}

/// `CustomerCompanyProfile` (contract §8.6).
enum CompanyMember: Int, WireMember {
  case companyName, domain

  static let resource = "CustomerCompanyProfile"
  static let unread = "tenantId organizationRegistrationNumber links attributes"
  static let index = MemberIndex(Self.self)
}

extension Customer {
  init(_ record: Record<CustomerMember>) throws(WireError) {
    guard let id: CustomerID = record.id(.id) else { throw record.missing(.id) }
    guard let profile = record.object(.companyProfile) else {
      self.init(id: id, name: "")
      return
    }
    let company = try Record<CompanyMember>(profile, record.reading)
    self.init(id: id, name: company.words(.companyName), domain: company.words(.domain))
  }
}
