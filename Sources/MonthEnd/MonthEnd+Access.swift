import Billing
public import PartnerCenter

extension MonthEnd {
  /// Signs in for every family of calls and reads once with each token: which calls work, and what to do about the others.
  ///
  /// Nothing is archived and nothing is decided. A new refresh token that comes meanwhile is kept as in a run.
  public func checkAccess() async throws -> [AccessFinding] {
    try await HTTPTransport.withTransport(try settings.transport, logger: logger) { http in
      let policy = Retry.Policy(
        attemptsMax: settings.attemptsMax, restFirst: .milliseconds(settings.restMillisecondsFirst))
      let transport = RetryingTransport(next: http, policy: policy, logger: logger)
      var findings: [AccessFinding] = []
      for probe in AccessProbe.all(on: settings.asOf.day) {
        findings.append(try await probe.finding(through: transport))
      }
      return findings
    }
  }
}

extension [AccessFinding] {
  /// Whether everything works that a run needs.
  public var sufficesForRun: Bool { allSatisfy { $0.works || !$0.probe.isNeeded } }
}

extension Settings {
  /// Where a transport tells of new refresh tokens.
  var onRefreshToken: (@Sendable (IssuedRefreshToken) async -> Void)? {
    guard let keeper = refreshTokenKeeper else { return nil }
    return { issued in await keeper.keep(issued) }
  }
}
