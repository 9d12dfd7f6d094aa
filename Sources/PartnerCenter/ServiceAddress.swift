import Foundation

/// The base address of the API or of the sign-in service: the real one, a national cloud, a proxy or an emulator.
///
/// Tokens and secrets travel there, so it is `https`; plain `http` is for this machine only.
public struct ServiceAddress: Hashable, Sendable, CustomStringConvertible {
  /// Without a slash at the end: paths begin with one.
  public let base: String

  public var description: String { base }

  /// `https://api.partnercenter.microsoft.com` (contract §1).
  public static let partnerCenter = ServiceAddress(known: "https://api.partnercenter.microsoft.com")
  /// `https://login.microsoftonline.com` (contract §2.1).
  public static let signIn = ServiceAddress(known: "https://login.microsoftonline.com")
  /// `https://graph.microsoft.com` (contract §1).
  public static let graph = ServiceAddress(known: "https://graph.microsoft.com")
  /// `https://api.partner.microsoft.com` (contract §1).
  public static let pricing = ServiceAddress(known: "https://api.partner.microsoft.com")
  /// The billing export of 2022 (contract §1).
  public static let billingExport = ServiceAddress(
    known: "https://ep-billingreconservice-prod-d5bfczcnfvbqbdhx.z01.azurefd.net")

  private init(known base: String) { self.base = base }

  /// - Parameter option: What the person set, for the sentence that refuses it: `--api-url`.
  public init(_ text: String, option: String) throws(ConfigurationError) {
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(), let host = parts.host,
      !host.isEmpty
    else { throw .addressUnreadable(option: option, text: text) }
    guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil else {
      throw .addressNotPlain(option: option, host: host)
    }
    switch scheme {
    case "https": break
    case "http" where Self.thisMachine.contains(host.lowercased()): break
    default: throw .addressNotSecure(option: option, text: text)
    }
    var base = text
    while base.hasSuffix("/") { base.removeLast() }
    self.base = base
  }

  /// A path below the base; the slash between them keeps a path from becoming part of the host's name.
  func url(of target: String) -> String { base + (target.hasPrefix("/") ? "" : "/") + target }

  private static let thisMachine: Set<String> = ["127.0.0.1", "localhost", "::1", "[::1]"]
}

/// Something in the configuration cannot be used.
public enum ConfigurationError: Error, Hashable, Sendable {
  case addressUnreadable(option: String, text: String)
  case addressNotPlain(option: String, host: String)
  case addressNotSecure(option: String, text: String)
}

extension ConfigurationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .addressUnreadable(let option, let text):
      "\(option) is “\(text)”, which is no web address. Write it like https://api.partnercenter.microsoft.com."
    case .addressNotPlain(let option, let host):
      "\(option) for \(host) has a user name, a query or a fragment. Write scheme, host and path only."
    case .addressNotSecure(let option, let text):
      "\(option) is “\(text)”: tokens are sent over https only; http is accepted for 127.0.0.1 and localhost."
    }
  }
}
