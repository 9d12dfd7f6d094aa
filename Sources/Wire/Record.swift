import Billing
import CSimdjson

/// One object of a resource, its members sorted into their places.
///
/// A member counts as absent when it is missing, null or "" (contract §14). What has the wrong type is noted and counts
/// as absent, too, except for amounts: those are refused loudly, because a sum without them would be wrong.
struct Record<Member: WireMember> {
  let value: JSONValue
  let reading: Reading
  /// For each member the token of its value; 0, the root, stands for none.
  private var places: [UInt32]

  init(_ value: JSONValue, _ reading: Reading) throws(WireError) {
    guard value.kind == .object else {
      throw reading.error(.wrongType(found: value.kind.phrase, expected: "an object"), at: value)
    }
    self.value = value
    self.reading = reading
    places = Array(repeating: 0, count: Member.allCases.count)
    let index = Member.index
    for member in value.elements {
      switch index.find(member.key) {
      case .member(let place):
        if places[place] != 0 {
          let name = String(decoding: member.key, as: UTF8.self)
          reading.notes.repairs["\(Member.resource).\(name) printed twice, the last one read", default: 0] += 1
        }
        places[place] = UInt32(member.index)
      case .unread: break
      case .unknown:
        reading.notes.unknownMembers["\(Member.resource).\(String(decoding: member.key, as: UTF8.self))", default: 0] +=
          1
      }
    }
  }

  /// The member's value, unless it counts as absent.
  func find(_ member: Member) -> JSONValue? {
    let place = Int(places[member.rawValue])
    guard place != 0 else { return nil }
    let value = JSONValue(tape: value.tape, index: place)
    let token = value.token
    return token.kind == .null || (token.kind == .string && token.textLength == 0) ? nil : value
  }

  func noteWrongType(_ member: Member) {
    reading.notes.wrongTypes["\(Member.resource).\(member)", default: 0] += 1
  }

  func missing(_ member: Member) -> WireError { reading.error(.missing, member: "\(member)", at: value) }

  /// What to throw for a member that has to be there and is not, or says nothing that can be used.
  func unusable(_ member: Member, _ expected: String) -> WireError {
    guard let value = find(member) else { return missing(member) }
    guard value.kind == .string || value.kind == .number else {
      return reading.error(.wrongType(found: value.kind.phrase, expected: expected), member: "\(member)", at: value)
    }
    return reading.error(
      .unreadable(text: String(value.text.prefix(60)), expected: expected), member: "\(member)", at: value)
  }
}
