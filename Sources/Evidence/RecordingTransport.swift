public import PartnerCenter

/// Writes down every answer on its way, and every attempt that failed.
///
/// It hands on what the archive holds, not what came: so a run and its replay see the same bytes. It belongs below the
/// layer that retries and above the one that signs in, which keeps tokens away from it.
public struct RecordingTransport: Transport {
  private let next: any Transport
  private let recorder: RunRecorder
  private let itemCount: @Sendable ([UInt8]) -> Int?

  /// - Parameter itemCount: how many items a body holds, or `nil` when it is no collection; asked for successes only.
  public init(
    next: any Transport, recorder: RunRecorder, itemCount: @escaping @Sendable ([UInt8]) -> Int? = { _ in nil }
  ) {
    self.next = next
    self.recorder = recorder
    self.itemCount = itemCount
  }

  public func answer(to request: APIRequest) async throws -> APIResponse {
    let response: APIResponse
    do { response = try await next.answer(to: request) } catch {
      try recorder.record(request, failure: "\(error)")
      throw error
    }
    return try recorder.record(request, response, count: itemCount)
  }
}
