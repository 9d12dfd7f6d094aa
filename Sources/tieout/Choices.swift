import Configuration

/// What was chosen: options stand above environment, environment above the file.
///
/// Everything is read as text and understood in one place, so that a number never becomes a binary one and a mistake never
/// falls back to a default in silence.
struct Choices: Sendable {
  /// Where the file is, for sentences about it.
  let path: String?
  private let reader: ConfigReader
  private let file: ConfigurationFile?
  private let environment: [String: String]
  /// Everything that was set around us but our own secrets: what a command that we start may see.
  let surroundings: [String: String]

  init(given: [Key: String], environment: [String: String]) async throws {
    // A variable that is set to nothing is not set.
    self.environment = environment.filter { $0.key.hasPrefix("TIEOUT_") && !$0.value.isEmpty }
    let secrets = [SecretKeys.clientSecret.variable, SecretKeys.refreshToken.variable]
    surroundings = environment.filter { !secrets.contains($0.key) }
    path = given[.config] ?? self.environment[Key.config.variable]
    file = if let path { try await ConfigurationFile(path: path) } else { nil }

    let options = given.map { (AbsoluteConfigKey([$0.rawValue]), ConfigValue(.string($1), isSecret: false)) }
    var providers: [any ConfigProvider] = [
      InMemoryProvider(name: "options", values: Dictionary(uniqueKeysWithValues: options)),
      EnvironmentVariablesProvider(environmentVariables: self.environment).prefixKeys(with: "tieout"),
    ]
    if let file { providers.append(file.provider) }
    reader = ConfigReader(providers: providers)
  }

  /// The text chosen for a key, or `nil` where nobody chose.
  func text(_ key: Key) -> String? { text([key.rawValue]) }

  /// The texts under a table's key: each row's name and value.
  func rows(_ table: Key) -> [(name: String, value: String)] {
    let prefix = table.variable + "_"
    var names = Set(environment.keys.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count).uppercased() })
    names.formUnion(file?.rows(table) ?? [])
    return names.sorted().compactMap { name in text([table.rawValue, name]).map { (name, $0) } }
  }

  /// The text of a variable that is no key's.
  func variable(_ name: String) -> String? { environment[name] }

  private func text(_ components: [String]) -> String? {
    guard let text = reader.string(forKey: ConfigKey(components)), !text.isEmpty else { return nil }
    return text
  }
}
