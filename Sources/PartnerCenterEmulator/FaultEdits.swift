/// A JSON object as its members, each spelt as it came, so that one can change while the others stay.
struct SpeltObject {
  /// Names with their quotes, and values as they are printed.
  private var members: [(name: String, literal: String)]

  /// Takes an object apart; nil for a text that is none.
  init?(_ text: some StringProtocol) {
    guard text.first(where: { !$0.isWhitespace }) == "{" else { return nil }
    members = RawJSON(String(text)).elements.compactMap { part in
      guard let colon = part.text.firstIndex(of: ":") else { return nil }
      return (String(part.text[..<colon]), String(part.text[part.text.index(after: colon)...]))
    }
  }

  var text: String { "{" + members.map { "\($0.name):\($0.literal)" }.joined(separator: ",") + "}" }

  /// The literal of a member, its name compared without case; nil takes a member out.
  subscript(name: String) -> String? {
    get { place(of: name).map { members[$0].literal } }
    set {
      switch (place(of: name), newValue) {
      case (let place?, let literal?): members[place].literal = literal
      case (let place?, nil): members.remove(at: place)
      case (nil, let literal?): members.append((RawJSON.quoted(name), literal))
      case (nil, nil): break
      }
    }
  }

  mutating func rename(_ name: String, to other: String) {
    if let place = place(of: name) { members[place].name = RawJSON.quoted(other) }
  }

  private func place(of name: String) -> Int? {
    let wanted = RawJSON.quoted(name).lowercased()
    return members.firstIndex { $0.name.filter { !$0.isWhitespace }.lowercased() == wanted }
  }
}

extension String {
  /// The items of a list edited, all of them or one; a document that is no list is its own only item.
  func editingItems(_ item: Int? = nil, by edit: (String) -> String) -> String {
    guard var page = SpeltObject(self), let items = page["items"] else { return edit(self) }
    page["items"] = World.array(
      RawJSON(items).elements.enumerated().map { place, element in
        item == nil || item == place ? edit(String(element.text)) : String(element.text)
      })
    return page.text
  }

  /// An object with another spelling of a member; a text that is no object stays as it is.
  func spelling(_ name: String, _ spelling: Fault.Spelling) -> String {
    guard var object = SpeltObject(self) else { return self }
    switch spelling {
    case .removed: object[name] = nil
    case .renamed(let other): object.rename(name, to: other)
    case .retyped(let literal): if object[name] != nil { object[name] = literal }
    case .added(let literal): object[name] = literal
    }
    return object.text
  }

  /// A JSON text whose numbers stand in quotes; their digits are those they had.
  var quotingNumbers: String {
    var result: [UInt8] = []
    var (isInString, isEscaped, isInNumber) = (false, false, false)
    for byte in utf8 {
      let belongs =
        !isInString && (Self.numberBytes.contains(byte) || (isInNumber && (byte | 0x20) == UInt8(ascii: "e")))
      if belongs != isInNumber { result.append(UInt8(ascii: "\"")) }
      isInNumber = belongs
      result.append(byte)
      if byte == UInt8(ascii: "\""), !isEscaped { isInString.toggle() }
      isEscaped = isInString && byte == UInt8(ascii: "\\") && !isEscaped
    }
    if isInNumber { result.append(UInt8(ascii: "\"")) }
    return String(decoding: result, as: UTF8.self)
  }

  private static let numberBytes = Set("0123456789+-.".utf8)
}
