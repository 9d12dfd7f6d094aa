import Billing
import Evidence
import Foundation
import MonthEnd
import PartnerCenterEmulator
import Synchronization
import Testing

/// Nothing that opens an account is anywhere but where its owner put it.
@Suite("Secrets", .enabled(if: Tool.path != nil, "the tieout executable is not built"))
struct SecretsTests {
  /// With everything in it that has to be encoded somewhere.
  private static let clientSecret = "kY8~Q.client+secret/with=odd&characters%41"
  private static let refreshToken = "0.AXoA-first+refresh/token=="
  private static let world = World.make(seed: 41, lines: 300, plants: .drawn, newest: "2025-04").served

  @Test(
    "The search finds a secret however it is spelt",
    arguments: [
      "sig=Ab12+/Cd34ef56==", "sig=Ab12%2B%2FCd34ef56%3D%3D", "sig=Ab12%2b%2fCd34ef56%3d%3d",
      #""sasToken":"Ab12+\/Cd34ef56==""#, #""sasToken":"Ab12\u002b\u002fCd34ef56\u003d\u003d""#,
      "url%3Dsig%3DAb12%252B%252FCd34ef56%253D%253D",
    ])
  func search(text: String) throws {
    let search = SecretsSearch(["Ab12+/Cd34ef56==", "another-secret"])
    let bytes = Array(text.utf8)
    #expect(search.found(in: bytes) == ["Ab12+/Cd34ef56=="])
    #expect(try search.found(in: Gzip.deflate(Gzip.deflate(bytes))) == ["Ab12+/Cd34ef56=="])
    #expect(search.found(in: Array(text.replacing("Ab12", with: "Ab13").utf8)).isEmpty)
  }

  /// What one test used and left behind.
  private final class Scene: Sendable {
    let base: String
    let configuration: Emulator.Configuration
    let workplace: Workplace
    let format: String
    let left = Mutex<[(place: String, bytes: [UInt8])]>([])
    let argumentsSeen = Mutex(0)

    var tokenFile: String { workplace.path("refresh-token") }
    var secretFile: String { workplace.path("client-secret") }

    init(_ base: String, _ configuration: Emulator.Configuration, _ workplace: Workplace, format: String) throws {
      self.base = base
      self.configuration = configuration
      self.workplace = workplace
      self.format = format
      for (path, secret) in [(tokenFile, SecretsTests.refreshToken), (secretFile, SecretsTests.clientSecret)] {
        try Data(secret.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      }
    }
  }

  /// Runs a command that is to be as talkative as it can, and keeps all it said.
  @discardableResult
  private func run(
    _ scene: Scene, _ words: [String], ending: [Int32] = [0], isOffline: Bool = false,
    secretCommand: Bool = false
  ) async throws -> Tool.Result {
    var arguments =
      words + [
        "--log-level", "trace", "--log-format", scene.format, "--database", scene.workplace.path("tieout.sqlite"),
        "--archive", scene.workplace.path("evidence"), "--reports", scene.workplace.path("reports"),
      ]
    if !isOffline {
      arguments += ["--api-url", "--login-url", "--graph-url", "--pricing-url", "--export-url"].flatMap {
        [$0, scene.base]
      }
      arguments += [
        "--tenant", Self.world.partnerTenant, "--client-id", scene.configuration.clientID, "--as-of",
        Instant(seconds: Self.world.asOf).description,
      ]
    }
    // What never comes right is not waited for.
    var environment = [
      "TIEOUT_REFRESH_TOKEN_FILE": scene.tokenFile, "TIEOUT_ATTEMPTS_MAX": "3", "TIEOUT_EXPORT_SECONDS_MAX": "3",
    ]
    if secretCommand {
      environment["TIEOUT_CLIENT_SECRET_COMMAND"] = "cat '\(scene.secretFile)'"
    } else {
      environment["TIEOUT_CLIENT_SECRET"] = Self.clientSecret
    }
    var lines: Set<[UInt8]> = []
    let result = try await Tool(arguments: arguments, environment: environment).run { process in
      for path in ["/proc/\(process)/cmdline"] + Self.children(of: process).map({ "/proc/\($0)/cmdline" }) {
        if let line = FileManager.default.contents(atPath: path), !line.isEmpty { lines.insert(Array(line)) }
      }
    }
    #expect(ending.contains(result.status), "\(words): \(result.status)\n\(result.output)\(result.complaint)")
    let seen = lines.count { String(decoding: $0, as: UTF8.self).contains("--log-level\0trace") }
    scene.argumentsSeen.withLock { $0 += seen }
    scene.left.withLock { left in
      let name = words.joined(separator: " ")
      left.append(("standard output of \(name)", Array(result.output.utf8)))
      left.append(("standard error of \(name)", Array(result.complaint.utf8)))
      for line in lines { left.append(("arguments of \(name)", line)) }
    }
    return result
  }

