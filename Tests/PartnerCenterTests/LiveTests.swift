import Billing
import Logging
import PartnerCenter
import PartnerCenterEmulator
import Synchronization
import Testing
import Wire

/// The client over real sockets against the emulator, with one thing going wrong at a time.
@Suite("Over a socket")
struct LiveTests {
  private static let tenant = "6f5e4d3c-2b1a-4000-8000-0123456789ab"

  /// One invoice of 25 lines, served in pages of 10.
  private static var world: ServedWorld {
    var world = ServedWorld(asOf: 1_742_428_800, partnerTenant: tenant, pageSizeMaximum: 10)
    world.summary = #"{"balanceAmount":12.50,"currencyCode":"EUR"}"#
    world.summaries = [world.summary]
    world.invoices = [.init(id: "G1", json: #"{"id":"G1"}"#)]
    world.lines[.init(invoice: "G1", provider: "onetime", lineItemType: "billinglineitems")] = (0..<25).map {
      #"{"productName":"line \#($0)","subtotal":16.00}"#
    }
    return world
  }

  /// Counts items over kept pages, and naps.
  private final class Notes: Sendable {
    private let state = Mutex((items: [Int](), naps: [Duration]()))
    var items: [Int] { state.withLock { $0.items } }
    var naps: [Duration] { state.withLock { $0.naps } }
    func add(items: Int) { state.withLock { $0.items.append(items) } }
    func add(nap: Duration) { state.withLock { $0.naps.append(nap) } }
  }

  /// Runs `body` with a client of the emulated service; naps are written down and not taken.
  private func serve(
    _ emulated: Emulator.Configuration = .init(), secret: String? = nil, hasUser: Bool = true,
    attemptsMax: Int = 3, adjust: (inout HTTPTransport.Configuration) -> Void = { _ in },
    body: (PartnerCenterClient, Notes) async throws -> Void
  ) async throws {
    let notes = Notes()
    try await Emulator.withServer(world: Self.world, configuration: emulated) { address in
      let base = try ServiceAddress(address, option: "--api-url")
      let credentials = Credentials(
        tenant: Self.tenant, clientID: emulated.clientID,
        clientSecret: try #require(Secret(secret ?? emulated.clientSecret)),
        refreshToken: hasUser ? Secret(emulated.refreshToken) : nil)
      var configuration = HTTPTransport.Configuration(
        addresses: ServiceAddresses(api: base, signIn: base), credentials: credentials)
      adjust(&configuration)
      try await HTTPTransport.withTransport(configuration, logger: Logger(label: "test")) { transport in
        let retrying = RetryingTransport(
          next: transport, policy: Retry.Policy(attemptsMax: attemptsMax), logger: Logger(label: "test"),
          sleep: { notes.add(nap: $0) }, random: { 0 })
        try await body(PartnerCenterClient(transport: retrying), notes)
      }
    }
  }

  private func readLines(_ client: PartnerCenterClient, _ notes: Notes) async throws {
    try await client.lineItems(
      invoice: try #require(InvoiceID("G1")), currency: try #require(Currency("EUR")),
      set: LineSet(provider: "one_time", isUsage: false)
    ) { body in notes.add(items: try Wire.collectionHead(body.response.body).itemCount) }
  }

  @Test("reads every page to the end")
  func whole() async throws {
    try await serve { client, notes in
      try await readLines(client, notes)
      #expect(notes.items == [10, 10, 5])
      #expect(notes.naps.isEmpty)
    }
  }

  @Test("signs in again when a token dies in mid-run")
  func renewal() async throws {
    try await serve(.init(tokenCallsMax: 2)) { client, notes in
      try await readLines(client, notes)
      try await client.summary { _ in }
      #expect(notes.items == [10, 10, 5])
      #expect(notes.naps.isEmpty)
    }
  }

  @Test("takes a second refusal of the token for an answer")
  func refusedTwice() async throws {
    let fault = Fault(pathContains: "/summary", times: 2, kind: .status(401))
    try await serve(.init(faults: [fault])) { client, _ in
      let error = await #expect(throws: ServiceRefusal.self) { try await client.summary { _ in } }
      #expect(error?.status == 401)
    }
  }

  @Test("asks again for a body that was cut, ended in the middle or goes on behind its end")
  func incomplete() async throws {
    let faults = [
      Fault(pathContains: "lineitems", kind: .cutBody),
      Fault(pathContains: "lineitems", passes: 1, kind: .truncatedJSON),
      Fault(pathContains: "lineitems", passes: 1, kind: .edited { $0 + "}" }),
    ]
    try await serve(.init(faults: faults)) { client, notes in
      try await readLines(client, notes)
      #expect(notes.items == [10, 10, 5])
      #expect(notes.naps.count == 3)
    }
  }

  @Test("says that a body is not whole when it never comes whole", arguments: [true, false])
  func neverComplete(isCut: Bool) async throws {
    let fault = Fault(pathContains: "lineitems", times: 9, kind: isCut ? .cutBody : .truncatedJSON)
    try await serve(.init(faults: [fault])) { client, notes in
      let failure = await #expect(throws: TransportFailure.self) { try await readLines(client, notes) }
      #expect(failure?.kind == .bodyIncomplete)
      #expect(notes.naps.count == 2)
      #expect(notes.items.isEmpty)
    }
  }

  @Test(
    "gives up on a body that stalls, by silence or by the deadline of the whole answer", .timeLimit(.minutes(2)),
    arguments: [true, false])
  func stalled(isSilence: Bool) async throws {
    let fault = Fault(pathContains: "lineitems", kind: .stalledBody(.seconds(600)))
    try await serve(
      .init(faults: [fault]), attemptsMax: 1,
      adjust: {
        $0.readMax = isSilence ? .seconds(3) : .seconds(60)
        $0.answerMax = isSilence ? .seconds(60) : .seconds(3)
      }
    ) { client, notes in
      let failure = await #expect(throws: TransportFailure.self) { try await readLines(client, notes) }
      #expect(failure?.kind == .timedOut)
    }
  }

  @Test("rests as long as a throttling service asks")
  func throttled() async throws {
    let fault = Fault(pathContains: "lineitems", passes: 1, kind: .status(429, retryAfterSeconds: 57))
    try await serve(.init(faults: [fault])) { client, notes in
      try await readLines(client, notes)
      #expect(notes.items == [10, 10, 5])
      #expect(notes.naps == [.seconds(57)])
    }
  }

  @Test("refuses a body that is larger than accepted, and does not ask for it again")
  func tooLarge() async throws {
    // A token answer has some 400 bytes, a page some 800.
    try await serve(adjust: { $0.bodyBytesMax = 600 }) { client, notes in
      let failure = await #expect(throws: TransportFailure.self) { try await readLines(client, notes) }
      #expect(failure?.kind == .bodyTooLarge)
      #expect(failure?.description.hasSuffix("(limit 600 bytes). Ask for smaller pages.") == true)
      #expect(notes.naps.isEmpty)
    }
  }

  @Test("a refused sign-in is an error in words, not retried, and shows no secret")
  func signInRefused() async throws {
    try await serve(secret: "wrong-secret") { client, notes in
      let error = await #expect(throws: SignInError.self) { try await client.summary { _ in } }
      #expect(error?.description.contains("AADSTS7000215") == true)
      #expect(error?.description.contains("wrong-secret") == false)
      #expect(notes.naps.isEmpty)
    }
  }

  @Test("a call that takes a user says so when there is none, and app-only calls go on working")
  func userMissing() async throws {
    try await serve(hasUser: false) { client, _ in
      await #expect(throws: SignInError.userMissing(target: "/v1/invoices/summaries")) {
        try await client.summaries { _ in }
      }
      try await client.summary { _ in }
    }
  }

  @Test("a busy sign-in service is asked again")
  func signInBusy() async throws {
    let fault = Fault(pathContains: "oauth2/token", kind: .status(503, retryAfterSeconds: 7))
    try await serve(.init(faults: [fault])) { client, notes in
      try await client.summaries { _ in }
      #expect(notes.naps == [.seconds(7)])
    }
  }

  @Test("nobody at the address is a failure in words")
  func nobody() async throws {
    let base = try ServiceAddress("http://127.0.0.1:1", option: "--api-url")
    let credentials = Credentials(tenant: "t", clientID: "c", clientSecret: try #require(Secret("s")))
    let configuration = HTTPTransport.Configuration(
      addresses: ServiceAddresses(api: base, signIn: base), credentials: credentials)
    try await HTTPTransport.withTransport(configuration, logger: Logger(label: "test")) { transport in
      let failure = await #expect(throws: TransportFailure.self) {
        try await transport.answer(to: APIRequest(.get, "/v1/invoices/summary"))
      }
      #expect(failure?.kind == .signIn)
      #expect(failure?.isTransient == true)
      #expect(failure?.description.hasPrefix("The sign-in service gave no answer (") == true)
    }
  }
}
