import Foundation
import PartnerCenterEmulator

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A plain HTTP client that knows nothing of Partner Center.
struct ServerCaller {
  struct Reply {
    var status: Int
    var headers: [String: String]
    var bytes: Data

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var json: [String: Any] { (try? JSONSerialization.jsonObject(with: bytes)) as? [String: Any] ?? [:] }
    /// The raw texts between the brackets of `items`.
    var items: String {
      guard let start = text.range(of: #""items":["#), let end = text.range(of: #"],"links""#) else { return "" }
      return String(text[start.upperBound..<end.lowerBound])
    }
    var token: String? { json["continuationToken"] as? String }
    func link(_ name: String) -> String? {
      ((json["links"] as? [String: Any])?[name] as? [String: Any])?["uri"] as? String
    }
  }

  let base: String
  var bearer: String?

  func get(_ path: String, _ headers: [String: String] = [:]) async throws -> Reply {
    try await send("GET", path, headers, body: nil)
  }

  func send(_ method: String, _ path: String, _ headers: [String: String] = [:], body: String?) async throws -> Reply {
    let url = try URL(string: base + path).required
    var request = URLRequest(url: url)
    request.httpMethod = method
    request.timeoutInterval = 20
    request.httpBody = body.map { Data($0.utf8) }
    if body != nil { request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type") }
    if let bearer { request.setValue("Bearer \(bearer)", forHTTPHeaderField: "Authorization") }
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    let (bytes, response) = try await URLSession.shared.data(for: request)
    let answer = try (response as? HTTPURLResponse).required
    var named: [String: String] = [:]
    for (name, value) in answer.allHeaderFields { named["\(name)".lowercased()] = "\(value)" }
    return Reply(status: answer.statusCode, headers: named, bytes: bytes)
  }

  func signIn(_ form: String, tenant: String = ServerSample.tenant) async throws -> Reply {
    try await send("POST", "/\(tenant)/oauth2/token", body: form)
  }

  /// Every page of a list, as its items' text.
  func pages(_ path: String) async throws -> [String] {
    var reply = try await get(path)
    var pages = [reply.items]
    while let token = reply.token, pages.count < 20 {
      reply = try await get(path + "&seekOperation=Next", ["MS-ContinuationToken": token])
      pages.append(reply.items)
    }
    return pages
  }
}

extension ServerCaller {
  static let secret = "client_id=4d0bc2b1-8d2c-4a3f-9d1e-6a1c3f7be2a0&client_secret=emulated-secret"
  static let appForm = "grant_type=client_credentials&resource=https%3A%2F%2Fgraph.windows.net&\(secret)"
  static let userForm =
    "grant_type=refresh_token&resource=https%3A%2F%2Fapi.partnercenter.microsoft.com&scope=openid"
    + "&refresh_token=emulated-refresh-token&\(secret)"

  /// Runs a body against the sample world, signed in as a user or as the application alone.
  static func withSample<Result>(
    asUser: Bool = true, _ configuration: Emulator.Configuration = .init(), faults: [Fault] = [],
    _ body: (ServerCaller) async throws -> Result
  ) async throws -> Result {
    var configuration = configuration
    configuration.faults = faults
    return try await Emulator.withServer(world: ServerSample.world, configuration: configuration) { base in
      var caller = ServerCaller(base: base)
      caller.bearer = try await caller.signIn(asUser ? userForm : appForm).json["access_token"] as? String
      return try await body(caller)
    }
  }
}

struct Missing: Error {}

extension Optional {
  var required: Wrapped {
    get throws {
      guard let self else { throw Missing() }
      return self
    }
  }
}
