/// Something that goes wrong on purpose, for as many requests as it says.
///
/// A fault waits for requests by path, method and credentials, lets some pass and strikes so many; with a ``Chance`` a
/// seed decides which of them.
public struct Fault: Sendable {
  /// What a caller signed in as.
  public enum Credential: Sendable { case app, appAndUser }

  /// The fault meets requests whose path and query contain this text, without regard to case; "" meets all.
  public var pathContains: String
  /// Only requests of this method; nil for any.
  public var method: String?
  /// Only requests with this kind of token; nil for any, and for none.
  public var credential: Credential?
  /// Requests that pass before the first is hit.
  public var passes: Int
  /// Requests that are hit.
  public var times: Int
  /// What happens; with several a chance picks one, without a chance it is the first.
  public var kinds: [Kind]
  public var chance: Chance?

  public init(
    pathContains: String, passes: Int = 0, times: Int = 1, method: String? = nil, credential: Credential? = nil,
    kind: Kind
  ) {
    self.pathContains = pathContains
    self.method = method
    self.credential = credential
    self.passes = passes
    self.times = times
    kinds = [kind]
  }

  /// A fault that strikes so many of a thousand requests, at places the seed chooses.
  ///
  /// What meets a request depends on the seed, on the request and on how often it was asked, so it is the same for a
  /// client that asks in parallel. Nothing is struck more than `consecutiveMax` times in a row: who asks once more
  /// than that always gets through.
  public static func random(
    perMille: Int, seed: UInt64, kinds: [Kind] = Kind.transient, pathContains: String = "", consecutiveMax: Int = 2
  ) -> Fault {
    var fault = Fault(pathContains: pathContains, times: .max, kind: .cutBody)
    fault.kinds = kinds
    fault.chance = Chance(perMille: perMille, seed: seed, consecutiveMax: consecutiveMax)
    return fault
  }

  /// Whether the fault waits for this request.
  func meets(_ call: Call) -> Bool {
    let wanted = pathContains.lowercased()
    guard wanted.isEmpty || call.target.lowercased().contains(wanted) else { return false }
    if let method, method.uppercased() != call.method { return false }
    if let credential, credential != call.credential { return false }
    // A list's first page was asked for without a token, so there is none to give again.
    if case .page(.tokenReused) = kinds.first { return call.continuationToken != nil }
    return true
  }
}

extension Call {
  /// Which kind of token a request carries, by the emulator's own spelling of tokens; nil where it carries none.
  var credential: Fault.Credential? {
    guard let token = headers["authorization"]?.split(separator: " ").last else { return nil }
    if token.hasPrefix("emulated.\(SignIn.Kind.app.rawValue).") { return .app }
    return token.hasPrefix("emulated.\(SignIn.Kind.appAndUser.rawValue).") ? .appAndUser : nil
  }

  /// The token of the page a request asks for; nil for the first page and for what is no list.
  var continuationToken: String? { value("seekoperation") == nil ? nil : headers["ms-continuationtoken"] }
}
