/// What the service answers, before anything touches a socket.
struct Answer: Sendable {
  var status: Int
  var headers: [(name: String, value: String)]
  /// The body in pieces, so that a page of 2000 lines is never glued together twice.
  var body: [String]
  /// What is no text, such as a packed blob; stands behind the pieces.
  var bytes: [UInt8] = []
  /// Whether the connection is cut before the caller has all of it, although the work is done.
  var isLost = false

  init(status: Int = 200, headers: [(name: String, value: String)] = [], body: [String]) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  static func json(_ text: String, status: Int = 200) -> Answer {
    Answer(status: status, headers: [("Content-Type", "application/json; charset=utf-8")], body: [text])
  }
}

/// An answer that says no, in one of the shapes of contract §6.1.
struct Refusal: Error, Sendable {
  var answer: Answer

  /// Shape A: a code from contract §6.3 and a description.
  init(_ status: Int, code: String, _ description: String) {
    answer = .json(
      #"{"code":\#(RawJSON.quoted(code)),"description":\#(RawJSON.quoted(description)),"#
        + #""data":[],"source":"PartnerFD"}"#,
      status: status)
  }

  init(_ answer: Answer) {
    self.answer = answer
  }

  /// Shape C: what model binding prints for a parameter that is missing or not understood.
  static var invalidRequest: Refusal { Refusal(.json(#"{"message":"The request is invalid."}"#, status: 400)) }

  /// An enum text nobody knows (code 900126).
  static func notUnderstood(_ parameter: String, _ value: String) -> Refusal {
    Refusal(400, code: "900126", "The value '\(value)' of \(parameter) was not understood.")
  }

  static func unknownPath(_ path: [String]) -> Refusal {
    Refusal(404, code: "1000", "Nothing is served at /\(path.joined(separator: "/")).")
  }

  /// The call takes an app+user token (contract §2.2).
  static var appOnly: Refusal {
    Refusal(403, code: "900329", "The resource does not support application-only tokens.")
  }

  static func unauthenticated(code: String, _ description: String) -> Refusal {
    var refusal = Refusal(401, code: code, description)
    refusal.answer.headers.append(("WWW-Authenticate", #"Bearer realm="", error="invalid_token""#))
    return refusal
  }

  /// Shape B: throttled (contract §6.4).
  static func throttled(seconds: Int?) -> Refusal {
    let again = seconds.map { " Try again in \($0) seconds." } ?? ""
    return Refusal(.json(#"{"statusCode":429,"message":"Rate limit is exceeded.\#(again)"}"#, status: 429))
  }

  /// Shape E: a gateway that knows nothing of JSON.
  static func gateway(_ status: Int) -> Refusal {
    Refusal(
      Answer(
        status: status, headers: [("Content-Type", "text/html")],
        body: ["<html><head><title>\(status)</title></head><body><h1>\(status)</h1></body></html>"]))
  }
}
