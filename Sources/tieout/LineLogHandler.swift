import Billing
import Glibc
import Logging

/// Writes one line for each event to standard error: text for people, JSON for collectors of logs.
struct LineLogHandler: LogHandler {
  enum Format: String, CaseIterable, Sendable { case text, json }

  let label: String
  let format: Format
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]
  var metadataProvider: Logger.MetadataProvider?

  init(label: String, format: Format, logLevel: Logger.Level) {
    self.label = label
    self.format = format
    self.logLevel = logLevel
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var facts = metadata
    facts.merge(metadataProvider?.get() ?? [:]) { $1 }
    facts.merge(event.metadata ?? [:]) { $1 }
    if let error = event.error { facts["error"] = "\(error)" }
    let sorted = facts.sorted { $0.key < $1.key }
    switch format {
    case .text:
      let tail = sorted.map { " \($0.key)=\(Self.quoted("\($0.value)"))" }.joined()
      Screen.shared.note("\(Instant.now.description) \(event.level): \(event.message)\(tail)")
    case .json:
      var members: [(String, JSONText)] = [
        ("time", .text(Instant.now.description)), ("level", .text(event.level.rawValue)), ("label", .text(label)),
        ("message", .text(event.message.description)),
      ]
      members.append(("facts", .object(sorted.map { ($0.key, .text("\($0.value)")) })))
      Screen.shared.note(JSONText.object(members).description)
    }
  }

  /// A value with blanks or line ends in it would run into its neighbours.
  private static func quoted(_ value: String) -> String {
    let isPlain = !value.isEmpty && value.unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "\"" }
    return isPlain ? value : JSONText.text(value).description
  }
}

extension Instant {
  /// The machine's clock.
  static var now: Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(ticks: Int64(time.tv_sec) * ticksPerSecond + Int64(time.tv_nsec) / 100)
  }
}
