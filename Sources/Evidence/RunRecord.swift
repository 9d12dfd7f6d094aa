/// What was in force when a run began: with it and the bodies a replay decides as the run did.
public struct RunRecord: Codable, Hashable, Sendable {
  public var id: String
  /// The business time the run took for now, as it was given.
  public var asOf: String
  /// The month asked for, `2025-02`; "" for the newest invoiced one, which the end of the run names.
  public var period: String
  /// Version of the rules.
  public var rules: String
  /// Settings by name, flat and without secrets.
  public var configuration: [String: String]
  /// Base address of the service.
  public var apiURL: String
  /// When the run began by the machine's clock, `2025-03-20T04:00:00Z`; absent in archives of earlier builds.
  public var started: String?

  public init(
    id: String, asOf: String, period: String, rules: String, configuration: [String: String] = [:], apiURL: String,
    started: String? = nil
  ) {
    self.id = id
    self.asOf = asOf
    self.period = period
    self.rules = rules
    self.configuration = configuration
    self.apiURL = apiURL
    self.started = started
  }
}

/// A run as the archive remembers it.
public struct ArchivedRun: Hashable, Sendable {
  public enum Ending: Hashable, Sendable {
    /// Everything asked for was answered and written.
    case complete
    /// The run said itself that something is missing.
    case incomplete
    /// The run stopped without a word: power, a signal, a full disk.
    case cutOff
  }

  public let record: RunRecord
  public internal(set) var ending: Ending
  /// The month the run decided on; `nil` when it ended before.
  public internal(set) var period: String?
  /// Requests in the journal, failed attempts included.
  public internal(set) var exchanges: Int
  /// Line of the journal that stops in the middle because the run was cut off.
  public internal(set) var stumpLine: Int?

  public var isComplete: Bool { ending == .complete }

  /// What a reader has to know before trusting the run, or `nil` when it ended completely.
  public var remark: String? {
    let stump = stumpLine.map { " Line \($0) of \(Archive.journalName) stops in the middle and is not counted." } ?? ""
    return switch ending {
    case .complete: nil
    case .incomplete:
      "Run \(record.id) ended incomplete after \(counted(exchanges, "request")): its log says what was missing. "
        + "Start a new run."
    case .cutOff:
      "Run \(record.id) was cut off after \(counted(exchanges, "request")): it has no end.\(stump) Run again: the next "
        + "run goes on with it."
    }
  }
}
