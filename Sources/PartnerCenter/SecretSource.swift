/// Where a secret came from: it decides whether a newer one can be put back there.
public enum SecretSource: Hashable, Sendable {
  /// An environment variable, by its name.
  case variable(String)
  /// A file, by its path.
  case file(String)
  /// A credential that systemd handed over, by its name.
  case credential(String)
  /// The first line that a command writes; the key that names the command, because the command itself may say too much.
  case command(key: String)
}

extension SecretSource: CustomStringConvertible {
  /// As a sentence says it.
  public var description: String {
    switch self {
    case .variable(let name): "the environment variable \(name)"
    case .file(let path): "the file \(path)"
    case .credential(let name): "the systemd credential \(name)"
    case .command(let key): "the command of “\(key)”"
    }
  }
}

extension Secret {
  /// Creates a secret from the first line that has something on it, or `nil` where no line has: so it stands in a file, and
  /// so a command prints it.
  public init?(firstLineOf text: String) {
    let line = text.split(whereSeparator: \.isNewline).lazy.map { $0.filter { !$0.isWhitespace } }
      .first { !$0.isEmpty }
    guard let line else { return nil }
    self.init(line)
  }
}
