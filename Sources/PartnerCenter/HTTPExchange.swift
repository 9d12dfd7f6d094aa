import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOHTTPCompression

/// One HTTP request and its whole answer, within a deadline.
///
/// `execute(timeout:)` of the client underneath ends at the head of the answer, and its read time-out starts anew with
/// every byte, so a body that trickles would never end: the whole exchange races against a deadline of its own.
struct HTTPExchange: Sendable {
  struct Limits: Hashable, Sendable {
    var connectMax: Duration = .seconds(10)
    /// Longest silence.
    var readMax: Duration = .seconds(60)
    /// From the first byte sent to the last received.
    var wholeMax: Duration = .seconds(300)
    var bodyBytesMax = 512 << 20
  }

  private let client: HTTPClient
  private let limits: Limits

  init(_ limits: Limits) {
    var configuration = HTTPClient.Configuration(
      // A redirect would carry the token to an address nobody configured.
      redirectConfiguration: .disallow,
      timeout: .init(connect: limits.connectMax.timeAmount, read: limits.readMax.timeAmount),
      // Our own limit, on the bytes collected, speaks first.
      decompression: .enabled(limit: .size(limits.bodyBytesMax * 2)))
    configuration.httpVersion = .http1Only
    // Retrying is decided in one place only.
    configuration.connectionPool.retryConnectionEstablishment = false
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    self.limits = limits
  }

  func shutdown() async throws { try await client.shutdown() }

  /// - Parameter target: What the sentence of a failure names; the URL may say more than it should.
  func answer(to request: HTTPClientRequest, target: String) async throws -> APIResponse {
    // A task that sleeps stays in memory until the time is over, also when it is cancelled: with a hundred thousand calls
    // within one deadline that is a lot. An alarm of the loop is gone when it is taken back.
    let alarm = client.eventLoopGroup.any().scheduleTask(in: limits.wholeMax.timeAmount) {}
    return try await withThrowingTaskGroup(of: APIResponse.self) { group in
      group.addTask { try await collect(request, target: target) }
      group.addTask {
        try await alarm.futureResult.get()
        throw TransportFailure(.timedOut, target: target, detail: "not whole after \(limits.wholeMax)")
      }
      defer {
        alarm.cancel()
        group.cancelAll()
      }
      guard let first = try await group.next() else { throw CancellationError() }
      return first
    }
  }

  private func collect(_ request: HTTPClientRequest, target: String) async throws -> APIResponse {
    let head: HTTPClientResponse
    do {
      head = try await client.execute(request, timeout: limits.wholeMax.timeAmount)
    } catch {
      throw Self.failure(error, otherwise: .connection, target: target)
    }
    var body: [UInt8] = []
    do {
      for try await part in head.body {
        guard body.count + part.readableBytes <= limits.bodyBytesMax else {
          throw TransportFailure(.bodyTooLarge, target: target, detail: "limit \(limits.bodyBytesMax) bytes")
        }
        body.append(contentsOf: part.readableBytesView)
      }
    } catch {
      throw Self.failure(error, otherwise: .bodyIncomplete, target: target)
    }
    return APIResponse(status: Int(head.status.code), headers: Self.folded(head.headers), body: body)
  }

  /// Names in lower case; what described the body on its way no longer does.
  private static func folded(_ headers: HTTPHeaders) -> [String: String] {
    var folded: [String: String] = [:]
    for (name, value) in headers {
      let name = name.lowercased()
      guard !["content-encoding", "content-length", "transfer-encoding", "set-cookie"].contains(name) else { continue }
      folded[name] = folded[name].map { "\($0),\(value)" } ?? value
    }
    return folded
  }

  private static func failure(_ error: any Error, otherwise: TransportFailure.Kind, target: String) -> any Error {
    switch error {
    case is CancellationError, is TransportFailure: return error
    case let error as HTTPClientError:
      if error == .cancelled { return CancellationError() }
      let isTimeOut = timeOuts.contains(error)
      // The short description has no header values in it.
      return TransportFailure(isTimeOut ? .timedOut : otherwise, target: target, detail: error.shortDescription)
    default:
      return TransportFailure(otherwise, target: target, detail: String("\(error)".prefix(200)))
    }
  }

  private static let timeOuts: [HTTPClientError] = [
    .readTimeout, .writeTimeout, .deadlineExceeded, .connectTimeout, .tlsHandshakeTimeout,
    .getConnectionFromPoolTimeout,
  ]
}

extension Duration {
  var timeAmount: TimeAmount {
    let (seconds, attoseconds) = components
    return .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }
}
