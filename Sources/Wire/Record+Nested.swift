import CSimdjson

extension Record {
  /// The member as a resource of its own; `nil` where it is absent.
  func nested<Inner: WireMember>(_ member: Member, as type: Inner.Type) throws(WireError) -> Record<Inner>? {
    guard let value = object(member) else { return nil }
    return try Record<Inner>(value, reading)
  }

  /// The elements of a list as resources of their own.
  func nestedList<Inner: WireMember>(_ member: Member, as type: Inner.Type) throws(WireError) -> [Record<Inner>] {
    var records: [Record<Inner>] = []
    for value in elements(member) { records.append(try Record<Inner>(value, reading)) }
    return records
  }

  /// The plain values of an object whose keys are data; lists and objects in it are passed over.
  func dictionary(_ member: Member) -> [String: String] {
    guard let object = object(member) else { return [:] }
    var texts: [String: String] = [:]
    for value in object.elements {
      let key = String(decoding: value.key, as: UTF8.self)
      switch value.kind {
      case .string, .number: texts[key] = value.text
      case .true: texts[key] = "true"
      case .false: texts[key] = "false"
      case .object, .array, .null: break
      }
    }
    return texts
  }
}
