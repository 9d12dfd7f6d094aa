import Hummingbird
import Logging
import NIOCore

/// The Partner Center API as an HTTP server on 127.0.0.1 over a world that is served as it is.
///
/// Sign-in and API share one address: `POST /{tenant}/oauth2/token` and nearly everything else below `/v1`; exports and
/// price lists have paths of their own.
public struct Emulator: Sendable {
  /// The only address the emulator listens on.
  public static let host = "127.0.0.1"

  let configuration: Configuration
  let serving: Serving
  private let signIn: SignIn
  private let faults: FaultCounter
  private let detours = Detours()

  public init(world: ServedWorld, configuration: Configuration = Configuration()) {
    self.configuration = configuration
    serving = Serving(Service(world, configuration))
    signIn = SignIn(tenant: world.partnerTenant, configuration: configuration)
    faults = FaultCounter(configuration.faults)
  }

  /// Serves until its task is cancelled.
  ///
  /// - Throws: A sentence that names the port when it cannot be listened on.
  /// - Parameter onListening: Called once with the base address, such as `http://127.0.0.1:8080`.
  public func run(onListening: @escaping @Sendable (_ baseURL: String) -> Void = { _ in }) async throws {
    var logger = Logger(label: "partner-center-emulator")
    logger.logLevel = .critical
    let port = configuration.port
    let application = Application(
      responder: CallbackResponder<BasicRequestContext> { request, _ in await respond(to: request) },
      configuration: ApplicationConfiguration(address: .hostname(Self.host, port: port)),
      onServerRunning: { channel in
        onListening("http://\(Self.host):\(channel.localAddress?.port ?? port)")
      },
      logger: logger)
    do {
      try await application.run()
    } catch {
      if !Task.isCancelled { throw NotListening(port: port, reason: "\(error)") }
    }
  }

  /// Serves a world while `body` runs, on a port of the machine's choice, and stops when it returns or throws.
  public static func withServer<Result>(
    world: ServedWorld, configuration: Configuration = Configuration(), body: (_ baseURL: String) async throws -> Result
  ) async throws -> Result {
    let emulator = Emulator(world: world, configuration: configuration)
    let (addresses, listening) = AsyncStream.makeStream(of: String.self)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        defer { listening.finish() }
        try await emulator.run { listening.yield($0) }
      }
      var iterator = addresses.makeAsyncIterator()
      guard let address = await iterator.next() else {
        try await group.waitForAll()
        throw CancellationError()
      }
      defer { group.cancelAll() }
      return try await body(address)
    }
  }

  struct NotListening: Error, CustomStringConvertible {
    var port: Int
    var reason: String
    var description: String {
      "The emulator cannot listen on \(host):\(port) (\(reason)). Choose another port; 0 takes a free one."
    }
  }

  /// Answers one request: the fault that waits for it, else what the sign-in or the API says.
  private func respond(to request: Request) async -> Response {
    let headers = Dictionary(
      request.headers.map { ($0.name.canonicalName, $0.value) }, uniquingKeysWith: { first, _ in first })
    var call = Call(method: request.method.rawValue, target: request.head.path ?? "/", headers: headers)
    call.headers["host"] = request.head.authority
    configuration.witness?.note(call)
    if call.path.first?.lowercased() == "emulator" { return control(call).response(with: nil) }
    let fault = faults.next(for: call)
    var answer: Answer
    do throws(Refusal) {
      if let refusal = fault?.refusal { throw refusal }
      if case .reissued(let invoice, let amount) = fault { serving.reissue(invoice, by: amount) }
      call = detours.redirected(call)
      answer = try await self.answer(to: &call, body: request.body)
      if case .page(let page) = fault { answer = try spoiling(answer, by: page, call) }
    } catch {
      answer = error.answer
    }
    if let fault { answer = fault.spoiling(answer) }
    answer.headers += call.echo
    return answer.response(with: answer.isLost ? .cutBody : fault)
  }

  private func spoiling(_ answer: Answer, by page: Fault.Page, _ call: Call) throws(Refusal) -> Answer {
    try detours.spoiling(answer, by: page, call) { (other) throws(Refusal) -> Answer in
      try serving.now.answer(to: other, kind: other.credential == .appAndUser ? .appAndUser : .app)
    }
  }

  private func answer(to call: inout Call, body: RequestBody) async throws(Refusal) -> Answer {
    let words = call.path.map { $0.lowercased() }
    if call.method == "POST", words.count == 3, words[1...] == ["oauth2", "token"] {
      guard let form = try? await body.collect(upTo: 1 << 16) else { throw .invalidRequest }
      return try signIn.answer(tenant: call.path[0], form: Call.fields(String(buffer: form), isForm: true))
    }
    if call.method != "GET" {
      guard let bytes = try? await body.collect(upTo: 1 << 20) else { throw .invalidRequest }
      call.body = String(buffer: bytes)
    }
    if let answer = try serving.now.answer(outsidePartnerCenter: call, signIn) { return answer }
    return try serving.now.answer(to: call, kind: signIn.kind(of: call.headers["authorization"]))
  }
}
