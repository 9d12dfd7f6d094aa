extension SignIn {
  /// What a token was asked for; it opens nothing else (contract §2.1).
  enum Audience: Sendable {
    case partnerCenter, graph

    static let graphResource = "https://graph.microsoft.com"

    init(resource: String) {
      self = resource.lowercased().hasPrefix(Self.graphResource) ? .graph : .partnerCenter
    }
  }
}

extension Refusal {
  /// Shape D: what Graph and api.partner.microsoft.com print (contract §6.1).
  static func shapeD(_ status: Int, _ code: String, _ message: String) -> Refusal {
    Refusal(
      .json(
        #"{"error":{"code":\#(RawJSON.quoted(code)),"message":\#(RawJSON.quoted(message))}}"#, status: status))
  }

  /// A token that is missing, unknown, expired or meant for somebody else.
  static var shapeDUnauthenticated: Refusal {
    var refusal = shapeD(
      401, "unauthenticated", "The access token is missing, has expired or is meant for another API.")
    refusal.answer.headers.append(("WWW-Authenticate", #"Bearer realm="", error="invalid_token""#))
    return refusal
  }

  static func shapeDNotFound(_ what: String) -> Refusal {
    shapeD(404, "itemNotFound", "\(what) was not found.")
  }

  static func shapeDInvalid(_ message: String) -> Refusal { shapeD(400, "invalidRequest", message) }
}

extension SignIn {
  /// What the bearer of a call may do, refused in shape D.
  func kindInShapeD(of call: Call, for audience: Audience) throws(Refusal) -> Kind {
    do {
      return try kind(of: call.headers["authorization"], for: audience)
    } catch {
      throw .shapeDUnauthenticated
    }
  }
}
