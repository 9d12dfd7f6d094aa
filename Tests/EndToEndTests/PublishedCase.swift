import Billing
import Foundation
import PartnerCenter
import Synchronization
import Testing
import Wire

/// Published samples and the client's public calls for them.
struct PublishedCase: Sendable, CustomTestStringConvertible {
  /// A sentence.
  let name: String
  /// As in the index, without `.json`.
  let samples: [String]
  let check: @Sendable (PublishedTalk) async throws -> Void

  var testDescription: String { name }

  init(_ name: String, _ samples: [String], check: @escaping @Sendable (PublishedTalk) async throws -> Void) {
    self.name = name
    self.samples = samples
    self.check = check
  }
}

/// One conversation of the client with a server of samples, over a socket.
final class PublishedTalk: Sendable {
  let server: SampleServer
  let transport: HTTPTransport
  private let remarks = Mutex<DecodingNotes?>(nil)

  init(_ server: SampleServer, _ transport: HTTPTransport) {
    self.server = server
    self.transport = transport
  }

  var client: PartnerCenterClient { PartnerCenterClient(transport: transport) }
  var notes: DecodingNotes { remarks.withLock { $0 } ?? DecodingNotes() }
  /// Whether anything was decoded.
  var hasRead: Bool { remarks.withLock { $0 } != nil }

  /// The value; what was remarkable about it is kept for the end.
  func known<Value>(_ decoded: Decoded<Value>) -> Value {
    remarks.withLock { $0 = ($0 ?? DecodingNotes()).merged(with: decoded.notes) }
    return decoded.value
  }

  /// The bodies the client hands out, page by page.
  func bodies(
    _ ask: (PartnerCenterClient, PartnerCenterClient.Handler) async throws -> Void
  ) async throws -> [[UInt8]] {
    var bodies: [[UInt8]] = []
    try await ask(client) { body in
      if !body.repeats { bodies.append(body.response.body) }
    }
    return bodies
  }

  /// A sample that travels to nobody: a request the client does not send, or a message it does not get.
  func sample(_ name: String) throws -> [UInt8] { try server.body(of: name) }

  /// Compares what was sent last with a published request, as JSON values.
  func expectSent(_ name: String, without member: String? = nil) throws {
    let request = try #require(server.asked.last { !$0.body.isEmpty }, "nothing was sent")
    let sent = try JSONDecoder().decode(PlainJSON.self, from: Data(request.body))
    let published = try JSONDecoder().decode(PlainJSON.self, from: Data(try sample(name)))
    #expect(sent.without(member) == published.without(member))
    let line = try #require(try PublishedSample.named([name]).first).request
    let shape = PublishedShape(request.method, target: request.target)
    #expect(PublishedShape(line).match(shape) != nil, "\(line) is asked as \(request.method) \(request.target)")
  }

  /// Whether each call came with the token of the application or of a user: contract §2.2.
  func expectTokens(_ expected: [APIRequest.Credentials]) {
    let tokens: [APIRequest.Credentials: String] = [.app: "value-has-been-removed", .appAndUser: "AccessTokenValue"]
    #expect(server.asked.map { $0.headers["authorization"] } == expected.map { tokens[$0].map { "Bearer \($0)" } })
  }

  /// An id that is one.
  func id<Kind>(_ text: String) throws -> Identifier<Kind> { try #require(Identifier<Kind>(text)) }
}

extension DecodingNotes {
  fileprivate func merged(with other: DecodingNotes) -> DecodingNotes {
    var all = self
    all.merge(other)
    return all
  }
}

/// JSON as the service compares it: names in any case, and what is null or empty is not there (contract §4).
private indirect enum PlainJSON: Equatable, Decodable {
  case text(String)
  case number(Decimal)
  case flag(Bool)
  case list([PlainJSON])
  case object([String: PlainJSON])
  case null

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Decimal.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([PlainJSON].self) {
      self = .list(list)
    } else {
      let members = try container.decode([String: PlainJSON].self)
      self = .object(
        Dictionary(members.map { ($0.lowercased(), $1) }, uniquingKeysWith: { $1 })
          .filter { $0.value != .null && $0.value != .object([:]) })
    }
  }

  func without(_ name: String?) -> PlainJSON {
    switch self {
    case .object(let members):
      .object(members.filter { $0.key != name }.mapValues { $0.without(name) })
    case .list(let elements): .list(elements.map { $0.without(name) })
    default: self
    }
  }
}
