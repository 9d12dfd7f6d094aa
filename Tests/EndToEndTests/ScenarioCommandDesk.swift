import Billing
import Foundation
import PartnerCenterEmulator
import Testing

/// A served world, a folder, and the built program between them.
struct ScenarioCommandDesk {
  static let world = World.make(seed: 1, lines: 700, plants: .none).served
  static let seats = "CFQ7TTC0LH18:0001:CFQ7TTC0Q4M2"
  static let perpetual = "DG7GMGF0PN5Z:0002:DG7GMGF0RX4M"
  static let softwareSubscription = "DG7GMGF0FKZV:0003:DG7GMGF0DQLM"
  static let reservation = "DZH318Z0BQ4B:000Z:DZH318Z0DSPL"
  static let backup = "DZH318Z0C7SR:0001:DZH318Z0C8RN"

  let base: String
  let world: ServedWorld
  let configuration: Emulator.Configuration
  let workplace: Workplace

  /// Serves a world while `body` runs commands.
  static func with(
    _ configuration: Emulator.Configuration = .init(), world: ServedWorld = world,
    _ body: (ScenarioCommandDesk) async throws -> Void
  ) async throws {
    let workplace = try Workplace()
    try await Emulator.withServer(world: world, configuration: configuration) { base in
      try await body(
        ScenarioCommandDesk(base: base, world: world, configuration: configuration, workplace: workplace))
    }
  }

  /// The first customer of a market.
  func customer(in country: String) throws -> String {
    try #require(world.countries.filter { $0.value == country }.keys.min())
  }

  /// The emulator's time, to which every command is told to keep.
  var now: Instant { Instant(seconds: world.asOf + configuration.clock.seconds) }

  /// How often something was asked for, such as `POST` and `/checkout`.
  func asked(_ method: String, _ part: String) -> Int {
    configuration.witness?.requests.count { $0.hasPrefix("\(method) ") && $0.lowercased().contains(part) } ?? 0
  }

  /// Runs `tieout` with these words.
  func run(_ words: String...) async throws -> Tool.Result { try await run(words) }

  func run(_ words: [String]) async throws -> Tool.Result {
    let addresses = ["--api-url", "--login-url", "--graph-url", "--pricing-url"].flatMap { [$0, base] }
    let places = [
      "--database", workplace.path("tieout.sqlite"), "--archive", workplace.path("evidence"), "--reports",
      workplace.path("reports"),
    ]
    let others = ["--tenant", world.partnerTenant, "--client-id", configuration.clientID, "--as-of", now.description]
    return try await Tool(
      arguments: words + addresses + places + others,
      environment: [
        "TIEOUT_CLIENT_SECRET": configuration.clientSecret, "TIEOUT_REFRESH_TOKEN": configuration.refreshToken,
        "TIEOUT_ATTEMPTS_MAX": "3",
      ]
    ).run()
  }

  /// Runs `tieout` with `--json` and gives its one object, whose ending is the program's.
  func json(_ words: String..., ending: Int32 = 0) async throws -> Object {
    let result = try await run(words + ["--json"])
    #expect(result.status == ending, "\(words): \(result.complaint)")
    let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let members = try #require(object, "\(words): \(result.output)")
    #expect(members["exit_code"] as? Int == Int(ending))
    #expect(words.joined(separator: " ").hasPrefix(members["command"] as? String ?? "?"))
    return Object(members: members)
  }

  /// One object of JSON, asked for by name.
  struct Object {
    let members: [String: Any]

    func text(_ name: String) -> String? { members[name] as? String }
    func one(_ name: String) -> Object { Object(members: members[name] as? [String: Any] ?? [:]) }
    func list(_ name: String) -> [Object] {
      (members[name] as? [[String: Any]] ?? []).map { Object(members: $0) }
    }
    func texts(_ list: String, _ name: String) -> [String?] { self.list(list).map { $0.text(name) } }
  }
}
