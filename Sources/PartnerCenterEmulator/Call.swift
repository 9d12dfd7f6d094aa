import Foundation

/// One request, taken apart: what the service compares without case is in lower case here.
struct Call: Sendable {
  var method: String
  /// Path and query as received.
  var target: String
  /// The decoded segments of the path, in the caller's case.
  var path: [String]
  /// By name in lower case (contract §4: the service ignores the case of query names and values).
  var query: [String: String]
  /// By name in lower case.
  var headers: [String: String]
  var body = ""

  init(method: String, target: String, headers: [String: String] = [:]) {
    self.method = method
    self.target = target
    self.headers = headers
    let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = (halves.first ?? "").split(separator: "/").map { Self.decoded($0) }
    query = halves.count > 1 ? Self.fields(halves[1], isForm: false) : [:]
  }

  /// A query value in lower case; nil where the parameter is missing or empty.
  func value(_ name: String) -> String? {
    guard let value = query[name], !value.isEmpty else { return nil }
    return value.lowercased()
  }

  /// A flag such as `include_price=true`.
  func isSet(_ name: String) -> Bool { value(name) == "true" }

  /// Takes `a=1&b=2` apart; the first of two equal names counts. In a form, and only there, `+` is a blank.
  static func fields(_ text: some StringProtocol, isForm: Bool) -> [String: String] {
    var fields: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = decoded(halves[0]).lowercased()
      let raw = halves.count > 1 ? String(halves[1]) : ""
      if fields[name] == nil { fields[name] = decoded(isForm ? raw.replacing("+", with: " ") : raw) }
    }
    return fields
  }

  private static func decoded(_ text: some StringProtocol) -> String { text.removingPercentEncoding ?? String(text) }
}
