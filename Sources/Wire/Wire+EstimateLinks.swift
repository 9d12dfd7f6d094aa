public import Billing

extension Wire {
  public static func estimateLinks(_ body: [UInt8]) throws(WireError) -> Decoded<[EstimateLink]> {
    try Reading(body, as: .resource("Estimate links")).items { (value, reading) throws(WireError) in
      let record = try Record<EstimateLinkMember>(value, reading)
      guard let link = record.object(.link)?.text("uri") else { throw record.missing(.link) }
      return EstimateLink(
        type: record.words(.type), title: record.words(.title), words: record.words(.description),
        period: record.words(.period), link: link)
    }
  }
}

/// `EstimateLink` (contract §9.9).
enum EstimateLinkMember: Int, WireMember {
  case type, title, description, period, link

  static let resource = "EstimateLink"
  static let unread = "attributes"
  static let index = MemberIndex(Self.self)
}
