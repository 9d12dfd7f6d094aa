public import Billing
import Logging

extension PartnerCenterClient {
  /// Exports lines and hands out the manifest and then each file, compressed as it came (contract §11).
  ///
  /// Files are handed out as they come, so that a large export is never in memory as a whole. It may turn out later that
  /// the data changed meanwhile; then everything comes again. So **a body with the key `manifest` begins a round: drop
  /// every file before the last one of them**, and use nothing when an error is thrown. An export that has no data is a
  /// manifest without files.
  ///
  /// - Parameters:
  ///   - isWhole: Whether a file unpacks to its end; one that does not is fetched again.
  ///   - sleep: Takes the rests between questions; in a replay, nothing needs to be waited for.
  /// - Returns: The manifest of the last round.
  /// - Throws: `ExportFailure`, and what every call throws.
  @discardableResult
  public func export(
    _ job: ExportJob, patience: Exporting.Patience = Exporting.Patience(),
    isWhole: @escaping @Sendable ([UInt8]) -> Bool = { _ in true },
    sleep: (Duration) async throws -> Void = { try await Task.sleep(for: $0) }, each: Handler
  ) async throws -> ExportManifest {
    var exporting = Exporting(job, patience: patience, isWhole: isWhole)
    while let request = exporting.request {
      if exporting.rest > .zero { try await sleep(exporting.rest) }
      let response = try await transport.answer(to: request)
      let event = try exporting.record(response)
      logger.debug(
        "step of an export",
        metadata: [
          "job": "\(job)", "target": "\(request.target)", "status": "\(response.status)", "rest": "\(exporting.rest)",
        ])
      switch event {
      case .passed: break
      case .manifest(let key), .file(let key):
        try await each(FetchedBody(key: key, request: request, response: response))
      }
    }
    return exporting.manifest ?? .noData
  }
}
