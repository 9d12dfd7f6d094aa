/// The wrapper around every list: contract §5.
struct Listing: Sendable {
  struct Link: Sendable {
    var uri: String
    var token: String?

    init(_ uri: String, token: String? = nil) {
      self.uri = uri
      self.token = token
    }
  }

  var items: ArraySlice<String>
  var itself: Link
  var next: Link?

  init(_ items: ArraySlice<String>, itself: Link, next: Link? = nil) {
    self.items = items
    self.itself = itself
    self.next = next
  }

  init(_ items: [String], itself: String) {
    self.init(items[...], itself: Link(itself))
  }

  /// - Parameter salt: What was asked: the same question always gets the same lie.
  func answer(salt: String) -> Answer {
    var pieces: [String] = []
    pieces.reserveCapacity(items.count * 2 + 2)
    let token = next?.token.map { #""continuationToken":\#(RawJSON.quoted($0)),"# } ?? ""
    pieces.append(#"{\#(token)"totalCount":\#(totalCount(salt: salt)),"items":["#)
    for (place, item) in items.enumerated() {
      if place > 0 { pieces.append(",") }
      pieces.append(item)
    }
    let following = next.map { #","next":\#($0.json)"# } ?? ""
    pieces.append(#"],"links":{"self":\#(itself.json)\#(following)},"attributes":{"objectType":"Collection"}}"#)
    var answer = Answer.json("")
    answer.body = pieces
    return answer
  }

  /// The number of items in this page, and for two questions in five one more or one less: the published samples
  /// contradict themselves the same way.
  private func totalCount(salt: String) -> Int {
    switch Opaque.fingerprint(salt) % 5 {
    case 0: items.count + 1
    case 1: max(0, items.count - 1)
    default: items.count
    }
  }
}

extension Listing.Link {
  fileprivate var json: String {
    let headers = token.map { #"{"key":"MS-ContinuationToken","value":\#(RawJSON.quoted($0))}"# } ?? ""
    return #"{"uri":\#(RawJSON.quoted(uri)),"method":"GET","headers":[\#(headers)]}"#
  }
}
