import Logging
import PartnerCenter
import Synchronization
import Testing

@Suite("Bytes on the wire")
struct BytesOnTheWireTests {
  private static let summary = #"{"balanceAmount":12.50,"currencyCode":"EUR","details":[]}"#
  /// `summary`, as `gzip -9` packs it.
  private static let packed: [UInt8] = [
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xab, 0x56, 0x4a, 0x4a, 0xcc, 0x49, 0xcc, 0x4b,
    0x4e, 0x75, 0xcc, 0xcd, 0x2f, 0xcd, 0x2b, 0x51, 0xb2, 0x32, 0x34, 0xd2, 0x33, 0x35, 0xd0, 0x51, 0x4a, 0x2e,
    0x2d, 0x2a, 0x4a, 0xcd, 0x4b, 0xae, 0x74, 0xce, 0x4f, 0x49, 0x55, 0xb2, 0x52, 0x72, 0x0d, 0x0d, 0x52, 0xd2,
    0x51, 0x4a, 0x49, 0x2d, 0x49, 0xcc, 0xcc, 0x29, 0x56, 0xb2, 0x8a, 0x8e, 0xad, 0x05, 0x00, 0xc3, 0x00, 0x78,
    0xc2, 0x39, 0x00, 0x00, 0x00,
  ]

  /// With one bit of the middle flipped.
  private static var damaged: [UInt8] {
    var bytes = packed
    bytes[40] ^= 1
    return bytes
  }

  /// Asks for the summary once; the first answer is a token.
  private func ask(
    _ answers: [[UInt8]], continuationToken: String? = nil
  ) async throws -> (outcome: Result<APIResponse, any Error>, requests: [String]) {
    let server = try CannedServer([CannedServer.token] + answers)
    defer { server.stop() }
    let base = try ServiceAddress(server.address, option: "--api-url")
    let credentials = Credentials(
      tenant: "contoso.example", clientID: "client-1", clientSecret: try #require(Secret("s&cret=1")))
    let configuration = HTTPTransport.Configuration(
      addresses: ServiceAddresses(api: base, signIn: base), credentials: credentials, correlationID: "run-1",
      readMax: .seconds(5))
    let outcome = try await HTTPTransport.withTransport(configuration, logger: Logger(label: "test")) { transport in
      do {
        let request = APIRequest(.get, "/v1/invoices/summary", continuationToken: continuationToken)
        return Result<APIResponse, any Error>.success(try await transport.answer(to: request))
      } catch {
        return .failure(error)
      }
    }
    return (outcome, server.requests)
  }

  @Test("carry the headers of contract §3.1, and the token verbatim")
  func headers() async throws {
    let answers = [CannedServer.answer(Self.summary)]
    let (outcome, requests) = try await ask(answers, continuationToken: "d19617b8,0705/80/x=")
    #expect(try outcome.get().body == Array(Self.summary.utf8))
    #expect(requests.count == 2)
    #expect(requests[0].hasPrefix("POST /contoso.example/oauth2/token HTTP/1.1\r\n"))
    #expect(requests[0].hasSuffix("&client_id=client-1&client_secret=s%26cret%3D1"))
    let lines = requests[1].split(separator: "\r\n").map(String.init)
    #expect(lines.first == "GET /v1/invoices/summary HTTP/1.1")
    for line in [
      "Authorization: Bearer opaque-token-1", "Accept: application/json", "Accept-Encoding: gzip",
      "MS-CorrelationId: run-1", "X-Locale: en-US", "MS-PartnerCenter-Application: tieout",
      "MS-ContinuationToken: d19617b8,0705/80/x=",
    ] {
      #expect(lines.contains { $0.lowercased() == line.lowercased() }, "\(line)")
    }
    #expect(lines.contains { $0.lowercased().hasPrefix("ms-requestid: ") && $0.utf8.count == 14 + 36 })
  }

  @Test("are unpacked, and the headers no longer say they are packed")
  func gzip() async throws {
    let answers = [CannedServer.answer(Self.packed, headers: ["Content-Encoding: gzip", "MS-CV: abc"])]
    let response = try await ask(answers).outcome.get()
    #expect(response.body == Array(Self.summary.utf8))
    #expect(response.headers["content-encoding"] == nil)
    #expect(response.headers["ms-cv"] == "abc")
  }

  @Test(
    "that are not whole do not count",
    arguments: [
      // A length that is too small makes half a document look complete.
      CannedServer.answer(summary, length: 30),
      CannedServer.answer(summary, length: 90),
      CannedServer.answer(Array(packed.dropLast(20)), headers: ["Content-Encoding: gzip"]),
      CannedServer.answer(damaged, headers: ["Content-Encoding: gzip"]),
      CannedServer.answer("<html>Bad gateway</html>"),
      CannedServer.answer(""),
    ])
  func incomplete(answer: [UInt8]) async throws {
    let failure = #expect(throws: TransportFailure.self, performing: try await ask([answer]).outcome.get)
    #expect(failure?.kind == .bodyIncomplete)
    #expect(failure?.isTransient == true)
    #expect(failure?.description.hasPrefix("The answer to /v1/invoices/summary is not whole (") == true)
  }

  @Test("of a redirect are an answer, not an order: the token goes nowhere else")
  func redirect() async throws {
    let answer = CannedServer.answer("", status: "302 Found", headers: ["Location: http://127.0.0.1:1/elsewhere"])
    let (outcome, requests) = try await ask([answer])
    #expect(try outcome.get().status == 302)
    #expect(requests.count == 2)
  }
}
