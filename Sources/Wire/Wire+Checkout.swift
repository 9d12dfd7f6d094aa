public import Billing
import CSimdjson

extension Wire {
  /// Reads what a check-out came to; a page of the documentation shows the one order bare (contract §8.4).
  public static func checkout(_ body: [UInt8]) throws(WireError) -> Decoded<CheckoutResult> {
    let reading = try Reading(body, as: .resource("Check-out"))
    let root = reading.tape.root
    if root["orders"] == nil, root["orderErrors"] == nil, root["lineItems"] != nil {
      reading.notes.repairs["bare order read as a check-out of one", default: 0] += 1
      return reading.decoded(CheckoutResult(orders: [try Order(Record(root, reading))]))
    }
    return reading.decoded(try CheckoutResult(Record(root, reading)))
  }
}

/// `CartCheckoutResult` (contract §8.4).
enum CheckoutMember: Int, WireMember {
  case orders, orderErrors

  static let resource = "CartCheckoutResult"
  static let unread = "additionalInformation links attributes"
  static let index = MemberIndex(Self.self)
}

/// One of the `orderErrors` of a check-out (contract §8.4).
enum OrderErrorMember: Int, WireMember {
  case orderGroupId, code, description

  static let resource = "OrderError"
  static let unread = "attributes"
  static let index = MemberIndex(Self.self)
}

extension CheckoutResult {
  /// An answer with neither orders nor errors says nothing about a purchase: that must not look like success.
  init(_ record: Record<CheckoutMember>) throws(WireError) {
    var orders: [Order] = []
    for order in try record.nestedList(.orders, as: OrderMember.self) { orders.append(try Order(order)) }
    let errors = try record.nestedList(.orderErrors, as: OrderErrorMember.self).map {
      OrderError(group: $0.words(.orderGroupId), code: $0.whole(.code), words: $0.words(.description))
    }
    guard !orders.isEmpty || !errors.isEmpty else { throw record.missing(.orders) }
    self.init(orders: orders, errors: errors)
  }
}
