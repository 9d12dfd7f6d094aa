import Foundation
import PartnerCenter

/// The names under which one secret can be given: exactly one of them may be used.
///
/// It is never an option, because the list of processes shows options to everybody.
struct SecretKeys: Sendable {
  /// As a sentence calls it.
  let words: String
  let variable: String
  let file: Key
  let credential: Key
  let command: Key

  static let clientSecret = SecretKeys(
    words: "client secret", variable: "TIEOUT_CLIENT_SECRET", file: .clientSecretFile,
    credential: .clientSecretCredential, command: .clientSecretCommand)
  static let refreshToken = SecretKeys(
    words: "refresh token", variable: "TIEOUT_REFRESH_TOKEN", file: .refreshTokenFile,
    credential: .refreshTokenCredential, command: .refreshTokenCommand)
}

/// A secret, and where it came from.
struct FoundSecret: Hashable, Sendable {
  var secret: Secret
  var source: SecretSource
}

extension Choices {
  /// The one place a secret is to come from; `nil` where nobody named one.
  func source(of keys: SecretKeys) throws -> SecretSource? {
    var sources: [(name: String, source: SecretSource)] = []
    if variable(keys.variable) != nil {
      sources.append(("the environment variable \(keys.variable)", .variable(keys.variable)))
    }
    if let path = text(keys.file) { sources.append(("“\(keys.file.rawValue)”", .file(path))) }
    if let name = text(keys.credential) { sources.append(("“\(keys.credential.rawValue)”", .credential(name))) }
    if text(keys.command) != nil {
      sources.append(("“\(keys.command.rawValue)”", .command(key: keys.command.rawValue)))
    }
    guard sources.count < 2 else { throw UsageError.secretTwice(keys.words, sources: sources.map(\.name)) }
    return sources.first?.source
  }

  /// The secret itself, fetched from where it is.
  func secret(_ keys: SecretKeys) throws -> FoundSecret? {
    guard let source = try source(of: keys) else { return nil }
    let secret =
      switch source {
      case .variable(let name): Secret(variable(name) ?? "")
      case .file(let path): try secret(inFile: path, key: keys.file)
      case .credential(let name):
        try secret(inFile: try credentialPath(name, key: keys.credential), key: keys.credential)
      case .command(let key):
        try SecretCommand(key: key, command: text(keys.command) ?? "", environment: surroundings).secret()
      }
    return secret.map { FoundSecret(secret: $0, source: source) }
  }

  private func secret(inFile path: String, key: Key) throws -> Secret {
    guard let content = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw UsageError.secretUnreadable(key: key.rawValue, path: path)
    }
    guard let secret = Secret(firstLineOf: content) else {
      throw UsageError.secretEmpty(key: key.rawValue, path: path)
    }
    return secret
  }

  /// Where systemd put a credential: `LoadCredential=` of the unit.
  private func credentialPath(_ name: String, key: Key) throws -> String {
    guard !name.contains("/"), name != ".", name != ".." else {
      throw UsageError.credentialNameMalformed(key: key.rawValue, name: name)
    }
    guard let folder = surroundings["CREDENTIALS_DIRECTORY"], !folder.isEmpty else {
      throw UsageError.credentialsFolderMissing(key: key.rawValue)
    }
    return "\(folder)/\(name)"
  }
}
