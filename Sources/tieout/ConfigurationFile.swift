import Configuration
import Synchronization

/// The YAML file, with every key of it known.
struct ConfigurationFile: Sendable {
  let provider: FileProvider<YAMLSnapshot>
  private let keys: [String]

  init(path: String) async throws {
    let seen = SeenKeys()
    // The library asks for each key whether it is secret: the one place where it tells which keys there are.
    let options = YAMLSnapshot.ParsingOptions(secretsSpecifier: .dynamic { key, _ in seen.note(key) })
    do {
      let place = InMemoryProvider(values: ["filePath": ConfigValue(.string(path), isSecret: false)])
      provider = try await FileProvider(parsingOptions: options, config: ConfigReader(provider: place))
    } catch {
      throw UsageError.fileUnreadable(path: path, reason: Self.reason(of: error))
    }
    keys = seen.keys
    try check(path: path)
  }

  /// The names under a table's key.
  func rows(_ table: Key) -> [String] {
    keys.filter { $0.hasPrefix(table.rawValue + ".") }.map { String($0.dropFirst(table.rawValue.utf8.count + 1)) }
  }

  private func check(path: String) throws {
    for (index, key) in keys.enumerated() {
      if keys[..<index].contains(key) { throw UsageError.keyTwice(key, path: path) }
      if key == "client-secret" || key == "refresh-token" { throw UsageError.secretInFile(key: key, path: path) }
      let components = key.split(separator: ".", maxSplits: 1).map(String.init)
      guard let known = Key(rawValue: components.first ?? ""), !Key.outsideFile.contains(known),
        components.count == (known == .taxOnTotal ? 2 : 1) || isEmptyTable(key)
      else { throw UsageError.keyUnknown(key, path: path, meant: Self.nearest(to: key)) }
      guard let found = try? provider.value(forKey: AbsoluteConfigKey(components), type: .string), found.value != nil
      else { throw UsageError.notOneValue(key: key, path: path) }
    }
  }

  /// `tax-on-total:` with nothing beneath it, as a commented sample leaves it.
  private func isEmptyTable(_ key: String) -> Bool {
    guard key == Key.taxOnTotal.rawValue else { return false }
    let found = try? provider.value(forKey: AbsoluteConfigKey([key]), type: .string)
    return found?.value?.content == .string("")
  }

  /// The reader's first line; what follows repeats the file.
  private static func reason(of error: any Error) -> String {
    let line = "\(error)".split(whereSeparator: \.isNewline).first.map(String.init) ?? "it is not understood"
    // The reader's words for an empty file or one that starts with a list.
    return line.hasPrefix("Top level") ? "it has no lines of the form “key: value”." : line
  }

  /// A known key that differs only in case and separators, or by its beginning.
  private static func nearest(to key: String) -> String? {
    func letters(_ text: String) -> String { text.lowercased().filter(\.isLetter) }
    let known = Key.allCases.filter { !Key.outsideFile.contains($0) }.map(\.rawValue)
    return known.first { letters($0) == letters(key) }
      ?? known.first { letters($0).hasPrefix(letters(key)) || letters(key).hasPrefix(letters($0)) }
  }
}

/// Collects keys from a closure that the library may call from anywhere.
private final class SeenKeys: Sendable {
  private let noted = Mutex<[String]>([])

  var keys: [String] { noted.withLock { $0 } }

  /// Notes the key; no value of the file is a secret, because secrets are refused in it.
  func note(_ key: String) -> Bool {
    noted.withLock { $0.append(key) }
    return false
  }
}
