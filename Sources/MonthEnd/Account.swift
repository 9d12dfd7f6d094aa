import Billing
public import Logging
public import PartnerCenter
public import Wire

/// What can be asked and bought outside a run: the second front door of the library.
///
/// It keeps no evidence and holds no database: a question to the catalogue proves nothing about an invoice.
public struct Account: Sendable {
  public let client: PartnerCenterClient
  let logger: Logger

  public init(client: PartnerCenterClient, logger: Logger) {
    self.client = client
    self.logger = logger
  }

  /// Opens the way to the service as the settings say, lends it to `body`, and closes it whatever happens.
  public static func with<Result: Sendable>(
    _ settings: Settings, logger: Logger, body: (Account) async throws -> Result
  ) async throws -> Result {
    try await HTTPTransport.withTransport(try settings.transport, logger: logger) { http in
      let policy = Retry.Policy(
        attemptsMax: settings.attemptsMax, restFirst: .milliseconds(settings.restMillisecondsFirst))
      let paced = PacedTransport(
        next: http, budget: RateBudget(callsPerMinute: settings.callsPerMinute), logger: logger)
      let transport = RetryingTransport(next: paced, policy: policy, logger: logger)
      let client = PartnerCenterClient(transport: transport, pageSize: settings.pageSize, logger: logger)
      return try await body(Account(client: client, logger: logger))
    }
  }

  /// One question and its answer; what was remarkable about the answer goes to the log.
  public func reading<Value: Sendable>(
    _ ask: (PartnerCenterClient) async throws -> Decoded<Value>
  ) async throws -> Value {
    let decoded = try await ask(client)
    note(decoded.notes)
    return decoded.value
  }

  /// Members that count as not printed are worth a line; unknown ones and mended bodies only for who looks closely.
  func note(_ notes: DecodingNotes) {
    func note(_ level: Logger.Level, _ kind: String, _ counts: [String: Int]) {
      for (subject, count) in counts.sorted(by: { $0.key < $1.key }) {
        logger.log(
          level: level, "something was read that this build does not know or had to mend",
          metadata: ["what": "\(kind)", "where": "\(subject)", "times": "\(count)"])
      }
    }
    note(.notice, "date not understood", notes.unreadableDates)
    note(.notice, "another type than documented", notes.wrongTypes)
    note(.info, "unknown member", notes.unknownMembers)
    note(.info, "mended", notes.repairs)
  }
}

extension Settings {
  /// How the service is reached, and as whom.
  var transport: HTTPTransport.Configuration {
    get throws {
      guard let credentials else { throw Stop.noCredentials }
      return HTTPTransport.Configuration(
        addresses: try addresses, credentials: credentials, readMax: .seconds(readSecondsMax),
        answerMax: .seconds(bodySecondsMax), onRefreshToken: onRefreshToken)
    }
  }
}
