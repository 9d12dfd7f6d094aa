import ArgumentParser
import Foundation
import PartnerCenterEmulator

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve a world until stopped.",
    discussion: """
      The client secret comes from --client-secret-file or the environment variable PARTNER_CENTER_EMULATOR_SECRET, \
      the refresh token from --refresh-token-file or PARTNER_CENTER_EMULATOR_REFRESH_TOKEN. Without them the built-in \
      ones of the emulator count, which open nothing else.

      The emulator's time stands still until POST /emulator/clock?advance=SECONDS moves it; GET /emulator/clock tells it.

      \(FaultOptions.explanation)
      """)

  @OptionGroup var world: WorldOptions

  @Option(help: "The port on 127.0.0.1; 0 takes a free one.")
  var port = 0

  @Option(help: "The client id that callers sign in with.")
  var clientID = Emulator.Configuration().clientID

  @Option(help: ArgumentHelp("A file that holds the client secret.", valueName: "file"))
  var clientSecretFile: String?

  @Option(help: ArgumentHelp("A file that holds the refresh token.", valueName: "file"))
  var refreshTokenFile: String?

  @Option(help: "How many seconds a token lives.")
  var tokenSeconds = 3600

  @Flag(
    inversion: .prefixedNo, help: "Whether the partner is qualified for perpetual software; if not, carts are refused.")
  var perpetualSoftware = true

  @Option(help: "How often the status of a registration reads registering before it is registered.")
  var registrationPolls = Emulator.Configuration().registrationPolls

  @OptionGroup var faults: FaultOptions

  func validate() throws {
    guard registrationPolls >= 0 else {
      throw ValidationError("--registration-polls must be at least 0, not \(registrationPolls).")
    }
    guard (0...65_535).contains(port) else { throw ValidationError("--port must be 0 to 65535, not \(port).") }
  }

  func run() async throws {
    var configuration = Emulator.Configuration(
      port: port, clientID: clientID, tokenSeconds: tokenSeconds, faults: faults.all,
      sellsPerpetualSoftware: perpetualSoftware, registrationPolls: registrationPolls)
    if let secret = try Self.secret(file: clientSecretFile, variable: "PARTNER_CENTER_EMULATOR_SECRET") {
      configuration.clientSecret = secret
    }
    if let token = try Self.secret(file: refreshTokenFile, variable: "PARTNER_CENTER_EMULATOR_REFRESH_TOKEN") {
      configuration.refreshToken = token
    }
    let (served, key) = world.make()
    let facts = """
      seed:           \(key.seed)
      lines:          \(served.lines.values.reduce(0) { $0 + $1.count })
      planted errors: \(key.planted.count)
      tenant:         \(served.partnerTenant)
      client id:      \(clientID)
      """
    let asOf = Date(timeIntervalSince1970: TimeInterval(served.asOf)).formatted(.iso8601.year().month().day())
    let emulator = Emulator(world: served, configuration: configuration)
    try await emulator.run { base in
      say(
        """
        Serving on \(base) until stopped.
        \(facts)
        Point tieout at it with: --api-url \(base) --login-url \(base) --as-of \(asOf)
        """)
    }
  }

  /// A secret from its file, else from the environment; nil where neither is given.
  private static func secret(file: String?, variable: String) throws -> String? {
    guard let file else {
      return ProcessInfo.processInfo.environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    }
    guard let data = FileManager.default.contents(atPath: file) else {
      throw ValidationError("The file \(file) cannot be read. It must hold the secret and nothing else.")
    }
    let secret = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    guard !secret.isEmpty else { throw ValidationError("The file \(file) is empty. It must hold the secret.") }
    return secret
  }
}
