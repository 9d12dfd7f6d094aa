/// A text that opens something: a client secret, a refresh token, a bearer token.
///
/// However it is printed, it prints as `<redacted>`; only `revealed` gives it away, and only the rim asks for that.
public struct Secret: Hashable, Sendable {
  /// The text itself, for the one place that sends it.
  package let revealed: String

  /// Creates a secret, or `nil` from an empty text: an unset environment variable is no secret.
  public init?(_ text: String) {
    guard !text.isEmpty else { return nil }
    revealed = text
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "<redacted>" }
  public var debugDescription: String { "<redacted>" }
  /// `dump` and string interpolation of an enclosing value look at the mirror, so it shows nothing.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension String {
  /// The text without the secrets in it, whoever wrote them there.
  func redacting(_ secrets: [Secret]) -> String {
    secrets.reduce(self) { text, secret in
      text.split(separator: secret.revealed, omittingEmptySubsequences: false).joined(separator: "<redacted>")
    }
  }
}
