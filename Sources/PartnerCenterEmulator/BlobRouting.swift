extension Service {
  /// `GET /storage/{folder}/{name}?{signature}`: contract §11.3; the storage account knows signatures, not tokens.
  func blob(_ call: Call) throws(Refusal) -> Answer {
    guard call.method == "GET" else { throw Refusal(Answer(status: 405, headers: [("Allow", "GET")], body: [])) }
    guard call.headers["authorization"] == nil else {
      throw .storage(
        400, "InvalidAuthenticationInfo", "Authentication information is not given in the correct format.", call)
    }
    guard let issue = exports.issue(signed: call.query["sig"] ?? ""), now < issue.end else {
      throw .storage(
        403, "AuthenticationFailed",
        "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly "
          + "including the signature.", call)
    }
    let manifest = manifest(issue)
    let file = manifest.file
    guard call.path.dropFirst().dropLast().joined(separator: "/") == manifest.folder else {
      throw .storage(
        403, "AuthorizationPermissionMismatch",
        "This request is not authorized to perform this operation using this permission.", call)
    }
    guard let number = file.names.firstIndex(of: call.path.last ?? ""), !exports.strikes(\.blobMissing, blob: number)
    else { throw .storage(404, "BlobNotFound", "The specified blob does not exist.", call) }
    var answer = Answer(headers: [("Content-Type", "application/octet-stream")], body: [])
    let bytes = file.blob(number)
    answer.bytes = exports.strikes(\.blobTruncated, blob: number) ? Array(bytes.prefix(bytes.count / 2)) : bytes
    return answer
  }
}

extension Refusal {
  /// What the storage account prints.
  fileprivate static func storage(_ status: Int, _ code: String, _ message: String, _ call: Call) -> Refusal {
    let text =
      "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>\(code)</Code><Message>\(message)\n"
      + "RequestId:\(Opaque.guid(of: call.target))</Message></Error>"
    return Refusal(Answer(status: status, headers: [("Content-Type", "application/xml")], body: [text]))
  }
}
