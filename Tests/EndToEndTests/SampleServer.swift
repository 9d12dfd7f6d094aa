import Foundation
import PartnerCenter
import Synchronization

/// A server that knows nothing but published samples: what is asked in the shape of a sample's request line gets it.
///
/// Samples with the same line are served one after the other. One whose line says “any” comes before all others, once.
final class SampleServer: Sendable {
  private struct State {
    var used: Set<String> = []
    var unexpected: [String] = []
    var hasSeasoned = false
  }

  private struct Served: Sendable {
    var sample: PublishedSample
    var shape: PublishedShape
    var body: [UInt8]
  }

  /// A member nobody has documented.
  static let unheard = "neverHeardOf"

  private let server: LoopbackServer
  private let names: Set<String>
  private let isSeasoned: Bool
  private let state: StateBox

  private final class StateBox: Sendable {
    let state = Mutex(State())
  }

  /// - Parameters:
  ///   - names: As in the index, without `.json`.
  ///   - isSeasoned: Whether every resource gets a member more than was published.
  init(_ names: [String], isSeasoned: Bool = false) throws {
    let samples = try PublishedSample.named(names)
    let box = StateBox()
    // Whoever brings no token of its own signs in with the usual two.
    let tokens = try PublishedSample.named(["token.app-only", "token.refresh-token"])
    let served = try (samples + tokens).map {
      Served(sample: $0, shape: PublishedShape($0.request), body: try $0.body())
    }
    state = box
    self.names = Set(names)
    self.isSeasoned = isSeasoned
    server = try LoopbackServer { request in Self.answer(to: request, from: served, box, isSeasoned) }
  }

  var address: String { server.address }
  var asked: [LoopbackServer.Request] { server.asked.filter { !$0.target.contains("/oauth2/token") } }
  /// The samples that no request has met.
  var unused: Set<String> { state.state.withLock { names.subtracting($0.used) } }
  /// Requests that no sample answers.
  var unexpected: [String] { state.state.withLock { $0.unexpected } }

  /// Whether a member was added anywhere.
  var hasSeasoned: Bool { state.state.withLock { $0.hasSeasoned } }

  /// A sample that travels to nobody, with the added members where they are added.
  func body(of name: String) throws -> [UInt8] {
    guard let sample = try PublishedSample.named([name]).first else { return [] }
    let served = Served(sample: sample, shape: PublishedShape(sample.request), body: try sample.body())
    return state.state.withLock { Self.use(served, &$0, isSeasoned: isSeasoned && !sample.isRequest).body }
  }

  func stop() { server.stop() }

  private static func answer(
    to request: LoopbackServer.Request, from served: [Served], _ box: StateBox, _ isSeasoned: Bool
  ) -> LoopbackServer.Answer {
    let target = PublishedShape(request.method, target: request.target)
    if request.target.hasSuffix("/oauth2/token") { return token(request, from: served, box) }
    return box.state.withLock { state in
      let anything = served.first {
        $0.shape.isAnything && $0.sample.kind == "response" && !state.used.contains($0.sample.name)
      }
      if let anything { return use(anything, &state) }
      var found: [(served: Served, words: Int)] = []
      var isOtherPage = false
      for served in served where served.sample.kind != "webhook" && !served.shape.isAnything {
        switch served.shape.match(target) {
        case .same(let words): found.append((served, words))
        case .otherPage: isOtherPage = true
        case nil: break
        }
      }
      let answers = found.filter { !$0.served.sample.isRequest }
      let words = answers.map(\.words).max()
      let best = answers.filter { $0.words == words }.map(\.served)
      if let first = best.first(where: { !state.used.contains($0.sample.name) }) ?? best.last {
        return use(first, &state, isSeasoned: isSeasoned)
      }
      // Past the last page of a list that is read by offset; and calls that are only accepted.
      if isOtherPage { return .init(body: Array(#"{"totalCount":0,"items":[]}"#.utf8)) }
      if let place = found.first?.served.sample.headers["Location"] {
        return .init(status: 202, headers: ["Location": place])
      }
      if let anything = served.last(where: { $0.shape.isAnything && $0.sample.kind == "response" }) {
        return use(anything, &state)
      }
      state.unexpected.append("\(request.method) \(request.target)")
      return .init(status: 404, body: Array(#"{"code":"1000","description":"Not published."}"#.utf8))
    }
  }

  private static func use(
    _ served: Served, _ state: inout State, isSeasoned: Bool = false
  ) -> LoopbackServer.Answer {
    state.used.insert(served.sample.name)
    let body = isSeasoned ? seasoned(served.body) : served.body
    state.hasSeasoned = state.hasSeasoned || body != served.body
    return .init(status: served.sample.status ?? 200, headers: served.sample.headers, body: body)
  }

  /// The document with one more member in its root and in each element of its lists.
  private static func seasoned(_ body: [UInt8]) -> [UInt8] {
    let lines = String(decoding: body, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    // The samples have one member to a line, so a brace that stands alone opens a root or an element.
    return Array(
      lines.map { line in
        line.drop { $0 == " " } == "{" ? "\(line) \"\(unheard)\": {\"a\": [1, \"2\"]}," : String(line)
      }.joined(separator: "\n").utf8)
  }

  /// The first token that fits the kind of sign-in.
  private static func token(
    _ request: LoopbackServer.Request, from served: [Served], _ box: StateBox
  ) -> LoopbackServer.Answer {
    let isApp = String(decoding: request.body, as: UTF8.self).contains("grant_type=client_credentials")
    let found = served.first { served in
      served.sample.name.hasPrefix("token.") && (served.sample.name == "token.app-only") == isApp
    }
    guard let found else { return .init(status: 500) }
    return box.state.withLock { use(found, &$0) }
  }
}

extension SampleServer {
  /// Lends the real client's transport, signed in here.
  func withTransport(_ body: (HTTPTransport) async throws -> Void) async throws {
    defer { stop() }
    let base = try ServiceAddress(address, option: "the test server")
    guard let secret = Secret("client-secret"), let refreshToken = Secret("refresh-token") else { return }
    let credentials = Credentials(
      tenant: "contoso.example", clientID: "client-1", clientSecret: secret, refreshToken: refreshToken)
    let configuration = HTTPTransport.Configuration(
      addresses: ServiceAddresses(api: base, signIn: base, graph: base, pricing: base, export: base),
      credentials: credentials)
    try await HTTPTransport.withTransport(configuration, logger: quiet) { try await body($0) }
  }
}