  private static func children(of process: Int32) -> [String] {
    let path = "/proc/\(process)/task/\(process)/children"
    let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    return text.split(separator: " ").map(String.init)
  }

  /// Proves that nothing that was handed out is anywhere but in the two files of its owner.
  private func search(_ scene: Scene, signatures: Bool) throws {
    let witness = try #require(scene.configuration.witness)
    let secrets = witness.secrets.union([Self.clientSecret, Self.refreshToken])
    // What is looked for is there: tokens of both kinds, refresh tokens that rotated, and what opens the storage.
    for kind in ["emulated.app.", "emulated.appAndUser.", "emulated-refresh-"] {
      #expect(secrets.contains { $0.hasPrefix(kind) }, "\(kind)")
    }
    #expect(!signatures || secrets.contains { $0.contains("+/") && $0.hasSuffix("=") && !$0.hasPrefix("0.") })
    #expect(scene.argumentsSeen.withLock { $0 } > 0)
    let search = SecretsSearch(secrets)
    #expect(search.count == secrets.count)

    var left = scene.left.withLock { $0 }
    let files = try Workplace.files(below: scene.workplace.path)
    for (name, content) in files where !["refresh-token", "client-secret"].contains(name) {
      left.append((name, Array(content)))
    }
    for part in ["evidence/journal.jsonl", "evidence/bodies/", "tieout.sqlite"] {
      #expect(left.contains { $0.place.hasPrefix(part) }, "\(part)")
    }
    for (place, bytes) in left {
      let found = search.found(in: bytes)
      #expect(found.isEmpty, "\(place) holds \(found.sorted())")
    }
    // The newest refresh token is where its owner keeps it, and nothing else is.
    let kept = try String(contentsOfFile: scene.tokenFile, encoding: .utf8).split(separator: "\n").map(String.init)
    #expect(kept.count == 1 && secrets.contains(kept[0]) && kept[0] != Self.refreshToken)
  }

  private func configuration() -> Emulator.Configuration {
    var configuration = Emulator.Configuration(
      clientSecret: Self.clientSecret, refreshToken: Self.refreshToken, tokenCallsMax: 40, registrationPolls: 0)
    configuration.rotatesRefreshTokens = true
    configuration.tellsRefreshLifetime = true
    configuration.witness = EmulatorWitness()
    configuration.blobLinesMax = 40
    return configuration
  }

  @Test("No secret is in arguments, logs, archive, database or reports", arguments: ["text", "json"])
  func nowhere(format: String) async throws {
    var configuration = configuration()
    configuration.exportFaults.signaturesExpired = 1
    configuration.exportFaults.blobTruncated = .init(ordinal: 1)
    configuration.faults = [
      Fault(pathContains: "/oauth2/token", passes: 2, kind: .truncatedJSON),
      Fault(pathContains: "/orders", kind: .cutBody), Fault(pathContains: "/invoices", kind: .status(503)),
    ]
    let workplace = try Workplace()
    try await Emulator.withServer(world: Self.world, configuration: configuration) { base in
      let scene = try Scene(base, configuration, workplace, format: format)
      try await run(scene, ["auth", "check"], ending: [0, 12])
      try await run(scene, ["run"], ending: [0, 1])
      let found = try await run(scene, ["run", "--line-items", "both", "--refetch", "--json"], ending: [0, 1])
      try await run(scene, ["verify"], isOffline: true)
      try await run(scene, ["report"], ending: [0, 1], isOffline: true)
      let object = try JSONSerialization.jsonObject(with: Data(found.output.utf8)) as? [String: Any]
      let runs = Desk.Object(members: object ?? [:]).list("runs")
      let mismatch = try #require(runs.first?.list("mismatches").first?.text("id"))
      try await run(scene, ["explain", mismatch], isOffline: true)
      let replay = ["replay", workplace.path("evidence")]
      try await run(scene, replay, ending: [0, 1], isOffline: true)
      try await buy(scene)
      try await look(scene)
      try search(scene, signatures: true)
    }
  }

