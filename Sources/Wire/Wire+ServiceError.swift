import CSimdjson

/// How the service explains a refusal.
public struct ServiceError: Hashable, Sendable, CustomStringConvertible {
  public var status: Int
  /// Digits in most cases, a word in others; absent where a gateway answered in the service's place.
  public var code: String?
  public var message: String

  public var description: String {
    code.map { "\(message) (status \(status), code \($0))" } ?? "\(message) (status \(status))"
  }
}

extension Wire {
  /// Reads the body of a refusal in whichever of its documented shapes it came (contract §6.1).
  ///
  /// A page of HTML or nothing at all is as good: then the status has to say everything.
  public static func serviceError(_ body: [UInt8], status: Int) -> ServiceError {
    guard let root = try? Tape.read(body, as: .answer).root, root.kind == .object else {
      return ServiceError(status: status, code: nil, message: outline(of: body))
    }
    if let error = root["error"], error.kind == .object {
      let message = error.text("message") ?? error["innerError"]?.text("message")
      return ServiceError(status: status, code: error.text("code"), message: message ?? unexplained)
    }
    // The sign-in service has a shape of its own (RFC 6749 §5.2); its texts go on with trace ids in further lines.
    if let code = root.text("error") {
      let message = root.text("error_description")?.split(whereSeparator: \.isNewline).first.map { String($0) }
      return ServiceError(status: status, code: code, message: message ?? unexplained)
    }
    let message = root.text("description") ?? root.text("message") ?? unexplained
    return ServiceError(status: status, code: root.text("code"), message: message)
  }

  private static let unexplained = "The service gives no reason."

  private static func outline(of body: [UInt8]) -> String {
    let text = String(decoding: body.prefix(400), as: UTF8.self)
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.isEmpty ? unexplained : "The answer is not JSON but begins “\(words.prefix(60))”."
  }
}
