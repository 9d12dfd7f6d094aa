import Synchronization

/// Where tokens lead on purpose: to another page than the one they were printed for.
///
/// The service's own tokens say themselves where they lead; only those of page faults are remembered.
final class Detours: Sendable {
  private struct Detour {
    /// The token of the page served instead; nil for a list's first page.
    var token: String?
    var isOnce: Bool
  }

  private let detours = Mutex<[String: Detour]>([:])

  /// The call for the page its token leads to.
  func redirected(_ call: Call) -> Call {
    guard let token = call.continuationToken else { return call }
    let detour = detours.withLock { detours in
      detours[token]?.isOnce == true ? detours.removeValue(forKey: token) : detours[token]
    }
    return detour.map { call.continued(with: $0.token) } ?? call
  }

  /// The answer to a call with its page spoilt.
  ///
  /// - Parameter page: What another call of the same caller is answered.
  func spoiling(
    _ answer: Answer, by fault: Fault.Page, _ call: Call, page: (Call) throws(Refusal) -> Answer
  ) throws(Refusal) -> Answer {
    guard var list = SpeltObject(answer.text), list["items"] != nil else { return answer }
    let next = list["continuationToken"].flatMap { RawJSON($0).string }
    switch fault {
    case .servedTwiceUnderSameToken:
      if let next { lead(next, to: call.continuationToken, isOnce: true) }
      return answer
    case .servedTwiceUnderNewToken:
      guard let next else { return answer }
      let other = Self.token(like: next)
      lead(other, to: call.continuationToken, isOnce: false)
      return answer.rewritten(answer.text.replacing(RawJSON.unquoted(next), with: RawJSON.unquoted(other)))
    case .lost:
      if let next { return try page(call.continued(with: next)) }
      if let later = call.skipping(list) { return try page(later) }
      list["items"] = "[]"
    case .tokenReused:
      guard let next, let own = call.continuationToken else { return answer }
      return answer.rewritten(answer.text.replacing(RawJSON.unquoted(next), with: RawJSON.unquoted(own)))
    case .linkMissing: list.editLinks { $0["next"] = nil }
    case .tokenMissing, .tokenEmpty:
      guard next != nil else { return answer }
      let isEmpty = if case .tokenEmpty = fault { true } else { false }
      list["continuationToken"] = isEmpty ? #""""# : nil
      list.editLinks { links in
        guard var link = links["next"].flatMap({ SpeltObject($0) }) else { return }
        link["headers"] = isEmpty ? #"[{"key":"MS-ContinuationToken","value":""}]"# : "[]"
        links["next"] = link.text
      }
    case .totalCount(let count): list["totalCount"] = "\(count)"
    }
    return answer.rewritten(list.text)
  }

  private func lead(_ token: String, to other: String?, isOnce: Bool) {
    detours.withLock { $0[token] = Detour(token: other, isOnce: isOnce) }
  }

  /// Another token of the same looks.
  private static func token(like token: String) -> String {
    let place = token.split(separator: ",").dropFirst().first ?? "1"
    return "\(Opaque.guid(of: token + "again")),\(place),\(Opaque.guid(of: "again" + token))"
  }
}

extension SpeltObject {
  fileprivate mutating func editLinks(_ edit: (inout SpeltObject) -> Void) {
    guard var links = self["links"].flatMap({ SpeltObject($0) }) else { return }
    edit(&links)
    self["links"] = links.text
  }
}

extension RawJSON {
  /// A text as it stands between the quotes of a JSON string.
  fileprivate static func unquoted(_ text: String) -> String { String(quoted(text).dropFirst().dropLast()) }
}

extension Call {
  /// The call for another page of its list: the one a token leads to, or without a token the first.
  fileprivate func continued(with token: String?) -> Call {
    var call = self
    call.query["seekoperation"] = token.map { _ in "Next" }
    call.headers["ms-continuationtoken"] = token
    return call
  }

  /// The call for the page behind this one, of a list that is read by offset; nil at its end.
  fileprivate func skipping(_ page: SpeltObject) -> Call? {
    guard let links = page["links"], RawJSON(links)["next"] != nil, let items = page["items"] else { return nil }
    var call = self
    call.query["offset"] = "\((Int(value("offset") ?? "") ?? 0) + RawJSON(items).elements.count)"
    return call
  }
}