  private typealias Desk = ScenarioCommandDesk

  private func buy(_ scene: Scene) async throws {
    let customer = try #require(Self.world.countries.filter { $0.value == "US" }.keys.min())
    let item = "\(Desk.seats),quantity=4,term=P1Y,cycle=monthly"
    let created = try await run(
      scene, ["cart", "create", "--customer", customer, "--item", item, "--json"], secretCommand: true)
    let object = try JSONSerialization.jsonObject(with: Data(created.output.utf8)) as? [String: Any]
    let cart = try #require(Desk.Object(members: object ?? [:]).one("cart").text("cart_id"))
    try await run(scene, ["cart", "show", cart, "--customer", customer])
    try await run(
      scene, ["cart", "update", cart, "--customer", customer, "--line", "0", "--quantity", "5"], secretCommand: true)
    try await run(scene, ["cart", "checkout", cart, "--customer", customer])
    try await run(scene, ["cart", "checkout", cart, "--customer", customer], ending: [64])
  }

  private func look(_ scene: Scene) async throws {
    let customer = try #require(Self.world.countries.keys.min())
    let invoice = try #require(Self.world.invoices.first?.id)
    try await run(scene, ["orders", "list", "--customer", customer])
    try await run(scene, ["entitlements", "list", "--customer", customer])
    try await run(scene, ["invoices", "statement", invoice])
    try await run(scene, ["balance", "--all-currencies"])
    try await run(scene, ["prices", "sheet", "--market", "DE", "--view", "updatedlicensebased"])
  }

  /// An answer that cannot be read tempts to show it.
  @Test(
    "Neither does a secret get into the sentence of what went wrong",
    arguments: [
      ("/oauth2/token", .truncatedJSON), ("/oauth2/token", .member("access_token", .renamed("access_tokn"))),
      ("/oauth2/token", .member("expires_in", .retyped("[1]"))), ("/oauth2/token", .otherBody(.array)),
      ("/operations/", .truncatedJSON), ("/operations/", .member("status", .retyped("7"))),
      ("/operations/", .otherBody(.array)), ("/storage/", .status(403)), ("/storage/", .truncatedJSON),
      ("/storage/", .status(500)), ("/storage/", .cutBody),
      ("/operations/", .edited { $0.replacing(#""rootDirectory":"#, with: #""rootDirectory":7,"was":"#) }),
      ("/operations/", .edited { $0.replacing(#""sasToken":"#, with: #""sasToken":{"token":"#) }),
      ("/operations/", .edited { $0.replacing(#""blobs":"#, with: #""blobs":7,"was":"#) }),
    ] as [(String, Fault.Kind)])
  func sentences(path: String, kind: Fault.Kind) async throws {
    var configuration = configuration()
    configuration.exportManifests = .inline
    configuration.faults = [
      Fault(pathContains: path, passes: path == "/oauth2/token" ? 2 : 0, times: 999, kind: kind)
    ]
    let workplace = try Workplace()
    try await Emulator.withServer(world: Self.world, configuration: configuration) { base in
      let scene = try Scene(base, configuration, workplace, format: "text")
      let result = try await run(scene, ["run"], ending: [0, 1, 3, 12])
      #expect(result.complaint.contains("tieout: ") || [0, 1].contains(result.status), "\(result.complaint)")
      let secrets = try #require(configuration.witness).secrets.union([Self.clientSecret, Self.refreshToken])
      let search = SecretsSearch(secrets)
      for (place, bytes) in scene.left.withLock({ $0 }) {
        let found = search.found(in: bytes)
        #expect(found.isEmpty, "\(place) holds \(found.sorted())")
      }
      for (name, content) in try Workplace.files(below: workplace.path)
      where !["refresh-token", "client-secret"].contains(name) {
        let found = search.found(in: Array(content))
        #expect(found.isEmpty, "\(name) holds \(found.sorted())")
      }
    }
  }
}
