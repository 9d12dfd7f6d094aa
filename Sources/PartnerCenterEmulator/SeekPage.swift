/// One page of a list that is read with continuation tokens, and the token that leads to the following one.
///
/// Nothing is remembered between calls: a token says where it leads, so a call that is repeated is answered the same
/// way. To callers it is opaque, with the commas, slashes and equals signs of the published samples (contract §5).
struct SeekPage: Sendable {
  /// What is being paged, such as `invoices/G000024135/onetime/billinglineitems`.
  let list: String
  let offset: Int
  let size: Int
  /// 1 where the page is served for the second time in a row.
  let copy: Int

  init(list: String, offset: Int, size: Int, copy: Int = 0) {
    self.list = list
    self.offset = offset
    self.size = size
    self.copy = copy
  }

  /// Reads a token back; nil where it was not issued for this list.
  init?(list: String, token: String) {
    let parts = token.split(separator: ",")
    guard parts.count == 3 else { return nil }
    let numbers = parts[1].split(separator: "/").prefix(3).compactMap { Int($0, radix: 36) }
    guard numbers.count == 3 else { return nil }
    self.init(list: list, offset: numbers[0], size: numbers[1], copy: numbers[2])
    guard offset >= 0, size > 0, self.token == token else { return nil }
  }

  var token: String {
    let place = [offset, size, copy].map { String($0, radix: 36) }.joined(separator: "/")
    let check = Opaque.digits(of: place + list)
    return "\(Opaque.guid(of: list + place)),\(place)/\(check)=,\(Opaque.guid(of: place + "," + list))"
  }

  func range(of count: Int) -> Range<Int> {
    let start = min(offset, count)
    return start..<min(start + size, count)
  }

  /// The page after this one, or this one again where the world serves it twice; nil at the end.
  func following(count: Int, servedTwice: Set<Int>) -> SeekPage? {
    if copy == 0, servedTwice.contains(offset / size), offset < count {
      return SeekPage(list: list, offset: offset, size: size, copy: 1)
    }
    guard offset + size < count else { return nil }
    return SeekPage(list: list, offset: offset + size, size: size)
  }
}

extension Call {
  /// The page a call asks for: the first, or with `seekOperation=Next` the one its token leads to.
  ///
  /// A token without `seekOperation` is not looked at, as a parameter of another operation.
  func seekPage(of list: String, size: Int) throws(Refusal) -> SeekPage {
    guard let operation = value("seekoperation") else { return SeekPage(list: list, offset: 0, size: size) }
    guard operation == "next" else { throw .notUnderstood("seekOperation", operation) }
    guard let token = headers["ms-continuationtoken"], let page = SeekPage(list: list, token: token) else {
      throw .invalidRequest
    }
    return page
  }

  /// A whole number in the query; nil where it is missing.
  func count(_ name: String) throws(Refusal) -> Int? {
    guard let text = value(name) else { return nil }
    guard let count = Int(text), count >= 0 else { throw .invalidRequest }
    return count
  }
}
