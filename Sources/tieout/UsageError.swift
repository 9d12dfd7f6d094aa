/// A mistake in options, environment or configuration.
enum UsageError: Error, Equatable {
  case fileUnreadable(path: String, reason: String)
  case keyUnknown(String, path: String, meant: String?)
  case keyTwice(String, path: String)
  case notOneValue(key: String, path: String)
  case secretInFile(key: String, path: String)
  case secretUnreadable(key: String, path: String)
  case secretEmpty(key: String, path: String)
  /// One secret from two places: which is meant, nobody can tell.
  case secretTwice(_ secret: String, sources: [String])
  case credentialNameMalformed(key: String, name: String)
  case credentialsFolderMissing(key: String)
  case commandNotStarted(key: String, reason: String)
  case commandFailed(key: String, ending: String)
  case commandTooSlow(key: String, seconds: Int)
  case commandSilent(key: String)
  case valueNotUnderstood(key: Key, value: String, wanted: String)
  case currencyUnknown(String)
  case rateNotUnderstood(currency: String, value: String)
  case credentialsMissing([String])
}

extension UsageError: CustomStringConvertible {
  var description: String {
    switch self {
    case .fileUnreadable(let path, let reason):
      "The configuration file \(path) cannot be read: \(reason)"
    case .keyUnknown(let key, let path, let meant?):
      "The configuration file \(path) has the unknown key “\(key)”. Was “\(meant)” meant?"
    case .keyUnknown(let key, let path, nil):
      "The configuration file \(path) has the unknown key “\(key)”. The README lists the known ones."
    case .keyTwice(let key, let path):
      "The configuration file \(path) has the key “\(key)” twice. Keep one of them."
    case .notOneValue(let key, let path):
      "“\(key)” in the configuration file \(path) is a list; it takes one value."
    case .secretInFile(let key, let path):
      """
      The configuration file \(path) holds a secret, “\(key)”. Keep it in a file of its own and name that file with \
      “\(key)-file”, or set the environment variable TIEOUT_\(key.uppercased().split(separator: "-").joined(separator: "_")).
      """
    case .secretUnreadable(let key, let path):
      "The file \(path), named by “\(key)”, cannot be read. Check its path and its permissions."
    case .secretEmpty(let key, let path):
      "The file \(path), named by “\(key)”, is empty. Put the secret into it, without quotation marks."
    case .secretTwice(let secret, let sources):
      "The \(secret) comes from \(sources.joined(separator: " and from ")). Keep one of them."
    case .credentialNameMalformed(let key, let name):
      "“\(name)” is not understood as \(key). Wanted is the name of a credential, as LoadCredential= of the unit gives it."
    case .credentialsFolderMissing(let key):
      """
      “\(key)” names a systemd credential, and CREDENTIALS_DIRECTORY is not set. Start tieout from a unit that has \
      LoadCredential=, or use a file.
      """
    case .commandNotStarted(let key, let reason):
      "The command of “\(key)” cannot be started: \(reason). Check the system's /bin/sh."
    case .commandFailed(let key, let ending):
      """
      The command of “\(key)” \(ending). What it wrote to standard error was passed on; run it by hand with the account \
      that runs tieout.
      """
    case .commandTooSlow(let key, let seconds):
      """
      The command of “\(key)” was not done after \(seconds) seconds and was ended. It must not ask anybody anything: \
      unlock what it opens beforehand.
      """
    case .commandSilent(let key):
      "The command of “\(key)” wrote no secret to standard output. Its first line with something on it is taken."
    case .valueNotUnderstood(let key, let value, let wanted):
      "“\(value)” is not understood as \(key.rawValue). Wanted is \(wanted)."
    case .currencyUnknown(let code):
      "“\(code)” under tax-on-total is no currency. Use an ISO 4217 code such as AUD."
    case .rateNotUnderstood(let currency, let value):
      """
      “\(value)” is not understood as the tax rate of \(currency). Wanted is a fraction between 0 and 1, such as "0.10" \
      for 10 %.
      """
    case .credentialsMissing(let missing):
      """
      The run cannot sign in: \(missing.joined(separator: ", ")) \(missing.count == 1 ? "is" : "are") missing. The README \
      says where to set them.
      """
    }
  }
}
