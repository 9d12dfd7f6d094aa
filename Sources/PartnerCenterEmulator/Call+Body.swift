import Foundation

extension Call {
  /// The body as a JSON object, its member names to be read without case (contract §4).
  var json: RawJSON {
    get throws(Refusal) {
      let document = try? JSONSerialization.jsonObject(with: Data(body.utf8))
      guard document is [String: Any] else { throw .invalidRequest }
      return RawJSON(body)
    }
  }

  /// What makes a repeated request the same request (contract §3.1); nil where the caller does not say.
  var identity: String? {
    headers["ms-requestid"].map { "\(method) \(path.joined(separator: "/").lowercased()) \($0.lowercased())" }
  }
}
